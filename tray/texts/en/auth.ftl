# What concerns signing in. Numbers that mean the same refer to the first of them.

## Where a code has no sentences of its own

refused-sign_in =
    .title = A new sign-in is needed
    .next-step = Click “Sign in” and sign in again. It takes a minute.
refused-consent =
    .title = Your administrator has yet to approve the program
    .next-step = Click “Ask the administrator” and send the prepared message. After that everything goes on by itself.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
refused-admin =
    .title = Your organization does not allow this sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center (entra.microsoft.com) > Entra ID > Monitoring & health > Sign-in logs > this person's entry > tab Conditional Access: it shows what stopped the sign-in.
refused-vendor =
    .title = The program is not set up correctly for signing in
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Compare client_id, tenant and scopes in config.toml with: Entra admin center > Entra ID > App registrations > the program.
not_signed_in =
    .title = Nobody has signed in for this mailbox yet
    .next-step = Click “Sign in”. It takes a minute.

## No answer of the sign-in service: says nothing about the sign-in

offline =
    .title = There is no connection at the moment
    .next-step = You need not do anything. Once the connection is back, everything goes on by itself.
network =
    .title = The sign-in service cannot be reached
    .next-step = Check that this PC can reach the internet. Once the connection is back, everything goes on by itself.
    .admin-help = This PC must reach login.microsoftonline.com (or your own sign-in service) on port 443, also through proxy and firewall. Try: Test-NetConnection login.microsoftonline.com -Port 443
certificate =
    .title = The secure connection to the sign-in service fails
    .next-step = Check this PC's date and time. In a guest network, open any web page first and log in there. If neither helps, pass this message on to your administrator.
    .admin-help = This PC does not trust the certificate. If a proxy or virus scanner inspects encrypted connections, its root certificate belongs into the PC's certificate store (certlm.msc > Trusted Root Certification Authorities), or into config.toml as ca_file.
captive_portal =
    .title = Another page answers in place of the sign-in service
    .next-step = Open any web page in the browser: the network here may want you to log in first. After that everything goes on by itself.
    .admin-help = A proxy or guest network replaces the answers of login.microsoftonline.com with a page of its own. Exempt this address from that.
clock_ahead =
    .title = The clock of this PC is { $unit ->
        [minutes] { $count } minutes
        [hours] { $count } hours
       *[days] { $count } days
    } fast
    .next-step = Set date, time and time zone of this PC right. Until then, dates in Postwart may be wrong and secure connections may fail.
    .admin-help = Windows: Settings > Time & language > Date & time > Sync now, or w32tm /resync. In a domain, the clock comes from the domain controller: w32tm /query /status
clock_behind =
    .title = The clock of this PC is { $unit ->
        [minutes] { $count } minutes
        [hours] { $count } hours
       *[days] { $count } days
    } slow
    .next-step = { clock_ahead.next-step }
    .admin-help = { clock_ahead.admin-help }
clock_wrong =
    .title = The sign-in does not work because the clock of this PC is wrong
    .next-step = Set date, time and time zone of this PC right. After that everything goes on by itself.
    .admin-help = { clock_ahead.admin-help }
sign_in-clock_wrong =
    .title = { clock_wrong.title }
    .next-step = Set date, time and time zone of this PC right, then click “Sign in” once more.
    .admin-help = { clock_ahead.admin-help }
sign_in-network =
    .title = { network.title }
    .next-step = Check that this PC can reach the internet, then click “Sign in” once more.
    .admin-help = { network.admin-help }
sign_in-captive_portal =
    .title = { captive_portal.title }
    .next-step = Open any web page in the browser: the network here may want you to log in first. After that, click “Sign in” once more.
    .admin-help = { captive_portal.admin-help }
sign_in-throttled =
    .title = { throttled.title }
    .next-step = Wait a few minutes, then click “Sign in” once more.
sign_in-service_fault =
    .title = { service_fault.title }
    .next-step = Wait half an hour, then click “Sign in” once more.
    .admin-help = { service_fault.admin-help }
throttled =
    .title = The sign-in service asks for a pause
    .next-step = You need not do anything. After the pause everything goes on by itself.
AADSTS90055 =
    .title = { throttled.title }
    .next-step = { throttled.next-step }
AADSTS50196 =
    .title = { throttled.title }
    .next-step = { throttled.next-step }
service_fault =
    .title = The sign-in service has a fault at the moment
    .next-step = You need not do anything. Once it is mended, everything goes on by itself.
    .admin-help = Outages at Microsoft: Microsoft 365 admin center > Health > Service health.
AADSTS50033 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS50087 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90006 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90012 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90024 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90033 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }
AADSTS90090 =
    .title = { service_fault.title }
    .next-step = { service_fault.next-step }
    .admin-help = { service_fault.admin-help }

## An attempt to sign in ended without one

sign_in_failed =
    .title = The sign-in did not work
    .next-step = Please try again. If that does not help, show this message to your administrator.
wrong_person =
    .title = { $signed_in } does not belong to this mailbox
    .next-step = Click “Sign in with another account” and choose { $expected } there. What was signed in before stays so.
    .admin-help = If { $signed_in } and { $expected } are the same person, add to this account in config.toml: aliases = ["{ $signed_in }"]. For a shared mailbox, sign_in_as names the person who signs in.
scope_left_out =
    .title = Access to the mail was not allowed
    .next-step = Click “Sign in” once more, and tick the box for e-mail on the page that asks what the program may do.
renamed =
    .title = The sign-in service now knows { $expected } as { $signed_in }
    .next-step = You are signed in, and mail goes on. Please have your administrator correct the address.
    .admin-help = In config.toml set address to the new one (for a shared mailbox: sign_in_as), or add aliases = ["{ $signed_in }"]. The sign-in stays valid. Until then, mail goes on only as long as the mailbox keeps the old address as an alias: Get-Mailbox { $signed_in } | Select-Object -ExpandProperty EmailAddresses
sign_in_timed_out =
    .title = The sign-in was not completed
    .next-step = Click “Sign in” once more and leave the window open until it says that you are done. If it said that an administrator has to approve, ask him first.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
sign_in_cancelled =
    .title = The sign-in was cancelled
    .next-step = Click “Sign in” when you are ready.
no_browser =
    .title = No browser could be opened on this PC
    .next-step = Choose a default browser in the PC's settings and click “Sign in” once more.
    .admin-help = Postwart opens the browser that the system names. The environment variable BROWSER names another one.
no_redirect_port =
    .title = The sign-in could not begin because this PC has no free port for it
    .next-step = Restart the PC and try again.
    .admin-help = No port was free on both 127.0.0.1 and ::1. Try: netsh int ipv4 show excludedportrange tcp
no_refresh_token =
    .title = The sign-in would be good for an hour only
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = The provider gives the program no refresh token. At Microsoft's: Entra admin center > Entra ID > App registrations > the program > API permissions > add offline_access. At other providers: allow offline_access.
nobody_named =
    .title = The sign-in service does not say who signed in
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = The id token has neither preferred_username nor upn nor a verified e-mail address. At Microsoft's: Entra admin center > Entra ID > App registrations > the program > Token configuration > add the optional claim email.

## The vault and the keyring

keyring_missing =
    .title = This PC lacks a safe place for the sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Postwart needs the system's keyring: Windows Credential Manager, the macOS keychain, GNOME Keyring or KWallet. On Linux: install the package gnome-keyring and log in to a graphical session. Nothing is stored unencrypted.
keyring_locked =
    .title = This PC's keyring is locked
    .next-step = Unlock it with your PC password when you are asked, or log off from the PC and on again. Nothing is lost.
keyring_slow =
    .title = This PC's keyring does not answer
    .next-step = See whether a question for its password is waiting behind other windows. Otherwise log off from the PC and on again. Nothing is lost.
keyring_failed =
    .title = This PC's keyring reports an error
    .next-step = Restart the PC. If this message comes again, show it to your administrator.
    .admin-help = Windows: check the service Credential Manager (VaultSvc), for example with Get-Service VaultSvc. The entry is called “Postwart”; it must not be deleted.
vault_key_missing =
    .title = The key to the stored sign-in is gone
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = The keyring's entry “Postwart” is missing or new, for example after a new Windows profile or a password reset. The old file is set aside at the new sign-in.
vault_damaged =
    .title = The stored sign-in is damaged
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = The damaged file is set aside at the new sign-in (.set-aside). If it happens often, check the disk: chkdsk.
vault_unreadable =
    .title = The stored sign-in cannot be read
    .next-step = Restart the PC. If this message comes again, show it to your administrator.
    .admin-help = The user needs read access to { $file }: icacls "{ $file }"
vault_unwritable =
    .title = The sign-in cannot be stored
    .next-step = Make room on the drive and try again. If that does not help, show this message to your administrator.
    .admin-help = The user needs room and write access for { $file }: icacls "{ $file }"
vault_not_removed =
    .title = The stored sign-in could not be deleted
    .next-step = Restart the PC and sign out again. If this message comes again, show it to your administrator.
    .admin-help = The user needs the right to delete { $file }: icacls "{ $file }". A program may also hold it open.

## OAuth's own errors, where there is no number

access_denied =
    .title = The sign-in was not accepted, or your administrator has to approve first
    .next-step = If you cancelled it yourself, try again and click “Accept”. Otherwise click “Ask the administrator”.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
invalid_grant =
    .title = The sign-in is no longer valid
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = At Google's it ends for example with a new password, after six months without use, after a hundred newer sign-ins of the same account with this program, and after seven days as long as the consent screen's status is Testing: Google Cloud console > APIs & Services > OAuth consent screen > Publish app.
provider_not_as_configured =
    .title = The sign-in service is not the one that is set up
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = In config.toml, issuer must be the same address that the service names in /.well-known/openid-configuration, and client_id must be the one registered there.

## Microsoft: the sign-in is over

AADSTS700082 =
    .title = The sign-in has expired
    .next-step = Click “Sign in” and sign in again. It takes a minute.
AADSTS70008 =
    .title = { AADSTS700082.title }
    .next-step = { AADSTS700082.next-step }
AADSTS700081 =
    .title = { AADSTS700082.title }
    .next-step = { AADSTS700082.next-step }
AADSTS700084 =
    .title = The sign-in has expired after one day
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = The redirect address is registered as a single-page application; each sign-in is then good for 24 hours only. Entra admin center > Entra ID > App registrations > the program > Authentication: remove http://localhost under Single-page application and add it under Mobile and desktop applications.
AADSTS50173 =
    .title = The sign-in is no longer valid, for example because the password was changed
    .next-step = Click “Sign in” and sign in again. It takes a minute.
AADSTS50132 =
    .title = { AADSTS50173.title }
    .next-step = { AADSTS50173.next-step }
AADSTS50133 =
    .title = { AADSTS50173.title }
    .next-step = { AADSTS50173.next-step }
AADSTS70000 =
    .title = Microsoft no longer accepts the stored sign-in
    .next-step = Click “Sign in” and sign in again. It takes a minute.
AADSTS70043 =
    .title = Your organization wants you to sign in again from time to time
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = Entra admin center > Entra ID > Conditional Access > Policies > Session > Sign-in frequency: exclude this program or lengthen the period.
AADSTS70044 =
    .title = { AADSTS70043.title }
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS530036 =
    .title = Your organization no longer allows a sign-in by device code
    .next-step = Click “Sign in” and sign in in the browser.
    .admin-help = Entra admin center > Entra ID > Conditional Access > Policies > Conditions > Authentication flows: the device code flow is blocked. Signing in in the browser is not affected.
AADSTS530035 =
    .title = Your organization has tightened its security rules
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = Entra admin center > Entra ID > Overview > Properties > Manage security defaults.

## Microsoft: the sign-in was interrupted

AADSTS50089 =
    .title = The sign-in was not completed
    .next-step = Click “Sign in” once more and follow the pages to the end.
AADSTS54005 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50140 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50058 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS50074 =
    .title = { AADSTS50089.title }
    .next-step = { AADSTS50089.next-step }
AADSTS70016 =
    .title = The code has not been entered yet
    .next-step = Enter the code that is shown on the page microsoft.com/devicelogin.
AADSTS70018 =
    .title = The code was wrong or has expired
    .next-step = Begin the sign-in once more and enter the new code.
AADSTS70019 =
    .title = { AADSTS70018.title }
    .next-step = { AADSTS70018.next-step }
AADSTS50126 =
    .title = User name or password is wrong
    .next-step = Click “Sign in” once more and type the password again.
AADSTS50055 =
    .title = Your password has expired
    .next-step = Click “Sign in”; there you can choose a new password.
    .admin-help = Microsoft 365 admin center > Users > Active users > the person > Reset password.
AADSTS50053 =
    .title = Your account is locked for a short time
    .next-step = Wait a quarter of an hour, then sign in. If you are not sure of the password, have your administrator reset it.
    .admin-help = Too many wrong passwords, or the sign-in came from an IP address with a bad reputation: Entra admin center > Entra ID > Monitoring & health > Sign-in logs. To unlock: reset the password under Entra ID > Users > the person.

## Microsoft: second factor

AADSTS50076 =
    .title = Your organization wants an additional confirmation
    .next-step = Click “Sign in” and confirm the sign-in, for example on your phone.
AADSTS50078 =
    .title = { AADSTS50076.title }
    .next-step = { AADSTS50076.next-step }
AADSTS50158 =
    .title = { AADSTS50076.title }
    .next-step = { AADSTS50076.next-step }
AADSTS50072 =
    .title = You have to set up the additional confirmation first
    .next-step = Click “Sign in” and follow the pages; have your phone at hand.
AADSTS50079 =
    .title = { AADSTS50072.title }
    .next-step = { AADSTS50072.next-step }
AADSTS53004 =
    .title = The additional confirmation cannot be set up at the moment
    .next-step = Please pass this message on to your administrator. After that, set it up at aka.ms/mfasetup, best on a PC that you have signed in on before.
    .admin-help = The sign-in counts as risky. Entra admin center > ID Protection > Risky users: check and dismiss the risk.

## Microsoft: the organization's policies

AADSTS53000 =
    .title = Your organization allows sign-ins from managed PCs only
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center (entra.microsoft.com) > Entra ID > Monitoring & health > Sign-in logs > this person's entry > tab Conditional Access. The device has to be joined to Entra and compliant in Intune (dsregcmd /status shows how it stands), or this program is excluded from the policy: Entra admin center > Entra ID > Conditional Access > Policies.
AADSTS53001 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS530003 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50097 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50129 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50187 =
    .title = { AADSTS53000.title }
    .next-step = { AADSTS53000.next-step }
    .admin-help = { AADSTS53000.admin-help }
AADSTS50131 =
    .title = Your organization's rules do not let this PC or this sign-in through
    .next-step = Please pass this message on to your administrator.
    .admin-help = The device is not in the state that a policy wants, or the sign-in looked suspicious. Entra admin center (entra.microsoft.com) > Entra ID > Monitoring & health > Sign-in logs > this person's entry > tab Conditional Access: it shows which.
AADSTS53002 =
    .title = Your organization allows certain programs only
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > Entra ID > Conditional Access > Policies > Grant > Require approved client app: exclude this program.
AADSTS530084 =
    .title = Your organization wants the sign-in to go through Windows itself
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > Entra ID > Conditional Access > Policies > Session > Token protection: exclude this program.
AADSTS53003 =
    .title = A rule of your organization blocks the sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center (entra.microsoft.com) > Entra ID > Monitoring & health > Sign-in logs > this person's entry > tab Conditional Access: it names the policy. Exclude this program or this person: Entra admin center > Entra ID > Conditional Access > Policies.
AADSTS530032 =
    .title = { AADSTS53003.title }
    .next-step = { AADSTS53003.next-step }
    .admin-help = { AADSTS53003.admin-help }
AADSTS53011 =
    .title = Microsoft considers this account at risk and blocks the sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > ID Protection > Risky users: check, then dismiss the risk or reset the password.
AADSTS530034 =
    .title = { AADSTS53011.title }
    .next-step = { AADSTS53011.next-step }
    .admin-help = { AADSTS53011.admin-help }
AADSTS500021 =
    .title = The rules of your organization or of the other one do not allow signing in there
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > Entra ID > External Identities > Cross-tenant access settings, and tenant restrictions at the proxy (header Restrict-Access-To-Tenants).
AADSTS500022 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }
AADSTS500212 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }
AADSTS500213 =
    .title = { AADSTS500021.title }
    .next-step = { AADSTS500021.next-step }
    .admin-help = { AADSTS500021.admin-help }

## Microsoft: approval

AADSTS65001 =
    .title = Your administrator has yet to approve the program
    .next-step = Click “Ask the administrator” and send the prepared message. After that everything goes on by itself.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
AADSTS65004 =
    .title = Access to the mailbox was not agreed to
    .next-step = Click “Sign in” and then “Accept”. If you may not do that yourself, click “Ask the administrator”.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
AADSTS90094 =
    .title = In your organization an administrator has to approve the program
    .next-step = Click “Ask the administrator” and send the prepared message.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request.
AADSTS90095 =
    .title = Your request for approval has to be confirmed by an administrator
    .next-step = If you sent the request on Microsoft's page, wait for the confirmation. Otherwise click “Ask the administrator”.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > Activity > Admin consent requests: review and approve the request.
AADSTS90093 =
    .title = You may not approve this program yourself
    .next-step = Click “Ask the administrator” and send the prepared message.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Permissions > Grant admin consent. If the program is not there yet, open the link in the approval request. If the permission User.Read is missing: Entra admin center > Entra ID > App registrations > the program > API permissions > Microsoft Graph > Delegated > User.Read.
AADSTS90008 =
    .title = { AADSTS90093.title }
    .next-step = { AADSTS90093.next-step }
    .admin-help = { AADSTS90093.admin-help }

## Microsoft: the account

AADSTS50020 =
    .title = This account does not belong to your organization
    .next-step = Click “Sign in” and choose “Use another account”.
    .admin-help = If the account is right: Entra admin center > Entra ID > Users > New user > Invite external user, or set tenant in config.toml to the account's own tenant.
AADSTS16000 =
    .title = { AADSTS50020.title }
    .next-step = { AADSTS50020.next-step }
    .admin-help = { AADSTS50020.admin-help }
AADSTS90072 =
    .title = { AADSTS50020.title }
    .next-step = { AADSTS50020.next-step }
    .admin-help = { AADSTS50020.admin-help }
AADSTS500208 =
    .title = A personal Microsoft account does not fit here
    .next-step = Click “Sign in” and use your organization's account.
AADSTS50034 =
    .title = Microsoft does not know this address
    .next-step = Check the spelling. If it is right, pass this message on to your administrator.
    .admin-help = Check address, sign_in_as and tenant in config.toml. Does the account exist? Get-MgUser -UserId <address>
AADSTS51004 =
    .title = { AADSTS50034.title }
    .next-step = { AADSTS50034.next-step }
    .admin-help = { AADSTS50034.admin-help }
AADSTS50057 =
    .title = This account is switched off
    .next-step = Please pass this message on to your administrator.
    .admin-help = Update-MgUser -UserId <address> -AccountEnabled:$true, or Microsoft 365 admin center > Users > Active users > the person > Unblock sign-in.
AADSTS50105 =
    .title = You are not assigned to this program
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Users and groups > Add user, or > Properties > Assignment required? set to No.
AADSTS650052 =
    .title = Your organization has no Exchange Online under this sign-in
    .next-step = Please pass this message on to your administrator.
    .admin-help = Microsoft 365 admin center > Billing > Licenses. Does the account have a licence with Exchange Online, and is the service there in the tenant? Get-MgServicePrincipal -Filter "appId eq '00000002-0000-0ff1-ce00-000000000000'". In national clouds, authority and scopes in config.toml have to fit the cloud.
AADSTS650054 =
    .title = The program asks for access to a service that no longer exists
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Check scopes in config.toml: for Exchange Online they begin with https://outlook.office.com/.
AADSTS500011 =
    .title = { AADSTS650052.title }
    .next-step = { AADSTS650052.next-step }
    .admin-help = { AADSTS650052.admin-help }

## Microsoft: the program

AADSTS700016 =
    .title = Your organization does not know this program
    .next-step = Please pass this message on to your administrator.
    .admin-help = Are client_id and tenant in config.toml right? Otherwise add the program to the tenant with the link in the approval request.
AADSTS70001 =
    .title = This program is switched off in your organization
    .next-step = Please pass this message on to your administrator.
    .admin-help = Entra admin center > Entra ID > Enterprise apps > the program > Properties > Enabled for users to sign-in? set to Yes, or Update-MgServicePrincipal -ServicePrincipalId <object id> -AccountEnabled:$true.
AADSTS7000112 =
    .title = { AADSTS70001.title }
    .next-step = { AADSTS70001.next-step }
    .admin-help = { AADSTS70001.admin-help }
AADSTS1000031 =
    .title = { AADSTS70001.title }
    .next-step = { AADSTS70001.next-step }
    .admin-help = { AADSTS70001.admin-help }
AADSTS65002 =
    .title = The program signs in under an ID that is not its own
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = client_id in config.toml is that of a program of Microsoft's own, which may not be used here. Register your own: Entra admin center > Entra ID > App registrations > New registration, and put its application (client) ID into config.toml.
AADSTS65005 =
    .title = The program lacks the permissions for e-mail
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Entra admin center > Entra ID > App registrations > the program > API permissions: add IMAP.AccessAsUser.All, POP.AccessAsUser.All, SMTP.Send and offline_access (delegated), then grant admin consent.
AADSTS650056 =
    .title = { AADSTS65005.title }
    .next-step = { AADSTS65005.next-step }
    .admin-help = { AADSTS65005.admin-help }
AADSTS650057 =
    .title = { AADSTS65005.title }
    .next-step = { AADSTS65005.next-step }
    .admin-help = { AADSTS65005.admin-help }
AADSTS700011 =
    .title = { AADSTS700016.title }
    .next-step = { AADSTS700016.next-step }
    .admin-help = { AADSTS700016.admin-help }
AADSTS7000218 =
    .title = The program is not registered as a desktop program
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Entra admin center > Entra ID > App registrations > the program > Authentication: add http://localhost under Mobile and desktop applications (not under Web); for device codes set Allow public client flows to Yes.
AADSTS700025 =
    .title = The program sends a secret that it should not have
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Remove client_secret from config.toml.
AADSTS50011 =
    .title = The program's redirect address is not registered
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Entra admin center > Entra ID > App registrations > the program > Authentication > Add a platform > Mobile and desktop applications > http://localhost.
AADSTS50194 =
    .title = The program is registered for one organization only
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Set tenant in config.toml to that organization's id, or Entra admin center > Entra ID > App registrations > the program > Authentication > Accounts in any organizational directory.
AADSTS9002332 =
    .title = { AADSTS50194.title }
    .next-step = { AADSTS50194.next-step }
    .admin-help = { AADSTS50194.admin-help }
AADSTS70011 =
    .title = The program asks for a permission that does not exist
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Check scopes in config.toml, for example https://outlook.office.com/IMAP.AccessAsUser.All and https://outlook.office.com/SMTP.Send.
AADSTS28002 =
    .title = { AADSTS70011.title }
    .next-step = { AADSTS70011.next-step }
    .admin-help = { AADSTS70011.admin-help }
AADSTS90002 =
    .title = Microsoft does not know the organization that is set up
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Check tenant and authority in config.toml: the tenant id is under Entra admin center > Entra ID > Overview. National clouds have addresses of their own, such as login.microsoftonline.us or login.partner.microsoftonline.cn.
AADSTS90038 =
    .title = { AADSTS90002.title }
    .next-step = { AADSTS90002.next-step }
    .admin-help = { AADSTS90002.admin-help }
invalid_tenant =
    .title = { AADSTS90002.title }
    .next-step = { AADSTS90002.next-step }
    .admin-help = { AADSTS90002.admin-help }

## Sign-in refusals with what the service itself says, and Google's own words.
# Facts of the -told sentences: limit_days (0 below two days), limit_hours, since (a date).

AADSTS700082-told =
    .title = The sign-in has expired: it was not used for { $limit_days ->
        [0] { $limit_hours ->
            [one] one hour
           *[other] { $limit_hours } hours
        }
       *[other] { $limit_days } days
    }
    .next-step = { AADSTS700082.next-step }
AADSTS70043-told =
    .title = Your organization wants you to sign in again every { $limit_days ->
        [0] { $limit_hours ->
            [one] hour
           *[other] { $limit_hours } hours
        }
       *[other] { $limit_days } days
    }
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS70044-told =
    .title = { AADSTS70043-told.title }
    .next-step = { AADSTS70043.next-step }
    .admin-help = { AADSTS70043.admin-help }
AADSTS700084-told =
    .title = The sign-in has expired: the way the program is registered, it is good for { $limit_days ->
        [0] { $limit_hours ->
            [one] one hour
           *[other] { $limit_hours } hours
        }
       *[other] { $limit_days } days
    } only
    .next-step = { AADSTS700084.next-step }
    .admin-help = { AADSTS700084.admin-help }
AADSTS50173-told =
    .title = Since { $since } the sign-in has no longer been valid, for example because the password was changed
    .next-step = { AADSTS50173.next-step }

## Google

invalid_rapt =
    .title = Your organization wants you to sign in again from time to time
    .next-step = Click “Sign in” and sign in again. It takes a minute.
    .admin-help = Google Admin console (admin.google.com) > Security > Access and data control > Google Cloud session control: exempt this program or lengthen the period.
admin_policy_enforced =
    .title = Your organization does not allow this program at Google
    .next-step = Please pass this message on to your administrator.
    .admin-help = Google Admin console (admin.google.com) > Security > Access and data control > API controls > Manage app access: trust this program's client ID.
org_internal =
    .title = This account does not belong to the organization that the program is meant for
    .next-step = Click “Sign in” and choose “Use another account”.
    .admin-help = If the account is right: Google Cloud console > Google Auth Platform > Audience: set the program's user type to External.
deleted_client =
    .title = Google no longer knows this program
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = The OAuth client was deleted. Google Cloud console > Google Auth Platform > Clients: create one of the type Desktop app, and put its client_id and client_secret into config.toml.
disallowed_useragent =
    .title = Google does not allow a sign-in in this browser
    .next-step = Choose Edge, Chrome or Firefox as the PC's default browser and click “Sign in” once more.
    .admin-help = Google accepts sign-ins in a full browser only. The environment variable BROWSER may name another program.
redirect_uri_mismatch =
    .title = The program's redirect address is not registered
    .next-step = Please pass this message on to the maker of the program or to your administrator.
    .admin-help = Google Cloud console > Google Auth Platform > Clients: the client must be of the type Desktop app.
