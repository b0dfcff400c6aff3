# What the local API answers where it cannot do something. Mostly read by those who develop the program that uses
# Postwart; some of it that program shows to its users.

unexpected =
    .title = That did not work
    .next-step = Please try again. If it fails again, send Postwart's log to your administrator.

already_running =
    .title = Postwart is already running
    .next-step = You find it as an icon in the taskbar. “postwart open” opens the status page.
api_not_answering =
    .title = Postwart does not answer right now
    .next-step = Wait a moment and try again. If it stays like this, end Postwart from its icon and start it again.
postwart_ending =
    .title = Postwart is just being ended
    .next-step = Start Postwart again, then repeat this.
port_taken =
    .title = Port { $port } is already in use
    .next-step = Close the program that uses it, or set port = 0 under [api] in config.toml. Postwart then picks a free one.
folder_open_to_others =
    .title = Others may write to the folder { $folder }
    .next-step = Let only your user write to this folder. Until then Postwart puts no key there.

not_authorized =
    .title = The secret is missing or wrong
    .next-step = Read the secret from api.json and send it as “Authorization: Bearer”. Each start of Postwart makes a new one.
not_allowed =
    .title = This key is not meant for that
    .next-step = Use a key with the right { $rights ->
        [none] to make keys, end Postwart and open its page: it is the one in api.json
       *[other] “{ $rights }”. “postwart keys add” makes one
    }.
key_name_taken =
    .title = There is already a key called “{ $name }”
    .next-step = Choose another name, or remove the old key first with “postwart keys remove”.
key_name_unfit =
    .title = A key cannot be called that
    .next-step = Name it after its program: 1 to { $most } characters, without slashes and control characters.
key_not_found =
    .title = There is no key called “{ $name }”
    .next-step = “postwart keys list” shows all keys.
rights_unfit =
    .title = A key cannot be made for that
    .next-step = Choose from: { $allowed }. A key for tokens is made on the command line, not on the status page.
code_not_valid =
    .title = This link is no longer valid
    .next-step = Open the page from Postwart's icon. A link works only once and only for a minute.
host_refused =
    .title = This address is not served
    .next-step = Call Postwart at exactly the address that is in api.json.
origin_refused =
    .title = Postwart does not answer to other websites
    .next-step = Open the status page from Postwart's icon.
target_refused =
    .title = Postwart is not a proxy
    .next-step = Switch off the proxy for this address in your program.
version_refused =
    .title = This version of HTTP is not served
    .next-step = Use HTTP/1.1.
method_refused =
    .title = This method does not exist here
    .next-step = The description at /openapi.json lists all calls.
no_such_call =
    .title = This call does not exist
    .next-step = The description at /openapi.json lists all calls.
body_refused =
    .title = A GET request must not have a body
    .next-step = Send the values in the address.
body_too_large =
    .title = The request is too large
    .next-step = { $limit ->
        [one] At most { $limit } kilobyte is allowed.
       *[other] At most { $limit } kilobytes are allowed.
    }
body_too_slow =
    .title = The request did not arrive in time
    .next-step = Send it again, without pauses.
content_type_unknown =
    .title = This content is not allowed here
    .next-step = Allowed: { $allowed }.
bad_request =
    .title = This request cannot be understood
    .next-step = Compare it with the description at /openapi.json.
not_json =
    .title = The body of the request is not valid JSON
    .next-step = Send a JSON object in UTF-8.
wrong_fields =
    .title = Values are missing or wrong
    .next-step = Under “errors” it says for each of them what is allowed.
attachment_not_found =
    .title = There is no such attachment
    .next-step = The message itself lists its attachments; the first has the number 0.

field_missing = This value is missing.
field_unknown = This value is unknown. Allowed: { $allowed }
field_not_allowed = This value is not allowed. Allowed: { $allowed }
field_out_of_range = This value is not allowed. Allowed: { $limit ->
    [least] at least { $number }
    [most] at most { $number }
    [length_least] at least { $number } characters
   *[length_most] at most { $number } characters
}
field_wrong_type = This value is of the wrong kind. Allowed: { $kind ->
    [int] a whole number
    [float] a number
    [str] a text
    [bool] true or false
    [array] a list
    [object] an object with values
   *[other] { $kind }
}

door_port_taken =
    .title = Port { $port } is already in use
    .next-step = Close the program that uses it, or choose another port for { $protocol } under [gateway] in config.toml.
door_password_wrong =
    .title = Address or password is wrong
    .next-step = Give your mail program the address of an account in Postwart, and as the password a key from “postwart keys add”, made for gateway.
