# Was auf diesem PC aufbewahrt wird: abgeholte E-Mails und der Postausgang

## Die Datenbank

store_unusable =
    .title = Die gespeicherten Daten sind gerade nicht erreichbar
    .next-step = Bitte versuchen Sie es noch einmal. Hilft das nicht, geben Sie diese Meldung an Ihren Administrator weiter.
store_closed =
    .title = Postwart wird gerade beendet
    .next-step = Starten Sie Postwart neu und wiederholen Sie dann, was Sie tun wollten.
disk_full =
    .title = Der Datenträger ist voll
    .next-step = Schaffen Sie Platz auf dem Laufwerk. Was schon gespeichert war, ist vollständig da, und Postwart macht von selbst weiter.
    .admin-help = Die Datei liegt hier: { $file }
disk_failed =
    .title = Der Datenträger meldet einen Fehler
    .next-step = Bitte geben Sie diese Meldung bald an Ihren Administrator weiter. Vielleicht ist der Datenträger defekt.
    .admin-help = Prüfen Sie das Laufwerk, unter Windows mit chkdsk /scan, und die Meldungen des Systems. Betroffen ist diese Datei: { $file }
database_damaged =
    .title = Die gespeicherten Daten sind beschädigt
    .next-step = Starten Sie Postwart neu. Die beschädigte Datei wird dann beiseitegelegt, nichts wird überschrieben, und eine neue wird begonnen.
    .admin-help = Betroffen ist diese Datei: { $file }. Prüfen Sie den Datenträger. Nach dem Neustart steht die alte Datei daneben, mit „damaged“ im Namen.
database_newer =
    .title = Die gespeicherten Daten stammen von einer neueren Version von Postwart
    .next-step = Installieren Sie die neueste Version von Postwart. Es wurde nichts verändert.
    .admin-help = Ältere Versionen können diese Datei nicht lesen: { $file }
database_inaccessible =
    .title = Postwart darf seine Daten nicht lesen oder nicht schreiben
    .next-step = Bitte geben Sie diese Meldung an Ihren Administrator weiter.
    .admin-help = Der Benutzer braucht Lese- und Schreibrechte für diese Datei und ihren Ordner: { $file }
database_busy =
    .title = Ein anderes Programm hält die Daten von Postwart fest
    .next-step = Warten Sie einen Moment und versuchen Sie es noch einmal.
    .admin-help = Nehmen Sie den Ordner dieser Datei vom Virenscanner und von der laufenden Datensicherung aus: { $file }

## Abgeholte E-Mails

message_not_found =
    .title = Diese E-Mail gibt es hier nicht
    .next-step = Laden Sie die Liste der E-Mails neu.

## Eine E-Mail, die so nicht gesendet werden kann

letter_unfit =
    .title = Diese E-Mail kann so nicht gesendet werden
    .next-step = Prüfen Sie die E-Mail und senden Sie sie noch einmal.
no_recipient =
    .title = Die E-Mail hat keinen Empfänger
    .next-step = Geben Sie mindestens eine Adresse an.
bad_address =
    .title = „{ $address }“ ist keine E-Mail-Adresse
    .next-step = Prüfen Sie die Adresse. Sie sieht so aus: name@firma.example
too_many_recipients =
    .title = Die E-Mail hat zu viele Empfänger
    .next-step = Eine E-Mail kann höchstens { $limit } Empfänger haben. Teilen Sie die Empfänger auf mehrere E-Mails auf.
bad_header =
    .title = Die E-Mail enthält an falscher Stelle einen Zeilenumbruch
    .next-step = Entfernen Sie ihn aus dieser Angabe: { $field }
bad_message =
    .title = Die Datei ist keine E-Mail
    .next-step = Zeile { $line } ist keine Kopfzeile. Eine E-Mail beginnt mit Zeilen wie „Subject: Rechnung“, dann folgt eine leere Zeile und dann der Text.
empty_message =
    .title = Die Datei ist leer
    .next-step = Speichern Sie die E-Mail noch einmal in eine Datei und senden Sie dann diese.
bad_content_type =
    .title = „{ $content_type }“ ist keine Art von Anhang
    .next-step = Geben Sie zum Beispiel application/pdf an, oder lassen Sie die Angabe weg.

## Der Postausgang

letter_not_found =
    .title = Diese E-Mail gibt es im Postausgang nicht
    .next-step = Laden Sie die Liste des Postausgangs neu.
letter_not_cancellable =
    .title = { $state ->
        [sent] Diese E-Mail ist schon gesendet
       *[sending] Diese E-Mail wird gerade gesendet
    }
    .next-step = Sie lässt sich nicht mehr zurückholen.
letter_not_changeable =
    .title = { $state ->
        [sent] Diese E-Mail ist schon gesendet
        [queued] Diese E-Mail wartet im Postausgang
       *[sending] Diese E-Mail wird gerade gesendet
    }
    .next-step = Noch einmal senden lässt sich nur, was fehlgeschlagen oder unbestätigt ist.
idempotency_key_reused =
    .title = Dieser Schlüssel gehört schon zu einer anderen E-Mail
    .next-step = Verwenden Sie für jede E-Mail einen neuen Idempotency-Key. Es wurde nichts gesendet.
recipients_refused =
    .title = Nicht alle Empfänger haben die E-Mail bekommen
    .next-step = Sehen Sie nach, welche Adressen der Server abgelehnt hat, und senden Sie die E-Mail an diese noch einmal.
letter_queued =
    .title = Die E-Mail wartet im Postausgang
    .next-step = Sie brauchen nichts zu tun, Postwart sendet sie, sobald es geht.
letter_sending =
    .title = Die E-Mail wird gerade gesendet
    .next-step = Warten Sie einen Moment.
letter_sent =
    .title = Die E-Mail ist gesendet
    .next-step = Sie brauchen nichts zu tun.
letter_failed =
    .title = Die E-Mail konnte nicht gesendet werden
    .next-step = Postwart versucht es nicht mehr. Beheben Sie die Ursache und senden Sie die E-Mail noch einmal.
letter_unconfirmed =
    .title = Ob die E-Mail angekommen ist, weiß Postwart nicht
    .next-step = Sehen Sie im Ordner „Gesendet“ nach oder fragen Sie den Empfänger, bevor Sie die E-Mail noch einmal senden.
letter_looked_up =
    .title = Postwart stellt fest, ob die E-Mail angekommen ist
    .next-step = Sie brauchen nichts zu tun. Postwart sieht im Ordner der gesendeten Mails nach, das dauert höchstens eine Stunde.
sending_paced =
    .title = Der Mailserver nimmt nur so viele E-Mails je Minute und Empfänger je Tag an
    .next-step = Sie brauchen nichts zu tun, die E-Mails gehen von selbst nacheinander hinaus.
    .admin-help = Exchange Online nimmt je Postfach 30 Nachrichten in der Minute und 10.000 Empfänger am Tag an.
account_removed =
    .title = Das Konto wurde entfernt, bevor die E-Mail gesendet war
    .next-step = Richten Sie das Konto neu ein und senden Sie die E-Mail noch einmal.
export_failed =
    .title = Abgeholte E-Mails lassen sich nicht im Export-Ordner ablegen
    .next-step = Prüfen Sie, ob es den Ordner gibt und ob er beschreibbar ist. Die E-Mails sind sicher und kommen danach von selbst dorthin.
    .admin-help = Der Ordner steht in config.toml unter export, der Grund im Protokoll.
backup_failed =
    .title = Die Kopie der E-Mails konnte nicht angelegt werden
    .next-step = Wählen Sie einen anderen Ort für die Datei: { $reason }
no_mail_yet =
    .title = Hier gibt es noch keine E-Mails
    .next-step = Starten Sie Postwart einmal und legen Sie die Kopie dann an.
