# Was an der Konfiguration nicht stimmt. Jede fault_-Meldung folgt auf „Datei, Zeile, Schlüssel:“.

config_wrong =
    .title =
        { $count ->
            [one] In der Konfiguration stimmt etwas nicht
           *[other] In der Konfiguration stimmen { $count } Angaben nicht
        }
    .next-step = Öffnen Sie { $file } mit einem Texteditor, berichtigen Sie die genannten Zeilen und starten Sie Postwart neu. An der Datei wurde nichts geändert.
config_unreadable =
    .title = Die Konfiguration kann nicht gelesen werden
    .next-step = Prüfen Sie, ob Sie { $file } öffnen dürfen, und starten Sie Postwart neu. An der Datei wurde nichts geändert.
account_values_wrong =
    .title =
        { $count ->
            [one] Eine Angabe stimmt nicht
           *[other] { $count } Angaben stimmen nicht
        }
    .next-step = Berichtigen Sie die genannten Angaben und versuchen Sie es noch einmal. An der Konfiguration wurde nichts geändert.
settings_wrong =
    .title =
        { $count ->
            [one] Eine Einstellung stimmt nicht
           *[other] { $count } Einstellungen stimmen nicht
        }
    .next-step = Berichtigen Sie die genannten Angaben und speichern Sie noch einmal. Es wurde nichts geändert.
config_changed_meanwhile =
    .title = Die Konfiguration wurde gerade von jemand anderem geändert
    .next-step = Schließen Sie { $file } in anderen Programmen und versuchen Sie es dann noch einmal. Ihre Änderung ist noch nicht gespeichert.
config_not_writable =
    .title = Die Konfiguration kann nicht gespeichert werden
    .next-step = Prüfen Sie, ob { $file } schreibgeschützt oder in einem anderen Programm geöffnet ist, und versuchen Sie es noch einmal. Das System meldet: { $reason }
config_layout_unusual =
    .title = Die Konfiguration ist ungewöhnlich geschrieben und kann nicht automatisch geändert werden
    .next-step = Ändern Sie { $file } mit einem Texteditor. Jedes Konto braucht dort einen eigenen Abschnitt [[account]].
account_exists =
    .title = Es gibt schon ein Konto „{ $account }“
    .next-step = Wählen Sie eine andere Kennung.
folder_unusable =
    .title = Postwart kann einen seiner Ordner nicht benutzen
    .next-step = Prüfen Sie, ob Sie in { $folder } schreiben dürfen. Das System meldet: { $reason }

config-line = Zeile { $line }

fault_unreadable = Die Datei kann nicht gelesen werden. Das System meldet: { $reason }
fault_encoding = Die Datei ist nicht als UTF-8 gespeichert. Speichern Sie sie im Texteditor mit der Codierung „UTF-8“.
fault_syntax = Ab Spalte { $column } ist die Zeile kein gültiges TOML. Texte stehen in Anführungszeichen, zum Beispiel address = "info@firma.example". Der Parser meldet: { $reason }
fault_duplicate = Diese Angabe steht schon weiter oben. Jede Angabe und jeder Abschnitt darf nur einmal vorkommen; mehrere Konten beginnen jeweils mit [[account]]. Der Parser meldet in Spalte { $column }: { $reason }
fault_backslash = Vor Spalte { $column } steht ein einzelner Rückstrich. Schreiben Sie Windows-Pfade in einfachen Anführungszeichen: 'C:\Ordner\Datei.pem'.
fault_unknown_key = „{ $word }“ ist unbekannt. Erlaubt: { $allowed }.
fault_unknown_key_near = „{ $word }“ ist unbekannt. Meinten Sie „{ $near }“? Erlaubt: { $allowed }.
fault_missing = Die Angabe „{ $word }“ fehlt.
fault_no_provider = Es fehlt die Angabe, wo man sich anmeldet. Setzen Sie „authority“ (für Microsoft) oder „issuer“ (für andere OpenID-Anbieter).
fault_authority_and_issuer = „authority“ und „issuer“ schließen einander aus. Löschen Sie eine der beiden Angaben.
fault_not_for_preset = „{ $word }“ gibt es bei der Vorlage „{ $preset }“ nicht. Löschen Sie die Angabe, oder verwenden Sie preset = "custom".
fault_locked = „{ $word }“ ist bei der Vorlage „{ $preset }“ fest eingestellt. Löschen Sie die Angabe, oder verwenden Sie preset = "microsoft365" oder "custom".
fault_tenant_contradicts = „{ $value }“ passt nicht zu authority = "{ $authority }". Löschen Sie eine der beiden Angaben.
fault_secret_not_used = Bei einer Anmeldung über „authority“ gibt es kein „client_secret“. Löschen Sie die Angabe.
fault_not_allowed = „{ $value }“ ist nicht erlaubt. Erlaubt: { $allowed }.
fault_not_text = „{ $value }“ ist kein Text. Erlaubt: Text in Anführungszeichen.
fault_not_flag = „{ $value }“ ist nicht erlaubt. Erlaubt: true, false (ohne Anführungszeichen).
fault_not_list = „{ $value }“ ist keine Liste. Erlaubt: eine Liste in eckigen Klammern, zum Beispiel ["INBOX"] oder [14, 7].
fault_not_table = „{ $value }“ ist hier nicht erlaubt. Erlaubt: ein Abschnitt wie [checks] oder eine Gruppe wie imap = {"{"} host = "…", port = 993, security = "tls" {"}"}.
fault_not_tables = Jedes Konto braucht einen eigenen Abschnitt. Schreiben Sie [[{ $word }]] mit zwei eckigen Klammern.
fault_number = „{ $value }“ ist nicht erlaubt. Erlaubt: eine ganze Zahl von { $lowest } bis { $highest }, ohne Anführungszeichen.
fault_empty = Die Angabe ist leer.
fault_unprintable = { $value } enthält Zeichen, die hier nicht erlaubt sind. Erlaubt: Text in einer Zeile.
fault_too_long = „{ $value }“ ist zu lang. Erlaubt: höchstens { $longest } Zeichen.
fault_secret = Die Angabe ist kein Text oder leer. Erlaubt: Text in Anführungszeichen, in einer Zeile.
fault_duration = „{ $value }“ ist keine Dauer. Erlaubt: eine ganze Zahl mit s, m, h oder d, zum Beispiel "30s", "15m", "6h", "1d".
fault_duration_range = „{ $value }“ ist nicht erlaubt. Erlaubt: von { $lowest } bis { $highest }.
fault_quiet = „{ $value }“ ist keine Ruhezeit. Erlaubt: zwei Uhrzeiten mit Bindestrich, zum Beispiel "18:00-07:00".
fault_quiet_always = „{ $value }“ beginnt und endet zur selben Zeit. Erlaubt: zwei verschiedene Uhrzeiten, zum Beispiel "18:00-07:00".
fault_id = „{ $value }“ ist als Kennung nicht erlaubt. Erlaubt: a-z, 0-9, Bindestrich und Unterstrich, höchstens 64 Zeichen.
fault_id_twice = „{ $value }“ ist schon vergeben, an { $other }. Jedes Konto braucht eine eigene Kennung.
fault_id_fixed = Die Kennung „{ $value }“ kann nicht geändert werden, weil Anmeldung und E-Mails daran hängen. Legen Sie ein neues Konto an.
fault_address = „{ $value }“ ist keine E-Mail-Adresse. Erlaubt: eine Adresse wie info@firma.example.
fault_same_address = „{ $value }“ ist schon die Adresse des Kontos. „sign_in_as“ ist nur für gemeinsame Postfächer, bei denen sich eine andere Person anmeldet. Löschen Sie die Angabe.
fault_alias_is_person = „{ $value }“ meldet sich hier schon an. „aliases“ sind weitere Namen dieser Person. Löschen Sie die Angabe.
fault_login_name = „{ $value }“ ist kein Anmeldename. Erlaubt: eine Adresse oder ein anderer Name ohne Leerzeichen.
fault_broker_not_used = Die Anmeldung über Windows („broker“) gibt es nur für Konten bei Microsoft. Erlaubt ist hier: false. Löschen Sie die Angabe.
fault_host = „{ $value }“ ist kein Servername. Erlaubt: ein Name wie imap.firma.example oder eine IP-Adresse, ohne https:// und ohne Port.
fault_client_id = „{ $value }“ ist keine Anwendungs-ID. Erlaubt: die „Anwendungs-ID (Client)“ aus Entra, zum Beispiel 11111111-2222-3333-4444-555555555555.
fault_tenant = „{ $value }“ ist kein Mandant. Erlaubt: organizations, die Mandanten-ID oder eine Domäne des Mandanten.
fault_url = „{ $value }“ ist nicht erlaubt. Erlaubt: eine Adresse, die mit https:// beginnt, ohne „?“ und „#“.
fault_url_path = „{ $value }“ ist nicht vollständig. Erlaubt: eine Adresse mit Mandant, zum Beispiel https://login.microsoftonline.com/organizations.
fault_twice_in_list = „{ $value }“ steht zweimal in der Liste.
fault_no_mail_scope = In der Liste fehlt die Berechtigung für E-Mails. openid, profile und offline_access fragt Postwart von selbst an.
fault_scope_space = „{ $value }“ enthält ein Leerzeichen. Erlaubt: eine Liste mit einer Berechtigung je Eintrag.
fault_file_missing = Die Datei { $value } gibt es nicht.
fault_file = Die Datei { $value } kann nicht gelesen werden. Das System meldet: { $reason }
fault_not_pem = In der Datei { $value } ist kein Zertifikat im PEM-Format. Erlaubt: eine Textdatei, die mit -----BEGIN CERTIFICATE----- beginnt.
fault_unprotected = „none“ ist für { $host } nicht erlaubt, weil Token dann lesbar über das Netz gehen. Erlaubt: tls, starttls; none nur für diesen PC (localhost, 127.0.0.1).
