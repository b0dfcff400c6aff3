# The status page. What needs a number is there twice: -one for 1, -other for the rest; the browser chooses.

page-closed-title = Please open it from the icon
page-closed-text = This page belongs to Postwart on this PC. Click the Postwart icon beside the clock, then “Open the status page”. Where there is no icon, use the command “postwart open”.
page-gone-title = Postwart does not answer
page-gone-text = It may have been closed. Start Postwart, then open this page from the icon beside the clock. What you see here is how things stood at { $time }.
page-loading = One moment, loading …

page-headline-none = No mailbox has been set up yet
page-headline-none-hint = Set up the first one here. It takes two minutes.
page-headline-ok-one = The mailbox is working
page-headline-ok-other = All { $count } mailboxes are working
page-headline-open-one = One mailbox needs attention
page-headline-open-other = { $count } mailboxes need attention
page-headline-quiet-one = One mailbox has not been reached yet
page-headline-quiet-other = { $count } mailboxes have not been reached yet

page-accounts = Mailboxes
page-sign-in-all = Sign in all
page-messages = Latest mail
page-messages-none = No mail has been fetched yet.
page-outbox = Outbox
page-outbox-none = The outbox is empty.
page-warnings = Notices
page-version = Version { $name }

page-state-ok = Working
page-state-expiring = Sign-in runs out soon
page-state-sign_in_required = Sign-in needed
page-state-blocked = Sign-in blocked
page-state-consent_pending = Waiting for approval
page-state-mailbox_refused = Refused by the mail server
page-state-offline = No connection
page-state-unknown = Not checked yet
page-state-stuck = Cannot be checked

page-since = since { $when }
page-signed-in-as = Signed in as { $name }
page-due = Next sign-in: { $date }
page-days-left-one = 1 day left
page-days-left-other = { $days } days left
page-days-left-none = today
page-due-unseen = The system renews this sign-in. When the next one is due cannot be seen.
page-because-inactivity = The sign-in runs out when it is not used for so long.
page-because-sign_in_frequency = After this long, the provider usually wants a new sign-in.
page-because-learned = This is how it went with earlier sign-ins of this mailbox.
page-checked = Last checked: { $when }
page-checked-never = Not checked yet
page-unread-one = 1 message waits for your program
page-unread-other = { $count } messages wait for your program
page-checks = Single checks
page-check-token = Sign-in
page-check-imap = IMAP
page-check-pop3 = POP3
page-check-smtp = SMTP
page-check-ok = working
page-check-failed = refused
page-code = Code for the hotline: { $code }
page-admin-help = For the administrator
page-who-admin = Your administrator can mend this.
page-who-vendor = The maker of your program can mend this.

page-sign-in = Sign in
page-sign-in-other = Sign in with another account
page-sign-in-again = Sign in again
page-check = Check now
page-fetch = Fetch mail
page-test-mail = Send test mail
page-sign-out = Sign out
page-ask-admin = Ask the administrator
page-cancel = Cancel
page-close = Close
page-copy = Copy
page-copied = Copied

page-signing-in = The sign-in is open in your browser. Sign in there as { $address }.
page-signing-in-link = Open the sign-in here
page-signing-in-soon = One moment, the sign-in begins …
page-sign-in-code = Sign in with a code
page-sign-in-code-again = Get a new code
page-device-who = Sign in as { $address } on another device.
page-device-first = Open this page on a phone or PC and enter the code there:
page-device-second = The first step is done. The mailbox needs one more code: open the page again and enter this one. If it asks for an administrator, click “Cancel”; you stay signed in.
page-device-code = Code
page-device-picture = QR code that opens this page on a phone
page-device-left = The code is good for { $time } more minutes.
page-device-over = The code has run out.
page-device-warning = Never enter a code that somebody has sent you. Some organizations block this way for that reason; then only “Sign in” in this PC’s browser helps.
page-signed-in = You are signed in.
page-consent-missing = You are signed in. Your administrator’s approval is still missing.
page-checking = Postwart is checking …
page-check-done = Checked: { $name }.
page-fetching = Fetching mail …
page-fetched-none = There is no new mail.
page-fetched-one = 1 new message has come.
page-fetched-other = { $count } new messages have come.
page-test-mail-sent = The test mail is on its way. It will reach { $address } in a few minutes.
page-test-mail-after = Please sign in first. The test mail then follows by itself.
page-signed-out = { $address } is signed out.

page-sign-out-title = Sign { $address } out?
page-sign-out-text = Postwart forgets the sign-in on this PC. Until you sign in again, this mailbox receives and sends no mail. Mail that is here already stays.

page-consent-title = Request to your administrator
page-consent-text = Send this text to your administrator. Postwart notices by itself when the approval is there.
page-consent-subject = Subject
page-consent-body = Text
page-consent-link = Link for the approval
page-consent-mail = Open in mail program

page-no-subject = (no subject)
page-attachments-one = 1 attachment
page-attachments-other = { $count } attachments

page-letter-queued = waiting
page-letter-sending = being sent
page-letter-sent = sent
page-letter-failed = not sent
page-letter-unconfirmed = unconfirmed
page-letter-unconfirmed-why = The connection broke before the mail server answered. Ask the recipient whether the mail has come before you send it again.
page-letter-next = next try { $when }

page-skip = Skip to the contents
page-views = Parts of this page
page-view-overview = Overview
page-view-history = History
page-view-programs = Programs
page-view-settings = Settings
page-set-up = Set up a mailbox

page-letter-of = accepted { $when }
page-letter-again = Send again
page-letter-again-title = Send this mail again?
page-letter-again-done = The mail to { $name } will be sent again.
page-letter-take-back = Take back
page-letter-take-back-title = Take this mail back before it is sent?
page-letter-back-done = The mail to { $name } will not be sent.
page-letter-clear = Clear away
page-letter-clear-title = Remove this mail from the outbox?
page-letter-clear-done = The mail to { $name } was removed from the outbox.

page-doctor-title = Is something wrong?
page-doctor-what = At the push of a button, Postwart checks this PC, the network and each mailbox, and writes a report for the hotline.
page-doctor-check = Check this PC
page-doctor-checking = Postwart is checking this PC. This takes a quarter of a minute at most.
page-doctor-fault = Wrong
page-doctor-note = Remark
page-doctor-text = Report for the hotline
page-doctor-safe = The report contains no passwords and no mails. You can send it as it is.
page-doctor-download = Save as a file
