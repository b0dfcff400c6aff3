# Was die Befehlszeile sagt.

cli-postwart = Postwart hält die Postfächer Ihres Programms angemeldet, holt E-Mails ab und sendet sie. Ohne Befehl wird Postwart gestartet.
cli-command = BEFEHL
cli-account = die Kennung des Kontos, wie „postwart accounts list“ sie zeigt
cli-run = Postwart starten
cli-no-tray = ohne Symbol in der Taskleiste
cli-demo = Postwart mit Beispielkonten ausprobieren, ohne etwas einzurichten
cli-stop = Postwart beenden
cli-open = die Statusseite im Browser öffnen
cli-status = zeigen, wie es allen Konten geht
cli-doctor = diesen PC prüfen und einen Bericht für die Hotline schreiben; endet mit 0, wenn alles in Ordnung ist, sonst mit 1, oder mit 3, 4 oder 5, wenn nur eine Anmeldung, eine Genehmigung oder das Netz fehlt
cli-json = als JSON ausgeben
cli-accounts = Konten zeigen, hinzufügen, entfernen
cli-accounts-list = alle Konten zeigen
cli-accounts-add = ein Konto hinzufügen
cli-accounts-remove = ein Konto entfernen; schon abgeholte E-Mails bleiben
cli-address = die E-Mail-Adresse des Postfachs
cli-preset = die Vorlage: microsoft365-send, microsoft365, google oder custom
cli-client-id = die Anwendungs-ID Ihres Programms
cli-set = eine weitere Angabe wie in config.toml, zum Beispiel receive=pop3 oder imap.port=1993
cli-sign-in = im Browser anmelden; ohne ID für alle Konten, die es brauchen
cli-other-account = im Browser fragen, welches Konto, auch wo es sonst mit einem weiterginge
cli-sign-out = abmelden; die Anmeldung auf diesem PC wird vergessen
cli-consent-request = die Bitte an den Administrator zeigen, ein Programm zu genehmigen
cli-consent-subject = Betreff: { $subject }
cli-check = jetzt prüfen, ob alles funktioniert
cli-fetch = jetzt E-Mails abholen
cli-send = eine E-Mail aus einer Datei senden
cli-file = die Datei mit der E-Mail
cli-test-mail = eine Testmail an das Postfach selbst senden
cli-autostart = Postwart mit dem PC starten oder nicht, oder zeigen, wie es ist
cli-verb = on schaltet ein, off schaltet aus, status zeigt es
cli-backup = alle E-Mails, die hier sind, in eine Datei kopieren, auch während Postwart läuft
cli-backup-file = wohin die Kopie kommt; eine frühere Kopie dieses Namens wird ersetzt, sobald die neue vollständig ist
cli-backup-done = Alle E-Mails sind in { $file } ({ $megabytes } MB).
cli-token = ein Zugriffstoken ausgeben, für mutt, mbsync oder msmtp
cli-for = für welchen Server; ohne Angabe der, von dem E-Mails abgeholt werden
cli-keys = Programmen eigene Schlüssel für die lokale Schnittstelle geben
cli-keys-list = alle Schlüssel zeigen
cli-keys-add = einem Programm einen Schlüssel geben; er wird nur dieses eine Mal gezeigt
cli-keys-remove = einem Programm den Schlüssel wegnehmen
cli-key-name = wie das Programm heißt; so steht es im Protokoll
cli-key-for = was das Programm darf: token bekommt Zugriffstoken, send sendet, read sieht Konten und E-Mails, manage meldet an und ändert Konten, gateway ist das Passwort an den lokalen Zugängen für E-Mail-Programme

cli-usage = So geht der Befehl nicht: { $detail }. „{ $command } --help“ zeigt, was möglich ist.
cli-usage-missing = es fehlt { $what }
cli-usage-unknown = „{ $what }“ gibt es hier nicht
cli-usage-choice = „{ $what }“ gibt es hier nicht, möglich sind { $allowed }
cli-usage-value = nach { $what } fehlt eine Angabe
cli-interrupted = Abgebrochen.
cli-running = Postwart läuft. „postwart status“ zeigt, wie es den Konten geht, „postwart stop“ beendet Postwart.
cli-no-tray-here = Hier gibt es keine Taskleiste für das Symbol: { $why }. Postwart läuft trotzdem; „postwart open“ öffnet die Statusseite.
cli-already-running = Postwart läuft schon. „postwart status“ zeigt, wie es den Konten geht.
cli-not-running = Postwart läuft nicht.
cli-stopped = Postwart ist beendet.
cli-still-running = Postwart ist noch nicht beendet. Warten Sie einen Moment und sehen Sie mit „postwart status“ nach.
cli-open-yourself = Auf diesem PC lässt sich kein Browser öffnen. Diese Adresse gilt einmal und eine Minute lang: { $url }
cli-no-accounts = Es ist noch kein Konto eingerichtet. „postwart accounts add --help“ zeigt, wie das geht.
cli-store = Die E-Mails hier belegen { $megabytes } MB.
cli-counts = { $unread ->
    [one] Eine neue E-Mail ist
   *[other] { $unread } neue E-Mails sind
} abgeholt, { $waiting ->
    [one] eine wartet
   *[other] { $waiting } warten
} auf den Versand.
cli-state = { $state ->
    [ok] in Ordnung
    [expiring] Anmeldung läuft bald ab
    [sign_in_required] Anmeldung nötig
    [consent_pending] wartet auf Genehmigung
    [mailbox_refused] Postfach abgelehnt
    [offline] keine Verbindung
    [stuck] kann nicht geprüft werden
   *[unknown] noch nicht geprüft
}
cli-due = { $days ->
    [0] Nächste Anmeldung: heute
    [one] Nächste Anmeldung: { $date }, noch ein Tag
   *[other] Nächste Anmeldung: { $date }, noch { $days } Tage
}
cli-due-assumed = Nächste Anmeldung: voraussichtlich nicht vor { $date }. Genau weiß Postwart es erst, wenn es einmal so weit war.
cli-due-unseen = Das System erneuert diese Anmeldung. Wann die nächste fällig ist, ist nicht zu sehen.
cli-admin = Für Ihren Administrator: { $help }
cli-added = Das Konto „{ $account }“ ist eingerichtet. „postwart sign-in { $account }“ meldet es an.
cli-removed = Das Konto „{ $account }“ ist entfernt. Schon abgeholte E-Mails sind noch da.
cli-sign-in-begun = Melden Sie sich jetzt im Browser an. Strg+C bricht ab.
cli-signed-in = Das Konto „{ $account }“ ist angemeldet.
cli-consent-pending = Das Konto „{ $account }“ ist angemeldet, aber Ihr Administrator muss den Zugriff auf das Postfach noch genehmigen. „postwart consent-request { $account }“ zeigt die Bitte an ihn; danach geht es von selbst weiter.
cli-signed-out = Das Konto „{ $account }“ ist abgemeldet.
cli-key-added = Das ist der Schlüssel für „{ $name }“. Bewahren Sie ihn jetzt auf: Er lässt sich nicht noch einmal anzeigen.
cli-key-removed = Der Schlüssel von „{ $name }“ gilt nicht mehr.
cli-key-used = zuletzt benutzt am { $date }
cli-key-unused = noch nicht benutzt
cli-no-keys = Kein Programm hat einen eigenen Schlüssel. „postwart keys add --help“ zeigt, wie Sie einen vergeben.
cli-fetched = { $account }: { $new ->
    [0] keine neuen E-Mails
    [one] eine neue E-Mail
   *[other] { $new } neue E-Mails
}
cli-sent = Die E-Mail ist gesendet.
cli-letter-waits = Die E-Mail liegt im Postausgang. Postwart sendet sie, sobald es geht.

not_running =
    .title = Postwart läuft nicht
    .next-step = Starten Sie zuerst Postwart.
file_unreadable =
    .title = Die Datei { $file } lässt sich nicht lesen
    .next-step = Prüfen Sie den Namen und ob Sie die Datei öffnen dürfen. Das System meldet: { $reason }
setting_unclear =
    .title = Die Angabe „--set { $setting }“ ist nicht verständlich
    .next-step = Schreiben Sie Name und Wert mit einem Gleichheitszeichen dazwischen, zum Beispiel --set receive=pop3 oder --set imap.port=1993. Es wurde nichts geändert.
cli-help = diese Hilfe zeigen
cli-help-usage = Aufruf:
cli-help-arguments = Angaben
cli-help-options = Schalter
cli-sitting-none = Keines Ihrer Konten braucht jetzt eine Anmeldung.
cli-sitting-begun = Melden Sie sich jetzt im Browser an, ein Konto nach dem anderen: { $accounts }. Strg+C bricht ab.
cli-sitting-line = { $account }: { $state }
