# Was das Programm selbst sagt: die Seite am Ende einer Anmeldung, die Bitte an den Administrator, die Testmail.

app-without-name = Ihr Programm

closing-page-signed_in =
    .title = Sie sind angemeldet
    .text = { $address } ist verbunden. { $app } { $mail ->
        [send] sendet
       *[both] empfängt und sendet
    } E-Mails. Sie können dieses Fenster schließen.
closing-page-renamed =
    .title = Sie sind angemeldet
    .text = { $address } ist verbunden. Der Anmeldedienst kennt { $person } jetzt als { $name }: Bitte lassen Sie die Adresse von Ihrem Administrator berichtigen. Sie können dieses Fenster schließen.
closing-page-consent_pending =
    .title = Es fehlt noch eine Genehmigung
    .text = Ihre Anmeldung hat geklappt. Ihr Administrator muss { $named ->
        [no] Ihr Programm
       *[yes] { $app }
    } für { $address } einmal genehmigen. Postwart hat die Bitte schon vorbereitet: Klicken Sie auf das Symbol und dann auf „Administrator fragen“. Sie können dieses Fenster schließen.
closing-page-not_yet =
    .title = Sie sind angemeldet
    .text = Ihre Anmeldung hat geklappt, aber das Postfach { $address } hat sie noch nicht bestätigt. Postwart versucht es weiter und meldet sich. Sie können dieses Fenster schließen.
closing-page-failed =
    .title = Das hat nicht geklappt
    .text = { $title }. { $next }

consent-request =
    .subject = Bitte { $named ->
        [no] unser Mailprogramm
       *[yes] { $app }
    } für den Zugriff auf { $address } genehmigen
    .text =
        Guten Tag,

        { $named ->
            [no] Unser Mailprogramm
           *[yes] { $app }
        } arbeitet mit dem Postfach { $address }. Seit Microsoft keine Kennwörter mehr annimmt, ist dafür eine Genehmigung nötig, die nur ein Administrator erteilen kann. Solange sie fehlt, kann { $named ->
            [no] das Programm
           *[yes] { $app }
        } dort keine E-Mails { $mail ->
            [send] senden
           *[both] empfangen und senden
        }. Bitte erteilen Sie sie einmal für unsere Organisation, es dauert etwa eine Minute:

        1. Öffnen Sie diesen Link und melden Sie sich an, mindestens als Cloudanwendungsadministrator:
        { $url }

        2. Prüfen Sie die Berechtigungen und wählen Sie „Akzeptieren“:
        { $scopes }
        - openid, profile, offline_access: anmelden und angemeldet bleiben

        Mit den Berechtigungen liest und sendet das Programm E-Mails nur für Personen, die sich selbst anmelden. Andere Postfächer öffnen sie nicht.

        3. Danach meldet der Browser, dass „localhost“ nicht erreichbar ist. Das ist richtig so: Auf Ihrem PC wartet dort niemand, und die Genehmigung ist schon gespeichert. Zur Kontrolle: In der Adresszeile steht dann admin_consent=True. Steht dort auch error=, schicken Sie uns bitte diese Adresse.

        Mehr ist nicht zu tun. Nach einigen Minuten gilt die Genehmigung bei Microsoft überall, und Postwart bemerkt sie von selbst innerhalb einer halben Stunde.

        Ohne Link geht es auch: Entra Admin Center (https://entra.microsoft.com) > Unternehmensanwendungen > Alle Anwendungen > nach der Anwendungs-ID { $client_id } suchen > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, hilft nur der Link. Liegt schon eine Anforderung vor: Unternehmensanwendungen > Aktivität > Anforderungen für Administratoreinwilligung.

        Vielen Dank.
    .short =
        Guten Tag,

        { $named ->
            [no] Unser Mailprogramm
           *[yes] { $app }
        } kann für { $address } erst E-Mails { $mail ->
            [send] senden
           *[both] empfangen und senden
        }, wenn ein Administrator das genehmigt. Bitte öffnen Sie diesen Link, melden Sie sich als Administrator an und wählen Sie „Akzeptieren“:

        { $url }

        Danach meldet der Browser, dass „localhost“ nicht erreichbar ist. Das ist richtig so, wenn in der Adresszeile admin_consent=True steht.

        Ohne Link: Entra Admin Center > Unternehmensanwendungen > { $client_id } > Berechtigungen.

        Vielen Dank.

consent-scope-imap = - IMAP.AccessAsUser.All: E-Mails über IMAP empfangen
consent-scope-pop3 = - POP.AccessAsUser.All: E-Mails über POP empfangen
consent-scope-smtp = - SMTP.Send: E-Mails senden
consent-scope-other = - { $scope }

test-mail =
    .subject = Testmail von Postwart
    .text =
        Dies ist eine Testmail. Wenn Sie sie lesen können, sendet und empfängt das Postfach { $address } E-Mails.

        Sie brauchen nicht zu antworten.

account_not_found =
    .title = Es gibt kein Konto „{ $account }“
    .next-step = „postwart accounts list“ zeigt die eingerichteten Konten.
protocol_not_used =
    .title = Das Konto „{ $account }“ benutzt { $protocol } nicht
    .next-step = Fragen Sie nach einem Protokoll, das für dieses Konto eingerichtet ist.
sign_in_running =
    .title = Für „{ $account }“ läuft schon eine Anmeldung
    .next-step = Warten Sie einige Sekunden, und versuchen Sie es dann noch einmal.
sign_in_not_running =
    .title = Für „{ $account }“ läuft gerade keine Anmeldung
    .next-step = Klicken Sie auf „Anmelden“, um eine zu beginnen.
stopping =
    .title = Postwart wird gerade beendet
    .next-step = Starten Sie Postwart neu und wiederholen Sie dann, was Sie tun wollten.
consent_not_needed =
    .title = Für „{ $account }“ lässt sich keine Genehmigung anfragen
    .next-step = Die Genehmigung durch einen Administrator gibt es nur bei Microsoft-365-Konten. Prüfen Sie die Einstellungen des Kontos.
consent_unknown =
    .title = In Ihrer Organisation ist schon das Anmelden erst nach einer Genehmigung möglich
    .next-step = Klicken Sie auf „Administrator fragen“ und schicken Sie ihm die vorbereitete Nachricht. Ob die Genehmigung da ist, kann Postwart nicht selbst sehen: Klicken Sie auf „Anmelden“, sobald er zugesagt hat.
    .admin-help = Entra Admin Center > Unternehmensanwendungen > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
consent_unknown_or_declined =
    .title = Die Anmeldung wurde nicht angenommen, oder Ihr Administrator muss erst zustimmen
    .next-step = Haben Sie selbst abgebrochen, klicken Sie noch einmal auf „Anmelden“ und dann auf „Akzeptieren“. Sonst klicken Sie auf „Administrator fragen“. Ob die Genehmigung da ist, kann Postwart nicht selbst sehen: Klicken Sie auf „Anmelden“, sobald er zugesagt hat.
    .admin-help = Entra Admin Center > Unternehmensanwendungen > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.

expiring =
    .title = { $days ->
        [0] Die Anmeldung für { $address } läuft in den nächsten Stunden ab
        [one] Die Anmeldung für { $address } läuft in einem Tag ab, am { $due }
       *[other] Die Anmeldung für { $address } läuft in { $days } Tagen ab, am { $due }
    }
    .next-step = Klicken Sie auf „Anmelden“. Es dauert eine Minute, und { $named ->
        [no] Ihr Programm
       *[yes] { $app }
    } arbeitet ohne Unterbrechung weiter.
vault_unusable =
    .title = Die gespeicherte Anmeldung lässt sich gerade nicht lesen
    .next-step = Starten Sie den PC neu. Kommt diese Meldung wieder, zeigen Sie sie Ihrem Administrator.
state_set_aside =
    .title = Eine beschädigte Datei wurde beiseitegelegt
    .next-step = Postwart weiß nicht mehr, was es früher bemerkt und gezeigt hatte; E-Mails und Anmeldungen sind nicht betroffen. Sie brauchen nichts zu tun.
post_set_aside =
    .title = Die Datei mit Ihren E-Mails war beschädigt und wurde beiseitegelegt
    .next-step = Postwart hat eine neue begonnen und holt die E-Mails, die noch auf dem Server liegen, noch einmal. E-Mails, die noch gesendet werden sollten, stehen in der beschädigten Datei: Zeigen Sie diese Meldung Ihrem Administrator.
    .admin-help = Die beschädigte Datei liegt als post.db.damaged-… neben der neuen; darin wurde nichts geändert. „sqlite3 DATEI .recover“ holt vielleicht zurück, was darin steht. Dieser Hinweis bleibt, bis keine solche Datei mehr dort liegt und Postwart neu gestartet ist.
fetch_running =
    .title = Für „{ $account }“ werden schon E-Mails abgerufen
    .next-step = Sie brauchen nichts zu tun: Neue E-Mails kommen an, sobald sie abgerufen sind.
account_changed =
    .title = Das Konto „{ $account }“ wurde inzwischen geändert
    .next-step = Versuchen Sie es noch einmal: Es geht mit den neuen Einstellungen weiter.
