# Symbol, Menü und Benachrichtigungen. Facts: address, days, count, total, when (Wochentag oder Datum),
# mail (send: nur senden, both: auch abrufen), who (admin, vendor).

## Zustand eines Postfachs, hinter seiner Adresse

desktop-state-ok = in Ordnung
desktop-state-expiring = { $days ->
    [0] Anmeldung läuft jetzt ab
    [one] Anmeldung läuft in einem Tag ab
   *[other] Anmeldung läuft in { $days } Tagen ab
}
desktop-state-sign_in_required = Anmeldung nötig
desktop-state-blocked = Anmeldung gesperrt
desktop-state-consent_pending = wartet auf Genehmigung
desktop-state-mailbox_refused = Mailserver lehnt ab
desktop-state-offline = keine Verbindung
desktop-state-unknown = noch nicht geprüft
desktop-state-stuck = kann nicht geprüft werden
desktop-state-signing_in = Anmeldung läuft

desktop-account = { $address }: { $state }

## Überschrift in Menü und Tooltip

desktop-headline-none = Noch kein Postfach eingerichtet
desktop-headline-ok = { $total ->
    [one] Das Postfach ist in Ordnung
   *[other] Alle { $total } Postfächer sind in Ordnung
}
desktop-headline-open = { $total ->
    [one] Das Postfach braucht Aufmerksamkeit
   *[other] { $count ->
        [one] Eines von { $total } Postfächern braucht Aufmerksamkeit
       *[other] { $count } von { $total } Postfächern brauchen Aufmerksamkeit
    }
}
desktop-headline-offline = { $total ->
    [one] Das Postfach ist nicht erreichbar
   *[other] { $count ->
        [one] Eines von { $total } Postfächern ist nicht erreichbar
       *[other] { $count } von { $total } Postfächern sind nicht erreichbar
    }
}
desktop-headline-unknown = { $total ->
    [one] Das Postfach wird geprüft
   *[other] Die Postfächer werden geprüft
}
desktop-more = { $count ->
    [one] und ein weiteres
   *[other] und { $count } weitere
}
desktop-tooltip = Postwart

## Menü

desktop-menu-sign_in = Anmelden
desktop-menu-sign_in-account = Anmelden: { $address }
desktop-menu-sign_in_all = Alle { $count } nacheinander anmelden
desktop-menu-sign_in_other = Mit anderem Konto anmelden
desktop-menu-sign_in-again = Neu anmelden
desktop-menu-ask_admin = Administrator fragen
desktop-menu-ask_admin-account = Administrator fragen: { $address }
desktop-menu-explain = Was ist zu tun?
desktop-menu-check = Jetzt prüfen
desktop-menu-fetch = E-Mails abrufen
desktop-menu-open_page = Statusseite öffnen
desktop-menu-autostart = Mit dem PC starten
desktop-menu-report = Bericht für die Hotline
desktop-menu-quit = Postwart beenden
desktop-menu-due = Nächste Anmeldung: { $date }
desktop-menu-due-assumed = Nächste Anmeldung: voraussichtlich nicht vor { $date }
desktop-warning =
    .title = Postwart hat etwas zu melden

## Knöpfe der Benachrichtigungen

desktop-button-sign_in = Anmelden
desktop-button-ask_admin = Administrator fragen
desktop-button-try_again = Noch einmal versuchen
desktop-button-open_page = Anzeigen
desktop-button-later = Später

## Benachrichtigungen

desktop-notice-expiring =
    .title = { $app } kann ab { $when } keine E-Mails mehr { $mail ->
        [send] senden
       *[both] abrufen
    }
    .body = Die Anmeldung für { $address } läuft { $days ->
        [0] in Kürze
        [one] in einem Tag
       *[other] in { $days } Tagen
    } ab. Melden Sie sich vorher an, es dauert eine Minute.

desktop-notice-sign_in_required =
    .title = Bitte anmelden: { $address }
    .body = { $app } kann für { $address } keine E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }, bis Sie sich anmelden. Es dauert eine Minute.

desktop-notice-blocked =
    .title = Anmeldung gesperrt: { $address }
    .body = { $app } kann für { $address } keine E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }. { $who ->
        [vendor] Der Hersteller des Programms muss das beheben.
       *[admin] Ihr Administrator kann das ändern.
    } Klicken Sie auf „Anzeigen“, um zu sehen, was zu tun ist.

desktop-notice-consent_pending =
    .title = Genehmigung fehlt: { $address }
    .body = { $app } kann für { $address } erst E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }, wenn Ihr Administrator das genehmigt. Die Bitte an ihn ist schon geschrieben.

desktop-notice-consent_unknown =
    .title = Genehmigung fehlt: { $address }
    .body = { $app } kann für { $address } erst E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }, wenn Ihr Administrator das genehmigt. Ob er es schon getan hat, zeigt nur ein neuer Versuch.

desktop-notice-consent_granted =
    .title = Die Genehmigung ist da
    .body = { $app } kann jetzt für { $address } E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }.

desktop-notice-mailbox_refused =
    .title = Mailserver lehnt ab: { $address }
    .body = Die Anmeldung gilt, aber der Mailserver lässt { $app } nicht alles tun. Klicken Sie auf „Anzeigen“, um zu sehen, was zu tun ist.

desktop-notice-mended =
    .title = Wieder in Ordnung: { $address }
    .body = { $app } kann wieder E-Mails { $mail ->
        [send] senden
       *[both] abrufen und senden
    }. Sie müssen nichts tun.

## Nachricht an den Ansprechpartner des Büros (config.toml, [notify] contact)

contact-mail =
    .subject = Postwart: { $title }
    .begin = Guten Tag, Postwart hat am PC mehrmals auf das Postfach { $address } hingewiesen, und niemand hat darauf reagiert.
    .why = Grund: { $title }.
    .todo = Was zu tun ist: Klicken Sie an diesem PC auf das Symbol von Postwart in der Taskleiste. Es führt zum nächsten Schritt.
    .admin = Für Ihren Administrator: { $help }
    .end = Diese Nachricht hat Postwart geschrieben. Zu diesem Vorfall kommt keine weitere.

## Start mit dem PC

autostart-on = Postwart startet mit dem PC, bei der Anmeldung dieses Benutzers.
autostart-off = Postwart startet nicht mit dem PC.
autostart-switched_off = Postwart ist eingetragen, aber in den Einstellungen von Windows ausgeschaltet. Schalten Sie es dort unter Apps, Autostart wieder ein.
autostart-broken = Postwart ist eingetragen, aber nicht mehr dort, wo der Eintrag es sucht. „postwart autostart on“ berichtigt das.
autostart_failed =
    .title = Der Start mit dem PC lässt sich nicht ändern
    .next-step = Versuchen Sie es noch einmal. Das System meldet: { $reason }
    .admin-help = Postwart trägt sich für den angemeldeten Benutzer ein: unter Windows in HKCU\Software\Microsoft\Windows\CurrentVersion\Run, unter Linux in ~/.config/autostart. Prüfen Sie, ob eine Richtlinie das verbietet.
autostart_switched_off =
    .title = Der Start mit dem PC ist in Windows ausgeschaltet
    .next-step = Öffnen Sie in Windows die Einstellungen und schalten Sie Postwart unter Apps, Autostart wieder ein.
autostart_path_long =
    .title = Postwart liegt in einem Ordner, dessen Name für den Start mit dem PC zu lang ist
    .next-step = Installieren Sie Postwart in einem Ordner mit kürzerem Namen. Windows erlaubt { $longest } Zeichen, nötig wären { $length }.

## Kein Infobereich: why ist der technische Grund

tray_missing =
    .title = Postwart läuft, aber hier ist kein Infobereich für sein Symbol
    .next-step = Öffnen Sie die Statusseite mit „postwart open“. Benachrichtigungen und E-Mails funktionieren ohne das Symbol.
    .admin-help = Unter Linux braucht das Symbol PyGObject, GTK 3 und AyatanaAppIndicator, unter GNOME dazu die Erweiterung AppIndicator. Grund: { $why }
