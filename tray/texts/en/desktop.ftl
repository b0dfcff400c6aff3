# Icon, menu and notifications. Facts: address, days, count, total, when (weekday or date),
# mail (send: sending only, both: fetching too), who (admin, vendor).

## An account's state, behind its address

desktop-state-ok = all is well
desktop-state-expiring = { $days ->
    [0] sign-in runs out now
    [one] sign-in runs out in one day
   *[other] sign-in runs out in { $days } days
}
desktop-state-sign_in_required = sign-in needed
desktop-state-blocked = sign-in blocked
desktop-state-consent_pending = waiting for approval
desktop-state-mailbox_refused = refused by the mail server
desktop-state-offline = no connection
desktop-state-unknown = not checked yet
desktop-state-stuck = cannot be checked
desktop-state-signing_in = sign-in is under way

desktop-account = { $address }: { $state }

## Headline in menu and tooltip

desktop-headline-none = No mailbox has been set up yet
desktop-headline-ok = { $total ->
    [one] The mailbox is working
   *[other] All { $total } mailboxes are working
}
desktop-headline-open = { $total ->
    [one] The mailbox needs attention
   *[other] { $count ->
        [one] One of { $total } mailboxes needs attention
       *[other] { $count } of { $total } mailboxes need attention
    }
}
desktop-headline-offline = { $total ->
    [one] The mailbox cannot be reached
   *[other] { $count ->
        [one] One of { $total } mailboxes cannot be reached
       *[other] { $count } of { $total } mailboxes cannot be reached
    }
}
desktop-headline-unknown = { $total ->
    [one] The mailbox is being checked
   *[other] The mailboxes are being checked
}
desktop-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
desktop-tooltip = Postwart

## Menu

desktop-menu-sign_in = Sign in
desktop-menu-sign_in-account = Sign in: { $address }
desktop-menu-sign_in_all = Sign in all { $count }, one after another
desktop-menu-sign_in_other = Sign in with another account
desktop-menu-sign_in-again = Sign in again
desktop-menu-ask_admin = Ask the administrator
desktop-menu-ask_admin-account = Ask the administrator: { $address }
desktop-menu-explain = What to do?
desktop-menu-check = Check now
desktop-menu-fetch = Fetch mail
desktop-menu-open_page = Open the status page
desktop-menu-autostart = Start with the PC
desktop-menu-report = Report for the hotline
desktop-menu-quit = Quit Postwart
desktop-menu-due = Next sign-in: { $date }
desktop-menu-due-assumed = Next sign-in: probably not before { $date }
desktop-warning =
    .title = Postwart has something to tell you

## Buttons of the notifications

desktop-button-sign_in = Sign in
desktop-button-ask_admin = Ask the administrator
desktop-button-try_again = Try again
desktop-button-open_page = Show
desktop-button-later = Later

## Notifications

desktop-notice-expiring =
    .title = { $app } can no longer { $mail ->
        [send] send
       *[both] fetch
    } mail from { $when } on
    .body = The sign-in for { $address } runs out { $days ->
        [0] shortly
        [one] in one day
       *[other] in { $days } days
    }. Please sign in before then, it takes a minute.

desktop-notice-sign_in_required =
    .title = Please sign in: { $address }
    .body = { $app } cannot { $mail ->
        [send] send
       *[both] fetch or send
    } mail for { $address } until you sign in. It takes a minute.

desktop-notice-blocked =
    .title = Sign-in blocked: { $address }
    .body = { $app } cannot { $mail ->
        [send] send
       *[both] fetch or send
    } mail for { $address }. { $who ->
        [vendor] The maker of the program has to mend this.
       *[admin] Your administrator can change this.
    } Click “Show” to see what to do.

desktop-notice-consent_pending =
    .title = Approval is missing: { $address }
    .body = { $app } can only { $mail ->
        [send] send
       *[both] fetch and send
    } mail for { $address } once your administrator approves. The request is already written.

desktop-notice-consent_unknown =
    .title = Approval is missing: { $address }
    .body = { $app } can { $mail ->
        [send] send
       *[both] fetch and send
    } mail for { $address } only after your administrator approves it. Whether that has happened, only another try shows.

desktop-notice-consent_granted =
    .title = Approval has come
    .body = { $app } can now { $mail ->
        [send] send
       *[both] fetch and send
    } mail for { $address }.

desktop-notice-mailbox_refused =
    .title = Refused by the mail server: { $address }
    .body = { $app } is signed in, but the mail server does not allow everything. Click “Show” to see what to do.

desktop-notice-mended =
    .title = Working again: { $address }
    .body = { $app } can { $mail ->
        [send] send
       *[both] fetch and send
    } mail again. There is nothing for you to do.

## Mail to the office's contact (config.toml, [notify] contact)

contact-mail =
    .subject = Postwart: { $title }
    .begin = Hello, on the PC, Postwart has pointed to the mailbox { $address } several times, and nobody has answered.
    .why = Reason: { $title }.
    .todo = What to do: on that PC, click the icon of Postwart in the taskbar. It leads to the next step.
    .admin = For your administrator: { $help }
    .end = Postwart has written this mail. There will be no other about this incident.

## Start with the PC

autostart-on = Postwart starts with the PC, when this user logs on.
autostart-off = Postwart does not start with the PC.
autostart-switched_off = Postwart is entered, but switched off in the settings of Windows. Switch it on there again, under Apps, Startup.
autostart-broken = Postwart is entered, but no longer where the entry looks for it. “postwart autostart on” corrects that.
autostart_failed =
    .title = Starting with the PC cannot be changed
    .next-step = Try again. The system says: { $reason }
    .admin-help = Postwart enters itself for the user who is logged on: on Windows in HKCU\Software\Microsoft\Windows\CurrentVersion\Run, on Linux in ~/.config/autostart. Check whether a policy forbids that.
autostart_switched_off =
    .title = Starting with the PC is switched off in Windows
    .next-step = Open the settings of Windows and switch Postwart on again, under Apps, Startup.
autostart_path_long =
    .title = Postwart is in a folder whose name is too long for starting with the PC
    .next-step = Install Postwart in a folder with a shorter name. Windows allows { $longest } characters, { $length } would be needed.

## No notification area: why is the technical reason

tray_missing =
    .title = Postwart is running, but there is no notification area for its icon here
    .next-step = Open the status page with “postwart open”. Notifications and mail work without the icon.
    .admin-help = On Linux the icon needs PyGObject, GTK 3 and AyatanaAppIndicator, on GNOME the AppIndicator extension as well. Reason: { $why }
