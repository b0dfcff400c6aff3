# What the demo prints.

demo-programme =
    Postwart demo. Everything runs on this PC, nothing leaves it, and it ends with Ctrl+C.
    { $keyring }

    Five mailboxes of a property manager’s office, in different states:
      info          works; mail arrives every few seconds
      vermietung    works over POP3; its sign-in runs out in five days
      buchhaltung   its sign-in was revoked: somebody has to sign in again
      technik       is waiting for the administrator’s approval
      rechnungen    sends only, and nobody has signed in yet

    Try it in a second window. First tell it where the demo lives:
      { $setting }
    then:
      postwart status                    how everything is
      postwart open                      the status page, with a click for everything
      postwart sign-in buchhaltung       signs in in the browser (password: demo, code: 123456)
      postwart test-mail info            a mail to oneself
      postwart token info --for imap     what the main app gets

    As the administrator { $administrator } (password: demo) you approve “technik” here:
      { $consent }

    What befalls the sign-ins and mailboxes, you set in the browser on the control page:
      { $control }
demo-key-in-memory = There is no keyring on this PC, so the demo keeps its key in memory. A real Postwart would refuse to store sign-ins.
demo-preparing = Preparing the demo …
demo_folder_taken =
    .title = The folder { $folder } holds something else than a demo
    .next-step = Nothing in it was changed. Move it away, or set POSTWART_HOME to another folder, and start the demo again.

# The demo's control page. Answers of mail servers stand there in their own words.

demo-control-title = The demo's control page
demo-control-about = Here you set, for each person, what befalls their sign-in and their mailbox. Postwart checks at once; what it says about it stands with the account.
demo-control-refresh = Reload
demo-control-other-language = Deutsch
demo-control-sign-in = Sign-in
demo-control-number = or any AADSTS number
demo-control-answer = The mail server's answer ({ $protocol })
demo-control-apply = Apply
demo-control-mail = New message
demo-control-well = All well again
demo-control-now-ok = All is well
demo-control-now-expiring = Runs out soon
demo-control-now-sign_in_required = Sign-in needed
demo-control-now-consent_pending = Waiting for approval
demo-control-now-mailbox_refused = Refused by the mail server
demo-control-now-offline = No connection
demo-control-now-unknown = Not checked yet
demo-control-state-well = all is well
demo-control-state-revoked = revoked, or password changed (AADSTS50173)
demo-control-state-expired = not used for 90 days (AADSTS700082)
demo-control-state-frequency = the organization's sign-in frequency (AADSTS70043)
demo-control-state-second_factor = second factor wanted (AADSTS50076)
demo-control-state-policy = blocked by a policy (AADSTS53003)
demo-control-state-device = managed PCs only (AADSTS53000)
demo-control-state-disabled = account switched off (AADSTS50057)
demo-control-state-unassigned = not assigned to the program (AADSTS50105)
demo-control-state-consent_needed = approval missing (AADSTS65001)
demo-control-state-consent_granted = approval given
demo-control-state-throttled = throttled (429)
demo-control-state-fault = sign-in service faulty (503)
demo-control-state-offline = sign-in service not reachable
demo-control-state-captive_portal = a guest network's log-in page
demo-control-state-clock_fast = clock 3 hours fast
demo-control-state-clock_slow = clock 3 hours slow
