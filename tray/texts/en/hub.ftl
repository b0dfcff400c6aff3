# What the program itself says: the page at the end of a sign-in, the request to the administrator, the test mail.

app-without-name = Your program

closing-page-signed_in =
    .title = You are signed in
    .text = { $address } is connected. { $app } { $mail ->
        [send] sends
       *[both] receives and sends
    } its mail. You can close this window.
closing-page-renamed =
    .title = You are signed in
    .text = { $address } is connected. The sign-in service now knows { $person } as { $name }: please have your administrator correct the address. You can close this window.
closing-page-consent_pending =
    .title = One approval is missing
    .text = You signed in correctly. Your administrator has to approve { $named ->
        [no] your program
       *[yes] { $app }
    } for { $address } once. Postwart has the request ready: click its icon, then “Ask the administrator”. You can close this window.
closing-page-not_yet =
    .title = You are signed in
    .text = You signed in correctly, but the mailbox { $address } did not confirm it yet. Postwart keeps trying and tells you. You can close this window.
closing-page-failed =
    .title = That did not work
    .text = { $title }. { $next }

consent-request =
    .subject = Please approve { $named ->
        [no] our mail program
       *[yes] { $app }
    } for access to { $address }
    .text =
        Hello,

        { $named ->
            [no] Our mail program
           *[yes] { $app }
        } works with the mailbox { $address }. Since Microsoft accepts passwords no longer, it needs an approval that only an administrator can give. As long as it is missing, { $named ->
            [no] the program
           *[yes] { $app }
        } cannot { $mail ->
            [send] send
           *[both] receive and send
        } mail there. Please give it once for our organization; it takes about a minute:

        1. Open this link and sign in, at least as a Cloud Application Administrator:
        { $url }

        2. Check the permissions and choose “Accept”:
        { $scopes }
        - openid, profile, offline_access: sign in and stay signed in

        The permissions let the program read and send mail only for those who sign in themselves. They do not open any other mailbox.

        3. After that the browser says that “localhost” cannot be reached. That is right: nobody waits there on your PC, and the approval is recorded already. To make sure: the address bar then shows admin_consent=True. If it shows error= too, please send us that address.

        There is nothing else to do. After a few minutes the approval holds everywhere at Microsoft, and Postwart notices it by itself within half an hour.

        It works without the link too: Entra admin center (https://entra.microsoft.com) > Enterprise apps > All applications > search for the application ID { $client_id } > Permissions > “Grant admin consent”. If the program is not there yet, only the link helps. If a request is waiting already: Enterprise apps > Activity > Admin consent requests.

        Thank you.
    .short =
        Hello,

        { $named ->
            [no] Our mail program
           *[yes] { $app }
        } can { $mail ->
            [send] send
           *[both] receive and send
        } mail for { $address } only after an administrator has approved it. Please open this link, sign in as an administrator and choose “Accept”:

        { $url }

        After that the browser says that “localhost” cannot be reached. That is right if the address bar shows admin_consent=True.

        Without the link: Entra admin center > Enterprise apps > { $client_id } > Permissions.

        Thank you.

consent-scope-imap = - IMAP.AccessAsUser.All: receive mail over IMAP
consent-scope-pop3 = - POP.AccessAsUser.All: receive mail over POP
consent-scope-smtp = - SMTP.Send: send mail
consent-scope-other = - { $scope }

test-mail =
    .subject = Test mail from Postwart
    .text =
        This is a test mail. If you can read it, the mailbox { $address } sends and receives mail.

        You need not answer it.

account_not_found =
    .title = There is no account “{ $account }”
    .next-step = See “postwart accounts list” for the accounts that are set up.
protocol_not_used =
    .title = The account “{ $account }” does not use { $protocol }
    .next-step = Ask for one of the protocols that are set up for this account.
sign_in_running =
    .title = A sign-in for “{ $account }” is already running
    .next-step = Wait a few seconds, then try again.
sign_in_not_running =
    .title = No sign-in is under way for “{ $account }”
    .next-step = Click “Sign in” to begin one.
stopping =
    .title = Postwart is being closed
    .next-step = Start Postwart again, then repeat what you wanted to do.
consent_not_needed =
    .title = No approval can be asked for “{ $account }”
    .next-step = An administrator’s approval exists only for Microsoft 365 accounts. Check the account’s settings.
consent_unknown =
    .title = In your organization even signing in needs an approval first
    .next-step = Click “Ask the administrator” and send the message that is ready. Postwart cannot see by itself whether the approval is there: click “Sign in” as soon as you are told so.
    .admin-help = Entra admin center > Enterprise applications > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
consent_unknown_or_declined =
    .title = The sign-in was not accepted, or your administrator has to approve it first
    .next-step = If you cancelled it yourself, click “Sign in” again and then “Accept”. Otherwise click “Ask the administrator”. Postwart cannot see by itself whether the approval is there: click “Sign in” as soon as you are told so.
    .admin-help = Entra admin center > Enterprise applications > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.

expiring =
    .title = { $days ->
        [0] The sign-in for { $address } runs out within hours
        [one] The sign-in for { $address } runs out in one day, on { $due }
       *[other] The sign-in for { $address } runs out in { $days } days, on { $due }
    }
    .next-step = Click “Sign in”. It takes a minute, and { $named ->
        [no] your program
       *[yes] { $app }
    } goes on without a break.
vault_unusable =
    .title = The stored sign-in cannot be read at the moment
    .next-step = Restart the PC. If this message comes again, show it to your administrator.
state_set_aside =
    .title = A damaged file was set aside
    .next-step = Postwart does not remember what it had noticed and shown before; mail and sign-ins are not affected. You need not do anything.
post_set_aside =
    .title = The file with your mail was damaged and was set aside
    .next-step = Postwart began a new one and fetches the mail that is still on the server again. Mails that were waiting to be sent are in the damaged file: show this message to your administrator.
    .admin-help = The damaged file lies beside the new one as post.db.damaged-…; nothing in it was changed. “sqlite3 FILE .recover” may bring back what is in it. This notice stays until no such file lies there any more and Postwart has been started again.
fetch_running =
    .title = Mail for “{ $account }” is being fetched already
    .next-step = You need not do anything: new mail arrives as it is fetched.
account_changed =
    .title = The account “{ $account }” was changed meanwhile
    .next-step = Try again: it goes on with the new settings.
