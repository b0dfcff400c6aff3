# Was die Mailserver antworten. Zeilen für den Administrator sind für die Exchange-Online-PowerShell.

## Der Server lässt das Postfach nicht herein

mail_failed =
    .title = Mit dem Postfach hat etwas nicht geklappt
    .next-step = Bitte versuchen Sie es noch einmal. Hilft das nicht, geben Sie diese Meldung an Ihren Administrator weiter.
mailbox_refused =
    .title = Der Mailserver weist das Postfach ab
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Der Server { $host } antwortet für { $address }: { $answer }
token_refused =
    .title = Der Mailserver nimmt die Anmeldung für { $address } nicht an
    .next-step = Ihre eigene Anmeldung ist in Ordnung. Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = { $protocol ->
        [imap] Prüfen Sie, ob IMAP für das Postfach erlaubt ist: Set-CASMailbox "{ $address }" -ImapEnabled $true. Bei einem freigegebenen Postfach: Add-MailboxPermission "{ $address }" -User <Person> -AccessRights FullAccess. Hat das Postfach eine Authentifizierungsrichtlinie: Set-AuthenticationPolicy <Name> -BlockModernAuthImap:$false. Antwort des Servers: { $answer }
        [pop3] Prüfen Sie, ob POP3 für das Postfach erlaubt ist: Set-CASMailbox "{ $address }" -PopEnabled $true. Bei einem freigegebenen Postfach: Add-MailboxPermission "{ $address }" -User <Person> -AccessRights FullAccess. Hat das Postfach eine Authentifizierungsrichtlinie: Set-AuthenticationPolicy <Name> -BlockModernAuthPop:$false. Antwort des Servers: { $answer }
       *[smtp] Prüfen Sie, ob das Senden über SMTP für das Postfach erlaubt ist: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. Bei einem freigegebenen Postfach: Add-RecipientPermission "{ $address }" -Trustee <Person> -AccessRights SendAs. Antwort des Servers: { $answer }
    }
imap_not_connected =
    .title = Die Anmeldung stimmt, aber das Postfach { $address } öffnet sich nicht
    .next-step = Ihr Administrator muss den Zugriff freischalten. Bitte geben Sie diese Meldung weiter.
    .admin-help = IMAP einschalten: Set-CASMailbox "{ $address }" -ImapEnabled $true. Bei einem freigegebenen Postfach fehlt das Zugriffsrecht: Add-MailboxPermission "{ $address }" -User <Person> -AccessRights FullAccess. Es kann eine Stunde dauern, bis das wirkt.
smtp_auth_disabled_tenant =
    .title = Ihre Organisation hat das Senden über SMTP abgeschaltet
    .next-step = Ihr Administrator muss es für { $address } einschalten. Bitte geben Sie diese Meldung weiter.
    .admin-help = Nur für dieses Postfach: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. Für die ganze Organisation: Set-TransportConfig -SmtpClientAuthenticationDisabled $false.
smtp_auth_disabled_mailbox =
    .title = Das Senden über SMTP ist für { $address } abgeschaltet
    .next-step = Ihr Administrator muss es einschalten. Bitte geben Sie diese Meldung weiter.
    .admin-help = Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false
security_defaults =
    .title = Die Sicherheitsstandards Ihrer Organisation sperren das Senden über SMTP
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Zuerst das Postfach freischalten: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. Erst wenn das nicht genügt, die Sicherheitsstandards durch Richtlinien für bedingten Zugriff ersetzen: Entra Admin Center > Entra ID > Übersicht > Eigenschaften > Sicherheitsstandards verwalten.
authentication_policy =
    .title = Eine Richtlinie Ihrer Organisation sperrt diese Art der Anmeldung
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Richtlinie des Kontos finden: Get-User "{ $address }" | Format-List AuthenticationPolicy. Dann SMTP darin erlauben: Set-AuthenticationPolicy <Name> -AllowBasicAuthSmtp. Antwort des Servers: { $answer }
protocol_disabled =
    .title = { $protocol ->
        [imap] IMAP ist für { $address } abgeschaltet
        [pop3] POP3 ist für { $address } abgeschaltet
       *[smtp] SMTP ist für { $address } abgeschaltet
    }
    .next-step = Schalten Sie den Zugriff in den Einstellungen des Postfachs im Browser ein, oder bitten Sie Ihren Administrator darum.
    .admin-help = Bei Google Workspace: Admin-Konsole > Apps > Google Workspace > Gmail > Endnutzerzugriff > POP- und IMAP-Zugriff. Antwort des Servers { $host }: { $answer }
oauth_missing =
    .title = Der Server { $host } kennt die Anmeldung im Browser nicht
    .next-step = Prüfen Sie in den Einstellungen des Kontos, ob der Name des Servers stimmt.
    .admin-help = Der Server bietet weder XOAUTH2 noch OAUTHBEARER an, sondern nur: { $answer }
folder_missing =
    .title = Einen der eingestellten Ordner gibt es im Postfach { $address } nicht
    .next-step = Prüfen Sie die Namen der Ordner in den Einstellungen des Kontos. Die übrigen Ordner werden weiter abgeholt.
    .admin-help = Antwort des Servers { $host }: { $answer }
pop3_uidl_missing =
    .title = Der Server { $host } kann einzelne Nachrichten nicht unterscheiden
    .next-step = Stellen Sie das Konto auf IMAP um. So würde sonst jede Nachricht mehrfach abgeholt.
    .admin-help = Der POP3-Server beantwortet den Befehl UIDL nicht. Antwort: { $answer }
federation_failed =
    .title = Der eigene Anmeldeserver Ihrer Organisation antwortet dem Mailserver nicht
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Exchange Online erreicht den Verbundserver (AD FS) nicht, oder dieser spricht kein TLS 1.2. Prüfen Sie, ob er aus dem Internet erreichbar ist: Test-NetConnection <Name des Verbunddienstes> -Port 443. Antwort des Servers: { $answer }
login_too_long =
    .title = Der Mailserver { $host } kann die Anmeldung für { $address } nicht lesen
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Exchange Online hat POP3-Anmeldungen mit Token von mehr als 4096 Zeichen abgelehnt. Stellen Sie das Konto auf IMAP um: receive = "imap" in config.toml. Antwort des Servers: { $answer }
google_refused =
    .title = Google lässt { $address } nicht herein
    .next-step = Prüfen Sie in Gmail im Browser, ob der Zugriff eingeschaltet ist: Einstellungen > Alle Einstellungen aufrufen > Weiterleitung und POP/IMAP. Ist er es, melden Sie sich neu an.
    .admin-help = Google-Admin-Konsole (admin.google.com) > Apps > Google Workspace > Gmail > Endnutzerzugriff > POP- und IMAP-Zugriff. Antwort des Servers: { $answer }
google_browser_wanted =
    .title = Google will { $address } erst im Browser sehen
    .next-step = Öffnen Sie mail.google.com im Browser, melden Sie sich dort an und folgen Sie dem, was Google verlangt. Danach geht es von selbst weiter.
    .admin-help = Google hielt die Anmeldung für verdächtig. Antwort des Servers: { $answer }
sender_blocked =
    .title = Microsoft hat das Senden von { $address } gesperrt
    .next-step = Bitte geben Sie diese Meldung gleich an Ihren Administrator weiter. Es kann ein Zeichen dafür sein, dass jemand anderes das Postfach benutzt hat.
    .admin-help = Postfach prüfen und im Microsoft Defender Portal unter Eingeschränkte Entitäten freigeben: https://security.microsoft.com/restrictedentities. Bei 5.7.705 oder 5.7.708 ist die ganze Organisation gesperrt: Das hebt nur der Support von Microsoft auf. Antwort des Servers: { $answer }
no_receive_server =
    .title = Für { $address } ist kein Abholen eingestellt
    .next-step = Wählen Sie in den Einstellungen des Kontos IMAP oder POP3.
no_smtp_server =
    .title = Für { $address } ist kein Server zum Senden eingestellt
    .next-step = Tragen Sie ihn in den Einstellungen des Kontos ein.

## Der Server ist nicht zu erreichen

server_unreachable =
    .title = Der Mailserver { $host } ist nicht zu erreichen
    .next-step = Prüfen Sie die Internetverbindung. Es geht von selbst weiter, sobald der Server wieder antwortet.
    .admin-help = Ist Port { $port } in der Firewall nach außen offen? Mail geht nicht über den Web-Proxy.
server_not_found =
    .title = Den Mailserver { $host } gibt es unter diesem Namen nicht
    .next-step = Prüfen Sie die Internetverbindung, und ob der Name des Servers in den Einstellungen richtig geschrieben ist.
    .admin-help = Der Name lässt sich im DNS nicht auflösen.
server_silent =
    .title = Der Mailserver { $host } antwortet nicht
    .next-step = Es geht von selbst weiter, sobald er wieder antwortet. Dauert es länger als eine Stunde, fragen Sie Ihren Administrator.
    .admin-help = Häufig verwirft eine Firewall Port { $port }, statt die Verbindung abzulehnen.
connection_lost =
    .title = Die Verbindung zum Mailserver { $host } ist abgebrochen
    .next-step = Sie müssen nichts tun, der nächste Versuch folgt von selbst.
    .admin-help = Antwort des Servers: { $answer }
server_tls =
    .title = Mit dem Mailserver { $host } kommt keine verschlüsselte Verbindung zustande
    .next-step = Prüfen Sie in den Einstellungen, ob Port und Verschlüsselung zusammenpassen.
    .admin-help = Port { $port }: { $answer }. Verlangt wird TLS 1.2 oder neuer.
starttls_missing =
    .title = Der Mailserver { $host } bietet keine Verschlüsselung an
    .next-step = An ihn wurde nichts übermittelt. Prüfen Sie in den Einstellungen Server, Port und Verschlüsselung.
    .admin-help = Auf Port { $port } fehlt STARTTLS. Ein Virenscanner oder eine Firewall entfernt es manchmal.
server_certificate =
    .title = Der Mailserver { $host } weist sich mit einem Zertifikat aus, dem dieser PC nicht traut
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter. An den Server wurde nichts übermittelt.
    .admin-help = Aussteller: { $issuer }. Gehört er zu Ihrer Firewall oder Ihrem Virenscanner, nehmen Sie sein Stammzertifikat in den Zertifikatspeicher von Windows auf oder geben Sie es als ca_file an. Grund: { $answer }
server_certificate_name =
    .title = Das Zertifikat des Mailservers gehört nicht zu { $host }
    .next-step = Prüfen Sie, ob der Name des Servers in den Einstellungen stimmt. An den Server wurde nichts übermittelt.
    .admin-help = Aussteller: { $issuer }. Grund: { $answer }
server_certificate_date =
    .title = Das Zertifikat des Mailservers { $host } gilt heute nicht
    .next-step = Prüfen Sie Datum und Uhrzeit dieses PCs. Stimmen sie, ist das Zertifikat des Servers abgelaufen.
    .admin-help = Aussteller: { $issuer }. Grund: { $answer }
server_throttled =
    .title = Der Mailserver { $host } bittet um eine Pause
    .next-step = Sie müssen nichts tun, es geht nach der Pause von selbst weiter.
    .admin-help = Zu viele Verbindungen oder Anfragen für { $address }. Antwort: { $answer }
server_fault =
    .title = Der Mailserver { $host } hat gerade eine Störung
    .next-step = Sie müssen nichts tun, der nächste Versuch folgt von selbst.
    .admin-help = Antwort des Servers: { $answer }

## Ein Brief wurde nicht angenommen

send_as_denied =
    .title = { $address } darf unter dieser Absenderadresse nicht senden
    .next-step = Senden Sie unter der eigenen Adresse, oder bitten Sie Ihren Administrator um das Recht.
    .admin-help = Add-RecipientPermission "{ $address }" -Trustee <Person> -AccessRights SendAs. Antwort des Servers: { $answer }
message_too_large =
    .title = Die Nachricht ist für den Mailserver zu groß
    .next-step = Senden Sie kleinere Anhänge oder einen Link zu den Dateien.
    .admin-help = Set-Mailbox "{ $address }" -MaxSendSize 150MB. Antwort des Servers: { $answer }
recipient_unknown =
    .title = Diesen Empfänger gibt es nicht
    .next-step = Prüfen Sie, ob die Adresse richtig geschrieben ist.
    .admin-help = Antwort des Servers: { $answer }
sending_limit =
    .title = { $address } hat heute so viel gesendet, wie erlaubt ist
    .next-step = Die Nachricht bleibt im Postausgang und wird später von selbst gesendet.
    .admin-help = Exchange Online nimmt je Postfach in 24 Stunden Nachrichten an 10.000 Empfänger an. Bei 5.7.232 oder 5.7.233 ist es die Grenze der ganzen Organisation für Empfänger außerhalb: Exchange Admin Center > Berichte > Nachrichtenfluss. Antwort des Servers: { $answer }
mailbox_full =
    .title = Der Mailserver nimmt die Nachricht nicht an, weil ein Postfach voll ist
    .next-step = Löschen oder archivieren Sie alte Nachrichten in { $address } und senden Sie dann noch einmal. Ist dort Platz, ist das Postfach des Empfängers voll.
    .admin-help = Get-MailboxStatistics "{ $address }" | Format-List TotalItemSize, StorageLimitStatus. Mehr Platz: Enable-Mailbox "{ $address }" -Archive, oder eine andere Lizenz. Antwort des Servers: { $answer }
delivery_refused =
    .title = Der Mailserver hat die Nachricht abgelehnt
    .next-step = Lesen Sie die Antwort des Servers: { $answer }
    .admin-help = Antwort des Servers: { $answer }
eight_bit_missing =
    .title = Der Mailserver nimmt diese Nachricht mit Umlauten nicht an
    .next-step = Bitten Sie den Hersteller des Programms, die Nachricht als quoted-printable oder base64 zu übergeben.
    .admin-help = Dem Server fehlt die Erweiterung 8BITMIME.
smtputf8_missing =
    .title = Der Mailserver kann keine Adressen mit Umlauten vor dem @
    .next-step = Fragen Sie den Empfänger nach einer Adresse ohne Umlaute.
    .admin-help = Dem Server fehlt die Erweiterung SMTPUTF8.
unconfirmed =
    .title = Ob die Nachricht angekommen ist, ließ sich nicht feststellen
    .next-step = Sehen Sie im Ordner „Gesendet“ nach oder fragen Sie den Empfänger, bevor Sie noch einmal senden.
    .admin-help = Die Verbindung brach ab, nachdem die Nachricht vollständig übergeben war und bevor der Server sie bestätigte.
