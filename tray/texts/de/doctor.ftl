# Was im Bericht steht. Die ersten zwei Zeilen sagen, ob etwas nicht stimmt und wer es behebt.

doctor-headline-ok = Auf diesem PC ist alles in Ordnung.
doctor-headline-faults = { $count ->
    [one] Etwas stimmt nicht: { $title }.
   *[other] { $count } Dinge stimmen nicht. Das Wichtigste: { $title }.
}
doctor-what-nothing = Sie müssen nichts tun.
doctor-what-notes = { $count ->
    [one] Ein Hinweis: { $title }.
   *[other] { $count } Hinweise stehen unten, der wichtigste: { $title }.
}
doctor-who-user = Das können Sie selbst beheben. { $step }
doctor-who-admin = Das kann Ihr Administrator beheben. Bitte schicken Sie ihm diesen Bericht.
doctor-who-vendor = Das kann der Hersteller Ihres Programms beheben. Bitte schicken Sie ihm diesen Bericht.
doctor-who-nobody = Hier können Sie nur abwarten. { $step }

doctor-about = Bericht des PCs { $computer } vom { $when }, Postwart { $version }
doctor-section-fault = Was nicht stimmt ({ $count })
doctor-section-note = Hinweise ({ $count })
doctor-section-follows = Was daraus folgt ({ $count })
doctor-section-ok = In Ordnung ({ $count })
doctor-section-details = Einzelheiten für die Hotline
doctor-section-versions = Versionen
doctor-section-log = Ende des Protokolls (Zeilen: { $count })
doctor-because = Das kommt daher: { $title }.
doctor-file = Postwart-Bericht { $computer } { $when }
doctor-looking = Postwart prüft diesen PC. Das dauert höchstens { $seconds } Sekunden.
doctor-written = Der Bericht für die Hotline liegt hier: { $file }
doctor-written-hint = Er enthält keine Kennwörter und keine E-Mails. Sie können ihn so verschicken.

## Einstellungen, Ordner, Festplatte, Datenbanken

doctor-config-ok =
    .title = { $count ->
        [0] Die Einstellungen sind lesbar; es ist noch kein Postfach eingerichtet
        [one] Die Einstellungen sind lesbar; ein Postfach ist eingerichtet
       *[other] Die Einstellungen sind lesbar; { $count } Postfächer sind eingerichtet
    }
doctor-config-none =
    .title = Es ist noch kein Postfach eingerichtet
    .next-step = Richten Sie das erste ein: in Ihrem Programm oder mit „postwart accounts add“.
    .admin-help = Die Datei { $file } gibt es noch nicht. Geprüft wurden die Server von Microsoft 365.
doctor-config-open =
    .title = Andere Benutzer dieses PCs können die Einstellungen ändern
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Nur der Besitzer braucht Rechte an { $file } (jetzt { $mode }): chmod 600 "{ $file }"
doctor-folder-ok =
    .title = Der Ordner ist beschreibbar
doctor-folder-none =
    .title = Den Ordner gibt es noch nicht; Postwart legt ihn beim ersten Start an
doctor-folder-unusable =
    .title = Postwart darf in einen seiner Ordner nicht schreiben
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Der Benutzer braucht Schreibrechte in { $folder } (icacls "{ $folder }"). Das System sagt: { $reason }
doctor-disk-ok =
    .title = Auf dem Laufwerk sind { $free } GB frei
doctor-disk-little =
    .title = Auf dem Laufwerk sind nur noch { $free } GB frei
    .next-step = Schaffen Sie bald Platz: Leeren Sie den Papierkorb, und löschen Sie, was Sie nicht mehr brauchen.
    .admin-help = E-Mails liegen in { $folder }.
doctor-disk-full =
    .title = Das Laufwerk ist voll
    .next-step = Schaffen Sie Platz: Leeren Sie den Papierkorb, und löschen Sie, was Sie nicht mehr brauchen. Solange es voll ist, kann keine E-Mail abgeholt werden.
    .admin-help = E-Mails liegen in { $folder }, frei sind { $free } GB.
doctor-database-ok =
    .title = Die Datenbank ist heil, { $size } MB
doctor-database-none =
    .title = Die Datenbank gibt es noch nicht; Postwart legt sie beim ersten Start an
doctor-database-large =
    .title = Die Datenbank ist so groß, dass nicht alles gelesen wurde, { $size } MB
    .next-step = Sie müssen nichts tun. Was gelesen wurde, war heil.
doctor-database-busy =
    .title = Die Datenbanken konnten nicht geprüft werden
    .next-step = Prüfen Sie diesen PC in einigen Minuten noch einmal.
    .admin-help = Vielleicht hält eine Datensicherung oder ein Virenscanner die Dateien post.db und state.db fest.
doctor-database-aside =
    .title = Eine beschädigte Datenbank liegt beiseite
    .next-step = Fehlen Ihnen E-Mails, geben Sie das an Ihren Administrator weiter.
    .admin-help = Die beschädigte Datei ist { $file }. Wird sie nicht mehr gebraucht, kann sie gelöscht werden.
doctor-database-damaged =
    .title = Eine Datenbank ist beschädigt
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = { $file }: { $reason }. Beim nächsten Start legt Postwart sie beiseite und beginnt eine neue. Kopieren Sie sie vorher, und prüfen Sie das Laufwerk: chkdsk.
doctor-database-unreadable =
    .title = Eine Datenbank lässt sich nicht lesen
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Der Benutzer braucht Lese- und Schreibrechte an { $file } (icacls "{ $file }"). Gemeldet wird: { $reason }

## Uhr, Schlüsselbund, Verbindungen im PC

doctor-clock-ok =
    .title = Die Uhr geht richtig
doctor-clock-ahead =
    .title = Die Uhr dieses PCs geht { $minutes } Minuten vor
    .next-step = Stellen Sie in den Einstellungen des PCs unter „Datum und Uhrzeit“ die Uhr auf „automatisch“.
    .admin-help = Hier ist es { $here }. Uhr abgleichen: w32tm /resync (Linux: timedatectl set-ntp true).
doctor-clock-behind =
    .title = Die Uhr dieses PCs geht { $minutes } Minuten nach
    .next-step = Stellen Sie in den Einstellungen des PCs unter „Datum und Uhrzeit“ die Uhr auf „automatisch“.
    .admin-help = Hier ist es { $here }. Uhr abgleichen: w32tm /resync (Linux: timedatectl set-ntp true).
doctor-keyring-ok =
    .title = Anmeldungen lassen sich sicher aufbewahren
doctor-loopback-ok =
    .title = Programme auf diesem PC erreichen einander
doctor-loopback-blocked =
    .title = Programme auf diesem PC erreichen einander nicht
    .next-step = Bitte geben Sie das an Ihren Administrator weiter. So kann sich niemand anmelden.
    .admin-help = Eine Verbindung von 127.0.0.1 zu 127.0.0.1 scheitert: { $reason }. Nehmen Sie sie in Virenscanner und Firewall aus.
doctor-loopback-name =
    .title = Dieser PC findet sich selbst nicht
    .next-step = Bitte geben Sie das an Ihren Administrator weiter. So kann sich niemand anmelden.
    .admin-help = Der Name localhost führt zu { $addresses } statt zu 127.0.0.1. Sehen Sie in der Datei hosts nach.
doctor-port-ok =
    .title = Der eingestellte Port { $port } ist frei

## Netz

doctor-network-none =
    .title = Dieser PC hat keine Verbindung zum Internet
    .next-step = Prüfen Sie Netzwerkkabel oder WLAN. Öffnen Sie im Browser irgendeine Seite: Geht das auch nicht, hilft Ihr Administrator.
    .admin-help = Keiner der nötigen Namen lässt sich im DNS auflösen. Prüfen Sie DNS-Server und VPN: ipconfig /all
doctor-dns-ok =
    .title = Der Name { $host } wird gefunden
doctor-dns-not_found =
    .title = Der Name { $host } wird nicht gefunden
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = { $reason }. Prüfen Sie, ob der Name richtig geschrieben ist und ob der DNS-Server ihn kennt: Resolve-DnsName { $host }
doctor-dns-silent =
    .title = Auf die Frage nach { $host } kommt keine Antwort
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Der DNS-Server antwortet nicht: Resolve-DnsName { $host }. Prüfen Sie Firewall und VPN.
doctor-dns-left_to_proxy =
    .title = Den Namen { $host } findet nur der Web-Proxy
    .next-step = Sie müssen nichts tun, solange die Anmeldung funktioniert.
    .admin-help = Hier lässt sich der Name nicht auflösen: { $reason }. Verbindungen dorthin gehen über den Proxy.
doctor-proxy-none =
    .title = Zu { $host } geht es ohne Web-Proxy
doctor-proxy-ok =
    .title = Zu { $host } geht es über den Web-Proxy { $proxy }
doctor-proxy-unreachable =
    .title = Der Web-Proxy { $proxy } ist nicht zu erreichen
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Eingestellt ist er im System oder in der Umgebung ({ $variables }). Das System sagt: { $reason }
doctor-proxy-automatic =
    .title = Der Web-Proxy wird hier automatisch gewählt, und Postwart folgt dem nicht
    .next-step = Sie müssen nichts tun, solange die Anmeldung funktioniert.
    .admin-help = Automatische Konfiguration: { $pac }. Ist der Proxy nötig, tragen Sie ihn fest ein: Umgebungsvariable HTTPS_PROXY oder die Windows-Einstellungen.

## Verschlüsselung

doctor-tls-ok =
    .title = Die Verbindung ist verschlüsselt und echt, Aussteller { $issuer }
doctor-tls-ca_file =
    .title = Die Verbindung ist verschlüsselt, mit dem eigenen Aussteller { $issuer }
doctor-tls-inspected =
    .title = Ein Virenscanner oder eine Firewall liest die verschlüsselte Verbindung mit: { $issuer }
    .next-step = Sie müssen nichts tun, solange Anmeldung und E-Mails funktionieren.
    .admin-help = Dem Aussteller { $issuer } traut nur dieser PC. Nehmen Sie { $host } von der Prüfung aus, wenn es Störungen gibt.
doctor-tls-untrusted =
    .title = Dieser PC traut dem Zertifikat von { $host } nicht
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Aussteller: { $issuer }. Grund: { $reason }. Gehört er zu Ihrer Firewall oder Ihrem Virenscanner, nehmen Sie sein Stammzertifikat in den Zertifikatspeicher auf (certlm.msc) oder geben Sie es als ca_file an.
doctor-tls-only_public =
    .title = Diesem PC fehlt ein öffentliches Stammzertifikat
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = { $host } weist sich richtig aus (Aussteller { $issuer }), aber der Zertifikatspeicher des PCs kennt ihn nicht: { $reason }. Spielen Sie die Updates des Systems ein.
doctor-tls-failed =
    .title = Mit { $host } kommt keine verschlüsselte Verbindung zustande
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Verlangt wird TLS 1.2 oder neuer. Gemeldet wird: { $reason }
doctor-tls-not_seen =
    .title = Das Zertifikat von { $host } war nicht zu sehen
    .next-step = Sie müssen nichts tun. Sehen Sie nach, was sonst über { $host } gesagt wird.

## Anmeldedienst und Mailserver

doctor-provider-ok =
    .title = Der Anmeldedienst { $host } antwortet
doctor-provider-network =
    .title = Der Anmeldedienst { $host } ist nicht zu erreichen
    .next-step = Öffnen Sie im Browser irgendeine Seite. Geht das nicht, prüfen Sie Netzwerkkabel oder WLAN; geht es, hilft Ihr Administrator.
    .admin-help = Port 443 zu { $host } muss offen sein, auch durch Proxy und Firewall: Test-NetConnection { $host } -Port 443. Gemeldet wird: { $reason }
doctor-provider-captive_portal =
    .title = Statt des Anmeldedienstes { $host } antwortet eine andere Seite
    .next-step = Öffnen Sie im Browser irgendeine Seite: Vielleicht will das Netz hier, dass Sie sich erst anmelden.
    .admin-help = Ein Gastnetz oder ein Proxy ersetzt die Antworten von { $host } durch eine eigene Seite ({ $reason }). Nehmen Sie { $host } davon aus.
doctor-provider-refused =
    .title = Der Anmeldedienst { $host } weist Postwart ab
    .next-step = Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Antwort auf { $url }: { $code } { $reason }. Prüfen Sie tenant, authority oder issuer in config.toml.
doctor-provider-incomplete =
    .title = Der Anmeldedienst { $host } ist kein OpenID-Anbieter, mit dem man sich anmelden kann
    .next-step = Bitte geben Sie das an den Hersteller Ihres Programms weiter.
    .admin-help = In den Angaben von { $issuer } fehlen: { $missing }. Prüfen Sie authority oder issuer in config.toml.
doctor-mail-ok =
    .title = Der Mailserver antwortet und nimmt Anmeldungen im Browser an
doctor-mail-server_silent =
    .title = Der Mailserver { $host } antwortet nicht
    .next-step = Bitte geben Sie das an Ihren Administrator weiter, wenn es in einer Stunde noch so ist.
    .admin-help = Port { $port } ist vermutlich gesperrt: Test-NetConnection { $host } -Port { $port }. Geben Sie ihn in der Firewall nach außen frei; E-Mail geht nicht über den Web-Proxy.
doctor-mail-server_unreachable =
    .title = Der Mailserver { $host } ist nicht zu erreichen
    .next-step = Bitte geben Sie das an Ihren Administrator weiter, wenn es in einer Stunde noch so ist.
    .admin-help = Port { $port } wird abgelehnt: Test-NetConnection { $host } -Port { $port }. Geben Sie ihn in der Firewall nach außen frei; E-Mail geht nicht über den Web-Proxy. Gemeldet wird: { $answer }

## Bildschirm

doctor-tray-ok =
    .title = Das Symbol hat einen Platz in der Taskleiste
doctor-tray-no_screen =
    .title = Hier gibt es keinen Bildschirm für das Symbol
    .next-step = Öffnen Sie die Statusseite mit „postwart open“.
doctor-tray-no_gtk =
    .title = Für das Symbol fehlt ein Teil des Systems
    .next-step = Öffnen Sie die Statusseite mit „postwart open“, bis Ihr Administrator das behoben hat.
    .admin-help = GTK für Python fehlt: pip install 'postwart[tray-linux]', davor unter Debian libcairo2-dev, libgirepository1.0-dev, gir1.2-gtk-3.0 und gir1.2-ayatanaappindicator3-0.1 einrichten.
doctor-tray-no_bus =
    .title = Das Symbol kann sich beim Desktop nicht melden
    .next-step = Melden Sie sich am PC ab und wieder an. Die Statusseite öffnen Sie mit „postwart open“.
    .admin-help = Der Sitzungsbus (D-Bus) fehlt: { $reason }
doctor-tray-none =
    .title = Dieser Desktop hat keinen Platz für das Symbol
    .next-step = Öffnen Sie die Statusseite mit „postwart open“, bis Ihr Administrator das behoben hat.
    .admin-help = Desktop: { $desktop }. GNOME braucht die Erweiterung „AppIndicator and KStatusNotifierItem Support“; unter Windows muss explorer.exe laufen.
doctor-notifications-ok =
    .title = Benachrichtigungen können angezeigt werden
doctor-notifications-unknown =
    .title = Ob Benachrichtigungen erlaubt sind, sagt dieses System nicht
    .next-step = Sehen Sie in den Systemeinstellungen unter „Mitteilungen“ nach, ob Postwart etwas anzeigen darf.
doctor-notifications-no_bus =
    .title = Hier können keine Benachrichtigungen angezeigt werden
    .next-step = Sehen Sie auf der Statusseite nach, was zu tun ist: „postwart open“.
    .admin-help = Der Sitzungsbus (D-Bus) fehlt: { $reason }
doctor-notifications-none =
    .title = Dieser Desktop zeigt keine Benachrichtigungen an
    .next-step = Sehen Sie täglich auf der Statusseite nach, bis Ihr Administrator das behoben hat: „postwart open“.
    .admin-help = Kein Programm nimmt org.freedesktop.Notifications an. Richten Sie eines ein, zum Beispiel notification-daemon.
doctor-notifications-policy =
    .title = Benachrichtigungen sind auf diesem PC gesperrt
    .next-step = Sehen Sie täglich auf der Statusseite nach, bis Ihr Administrator das behoben hat.
    .admin-help = Eine Gruppenrichtlinie verbietet sie: NoToastApplicationNotification = 1.
doctor-notifications-off =
    .title = Benachrichtigungen sind ausgeschaltet
    .next-step = Schalten Sie sie in den Windows-Einstellungen unter System, Benachrichtigungen ein.
doctor-browser-ok =
    .title = Für die Anmeldung öffnet sich der Browser { $browser }
doctor-browser-none =
    .title = Auf diesem PC wird kein Browser gefunden
    .next-step = Zum Anmelden braucht Postwart einen Browser. Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Richten Sie einen ein, oder nennen Sie ihn in der Umgebungsvariablen BROWSER.
doctor-browser-in_a_terminal =
    .title = Zum Anmelden öffnet sich ein Browser ohne Bilder: { $browser }
    .next-step = Damit kann sich niemand anmelden. Bitte geben Sie das an Ihren Administrator weiter.
    .admin-help = Richten Sie einen Browser mit Fenstern ein, oder nennen Sie ihn in der Umgebungsvariablen BROWSER.

## Postwart und seine Konten

doctor-postwart-ok =
    .title = Postwart läuft und antwortet
doctor-postwart-not_running =
    .title = Postwart läuft gerade nicht
    .next-step = Starten Sie Postwart. Solange es nicht läuft, werden keine E-Mails abgeholt und gesendet.
doctor-postwart-hangs =
    .title = Postwart läuft, antwortet aber nicht
    .next-step = Warten Sie zwei Minuten. Antwortet es dann noch nicht, starten Sie den PC neu.
    .admin-help = Beenden Sie den Prozess im Task-Manager und starten Sie Postwart neu. Bitte schicken Sie diesen Bericht mit dem Protokoll an den Hersteller.
doctor-account-ok =
    .title = { $days ->
        [-1] Das Postfach funktioniert
        [0] Das Postfach funktioniert; die nächste Anmeldung ist heute fällig
        [one] Das Postfach funktioniert; die nächste Anmeldung ist morgen fällig
       *[other] Das Postfach funktioniert; die nächste Anmeldung ist in { $days } Tagen fällig
    }
doctor-account-unknown =
    .title = Das Postfach wurde noch nicht geprüft
    .next-step = Klicken Sie auf der Statusseite auf „Jetzt prüfen“.
doctor-postwart-not_yet =
    .title = Postwart läuft noch nicht
    .next-step = Richten Sie ein Postfach ein, und starten Sie dann Postwart.

## Prüfungen, aus denen nichts wurde

doctor-no_answer =
    .title = Eine Prüfung hat zu lange gedauert
    .next-step = Prüfen Sie diesen PC in einigen Minuten noch einmal.
doctor-check_failed =
    .title = Eine Prüfung war nicht möglich
    .next-step = Schicken Sie diesen Bericht an die Hotline.
    .admin-help = Postwart hat hier einen Fehler: { $reason }
