# What mail servers answer. Lines for the administrator are for Exchange Online PowerShell.

## The server does not let the mailbox in

mail_failed =
    .title = Something went wrong with the mailbox
    .next-step = Please try again. If that does not help, pass this message on to your administrator.
mailbox_refused =
    .title = The mail server turns the mailbox away
    .next-step = Please pass this message on to your administrator.
    .admin-help = The server { $host } answers for { $address }: { $answer }
token_refused =
    .title = The mail server does not accept the sign-in for { $address }
    .next-step = Your own sign-in is in order. Please pass this message on to your administrator.
    .admin-help = { $protocol ->
        [imap] Check that IMAP is allowed for the mailbox: Set-CASMailbox "{ $address }" -ImapEnabled $true. For a shared mailbox: Add-MailboxPermission "{ $address }" -User <person> -AccessRights FullAccess. If the mailbox has an authentication policy: Set-AuthenticationPolicy <name> -BlockModernAuthImap:$false. The server's answer: { $answer }
        [pop3] Check that POP3 is allowed for the mailbox: Set-CASMailbox "{ $address }" -PopEnabled $true. For a shared mailbox: Add-MailboxPermission "{ $address }" -User <person> -AccessRights FullAccess. If the mailbox has an authentication policy: Set-AuthenticationPolicy <name> -BlockModernAuthPop:$false. The server's answer: { $answer }
       *[smtp] Check that sending over SMTP is allowed for the mailbox: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. For a shared mailbox: Add-RecipientPermission "{ $address }" -Trustee <person> -AccessRights SendAs. The server's answer: { $answer }
    }
imap_not_connected =
    .title = The sign-in is right, but the mailbox { $address } does not open
    .next-step = Your administrator has to allow the access. Please pass this message on.
    .admin-help = Switch IMAP on: Set-CASMailbox "{ $address }" -ImapEnabled $true. For a shared mailbox the right is missing: Add-MailboxPermission "{ $address }" -User <person> -AccessRights FullAccess. It can take an hour to work.
smtp_auth_disabled_tenant =
    .title = Your organization has switched off sending over SMTP
    .next-step = Your administrator has to switch it on for { $address }. Please pass this message on.
    .admin-help = For this mailbox only: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. For the whole organization: Set-TransportConfig -SmtpClientAuthenticationDisabled $false.
smtp_auth_disabled_mailbox =
    .title = Sending over SMTP is switched off for { $address }
    .next-step = Your administrator has to switch it on. Please pass this message on.
    .admin-help = Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false
security_defaults =
    .title = Your organization's security defaults block sending over SMTP
    .next-step = Please pass this message on to your administrator.
    .admin-help = First allow it for the mailbox: Set-CASMailbox "{ $address }" -SmtpClientAuthenticationDisabled $false. Only if that is not enough, replace security defaults by Conditional Access policies here: Entra admin center > Entra ID > Overview > Properties > Manage security defaults.
authentication_policy =
    .title = A policy of your organization blocks this kind of sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Find the account's policy: Get-User "{ $address }" | Format-List AuthenticationPolicy. Then allow SMTP in it: Set-AuthenticationPolicy <name> -AllowBasicAuthSmtp. The server's answer: { $answer }
protocol_disabled =
    .title = { $protocol ->
        [imap] IMAP is switched off for { $address }
        [pop3] POP3 is switched off for { $address }
       *[smtp] SMTP is switched off for { $address }
    }
    .next-step = Switch the access on in the mailbox's settings in the browser, or ask your administrator to do it.
    .admin-help = In Google Workspace: Admin console > Apps > Google Workspace > Gmail > End User Access > POP and IMAP access. The answer of the server { $host }: { $answer }
oauth_missing =
    .title = The server { $host } does not know the sign-in in the browser
    .next-step = Check in the account's settings that the server's name is right.
    .admin-help = The server offers neither XOAUTH2 nor OAUTHBEARER, only: { $answer }
folder_missing =
    .title = One of the chosen folders does not exist in the mailbox { $address }
    .next-step = Check the names of the folders in the account's settings. The other folders are fetched as before.
    .admin-help = The answer of the server { $host }: { $answer }
pop3_uidl_missing =
    .title = The server { $host } cannot tell messages apart
    .next-step = Change the account to IMAP. Otherwise each message would be fetched again and again.
    .admin-help = The POP3 server does not answer the command UIDL. Its answer: { $answer }
federation_failed =
    .title = Your organization's own sign-in server does not answer the mail server
    .next-step = Please pass this message on to your administrator.
    .admin-help = Exchange Online cannot reach the federation server (AD FS), or that one does not speak TLS 1.2. Check that it can be reached from the internet: Test-NetConnection <federation service name> -Port 443. The server's answer: { $answer }
login_too_long =
    .title = The mail server { $host } cannot read the sign-in for { $address }
    .next-step = Please pass this message on to your administrator.
    .admin-help = Exchange Online has refused POP3 logins with tokens above 4096 characters. Change the account to IMAP: receive = "imap" in config.toml. The server's answer: { $answer }
google_refused =
    .title = Google does not let { $address } in
    .next-step = Check in Gmail in the browser that access is on: Settings > See all settings > Forwarding and POP/IMAP. If it is, sign in again.
    .admin-help = Google Admin console (admin.google.com) > Apps > Google Workspace > Gmail > End User Access > POP and IMAP access. The server's answer: { $answer }
google_browser_wanted =
    .title = Google wants to see { $address } in the browser first
    .next-step = Open mail.google.com in the browser, sign in there and follow what Google asks. After that everything goes on by itself.
    .admin-help = Google took the login for suspicious. The server's answer: { $answer }
sender_blocked =
    .title = Microsoft has blocked sending from { $address }
    .next-step = Please pass this message on to your administrator at once. It can be a sign that somebody else has used the mailbox.
    .admin-help = Check the mailbox, then release it in the Microsoft Defender portal under Restricted entities: https://security.microsoft.com/restrictedentities. With 5.7.705 or 5.7.708 the whole organization is blocked: only Microsoft's support lifts that. The server's answer: { $answer }
no_receive_server =
    .title = Fetching is not set up for { $address }
    .next-step = Choose IMAP or POP3 in the account's settings.
no_smtp_server =
    .title = No server for sending is set up for { $address }
    .next-step = Enter it in the account's settings.

## The server cannot be reached

server_unreachable =
    .title = The mail server { $host } cannot be reached
    .next-step = Check the internet connection. Everything goes on by itself as soon as the server answers again.
    .admin-help = Is port { $port } open to the outside in the firewall? Mail does not go through the web proxy.
server_not_found =
    .title = There is no mail server called { $host }
    .next-step = Check the internet connection, and that the server's name is spelled right in the settings.
    .admin-help = The name does not resolve in the DNS.
server_silent =
    .title = The mail server { $host } does not answer
    .next-step = Everything goes on by itself as soon as it answers again. If it takes longer than an hour, ask your administrator.
    .admin-help = Often a firewall drops port { $port } instead of refusing the connection.
connection_lost =
    .title = The connection to the mail server { $host } was lost
    .next-step = You need not do anything, the next attempt follows by itself.
    .admin-help = The server's answer: { $answer }
server_tls =
    .title = No encrypted connection to the mail server { $host } can be made
    .next-step = Check in the settings that port and encryption fit together.
    .admin-help = Port { $port }: { $answer }. TLS 1.2 or newer is required.
starttls_missing =
    .title = The mail server { $host } offers no encryption
    .next-step = Nothing was sent to it. Check server, port and encryption in the settings.
    .admin-help = STARTTLS is missing on port { $port }. A virus scanner or a firewall sometimes removes it.
server_certificate =
    .title = The mail server { $host } shows a certificate that this PC does not trust
    .next-step = Please pass this message on to your administrator. Nothing was sent to the server.
    .admin-help = Issuer: { $issuer }. If it belongs to your firewall or virus scanner, add its root certificate to the Windows certificate store or name it as ca_file. Reason: { $answer }
server_certificate_name =
    .title = The mail server's certificate does not belong to { $host }
    .next-step = Check that the server's name in the settings is right. Nothing was sent to the server.
    .admin-help = Issuer: { $issuer }. Reason: { $answer }
server_certificate_date =
    .title = The certificate of the mail server { $host } is not valid today
    .next-step = Check the date and time of this PC. If they are right, the server's certificate has expired.
    .admin-help = Issuer: { $issuer }. Reason: { $answer }
server_throttled =
    .title = The mail server { $host } asks for a pause
    .next-step = You need not do anything, it goes on by itself after the pause.
    .admin-help = Too many connections or requests for { $address }. The answer: { $answer }
server_fault =
    .title = The mail server { $host } has a fault at the moment
    .next-step = You need not do anything, the next attempt follows by itself.
    .admin-help = The server's answer: { $answer }

## A letter was not taken

send_as_denied =
    .title = { $address } may not send under this sender's address
    .next-step = Send under your own address, or ask your administrator for the right.
    .admin-help = Add-RecipientPermission "{ $address }" -Trustee <person> -AccessRights SendAs. The server's answer: { $answer }
message_too_large =
    .title = The message is too large for the mail server
    .next-step = Send smaller attachments or a link to the files.
    .admin-help = Set-Mailbox "{ $address }" -MaxSendSize 150MB. The server's answer: { $answer }
recipient_unknown =
    .title = This recipient does not exist
    .next-step = Check that the address is spelled right.
    .admin-help = The server's answer: { $answer }
sending_limit =
    .title = { $address } has sent as much today as is allowed
    .next-step = The message stays in the outbox and is sent later by itself.
    .admin-help = Exchange Online takes messages to 10,000 recipients per mailbox in 24 hours. With 5.7.232 or 5.7.233 it is the limit of the whole organization for outside recipients: Exchange admin center > Reports > Mail flow. The server's answer: { $answer }
mailbox_full =
    .title = The mail server does not take the message because a mailbox is full
    .next-step = Delete or archive old messages in { $address }, then send again. If there is room, the recipient's mailbox is the full one.
    .admin-help = Get-MailboxStatistics "{ $address }" | Format-List TotalItemSize, StorageLimitStatus. More room: Enable-Mailbox "{ $address }" -Archive, or another licence. The server's answer: { $answer }
delivery_refused =
    .title = The mail server rejected the message
    .next-step = Read the server's answer: { $answer }
    .admin-help = The server's answer: { $answer }
eight_bit_missing =
    .title = The mail server does not take this message with its special characters
    .next-step = Ask the program's maker to hand the message over as quoted-printable or base64.
    .admin-help = The server lacks the extension 8BITMIME.
smtputf8_missing =
    .title = The mail server knows no addresses with special characters before the @
    .next-step = Ask the recipient for an address without them.
    .admin-help = The server lacks the extension SMTPUTF8.
unconfirmed =
    .title = Whether the message arrived could not be found out
    .next-step = Look in the folder “Sent” or ask the recipient before you send again.
    .admin-help = The connection broke after the message was handed over completely and before the server confirmed it.
