# The sign-in with a code on another device: what ends it, and what the command line says about it.

device_code_expired =
    .title = The code has run out
    .next-step = Get a new one and enter it right away. A code usually lasts a quarter of an hour.
device_code_not_offered =
    .title = This provider knows no sign-in with a code
    .next-step = Click “Sign in” and sign in in this PC’s browser.
sign_in-AADSTS530036 =
    .title = Your organization blocks the sign-in with a code
    .next-step = Click “Sign in” and sign in in this PC’s browser. If this PC has none, only your administrator can make an exception.
    .admin-help = Entra admin center > Protection > Conditional Access > Policies > the policy with the condition “Authentication flows” (device code flow) > Users > Exclude: this person. Microsoft advises to keep the device code flow blocked otherwise.

cli-device-code = sign in with a code on another device, where this PC has no browser
cli-code-wanted = Postwart gets a code …
cli-code-enter = { $step ->
    [1] On a phone or PC, open { $url } and enter this code:
   *[2] The first step is done. The mailbox needs one more code. Open { $url } again and enter this one:
}
cli-code-until = The code lasts until { $time }, for { $minutes ->
    [one] one more minute
   *[other] { $minutes } more minutes
}. Ctrl+C cancels.
cli-code-warning = Never enter a code that somebody has sent you. Some organizations block this way for that reason; then only the sign-in in the browser helps.
cli-code-again = “postwart sign-in { $account } --device-code” gets a new code.
