# Was die Anmeldung betrifft. Nummern, die dasselbe bedeuten, verweisen auf die erste von ihnen.

## Wenn für einen Code kein eigener Satz da ist

refused-sign_in =
    .title = Eine neue Anmeldung ist nötig
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
refused-consent =
    .title = Ihr Administrator muss das Programm noch genehmigen
    .next-step = Klicken Sie auf „Administrator fragen“ und schicken Sie ihm die vorbereitete Nachricht. Danach geht es von selbst weiter.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
refused-admin =
    .title = Ihre Organisation lässt diese Anmeldung nicht zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center (entra.microsoft.com) > Entra ID > Überwachung & Integrität > Anmeldeprotokolle > Eintrag dieser Person > Reiter „Bedingter Zugriff“: Dort steht, was die Anmeldung verhindert hat.
refused-vendor =
    .title = Das Programm ist für die Anmeldung nicht richtig eingerichtet
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Vergleichen Sie client_id, tenant und scopes in config.toml mit: Entra Admin Center > Entra ID > App-Registrierungen > das Programm.
not_signed_in =
    .title = Für dieses Postfach ist noch niemand angemeldet
    .next-step = Klicken Sie auf „Anmelden“. Es dauert eine Minute.

## Keine Antwort vom Anmeldedienst: sagt nichts über die Anmeldung

offline =
    .title = Zurzeit gibt es keine Verbindung
    .next-step = Sie müssen nichts tun. Sobald die Verbindung wieder da ist, geht es von selbst weiter.
network =
    .title = Der Anmeldedienst ist nicht zu erreichen
    .next-step = Prüfen Sie, ob dieser PC ins Internet kommt. Sobald die Verbindung da ist, geht es von selbst weiter.
    .admin-help = Von diesem PC aus muss login.microsoftonline.com (oder der eigene Anmeldedienst) über Port 443 erreichbar sein, auch durch Proxy und Firewall. Probe: Test-NetConnection login.microsoftonline.com -Port 443
certificate =
    .title = Die sichere Verbindung zum Anmeldedienst kommt nicht zustande
    .next-step = Prüfen Sie Datum und Uhrzeit dieses PCs. In einem Gastnetz öffnen Sie zuerst irgendeine Webseite und melden sich dort an. Hilft beides nicht, geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Das Zertifikat ist für diesen PC nicht vertrauenswürdig. Prüft ein Proxy oder Virenschutz verschlüsselte Verbindungen, gehört dessen Stammzertifikat in den Zertifikatspeicher des PCs (certlm.msc > Vertrauenswürdige Stammzertifizierungsstellen) oder als ca_file in config.toml.
captive_portal =
    .title = Statt des Anmeldedienstes antwortet eine andere Seite
    .next-step = Öffnen Sie im Browser irgendeine Webseite: Vielleicht verlangt das Netz hier zuerst eine Anmeldung. Danach geht es von selbst weiter.
    .admin-help = Ein Proxy oder Gastnetz ersetzt die Antworten von login.microsoftonline.com durch eine eigene Seite. Nehmen Sie diese Adresse davon aus.
clock_ahead =
    .title = Die Uhr dieses PCs geht { $unit ->
        [minutes] { $count } Minuten
        [hours] { $count } Stunden
       *[days] { $count } Tage
    } vor
    .next-step = Stellen Sie Datum, Uhrzeit und Zeitzone dieses PCs richtig. Bis dahin können Termine in Postwart falsch sein und sichere Verbindungen scheitern.
    .admin-help = Windows: Einstellungen > Zeit und Sprache > Datum und Uhrzeit > Jetzt synchronisieren, oder w32tm /resync. In einer Domäne kommt die Uhrzeit vom Domänencontroller: w32tm /query /status
clock_behind =
    .title = Die Uhr dieses PCs geht { $unit ->
        [minutes] { $count } Minuten
        [hours] { $count } Stunden
       *[days] { $count } Tage
    } nach
    .next-step = { clock_ahead.next-step }
    .admin-help = { clock_ahead.admin-help }
clock_wrong =
    .title = Die Anmeldung geht nicht, weil die Uhr dieses PCs falsch geht
    .next-step = Stellen Sie Datum, Uhrzeit und Zeitzone dieses PCs richtig. Danach geht es von selbst weiter.
    .admin-help = { clock_ahead.admin-help }
sign_in-clock_wrong =
    .title = { clock_wrong.title }
    .next-step = Stellen Sie Datum, Uhrzeit und Zeitzone dieses PCs richtig und klicken Sie dann noch einmal auf „Anmelden“.
    .admin-help = { clock_ahead.admin-help }
sign_in-network =
    .title = { network.title }
    .next-step = Prüfen Sie, ob dieser PC ins Internet kommt, und klicken Sie dann noch einmal auf „Anmelden“.
    .admin-help = { network.admin-help }
sign_in-captive_portal =
    .title = { captive_portal.title }
    .next-step = Öffnen Sie im Browser irgendeine Webseite: Vielleicht verlangt das Netz hier zuerst eine Anmeldung. Klicken Sie danach noch einmal auf „Anmelden“.
    .admin-help = { captive_portal.admin-help }
sign_in-throttled =
    .title = { throttled.title }
    .next-step = Warten Sie einige Minuten und klicken Sie dann noch einmal auf „Anmelden“.
sign_in-service_fault =
    .title = { service_fault.title }
    .next-step = Warten Sie eine halbe Stunde und klicken Sie dann noch einmal auf „Anmelden“.
    .admin-help = { service_fault.admin-help }
throttled =
    .title = Der Anmeldedienst bittet um eine Pause
    .next-step = Sie müssen nichts tun. Nach der Pause geht es von selbst weiter.
AADSTS90055 =
    .title = { throttled.title }
    .next-step = { throttled.next-step }
AADSTS50196 =
    .title = { throttled.title }
    .next-step = { throttled.next-step }
service_fault =
    .title = Der Anmeldedienst hat gerade eine Störung
    .next-step = Sie müssen nichts tun. Sobald sie behoben ist, geht es von selbst weiter.
    .admin-help = Störungen bei Microsoft: Microsoft 365 Admin Center > Integrität > Dienststatus.
AADSTS50033 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS50087 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90006 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90012 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90024 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90033 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90090 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }

## Ein Anmeldeversuch endete ohne Anmeldung

sign_in_failed =
    .title = Die Anmeldung hat nicht geklappt
    .next-step = Bitte versuchen Sie es noch einmal. Hilft das nicht, zeigen Sie diese Meldung Ihrem Administrator.
wrong_person =
    .title = { $signed_in } gehört nicht zu diesem Postfach
    .next-step = Klicken Sie auf „Mit anderem Konto anmelden“ und wählen Sie dort { $expected }. Die bisherige Anmeldung gilt weiter.
    .admin-help = Sind { $signed_in } und { $expected } dieselbe Person, ergänzen Sie bei diesem Konto in config.toml: aliases = ["{ $signed_in }"]. Bei einem gemeinsamen Postfach nennt sign_in_as die Person, die sich anmeldet.
scope_left_out =
    .title = Der Zugriff auf die E-Mails wurde nicht erlaubt
    .next-step = Klicken Sie noch einmal auf „Anmelden“ und setzen Sie auf der Seite, die nach den Rechten des Programms fragt, das Häkchen bei E-Mail.
renamed =
    .title = Der Anmeldedienst kennt { $expected } jetzt als { $signed_in }
    .next-step = Sie sind angemeldet, und E-Mails laufen weiter. Bitte lassen Sie die Adresse von Ihrem Administrator berichtigen.
    .admin-help = Setzen Sie in config.toml address auf die neue Adresse (bei einem gemeinsamen Postfach: sign_in_as), oder ergänzen Sie aliases = ["{ $signed_in }"]. Die Anmeldung bleibt gültig. Bis dahin laufen E-Mails nur weiter, solange das Postfach die alte Adresse als Alias behält: Get-Mailbox { $signed_in } | Select-Object -ExpandProperty EmailAddresses
sign_in_timed_out =
    .title = Die Anmeldung wurde nicht zu Ende geführt
    .next-step = Klicken Sie noch einmal auf „Anmelden“ und lassen Sie das Fenster offen, bis dort steht, dass Sie fertig sind. Hieß es dort, dass ein Administrator zustimmen muss, fragen Sie ihn zuerst.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
sign_in_cancelled =
    .title = Die Anmeldung wurde abgebrochen
    .next-step = Klicken Sie auf „Anmelden“, wenn Sie so weit sind.
no_browser =
    .title = Auf diesem PC ließ sich kein Browser öffnen
    .next-step = Legen Sie in den Einstellungen des PCs einen Standardbrowser fest und klicken Sie noch einmal auf „Anmelden“.
    .admin-help = Postwart öffnet den Browser, den das System nennt. Einen anderen nennt die Umgebungsvariable BROWSER.
no_redirect_port =
    .title = Die Anmeldung konnte nicht beginnen, weil dieser PC dafür keinen freien Anschluss hat
    .next-step = Starten Sie den PC neu und versuchen Sie es noch einmal.
    .admin-help = Auf 127.0.0.1 und ::1 war kein gemeinsamer freier Port zu finden. Probe: netsh int ipv4 show excludedportrange tcp
no_refresh_token =
    .title = Die Anmeldung wäre nur für eine Stunde gültig
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Der Anbieter gibt dem Programm kein Aktualisierungstoken. Bei Microsoft: Entra Admin Center > Entra ID > App-Registrierungen > das Programm > API-Berechtigungen > offline_access hinzufügen. Bei anderen Anbietern: offline_access erlauben.
nobody_named =
    .title = Der Anmeldedienst sagt nicht, wer sich angemeldet hat
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Das ID-Token enthält weder preferred_username noch upn noch eine bestätigte E-Mail-Adresse. Bei Microsoft: Entra Admin Center > Entra ID > App-Registrierungen > das Programm > Tokenkonfiguration > Optionalen Anspruch „email“ hinzufügen.

## Der Tresor und der Schlüsselbund

keyring_missing =
    .title = Auf diesem PC fehlt ein sicherer Ort für die Anmeldung
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Postwart braucht den Schlüsselbund des Systems: die Windows-Anmeldeinformationsverwaltung, den macOS-Schlüsselbund, den GNOME-Schlüsselbund oder KWallet. Unter Linux: Paket gnome-keyring installieren und in einer grafischen Sitzung anmelden. Unverschlüsselt wird nichts gespeichert.
keyring_locked =
    .title = Der Schlüsselbund dieses PCs ist gesperrt
    .next-step = Entsperren Sie ihn mit Ihrem PC-Kennwort, wenn danach gefragt wird, oder melden Sie sich am PC ab und wieder an. Es ist nichts verloren.
keyring_slow =
    .title = Der Schlüsselbund dieses PCs antwortet nicht
    .next-step = Sehen Sie nach, ob hinter anderen Fenstern eine Frage nach dem Kennwort wartet. Sonst melden Sie sich am PC ab und wieder an. Es ist nichts verloren.
keyring_failed =
    .title = Der Schlüsselbund dieses PCs meldet einen Fehler
    .next-step = Starten Sie den PC neu. Kommt diese Meldung wieder, zeigen Sie sie Ihrem Administrator.
    .admin-help = Windows: Dienst „Anmeldeinformationsverwaltung“ (VaultSvc) prüfen, zum Beispiel mit Get-Service VaultSvc. Der Eintrag heißt „Postwart“; er darf nicht gelöscht werden.
vault_key_missing =
    .title = Der Schlüssel zur gespeicherten Anmeldung ist nicht mehr da
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Der Eintrag „Postwart“ im Schlüsselbund fehlt oder ist neu, zum Beispiel nach einem neuen Windows-Profil oder einem zurückgesetzten Kennwort. Die alte Datei wird bei der neuen Anmeldung beiseitegelegt.
vault_damaged =
    .title = Die gespeicherte Anmeldung ist beschädigt
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Die beschädigte Datei wird bei der neuen Anmeldung beiseitegelegt (.set-aside). Kommt das öfter vor, prüfen Sie den Datenträger: chkdsk.
vault_unreadable =
    .title = Die gespeicherte Anmeldung lässt sich nicht lesen
    .next-step = Starten Sie den PC neu. Kommt diese Meldung wieder, zeigen Sie sie Ihrem Administrator.
    .admin-help = Der Benutzer braucht Leserechte auf { $file }: icacls "{ $file }"
vault_unwritable =
    .title = Die Anmeldung lässt sich nicht speichern
    .next-step = Schaffen Sie Platz auf dem Laufwerk und versuchen Sie es noch einmal. Hilft das nicht, zeigen Sie diese Meldung Ihrem Administrator.
    .admin-help = Der Benutzer braucht Platz und Schreibrechte für { $file }: icacls "{ $file }"
vault_not_removed =
    .title = Die gespeicherte Anmeldung konnte nicht gelöscht werden
    .next-step = Starten Sie den PC neu und melden Sie sich noch einmal ab. Kommt die Meldung wieder, zeigen Sie sie Ihrem Administrator.
    .admin-help = Der Benutzer muss { $file } löschen dürfen: icacls "{ $file }". Auch ein Programm kann die Datei geöffnet halten.

## OAuths eigene Fehler, wo es keine Nummer gibt

access_denied =
    .title = Die Anmeldung wurde nicht angenommen, oder Ihr Administrator muss erst zustimmen
    .next-step = Haben Sie selbst abgebrochen, versuchen Sie es noch einmal und klicken Sie auf „Akzeptieren“. Sonst klicken Sie auf „Administrator fragen“.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
invalid_grant =
    .title = Die Anmeldung gilt nicht mehr
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Bei Google endet sie zum Beispiel mit einem neuen Kennwort, nach sechs Monaten ohne Nutzung, nach hundert neueren Anmeldungen desselben Kontos mit diesem Programm und nach sieben Tagen, solange der Zustimmungsbildschirm den Status „Testing“ hat: Google Cloud Console > APIs & Services > OAuth consent screen > Publish app.
provider_not_as_configured =
    .title = Der Anmeldedienst ist nicht der, der eingerichtet ist
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Unter issuer in config.toml muss dieselbe Adresse stehen, die der Dienst in /.well-known/openid-configuration nennt, und client_id muss die dort registrierte sein.

## Microsoft: Die Anmeldung ist zu Ende

AADSTS700082 =
    .title = Die Anmeldung ist abgelaufen
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
AADSTS70008 =
    .title = { AADSTS700082.title }
    .next-step = { AADSTS700082.next-step }
AADSTS700081 =
    .title = { AADSTS700082.title }
    .next-step = { AADSTS700082.next-step }
AADSTS700084 =
    .title = Die Anmeldung ist nach einem Tag abgelaufen
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Die Umleitungsadresse ist als Einzelseitenanwendung registriert; dann gilt jede Anmeldung nur 24 Stunden. Entra Admin Center > Entra ID > App-Registrierungen > das Programm > Authentifizierung: http://localhost unter „Single-Page-Webanwendung“ entfernen und unter „Mobilgerät- und Desktopanwendungen“ eintragen.
AADSTS50173 =
    .title = Die Anmeldung gilt nicht mehr, zum Beispiel weil das Kennwort geändert wurde
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
AADSTS50132 =
    .title = { AADSTS50173.title }
    .next-step = { AADSTS50173.next-step }
AADSTS50133 =
    .title = { AADSTS50173.title }
    .next-step = { AADSTS50173.next-step }
AADSTS70000 =
    .title = Microsoft erkennt die gespeicherte Anmeldung nicht mehr an
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
AADSTS70043 =
    .title = Ihre Organisation verlangt, dass Sie sich von Zeit zu Zeit neu anmelden
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien > Sitzung > Anmeldehäufigkeit: Dieses Programm ausnehmen oder die Frist verlängern.
AADSTS70044 =
    .title = { AADSTS70043.title }
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS530036 =
    .title = Eine Anmeldung mit Gerätecode lässt Ihre Organisation nicht mehr zu
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich im Browser an.
    .admin-help = Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien > Bedingungen > Authentifizierungsflüsse: Der Gerätecodefluss ist blockiert. Die Anmeldung im Browser ist davon nicht betroffen.
AADSTS530035 =
    .title = Ihre Organisation hat ihre Sicherheitsregeln verschärft
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Entra Admin Center > Entra ID > Übersicht > Eigenschaften > Sicherheitsstandards verwalten.

## Microsoft: Die Anmeldung wurde unterbrochen

AADSTS50089 =
    .title = Die Anmeldung wurde nicht zu Ende geführt
    .next-step = Klicken Sie noch einmal auf „Anmelden“ und folgen Sie den Seiten bis zum Ende.
AADSTS54005 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50140 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50058 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50074 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS70016 =
    .title = Der Code wurde noch nicht eingegeben
    .next-step = Geben Sie den angezeigten Code auf der Seite microsoft.com/devicelogin ein.
AADSTS70018 =
    .title = Der Code war falsch oder ist abgelaufen
    .next-step = Fangen Sie die Anmeldung noch einmal an und geben Sie den neuen Code ein.
AADSTS70019 =
    .title = { AADSTS70018.title }
    .next-step = { AADSTS70018.next-step }
AADSTS50126 =
    .title = Benutzername oder Kennwort stimmen nicht
    .next-step = Klicken Sie noch einmal auf „Anmelden“ und geben Sie das Kennwort neu ein.
AADSTS50055 =
    .title = Ihr Kennwort ist abgelaufen
    .next-step = Klicken Sie auf „Anmelden“; dort können Sie ein neues Kennwort wählen.
    .admin-help = Microsoft 365 Admin Center > Benutzer > Aktive Benutzer > die Person > Kennwort zurücksetzen.
AADSTS50053 =
    .title = Ihr Konto ist für kurze Zeit gesperrt
    .next-step = Warten Sie eine Viertelstunde und melden Sie sich dann an. Sind Sie sich beim Kennwort nicht sicher, lassen Sie es von Ihrem Administrator zurücksetzen.
    .admin-help = Zu viele falsche Kennwörter, oder die Anmeldung kam von einer IP-Adresse mit schlechtem Ruf: Entra Admin Center > Entra ID > Überwachung & Integrität > Anmeldeprotokolle. Entsperren: Kennwort zurücksetzen unter Entra ID > Benutzer > die Person.

## Microsoft: Zweiter Faktor

AADSTS50076 =
    .title = Ihre Organisation verlangt eine zusätzliche Bestätigung
    .next-step = Klicken Sie auf „Anmelden“ und bestätigen Sie die Anmeldung, zum Beispiel auf Ihrem Handy.
AADSTS50078 =
    .title = { AADSTS50076.title }
    .next-step = { AADSTS50076.next-step }
AADSTS50158 =
    .title = { AADSTS50076.title }
    .next-step = { AADSTS50076.next-step }
AADSTS50072 =
    .title = Sie müssen die zusätzliche Bestätigung erst einrichten
    .next-step = Klicken Sie auf „Anmelden“ und folgen Sie den Seiten; halten Sie Ihr Handy bereit.
AADSTS50079 =
    .title = { AADSTS50072.title }
    .next-step = { AADSTS50072.next-step }
AADSTS53004 =
    .title = Die zusätzliche Bestätigung lässt sich gerade nicht einrichten
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter. Danach richten Sie sie unter aka.ms/mfasetup ein, am besten an einem PC, an dem Sie sich schon einmal angemeldet haben.
    .admin-help = Die Anmeldung gilt als riskant. Entra Admin Center > ID Protection > Riskante Benutzer: prüfen und Risiko verwerfen.

## Microsoft: Richtlinien der Organisation

AADSTS53000 =
    .title = Ihre Organisation lässt Anmeldungen nur von verwalteten PCs zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center (entra.microsoft.com) > Entra ID > Überwachung & Integrität > Anmeldeprotokolle > Eintrag dieser Person > Reiter „Bedingter Zugriff“. Das Gerät muss in Entra eingebunden und in Intune konform sein (dsregcmd /status zeigt den Stand), oder dieses Programm wird in der Richtlinie ausgenommen: Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien.
AADSTS53001 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS530003 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50097 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50129 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50187 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50131 =
    .title = Die Regeln Ihrer Organisation lassen diesen PC oder diese Anmeldung nicht zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Das Gerät ist nicht in dem Zustand, den eine Richtlinie verlangt, oder die Anmeldung sah verdächtig aus. Entra Admin Center (entra.microsoft.com) > Entra ID > Überwachung & Integrität > Anmeldeprotokolle > Eintrag dieser Person > Reiter „Bedingter Zugriff“: Dort steht, was davon es war.
AADSTS53002 =
    .title = Ihre Organisation lässt nur bestimmte Programme zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien > Gewähren > „Genehmigte Client-App erforderlich“: Dieses Programm ausnehmen.
AADSTS530084 =
    .title = Ihre Organisation verlangt eine Anmeldung über Windows selbst
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien > Sitzung > Tokenschutz: Dieses Programm ausnehmen.
AADSTS53003 =
    .title = Eine Regel Ihrer Organisation blockiert die Anmeldung
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center (entra.microsoft.com) > Entra ID > Überwachung & Integrität > Anmeldeprotokolle > Eintrag dieser Person > Reiter „Bedingter Zugriff“: Dort steht die Richtlinie. Nehmen Sie dieses Programm oder diese Person aus: Entra Admin Center > Entra ID > Bedingter Zugriff > Richtlinien.
AADSTS530032 =
    .title = { AADSTS53003.title }
    .next-step = { AADSTS53003.next-step }
    .admin-help = { AADSTS53003.admin-help }
AADSTS53011 =
    .title = Microsoft hält dieses Konto für gefährdet und sperrt die Anmeldung
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > ID Protection > Riskante Benutzer: prüfen, dann Risiko verwerfen oder Kennwort zurücksetzen.
AADSTS530034 =
    .title = { AADSTS53011.title }
    .next-step = { AADSTS53011.next-step }
    .admin-help = { AADSTS53011.admin-help }
AADSTS500021 =
    .title = Die Regeln Ihrer Organisation oder der anderen lassen die Anmeldung dort nicht zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > External Identities > Mandantenübergreifende Zugriffseinstellungen, und Mandanteneinschränkungen am Proxy (Kopfzeile Restrict-Access-To-Tenants).
AADSTS500022 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }
AADSTS500212 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }
AADSTS500213 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }

## Microsoft: Genehmigung

AADSTS65001 =
    .title = Ihr Administrator muss das Programm noch genehmigen
    .next-step = Klicken Sie auf „Administrator fragen“ und schicken Sie ihm die vorbereitete Nachricht. Danach geht es von selbst weiter.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
AADSTS65004 =
    .title = Dem Zugriff auf das Postfach wurde nicht zugestimmt
    .next-step = Klicken Sie auf „Anmelden“ und dann auf „Akzeptieren“. Dürfen Sie das nicht selbst, klicken Sie auf „Administrator fragen“.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
AADSTS90094 =
    .title = In Ihrer Organisation muss ein Administrator das Programm genehmigen
    .next-step = Klicken Sie auf „Administrator fragen“ und schicken Sie ihm die vorbereitete Nachricht.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung.
AADSTS90095 =
    .title = Ihre Bitte um Genehmigung muss von einem Administrator bestätigt werden
    .next-step = Haben Sie die Bitte auf der Seite von Microsoft abgeschickt, warten Sie auf die Bestätigung. Sonst klicken Sie auf „Administrator fragen“.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > Aktivität > Anforderungen für Administratoreinwilligung: die Anforderung prüfen und genehmigen.
AADSTS90093 =
    .title = Sie dürfen dieses Programm nicht selbst genehmigen
    .next-step = Klicken Sie auf „Administrator fragen“ und schicken Sie ihm die vorbereitete Nachricht.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Berechtigungen > „Administratorzustimmung erteilen“. Steht das Programm dort noch nicht, öffnen Sie den Link aus der Bitte um Genehmigung. Fehlt die Berechtigung User.Read: Entra Admin Center > Entra ID > App-Registrierungen > das Programm > API-Berechtigungen > Microsoft Graph > Delegiert > User.Read.
AADSTS90008 =
    .title = { AADSTS90093.title }
    .next-step = { AADSTS90093.next-step }
    .admin-help = { AADSTS90093.admin-help }

## Microsoft: Das Konto

AADSTS50020 =
    .title = Dieses Konto gehört nicht zu Ihrer Organisation
    .next-step = Klicken Sie auf „Anmelden“ und wählen Sie „Anderes Konto verwenden“.
    .admin-help = Ist das Konto richtig: Entra Admin Center > Entra ID > Benutzer > Neuer Benutzer > Externen Benutzer einladen, oder in config.toml unter tenant den Mandanten des Kontos eintragen.
AADSTS16000 =
    .title = { AADSTS50020.title }
    .next-step = { AADSTS50020.next-step }
    .admin-help = { AADSTS50020.admin-help }
AADSTS90072 =
    .title = { AADSTS50020.title }
    .next-step = { AADSTS50020.next-step }
    .admin-help = { AADSTS50020.admin-help }
AADSTS500208 =
    .title = Ein privates Microsoft-Konto passt hier nicht
    .next-step = Klicken Sie auf „Anmelden“ und nehmen Sie das Konto Ihrer Organisation.
AADSTS50034 =
    .title = Microsoft kennt diese Adresse nicht
    .next-step = Prüfen Sie die Schreibweise. Stimmt sie, geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Prüfen Sie address, sign_in_as und tenant in config.toml. Gibt es das Konto? Get-MgUser -UserId <Adresse>
AADSTS51004 =
    .title = { AADSTS50034.title }
    .next-step = { AADSTS50034.next-step }
    .admin-help = { AADSTS50034.admin-help }
AADSTS50057 =
    .title = Dieses Konto ist abgeschaltet
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Update-MgUser -UserId <Adresse> -AccountEnabled:$true, oder Microsoft 365 Admin Center > Benutzer > Aktive Benutzer > die Person > Anmeldung zulassen.
AADSTS50105 =
    .title = Sie sind für dieses Programm nicht eingetragen
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Benutzer und Gruppen > Benutzer hinzufügen, oder > Eigenschaften > „Zuweisung erforderlich?“ auf Nein.
AADSTS650052 =
    .title = Unter dieser Anmeldung hat Ihre Organisation kein Exchange Online
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Microsoft 365 Admin Center > Abrechnung > Lizenzen. Hat das Konto eine Lizenz mit Exchange Online, und ist der Dienst im Mandanten da? Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'". Bei nationalen Clouds müssen authority und scopes in config.toml zur Cloud passen.
AADSTS650054 =
    .title = Das Programm verlangt Zugriff auf einen Dienst, den es nicht mehr gibt
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Prüfen Sie scopes in config.toml: Für Exchange Online beginnen sie mit https://outlook.office.com/.
AADSTS500011 =
    .title = { AADSTS650052.title }
    .next-step = { AADSTS650052.next-step }
    .admin-help = { AADSTS650052.admin-help }

## Microsoft: Das Programm

AADSTS700016 =
    .title = Ihre Organisation kennt dieses Programm nicht
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Stimmen client_id und tenant in config.toml? Sonst das Programm mit dem Link aus der Bitte um Genehmigung in den Mandanten aufnehmen.
AADSTS70001 =
    .title = Dieses Programm ist in Ihrer Organisation abgeschaltet
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > Unternehmens-Apps > das Programm > Eigenschaften > „Aktiviert für die Benutzeranmeldung?“ auf Ja, oder Update-MgServicePrincipal -ServicePrincipalId <Objekt-ID> -AccountEnabled:$true.
AADSTS7000112 =
    .title = { AADSTS70001.title }
    .next-step = { AADSTS70001.next-step }
    .admin-help = { AADSTS70001.admin-help }
AADSTS1000031 =
    .title = { AADSTS70001.title }
    .next-step = { AADSTS70001.next-step }
    .admin-help = { AADSTS70001.admin-help }
AADSTS65002 =
    .title = Das Programm meldet sich unter einer fremden Kennung an
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = client_id in config.toml gehört einem Programm von Microsoft selbst und darf hier nicht verwendet werden. Registrieren Sie eine eigene: Entra Admin Center > Entra ID > App-Registrierungen > Neue Registrierung, und tragen Sie deren Anwendungs-ID (Client) in config.toml ein.
AADSTS65005 =
    .title = Dem Programm fehlen die Berechtigungen für E-Mail
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > App-Registrierungen > das Programm > API-Berechtigungen: IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send und offline_access (delegiert) hinzufügen, dann Administratorzustimmung erteilen.
AADSTS650056 =
    .title = { AADSTS65005.title }
    .next-step = { AADSTS65005.next-step }
    .admin-help = { AADSTS65005.admin-help }
AADSTS650057 =
    .title = { AADSTS65005.title }
    .next-step = { AADSTS65005.next-step }
    .admin-help = { AADSTS65005.admin-help }
AADSTS700011 =
    .title = { AADSTS700016.title }
    .next-step = { AADSTS700016.next-step }
    .admin-help = { AADSTS700016.admin-help }
AADSTS7000218 =
    .title = Das Programm ist nicht als Desktopprogramm registriert
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > App-Registrierungen > das Programm > Authentifizierung: http://localhost unter „Mobilgerät- und Desktopanwendungen“ eintragen (nicht unter „Web“); für den Gerätecode „Öffentliche Clientflows zulassen“ auf Ja.
AADSTS700025 =
    .title = Das Programm schickt ein Geheimnis, das es nicht haben soll
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = client_secret in config.toml entfernen.
AADSTS50011 =
    .title = Die Rückkehradresse des Programms ist nicht registriert
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Entra Admin Center > Entra ID > App-Registrierungen > das Programm > Authentifizierung > Plattform hinzufügen > „Mobilgerät- und Desktopanwendungen“ > http://localhost.
AADSTS50194 =
    .title = Das Programm ist nur für eine Organisation registriert
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = In config.toml unter tenant die ID dieser Organisation eintragen, oder Entra Admin Center > Entra ID > App-Registrierungen > das Programm > Authentifizierung > „Konten in einem beliebigen Organisationsverzeichnis“.
AADSTS9002332 =
    .title = { AADSTS50194.title }
    .next-step = { AADSTS50194.next-step }
    .admin-help = { AADSTS50194.admin-help }
AADSTS70011 =
    .title = Das Programm bittet um eine Berechtigung, die es nicht gibt
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = scopes in config.toml prüfen, zum Beispiel https://outlook.office.com/IMAP.AccessAsUser.All und https://outlook.office.com/SMTP.Send.
AADSTS28002 =
    .title = { AADSTS70011.title }
    .next-step = { AADSTS70011.next-step }
    .admin-help = { AADSTS70011.admin-help }
AADSTS90002 =
    .title = Microsoft kennt die eingetragene Organisation nicht
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = tenant und authority in config.toml prüfen: Mandanten-ID unter Entra Admin Center > Entra ID > Übersicht. Nationale Clouds haben eigene Adressen, etwa login.microsoftonline.us oder login.partner.microsoftonline.cn.
AADSTS90038 =
    .title = { AADSTS90002.title }
    .next-step = { AADSTS90002.next-step }
    .admin-help = { AADSTS90002.admin-help }
invalid_tenant =
    .title = { AADSTS90002.title }
    .next-step = { AADSTS90002.next-step }
    .admin-help = { AADSTS90002.admin-help }

## Ablehnungen mit dem, was der Anmeldedienst selbst sagt, und Googles eigene Worte.
# Angaben der -told-Sätze: limit_days (0 unter zwei Tagen), limit_hours, since (ein Datum).

AADSTS700082-told =
    .title = Die Anmeldung ist abgelaufen: Sie wurde { $limit_days ->
        [0] { $limit_hours ->
            [one] eine Stunde
           *[other] { $limit_hours } Stunden
        }
       *[other] { $limit_days } Tage
    } lang nicht benutzt
    .next-step = { AADSTS700082.next-step }
AADSTS70043-told =
    .title = Ihre Organisation verlangt { $limit_days ->
        [0] { $limit_hours ->
            [one] jede Stunde
           *[other] alle { $limit_hours } Stunden
        }
       *[other] alle { $limit_days } Tage
    } eine neue Anmeldung
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS70044-told =
    .title = { AADSTS70043-told.title }
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS700084-told =
    .title = Die Anmeldung ist abgelaufen: So, wie das Programm registriert ist, gilt sie nur { $limit_days ->
        [0] { $limit_hours ->
            [one] eine Stunde
           *[other] { $limit_hours } Stunden
        }
       *[other] { $limit_days } Tage
    }
    .next-step = { AADSTS700084.next-step }
    .admin-help = { AADSTS700084.admin-help }
AADSTS50173-told =
    .title = Seit { $since } gilt die Anmeldung nicht mehr, zum Beispiel weil das Kennwort geändert wurde
    .next-step = { AADSTS50173.next-step }

## Google

invalid_rapt =
    .title = Ihre Organisation verlangt, dass Sie sich von Zeit zu Zeit neu anmelden
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich neu an. Es dauert eine Minute.
    .admin-help = Google-Admin-Konsole (admin.google.com) > Sicherheit > Zugriff und Datenkontrolle > Google Cloud-Sitzungssteuerung: Dieses Programm ausnehmen oder die Frist verlängern.
admin_policy_enforced =
    .title = Ihre Organisation lässt dieses Programm bei Google nicht zu
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Google-Admin-Konsole (admin.google.com) > Sicherheit > Zugriff und Datenkontrolle > API-Steuerung > App-Zugriff verwalten: der Client-ID dieses Programms vertrauen.
org_internal =
    .title = Dieses Konto gehört nicht zu der Organisation, für die das Programm gedacht ist
    .next-step = Klicken Sie auf „Anmelden“ und wählen Sie „Anderes Konto verwenden“.
    .admin-help = Ist das Konto richtig: Google Cloud Console > Google Auth Platform > Zielgruppe: den Nutzertyp des Programms auf „Extern“ stellen.
deleted_client =
    .title = Google kennt dieses Programm nicht mehr
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Der OAuth-Client wurde gelöscht. Google Cloud Console > Google Auth Platform > Clients: einen vom Typ „Desktop-App“ anlegen und dessen client_id und client_secret in config.toml eintragen.
disallowed_useragent =
    .title = Google lässt eine Anmeldung in diesem Browser nicht zu
    .next-step = Wählen Sie Edge, Chrome oder Firefox als Standardbrowser dieses PCs und klicken Sie noch einmal auf „Anmelden“.
    .admin-help = Google nimmt Anmeldungen nur in einem vollwertigen Browser an. Die Umgebungsvariable BROWSER nennt vielleicht ein anderes Programm.
redirect_uri_mismatch =
    .title = Die Rücksprungadresse des Programms ist nicht registriert
    .next-step = Bitte geben Sie diese Meldung an den Hersteller des Programms oder an Ihren Administrator weiter.
    .admin-help = Google Cloud Console > Google Auth Platform > Clients: Der Client muss vom Typ „Desktop-App“ sein.
