# Die Anmeldung mit einem Code auf einem anderen Gerät: was sie beendet, und was die Befehlszeile dazu sagt.

device_code_expired =
    .title = Der Code ist abgelaufen
    .next-step = Lassen Sie sich einen neuen geben und geben Sie ihn gleich ein. Ein Code gilt meist eine Viertelstunde.
device_code_not_offered =
    .title = Dieser Anbieter kennt keine Anmeldung mit einem Code
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich im Browser dieses PCs an.
sign_in-AADSTS530036 =
    .title = Ihre Organisation sperrt die Anmeldung mit einem Code
    .next-step = Klicken Sie auf „Anmelden“ und melden Sie sich im Browser dieses PCs an. Hat dieser PC keinen Browser, kann nur Ihr Administrator eine Ausnahme machen.
    .admin-help = Entra Admin Center > Schutz > Bedingter Zugriff > Richtlinien > die Richtlinie mit der Bedingung „Authentifizierungsflüsse“ (Gerätecodefluss) > Benutzer > Ausschließen: diese Person. Microsoft rät, den Gerätecodefluss sonst gesperrt zu lassen.

cli-device-code = mit einem Code auf einem anderen Gerät anmelden, wo dieser PC keinen Browser hat
cli-code-wanted = Postwart holt einen Code …
cli-code-enter = { $step ->
    [1] Öffnen Sie auf einem Handy oder PC { $url } und geben Sie diesen Code ein:
   *[2] Der erste Schritt ist geschafft. Für das Postfach ist noch ein Code nötig. Öffnen Sie { $url } noch einmal und geben Sie diesen ein:
}
cli-code-until = Der Code gilt bis { $time } Uhr, noch { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
}. Mit Strg+C brechen Sie ab.
cli-code-warning = Geben Sie nie einen Code ein, den Ihnen jemand geschickt hat. Manche Organisationen sperren diesen Weg deshalb; dann hilft nur die Anmeldung im Browser.
cli-code-again = „postwart sign-in { $account } --device-code“ holt einen neuen Code.
