# Was mit einem Konto geschah, je Zeile ein Satz. Facts: times, state, about (age, inactivity), days, hours, new, skipped,
# letter, protocol, program. Der Code steht dahinter.

cli-journal = zeigt, was mit einem Konto geschah, das Neueste zuerst
cli-journal-limit = wie viele Einträge; ohne Angabe 50
cli-journal-empty = Mit diesem Konto ist noch nichts geschehen.

journal-refreshed = Anmeldung erneuert{ $times ->
    [1] {""}
   *[other] , { $times }-mal hintereinander
}
journal-refresh_failed = Anmeldung nicht erneuert{ $times ->
    [1] {""}
   *[other] , { $times }-mal hintereinander
}
journal-limit_learned = { $about ->
    [inactivity] { $hours ->
        [0] Gelernt: Die Anmeldung hält auch länger ohne Benutzung
       *[other] { $days ->
            [0] Gelernt: Ohne Benutzung hält die Anmeldung { $hours } Stunden
            [one] Gelernt: Ohne Benutzung hält die Anmeldung einen Tag
           *[other] Gelernt: Ohne Benutzung hält die Anmeldung { $days } Tage
        }
    }
   *[age] { $hours ->
        [0] Gelernt: Die Anmeldung hält länger als bisher
       *[other] { $days ->
            [0] Gelernt: Eine Anmeldung hält { $hours } Stunden
            [one] Gelernt: Eine Anmeldung hält einen Tag
           *[other] Gelernt: Eine Anmeldung hält { $days } Tage
        }
    }
}
journal-state = Neuer Zustand: { $state }
journal-sign_in_begun = Anmeldung begonnen
journal-signed_in = Angemeldet
journal-sign_in_ended = Anmeldung endete ohne Erfolg
journal-signed_out = Abgemeldet
journal-consent_granted = Die Genehmigung ist da
journal-fetched = { $new ->
    [one] Eine E-Mail abgerufen
   *[other] { $new } E-Mails abgerufen
}{ $skipped ->
    [0] {""}
   *[other] , { $skipped } übersprungen
}
journal-fetch_failed = E-Mails nicht abgerufen{ $times ->
    [1] {""}
   *[other] , { $times }-mal hintereinander
}
journal-accepted = E-Mail { $letter } zum Senden angenommen
journal-sent = E-Mail { $letter } gesendet
journal-not_sent = E-Mail { $letter } nicht gesendet
journal-token_given = { $program ->
    [none] Zugriffstoken für { $protocol } herausgegeben
   *[other] Zugriffstoken für { $protocol } an { $program } herausgegeben
}
