# What the report says. The first two lines tell whether something is wrong and who mends it.

doctor-headline-ok = Nothing is wrong on this PC.
doctor-headline-faults = { $count ->
    [one] Something is wrong: { $title }.
   *[other] { $count } things are wrong. The most important one: { $title }.
}
doctor-what-nothing = You need not do anything.
doctor-what-notes = { $count ->
    [one] A remark: { $title }.
   *[other] There are { $count } remarks below, the most important one: { $title }.
}
doctor-who-user = You can mend this yourself. { $step }
doctor-who-admin = Your administrator can mend this. Please send him this report.
doctor-who-vendor = The maker of your program can mend this. Please send him this report.
doctor-who-nobody = All you can do here is wait. { $step }

doctor-about = Report of the PC { $computer }, { $when }, Postwart { $version }
doctor-section-fault = What is wrong ({ $count })
doctor-section-note = Remarks ({ $count })
doctor-section-follows = What follows from that ({ $count })
doctor-section-ok = In order ({ $count })
doctor-section-details = Details for the hotline
doctor-section-versions = Versions
doctor-section-log = End of the log (lines: { $count })
doctor-because = This comes from: { $title }.
doctor-file = Postwart report { $computer } { $when }
doctor-looking = Postwart is checking this PC. This takes { $seconds } seconds at most.
doctor-written = The report for the hotline is here: { $file }
doctor-written-hint = It contains no passwords and no mails. You can send it as it is.

## Settings, folders, disk, databases

doctor-config-ok =
    .title = { $count ->
        [0] The settings can be read; no mailbox has been set up yet
        [one] The settings can be read; one mailbox is set up
       *[other] The settings can be read; { $count } mailboxes are set up
    }
doctor-config-none =
    .title = No mailbox has been set up yet
    .next-step = Set up the first one: in your program or with “postwart accounts add”.
    .admin-help = The file { $file } does not exist yet. The servers of Microsoft 365 were checked.
doctor-config-open =
    .title = Other users of this PC can change the settings
    .next-step = Please pass this on to your administrator.
    .admin-help = Only the owner needs rights on { $file } (now { $mode }): chmod 600 "{ $file }"
doctor-folder-ok =
    .title = The folder can be written
doctor-folder-none =
    .title = The folder does not exist yet; Postwart makes it when it is first started
doctor-folder-unusable =
    .title = Postwart may not write into one of its folders
    .next-step = Please pass this on to your administrator.
    .admin-help = The user needs write access in { $folder } (icacls "{ $folder }"). The system says: { $reason }
doctor-disk-ok =
    .title = { $free } GB are free on the drive
doctor-disk-little =
    .title = Only { $free } GB are left on the drive
    .next-step = Make room soon: empty the recycle bin and delete what you no longer need.
    .admin-help = Mail is kept in { $folder }.
doctor-disk-full =
    .title = The drive is full
    .next-step = Make room: empty the recycle bin and delete what you no longer need. No mail can be fetched while it is full.
    .admin-help = Mail is kept in { $folder }, { $free } GB are free.
doctor-database-ok =
    .title = The database is sound, { $size } MB
doctor-database-none =
    .title = The database does not exist yet; Postwart makes it when it is first started
doctor-database-large =
    .title = The database is so large that not all of it was read, { $size } MB
    .next-step = You need not do anything. What was read is sound.
doctor-database-busy =
    .title = The databases could not be checked
    .next-step = Check this PC again in a few minutes.
    .admin-help = A backup or a virus scanner may be holding the files post.db and state.db.
doctor-database-aside =
    .title = A damaged database was put aside
    .next-step = If you miss mails, pass this on to your administrator.
    .admin-help = The damaged file is { $file }. It can be deleted once it is no longer needed.
doctor-database-damaged =
    .title = A database is damaged
    .next-step = Please pass this on to your administrator.
    .admin-help = { $file }: { $reason }. At its next start Postwart puts it aside and begins a new one. Copy it before that, and check the drive: chkdsk.
doctor-database-unreadable =
    .title = A database cannot be read
    .next-step = Please pass this on to your administrator.
    .admin-help = The user needs read and write access to { $file } (icacls "{ $file }"). The message is: { $reason }

## Clock, keyring, connections inside the PC

doctor-clock-ok =
    .title = The clock is right
doctor-clock-ahead =
    .title = This PC's clock is { $minutes } minutes fast
    .next-step = In the PC's settings under “Date and time”, set the clock to “automatic”.
    .admin-help = Here it is { $here }. Adjust the clock: w32tm /resync (Linux: timedatectl set-ntp true).
doctor-clock-behind =
    .title = This PC's clock is { $minutes } minutes slow
    .next-step = In the PC's settings under “Date and time”, set the clock to “automatic”.
    .admin-help = Here it is { $here }. Adjust the clock: w32tm /resync (Linux: timedatectl set-ntp true).
doctor-keyring-ok =
    .title = Sign-ins can be kept safely
doctor-loopback-ok =
    .title = Programs on this PC reach each other
doctor-loopback-blocked =
    .title = Programs on this PC do not reach each other
    .next-step = Please pass this on to your administrator. Nobody can sign in like this.
    .admin-help = A connection from 127.0.0.1 to 127.0.0.1 fails: { $reason }. Exempt it in virus scanner and firewall.
doctor-loopback-name =
    .title = This PC does not find itself
    .next-step = Please pass this on to your administrator. Nobody can sign in like this.
    .admin-help = The name localhost leads to { $addresses } and not to 127.0.0.1. Look into the file hosts.
doctor-port-ok =
    .title = The port { $port } of the settings is free

## Network

doctor-network-none =
    .title = This PC has no connection to the internet
    .next-step = Check the network cable or Wi-Fi. Open any page in the browser: if that fails as well, your administrator can help.
    .admin-help = None of the needed names is found in the DNS. Check DNS servers and VPN: ipconfig /all
doctor-dns-ok =
    .title = The name { $host } is found
doctor-dns-not_found =
    .title = The name { $host } is not found
    .next-step = Please pass this on to your administrator.
    .admin-help = { $reason }. Check whether the name is written correctly and the DNS server knows it: Resolve-DnsName { $host }
doctor-dns-silent =
    .title = Nobody answers where { $host } is
    .next-step = Please pass this on to your administrator.
    .admin-help = The DNS server does not answer: Resolve-DnsName { $host }. Check firewall and VPN.
doctor-dns-left_to_proxy =
    .title = Only the web proxy finds the name { $host }
    .next-step = You need not do anything as long as the sign-in works.
    .admin-help = The name is not found from here: { $reason }. Connections to it go through the proxy.
doctor-proxy-none =
    .title = The way to { $host } leads through no web proxy
doctor-proxy-ok =
    .title = The way to { $host } leads through the web proxy { $proxy }
doctor-proxy-unreachable =
    .title = The web proxy { $proxy } cannot be reached
    .next-step = Please pass this on to your administrator.
    .admin-help = It is set in the system or the environment ({ $variables }). The system says: { $reason }
doctor-proxy-automatic =
    .title = The web proxy is chosen automatically here, and Postwart does not follow that
    .next-step = You need not do anything as long as the sign-in works.
    .admin-help = Automatic configuration: { $pac }. If the proxy is needed, set it for good: environment variable HTTPS_PROXY, or the Windows settings.

## Encryption

doctor-tls-ok =
    .title = The connection is encrypted and genuine, issuer { $issuer }
doctor-tls-ca_file =
    .title = The connection is encrypted, with an issuer of your own, { $issuer }
doctor-tls-inspected =
    .title = A virus scanner or a firewall reads the encrypted connection: { $issuer }
    .next-step = You need not do anything as long as sign-in and mail work.
    .admin-help = Only this PC trusts the issuer { $issuer }. Exempt { $host } from the inspection if there is trouble.
doctor-tls-untrusted =
    .title = This PC does not trust the certificate of { $host }
    .next-step = Please pass this on to your administrator.
    .admin-help = Issuer: { $issuer }. Reason: { $reason }. If it belongs to your firewall or virus scanner, add its root certificate to the certificate store (certlm.msc) or name it as ca_file.
doctor-tls-only_public =
    .title = This PC lacks a public root certificate
    .next-step = Please pass this on to your administrator.
    .admin-help = { $host } is genuine (issuer { $issuer }), but the PC's certificate store does not know it: { $reason }. Install the system's updates.
doctor-tls-failed =
    .title = No encrypted connection to { $host } comes about
    .next-step = Please pass this on to your administrator.
    .admin-help = TLS 1.2 or newer is required. The message is: { $reason }
doctor-tls-not_seen =
    .title = The certificate of { $host } could not be seen
    .next-step = You need not do anything. See what else is said about { $host }.

## Sign-in service and mail servers

doctor-provider-ok =
    .title = The sign-in service { $host } answers
doctor-provider-network =
    .title = The sign-in service { $host } cannot be reached
    .next-step = Open any page in the browser. If that fails, check the network cable or Wi-Fi; if it works, your administrator can help.
    .admin-help = Port 443 to { $host } must be open, also through proxy and firewall: Test-NetConnection { $host } -Port 443. The message is: { $reason }
doctor-provider-captive_portal =
    .title = Another page answers in place of the sign-in service { $host }
    .next-step = Open any page in the browser: the network here may want you to log in first.
    .admin-help = A guest network or a proxy replaces the answers of { $host } by a page of its own ({ $reason }). Exempt { $host } from that.
doctor-provider-refused =
    .title = The sign-in service { $host } turns Postwart away
    .next-step = Please pass this on to your administrator.
    .admin-help = Answer to { $url }: { $code } { $reason }. Check tenant, authority or issuer in config.toml.
doctor-provider-incomplete =
    .title = The sign-in service { $host } is no OpenID provider one can sign in with
    .next-step = Please pass this on to the maker of your program.
    .admin-help = What { $issuer } says of itself lacks: { $missing }. Check authority or issuer in config.toml.
doctor-mail-ok =
    .title = The mail server answers and takes sign-ins in the browser
doctor-mail-server_silent =
    .title = The mail server { $host } does not answer
    .next-step = Please pass this on to your administrator if it is still so in an hour.
    .admin-help = Port { $port } is probably blocked: Test-NetConnection { $host } -Port { $port }. Open it to the outside in the firewall; mail does not go through the web proxy.
doctor-mail-server_unreachable =
    .title = The mail server { $host } cannot be reached
    .next-step = Please pass this on to your administrator if it is still so in an hour.
    .admin-help = Port { $port } is refused: Test-NetConnection { $host } -Port { $port }. Open it to the outside in the firewall; mail does not go through the web proxy. The message is: { $answer }

## Desktop

doctor-tray-ok =
    .title = There is a place for the icon in the taskbar
doctor-tray-no_screen =
    .title = There is no screen for the icon here
    .next-step = Open the status page with “postwart open”.
doctor-tray-no_gtk =
    .title = A part of the system is missing for the icon
    .next-step = Open the status page with “postwart open” until your administrator has mended this.
    .admin-help = GTK for Python is missing: pip install 'postwart[tray-linux]', before that install Debian's libcairo2-dev, libgirepository1.0-dev, gir1.2-gtk-3.0 and gir1.2-ayatanaappindicator3-0.1.
doctor-tray-no_bus =
    .title = The icon cannot make itself known to the desktop
    .next-step = Log off from the PC and on again. The status page opens with “postwart open”.
    .admin-help = The session bus (D-Bus) is missing: { $reason }
doctor-tray-none =
    .title = This desktop has no place for the icon
    .next-step = Open the status page with “postwart open” until your administrator has mended this.
    .admin-help = Desktop: { $desktop }. GNOME needs the extension “AppIndicator and KStatusNotifierItem Support”; on Windows explorer.exe must be running.
doctor-notifications-ok =
    .title = Notifications can be shown
doctor-notifications-unknown =
    .title = This system does not tell whether notifications are allowed
    .next-step = Look in the system settings under “Notifications” whether Postwart may show something.
doctor-notifications-no_bus =
    .title = Notifications cannot be shown here
    .next-step = See on the status page what there is to do: “postwart open”.
    .admin-help = The session bus (D-Bus) is missing: { $reason }
doctor-notifications-none =
    .title = This desktop shows no notifications
    .next-step = Look at the status page each day until your administrator has mended this: “postwart open”.
    .admin-help = No program takes org.freedesktop.Notifications. Install one, such as notification-daemon.
doctor-notifications-policy =
    .title = Notifications are blocked on this PC
    .next-step = Look at the status page each day until your administrator has mended this.
    .admin-help = A group policy forbids them: NoToastApplicationNotification = 1.
doctor-notifications-off =
    .title = Notifications are switched off
    .next-step = Switch them on in the Windows settings under System, Notifications.
doctor-browser-ok =
    .title = The browser { $browser } opens for the sign-in
doctor-browser-none =
    .title = No browser is found on this PC
    .next-step = Postwart needs a browser for signing in. Please pass this on to your administrator.
    .admin-help = Install one, or name it in the environment variable BROWSER.
doctor-browser-in_a_terminal =
    .title = A browser without pictures opens for the sign-in: { $browser }
    .next-step = Nobody can sign in with it. Please pass this on to your administrator.
    .admin-help = Install a browser with windows, or name it in the environment variable BROWSER.

## Postwart and its accounts

doctor-postwart-ok =
    .title = Postwart is running and answers
doctor-postwart-not_running =
    .title = Postwart is not running
    .next-step = Start Postwart. While it is not running, no mail is fetched and sent.
doctor-postwart-hangs =
    .title = Postwart is running but does not answer
    .next-step = Wait two minutes. If it does not answer then, restart the PC.
    .admin-help = End the process in the task manager and start Postwart again. Please send this report with the log to the maker.
doctor-account-ok =
    .title = { $days ->
        [-1] The mailbox works
        [0] The mailbox works; the next sign-in is due today
        [one] The mailbox works; the next sign-in is due tomorrow
       *[other] The mailbox works; the next sign-in is due in { $days } days
    }
doctor-account-unknown =
    .title = The mailbox has not been checked yet
    .next-step = Click “Check now” on the status page.
doctor-postwart-not_yet =
    .title = Postwart is not running yet
    .next-step = Set up a mailbox, then start Postwart.

## Checks that came to nothing

doctor-no_answer =
    .title = A check took too long
    .next-step = Check this PC again in a few minutes.
doctor-check_failed =
    .title = A check was not possible
    .next-step = Send this report to the hotline.
    .admin-help = Postwart has a fault here: { $reason }
