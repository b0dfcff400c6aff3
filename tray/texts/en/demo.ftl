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
demo-key-in-memory = There is no keyring on this PC, so the demo keeps its key in memory. A real Postwart would refuse to store sign-ins.
demo-preparing = Preparing the demo …
demo_folder_taken =
    .title = The folder { $folder } holds something else than a demo
    .next-step = Nothing in it was changed. Move it away, or set POSTWART_HOME to another folder, and start the demo again.
