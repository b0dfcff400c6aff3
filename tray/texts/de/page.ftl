# Die Statusseite. Was eine Zahl braucht, gibt es zweimal: -one für 1, -other sonst; der Browser wählt aus.

page-closed-title = Bitte über das Symbol öffnen
page-closed-text = Diese Seite gehört zu Postwart auf diesem PC. Klicken Sie auf das Postwart-Symbol neben der Uhr und dann auf „Statusseite öffnen“. Ohne Symbol hilft der Befehl „postwart open“.
page-gone-title = Postwart antwortet nicht
page-gone-text = Vielleicht wurde es beendet. Starten Sie Postwart und öffnen Sie diese Seite dann über das Symbol neben der Uhr. Was Sie hier sehen, ist der Stand von { $time }.
page-loading = Einen Moment, der Stand wird geladen …

page-headline-none = Noch kein Postfach eingerichtet
page-headline-none-hint = Richten Sie hier das erste ein. Das dauert zwei Minuten.
page-headline-ok-one = Das Postfach ist in Ordnung
page-headline-ok-other = Alle { $count } Postfächer sind in Ordnung
page-headline-open-one = Ein Postfach braucht Aufmerksamkeit
page-headline-open-other = { $count } Postfächer brauchen Aufmerksamkeit
page-headline-quiet-one = Ein Postfach ist noch nicht erreicht
page-headline-quiet-other = { $count } Postfächer sind noch nicht erreicht

page-accounts = Postfächer
page-sign-in-all = Alle anmelden
page-messages = Neueste E-Mails
page-messages-none = Es sind noch keine E-Mails abgeholt.
page-outbox = Ausgang
page-outbox-none = Der Ausgang ist leer.
page-warnings = Meldungen
page-version = Version { $name }

page-state-ok = In Ordnung
page-state-expiring = Anmeldung läuft bald ab
page-state-sign_in_required = Anmeldung nötig
page-state-blocked = Anmeldung gesperrt
page-state-consent_pending = Wartet auf Genehmigung
page-state-mailbox_refused = Mailserver lehnt ab
page-state-offline = Keine Verbindung
page-state-unknown = Noch nicht geprüft
page-state-stuck = Kann nicht geprüft werden

page-since = seit { $when }
page-signed-in-as = Angemeldet als { $name }
page-due = Nächste Anmeldung: { $date }
page-days-left-one = noch 1 Tag
page-days-left-other = noch { $days } Tage
page-days-left-none = heute
page-due-unseen = Das System erneuert diese Anmeldung. Wann die nächste fällig ist, ist nicht zu sehen.
page-because-inactivity = Die Anmeldung läuft ab, wenn sie so lange nicht benutzt wird.
page-because-sign_in_frequency = Nach so langer Zeit verlangt der Anbieter in der Regel eine neue Anmeldung.
page-because-learned = So war es bei früheren Anmeldungen dieses Postfachs.
page-checked = Zuletzt geprüft: { $when }
page-checked-never = Noch nicht geprüft
page-unread-one = 1 E-Mail wartet auf Ihr Programm
page-unread-other = { $count } E-Mails warten auf Ihr Programm
page-checks = Einzelne Prüfungen
page-check-token = Anmeldung
page-check-imap = IMAP
page-check-pop3 = POP3
page-check-smtp = SMTP
page-check-ok = in Ordnung
page-check-failed = abgelehnt
page-code = Kennung für die Hotline: { $code }
page-admin-help = Für den Administrator
page-who-admin = Das kann Ihr Administrator beheben.
page-who-vendor = Das kann der Hersteller Ihres Programms beheben.

page-sign-in = Anmelden
page-sign-in-other = Mit anderem Konto anmelden
page-sign-in-again = Neu anmelden
page-check = Jetzt prüfen
page-fetch = E-Mails abrufen
page-test-mail = Testmail senden
page-sign-out = Abmelden
page-ask-admin = Administrator fragen
page-cancel = Abbrechen
page-close = Schließen
page-copy = Kopieren
page-copied = Kopiert

page-signing-in = Die Anmeldung ist in Ihrem Browser offen. Melden Sie sich dort als { $address } an.
page-signing-in-link = Anmeldung hier öffnen
page-signing-in-soon = Einen Moment, die Anmeldung beginnt …
page-sign-in-code = Mit Code anmelden
page-sign-in-code-again = Neuen Code holen
page-device-who = Melden Sie sich auf einem anderen Gerät als { $address } an.
page-device-first = Öffnen Sie diese Seite auf einem Handy oder PC und geben Sie dort den Code ein:
page-device-second = Der erste Schritt ist geschafft. Für das Postfach ist noch ein Code nötig: Öffnen Sie die Seite noch einmal und geben Sie diesen ein. Verlangt sie einen Administrator, klicken Sie auf „Abbrechen“; Ihre Anmeldung bleibt.
page-device-code = Code
page-device-picture = QR-Code, der diese Seite auf dem Handy öffnet
page-device-left = Der Code gilt noch { $time } Minuten.
page-device-over = Der Code ist abgelaufen.
page-device-warning = Geben Sie nie einen Code ein, den Ihnen jemand geschickt hat. Manche Organisationen sperren diesen Weg deshalb; dann hilft nur „Anmelden“ im Browser dieses PCs.
page-signed-in = Die Anmeldung hat geklappt.
page-consent-missing = Die Anmeldung hat geklappt. Es fehlt noch die Genehmigung Ihres Administrators.
page-checking = Postwart prüft …
page-check-done = Geprüft: { $name }.
page-fetching = E-Mails werden abgerufen …
page-fetched-none = Es gibt keine neuen E-Mails.
page-fetched-one = 1 neue E-Mail ist da.
page-fetched-other = { $count } neue E-Mails sind da.
page-test-mail-sent = Die Testmail ist unterwegs. Sie kommt in wenigen Minuten an { $address } an.
page-test-mail-after = Melden Sie sich zuerst an. Die Testmail folgt dann von selbst.
page-signed-out = { $address } ist abgemeldet.

page-sign-out-title = { $address } abmelden?
page-sign-out-text = Postwart vergisst die Anmeldung auf diesem PC. Bis Sie sich wieder anmelden, kommen für dieses Postfach keine E-Mails an und es gehen keine hinaus. E-Mails, die schon hier sind, bleiben.

page-consent-title = Bitte an Ihren Administrator
page-consent-text = Schicken Sie diesen Text an Ihren Administrator. Postwart merkt von selbst, wenn die Genehmigung da ist.
page-consent-subject = Betreff
page-consent-body = Text
page-consent-link = Link zur Genehmigung
page-consent-mail = In E-Mail-Programm öffnen

page-no-subject = (ohne Betreff)
page-attachments-one = 1 Anhang
page-attachments-other = { $count } Anhänge

page-letter-queued = wartet
page-letter-sending = wird gesendet
page-letter-sent = gesendet
page-letter-failed = nicht gesendet
page-letter-unconfirmed = unbestätigt
page-letter-unconfirmed-why = Die Verbindung brach ab, bevor der Mailserver geantwortet hat. Fragen Sie den Empfänger, ob die E-Mail da ist, bevor Sie sie noch einmal senden.
page-letter-next = nächster Versuch { $when }

page-skip = Zum Inhalt
page-views = Teile dieser Seite
page-view-overview = Übersicht
page-view-history = Verlauf
page-view-programs = Programme
page-view-settings = Einstellungen
page-set-up = Postfach einrichten

page-letter-of = angenommen { $when }
page-letter-again = Noch einmal senden
page-letter-again-title = Diese E-Mail noch einmal senden?
page-letter-again-done = Die E-Mail an { $name } wird noch einmal gesendet.
page-letter-take-back = Zurücknehmen
page-letter-take-back-title = Diese E-Mail vor dem Senden zurücknehmen?
page-letter-back-done = Die E-Mail an { $name } wird nicht gesendet.
page-letter-clear = Wegräumen
page-letter-clear-title = Diese E-Mail aus dem Ausgang entfernen?
page-letter-clear-done = Die E-Mail an { $name } ist aus dem Ausgang entfernt.

page-doctor-title = Stimmt etwas nicht?
page-doctor-what = Postwart prüft auf Knopfdruck diesen PC, das Netz und jedes Postfach und schreibt einen Bericht für die Hotline.
page-doctor-check = Diesen PC prüfen
page-doctor-checking = Postwart prüft diesen PC. Das dauert höchstens eine Viertelminute.
page-doctor-fault = Fehler
page-doctor-note = Hinweis
page-doctor-text = Bericht für die Hotline
page-doctor-safe = Der Bericht enthält keine Kennwörter und keine E-Mails. Sie können ihn so verschicken.
page-doctor-download = Als Datei speichern
