# What is wrong with the configuration. Each fault_ message follows “file, line, key:”.

config_wrong =
    .title =
        { $count ->
            [one] Something in the configuration is wrong
           *[other] { $count } things in the configuration are wrong
        }
    .next-step = Open { $file } in a text editor, correct the lines named and start Postwart again. Nothing in the file was changed.
config_unreadable =
    .title = The configuration cannot be read
    .next-step = See whether you may open { $file }, then start Postwart again. Nothing in the file was changed.
account_values_wrong =
    .title =
        { $count ->
            [one] One value is wrong
           *[other] { $count } values are wrong
        }
    .next-step = Correct the values named and try again. Nothing in the configuration was changed.
settings_wrong =
    .title =
        { $count ->
            [one] One setting is wrong
           *[other] { $count } settings are wrong
        }
    .next-step = Correct what is named and save again. Nothing was changed.
config_changed_meanwhile =
    .title = Somebody else is changing the configuration at this moment
    .next-step = Close { $file } in other programs, then try again. Your change is not saved yet.
config_not_writable =
    .title = The configuration cannot be saved
    .next-step = See whether { $file } is write-protected or open in another program, then try again. The system says: { $reason }
config_layout_unusual =
    .title = The configuration is written in an unusual way and cannot be changed automatically
    .next-step = Change { $file } in a text editor. Each account needs a section [[account]] of its own there.
account_exists =
    .title = There is an account “{ $account }” already
    .next-step = Choose another id.
folder_unusable =
    .title = Postwart cannot use one of its folders
    .next-step = See whether you may write in { $folder }. The system says: { $reason }

config-line = line { $line }

fault_unreadable = The file cannot be read. The system says: { $reason }
fault_encoding = The file is not saved as UTF-8. Save it with the encoding “UTF-8” in your text editor.
fault_syntax = From column { $column } on, the line is no valid TOML. Text stands in quotes, for example address = "info@firm.example". The parser says: { $reason }
fault_duplicate = This is said further up already. Each key and each section may stand there once; several accounts each begin with [[account]]. The parser says at column { $column }: { $reason }
fault_backslash = There is a single backslash before column { $column }. Write Windows paths in single quotes: 'C:\folder\file.pem'.
fault_unknown_key = “{ $word }” is unknown. Allowed: { $allowed }.
fault_unknown_key_near = “{ $word }” is unknown. Did you mean “{ $near }”? Allowed: { $allowed }.
fault_missing = “{ $word }” is missing.
fault_no_provider = It is not said where to sign in. Set “authority” (for Microsoft) or “issuer” (for any other OpenID provider).
fault_authority_and_issuer = “authority” and “issuer” exclude each other. Remove one of them.
fault_not_for_preset = The preset “{ $preset }” has no “{ $word }”. Remove it, or use preset = "custom".
fault_locked = “{ $word }” is fixed by the preset “{ $preset }”. Remove it, or use preset = "microsoft365" or "custom".
fault_tenant_contradicts = “{ $value }” does not fit authority = "{ $authority }". Remove one of them.
fault_secret_not_used = There is no “client_secret” where the sign-in goes through “authority”. Remove it.
fault_not_allowed = “{ $value }” is not allowed. Allowed: { $allowed }.
fault_not_text = “{ $value }” is no text. Allowed: text in quotes.
fault_not_flag = “{ $value }” is not allowed. Allowed: true, false (without quotes).
fault_not_list = “{ $value }” is no list. Allowed: a list in square brackets, for example ["INBOX"] or [14, 7].
fault_not_table = “{ $value }” is not allowed here. Allowed: a section such as [checks] or a group such as imap = {"{"} host = "…", port = 993, security = "tls" {"}"}.
fault_not_tables = Each account needs a section of its own. Write [[{ $word }]] with two square brackets.
fault_number = “{ $value }” is not allowed. Allowed: a whole number from { $lowest } to { $highest }, without quotes.
fault_empty = The value is empty.
fault_unprintable = { $value } contains characters that are not allowed here. Allowed: text on one line.
fault_too_long = “{ $value }” is too long. Allowed: at most { $longest } characters.
fault_secret = The value is no text, or empty. Allowed: text in quotes, on one line.
fault_duration = “{ $value }” is no duration. Allowed: a whole number with s, m, h or d, for example "30s", "15m", "6h", "1d".
fault_duration_range = “{ $value }” is not allowed. Allowed: from { $lowest } to { $highest }.
fault_quiet = “{ $value }” names no quiet hours. Allowed: two times with a hyphen, for example "18:00-07:00".
fault_quiet_always = “{ $value }” begins and ends at the same time. Allowed: two different times, for example "18:00-07:00".
fault_id = “{ $value }” is not allowed as an id. Allowed: a-z, 0-9, hyphen and underscore, at most 64 characters.
fault_id_twice = “{ $value }” is taken already, by { $other }. Each account needs an id of its own.
fault_id_fixed = The id “{ $value }” cannot be changed, because the sign-in and the mail belong to it. Add a new account.
fault_address = “{ $value }” is no e-mail address. Allowed: an address such as info@firm.example.
fault_same_address = “{ $value }” is the account’s address already. “sign_in_as” is for shared mailboxes only, where another person signs in. Remove it.
fault_alias_is_person = “{ $value }” signs in here already. “aliases” are that person’s other names. Remove it.
fault_login_name = “{ $value }” is no name to sign in with. Allowed: an address or another name without spaces.
fault_broker_not_used = Windows’ own sign-in (“broker”) exists for Microsoft’s accounts only. Allowed here: false. Remove it.
fault_host = “{ $value }” is no server name. Allowed: a name such as imap.firm.example or an IP address, without https:// and without a port.
fault_client_id = “{ $value }” is no application id. Allowed: the “Application (client) ID” from Entra, for example 11111111-2222-3333-4444-555555555555.
fault_tenant = “{ $value }” is no tenant. Allowed: organizations, the tenant’s id, or one of its domains.
fault_url = “{ $value }” is not allowed. Allowed: an address that begins with https://, without “?” and “#”.
fault_url_path = “{ $value }” is not complete. Allowed: an address with a tenant, for example https://login.microsoftonline.com/organizations.
fault_twice_in_list = “{ $value }” is in the list twice.
fault_no_mail_scope = The permission for mail is missing from the list. Postwart asks for openid, profile and offline_access by itself.
fault_scope_space = “{ $value }” contains a space. Allowed: a list with one permission per entry.
fault_file_missing = There is no file { $value }.
fault_file = The file { $value } cannot be read. The system says: { $reason }
fault_not_pem = The file { $value } holds no certificate in PEM format. Allowed: a text file that begins with -----BEGIN CERTIFICATE-----.
fault_unprotected = “none” is not allowed for { $host }, because tokens would cross the network readable. Allowed: tls, starttls; none only for this PC (localhost, 127.0.0.1).
