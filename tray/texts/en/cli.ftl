# What the command line says.

cli-postwart = Postwart keeps your program's mailboxes signed in, fetches mail and sends it. Without a command it is started.
cli-command = COMMAND
cli-account = the account's id, as “postwart accounts list” shows it
cli-run = start Postwart
cli-no-tray = without an icon in the taskbar
cli-demo = try Postwart with example accounts, without setting anything up
cli-stop = end Postwart
cli-open = open the status page in the browser
cli-status = show how all accounts are
cli-doctor = check this PC and write a report for the hotline; ends with 0 where nothing is wrong, else with 1, or with 3, 4 or 5 where only a sign-in, an approval or the network is missing
cli-json = print JSON
cli-accounts = list, add, remove accounts
cli-accounts-list = list all accounts
cli-accounts-add = add an account
cli-accounts-remove = remove an account; mail that was fetched stays
cli-address = the mailbox's e-mail address
cli-preset = the preset: microsoft365-send, microsoft365, google or custom
cli-client-id = the application id of your program
cli-set = another setting as in config.toml, such as receive=pop3 or imap.port=1993
cli-sign-in = sign in in the browser; without ID for all accounts that need it
cli-other-account = let the browser ask which account, also where it would go on with one
cli-sign-out = sign out; the sign-in is forgotten on this PC
cli-consent-request = show the request to the administrator to approve a program
cli-consent-subject = Subject: { $subject }
cli-check = check now whether everything works
cli-fetch = fetch mail now
cli-send = send a mail from a file
cli-file = the file with the mail
cli-test-mail = send a test mail to the mailbox itself
cli-autostart = start Postwart with the PC or not, or show how it is
cli-verb = on switches it on, off switches it off, status shows it
cli-backup = copy all mail that is here into one file, also while Postwart runs
cli-backup-file = where the copy goes; an earlier copy of that name is replaced once the new one is whole
cli-backup-done = All mail is in { $file } ({ $megabytes } MB).
cli-token = print an access token, for mutt, mbsync or msmtp
cli-for = for which server; if not said, the one that mail is fetched from
cli-keys = give programs keys of their own to the local API
cli-keys-list = show all keys
cli-keys-add = give a program a key; the key is shown this once
cli-keys-remove = take a program's key away
cli-key-name = what the program is called, as the journal is to show it
cli-key-for = what the program may do: token gets access tokens, send sends, read sees accounts and mail, manage signs in and changes accounts, gateway is the password at the local mail doors

cli-usage = The command does not work like this: { $detail }. “{ $command } --help” shows what is possible.
cli-usage-missing = { $what } is missing
cli-usage-unknown = there is no “{ $what }” here
cli-usage-choice = there is no “{ $what }” here, only { $allowed }
cli-usage-value = a value is missing after { $what }
cli-interrupted = Cancelled.
cli-running = Postwart is running. “postwart status” shows how the accounts are, “postwart stop” ends it.
cli-no-tray-here = There is no taskbar for the icon here: { $why }. Postwart runs all the same; “postwart open” opens the status page.
cli-already-running = Postwart is already running. “postwart status” shows how the accounts are.
cli-not-running = Postwart is not running.
cli-stopped = Postwart has ended.
cli-still-running = Postwart has not ended yet. Wait a moment and look with “postwart status”.
cli-open-yourself = No browser can be opened on this PC. This address works once, for a minute: { $url }
cli-no-accounts = No account is set up yet. “postwart accounts add --help” shows how to do it.
cli-store = The mail here takes { $megabytes } MB on the disk.
cli-counts = { $unread ->
    [one] One new mail has
   *[other] { $unread } new mails have
} been fetched, { $waiting ->
    [one] one is
   *[other] { $waiting } are
} waiting to be sent.
cli-state = { $state ->
    [ok] all well
    [expiring] sign-in ends soon
    [sign_in_required] sign-in required
    [consent_pending] waiting for approval
    [mailbox_refused] mailbox refused
    [offline] no connection
    [stuck] cannot be checked
   *[unknown] not checked yet
}
cli-due = { $days ->
    [0] Next sign-in: today
    [one] Next sign-in: { $date }, one day left
   *[other] Next sign-in: { $date }, { $days } days left
}
cli-due-assumed = Next sign-in: probably not before { $date }. Postwart knows for sure once it has been seen.
cli-due-unseen = The system renews this sign-in. When the next one is due cannot be seen.
cli-admin = For your administrator: { $help }
cli-added = The account “{ $account }” is set up. “postwart sign-in { $account }” signs it in.
cli-removed = The account “{ $account }” is removed. Mail that was fetched is still here.
cli-sign-in-begun = Please sign in in the browser now. Ctrl+C cancels.
cli-signed-in = The account “{ $account }” is signed in.
cli-consent-pending = The account “{ $account }” is signed in, but your administrator still has to approve access to the mailbox. “postwart consent-request { $account }” shows the request to them; after that it goes on by itself.
cli-signed-out = The account “{ $account }” is signed out.
cli-key-added = This is the key of “{ $name }”. Keep it now: it cannot be shown again.
cli-key-removed = The key of “{ $name }” is not valid any more.
cli-key-used = last used on { $date }
cli-key-unused = not used yet
cli-no-keys = No program has a key of its own. “postwart keys add --help” shows how to give one.
cli-fetched = { $account }: { $new ->
    [0] no new mail
    [one] one new mail
   *[other] { $new } new mails
}
cli-sent = The mail has been sent.
cli-letter-waits = The mail is in the outbox. Postwart sends it as soon as possible.

not_running =
    .title = Postwart is not running
    .next-step = Start Postwart first.
file_unreadable =
    .title = The file { $file } cannot be read
    .next-step = Check its name and whether you may open it. The system says: { $reason }
setting_unclear =
    .title = “--set { $setting }” cannot be understood
    .next-step = Write name and value with an equals sign between them, such as --set receive=pop3 or --set imap.port=1993. Nothing was changed.
cli-help = show this help
cli-help-usage = usage:
cli-help-arguments = arguments
cli-help-options = options
cli-sitting-none = None of your accounts needs a sign-in now.
cli-sitting-begun = Sign in in the browser now, one account after another: { $accounts }. Ctrl+C cancels.
cli-sitting-line = { $account }: { $state }
