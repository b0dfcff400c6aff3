# Was die lokale Schnittstelle antwortet, wenn sie etwas nicht tun kann. Diese Sätze liest meist, wer das Programm
# entwickelt, das Postwart benutzt; manches davon zeigt das Programm seinen Benutzern.

unexpected =
    .title = Das hat nicht geklappt
    .next-step = Versuchen Sie es noch einmal. Wenn es wieder nicht klappt, schicken Sie das Protokoll von Postwart an Ihren Administrator.

already_running =
    .title = Postwart läuft schon
    .next-step = Sie finden Postwart als Symbol in der Taskleiste. „postwart open“ öffnet die Statusseite.
api_not_answering =
    .title = Postwart antwortet gerade nicht
    .next-step = Warten Sie einen Moment und versuchen Sie es noch einmal. Wenn es so bleibt, beenden Sie Postwart über sein Symbol und starten Sie es neu.
postwart_ending =
    .title = Postwart wird gerade beendet
    .next-step = Starten Sie Postwart wieder, und wiederholen Sie es dann.
port_taken =
    .title = Der Port { $port } ist schon belegt
    .next-step = Beenden Sie das Programm, das ihn benutzt, oder setzen Sie in config.toml unter [api] port = 0. Dann sucht Postwart sich einen freien Port.
folder_open_to_others =
    .title = In den Ordner { $folder } dürfen auch andere schreiben
    .next-step = Erlauben Sie das Schreiben in diesen Ordner nur Ihrem Benutzer. Vorher legt Postwart dort keinen Schlüssel ab.

not_authorized =
    .title = Der Schlüssel fehlt oder stimmt nicht
    .next-step = Lesen Sie den Schlüssel aus api.json und senden Sie ihn als „Authorization: Bearer“. Nach jedem Start von Postwart gilt ein neuer.
not_allowed =
    .title = Dieser Schlüssel ist dafür nicht gedacht
    .next-step = Verwenden Sie { $rights ->
        [none] den Schlüssel aus api.json: Nur mit ihm lassen sich Schlüssel vergeben und die Statusseite öffnen
       *[other] einen Schlüssel mit dem Recht „{ $rights }“. „postwart keys add“ vergibt einen
    }.
key_name_taken =
    .title = Einen Schlüssel namens „{ $name }“ gibt es schon
    .next-step = Wählen Sie einen anderen Namen, oder entfernen Sie zuerst den alten Schlüssel mit „postwart keys remove“.
key_name_unfit =
    .title = So kann ein Schlüssel nicht heißen
    .next-step = Nennen Sie ihn wie sein Programm: 1 bis { $most } Zeichen, ohne Schrägstriche und Steuerzeichen.
key_not_found =
    .title = Einen Schlüssel namens „{ $name }“ gibt es nicht
    .next-step = „postwart keys list“ zeigt alle Schlüssel.
rights_unfit =
    .title = Dafür lässt sich kein Schlüssel vergeben
    .next-step = Wählen Sie aus: { $allowed }. Einen Schlüssel für Zugriffstoken vergeben Sie auf der Befehlszeile, nicht auf der Statusseite.
code_not_valid =
    .title = Dieser Link gilt nicht mehr
    .next-step = Öffnen Sie die Seite über das Symbol von Postwart. Ein Link gilt nur einmal und nur eine Minute lang.
host_refused =
    .title = Diese Adresse wird nicht bedient
    .next-step = Rufen Sie Postwart genau unter der Adresse auf, die in api.json steht.
origin_refused =
    .title = Von fremden Webseiten aus antwortet Postwart nicht
    .next-step = Öffnen Sie die Statusseite über das Symbol von Postwart.
target_refused =
    .title = Postwart ist kein Proxy
    .next-step = Schalten Sie in Ihrem Programm den Proxy für diese Adresse aus.
version_refused =
    .title = Diese HTTP-Version wird nicht bedient
    .next-step = Verwenden Sie HTTP/1.1.
method_refused =
    .title = Diese Methode gibt es hier nicht
    .next-step = Die Beschreibung unter /openapi.json nennt alle Aufrufe.
no_such_call =
    .title = Diesen Aufruf gibt es nicht
    .next-step = Die Beschreibung unter /openapi.json nennt alle Aufrufe.
body_refused =
    .title = Ein GET-Aufruf darf keinen Inhalt haben
    .next-step = Senden Sie die Angaben in der Adresse.
body_too_large =
    .title = Die Anfrage ist zu groß
    .next-step = { $limit ->
        [one] Erlaubt ist höchstens { $limit } Kilobyte.
       *[other] Erlaubt sind höchstens { $limit } Kilobyte.
    }
body_too_slow =
    .title = Die Anfrage kam nicht rechtzeitig an
    .next-step = Senden Sie sie noch einmal, ohne Pausen.
content_type_unknown =
    .title = Dieser Inhalt ist hier nicht erlaubt
    .next-step = Erlaubt: { $allowed }.
bad_request =
    .title = Diese Anfrage ist nicht verständlich
    .next-step = Vergleichen Sie sie mit der Beschreibung unter /openapi.json.
not_json =
    .title = Der Inhalt der Anfrage ist kein gültiges JSON
    .next-step = Senden Sie ein JSON-Objekt in UTF-8.
wrong_fields =
    .title = Angaben fehlen oder sind falsch
    .next-step = Unter „errors“ steht zu jeder Angabe, was erlaubt ist.
attachment_not_found =
    .title = Diesen Anhang gibt es nicht
    .next-step = Die Nachricht selbst nennt ihre Anhänge, der erste hat die Nummer 0.

field_missing = Diese Angabe fehlt.
field_unknown = Diese Angabe ist unbekannt. Erlaubt: { $allowed }
field_not_allowed = Dieser Wert ist nicht erlaubt. Erlaubt: { $allowed }
field_out_of_range = Dieser Wert ist nicht erlaubt. Erlaubt: { $limit ->
    [least] mindestens { $number }
    [most] höchstens { $number }
    [length_least] mindestens { $number } Zeichen
   *[length_most] höchstens { $number } Zeichen
}
field_wrong_type = Dieser Wert hat die falsche Art. Erlaubt: { $kind ->
    [int] eine ganze Zahl
    [float] eine Zahl
    [str] ein Text
    [bool] true oder false
    [array] eine Liste
    [object] ein Objekt mit Angaben
   *[other] { $kind }
}

door_port_taken =
    .title = Der Port { $port } ist schon belegt
    .next-step = Schließen Sie das Programm, das ihn benutzt, oder wählen Sie unter [gateway] in config.toml einen anderen Port für { $protocol }.
door_password_wrong =
    .title = Adresse oder Passwort ist falsch
    .next-step = Geben Sie in Ihrem E-Mail-Programm die Adresse eines Kontos aus Postwart ein, und als Passwort einen Schlüssel, den „postwart keys add“ für gateway vergeben hat.
