# What happened to an account, a sentence a line. Facts: times, state, about (age, inactivity), days, hours, new, skipped,
# letter, protocol, program. The code stands behind it.

cli-journal = show what happened to an account, the newest first
cli-journal-limit = how many entries; 50 where nothing is said
cli-journal-empty = Nothing has happened to this account yet.

journal-refreshed = Sign-in renewed{ $times ->
    [1] {""}
   *[other] , { $times } times in a row
}
journal-refresh_failed = Sign-in not renewed{ $times ->
    [1] {""}
   *[other] , { $times } times in a row
}
journal-limit_learned = { $about ->
    [inactivity] { $hours ->
        [0] Learned: the sign-in lasts longer without use
       *[other] { $days ->
            [0] Learned: without use the sign-in lasts { $hours } hours
            [one] Learned: without use the sign-in lasts one day
           *[other] Learned: without use the sign-in lasts { $days } days
        }
    }
   *[age] { $hours ->
        [0] Learned: the sign-in lasts longer than so far
       *[other] { $days ->
            [0] Learned: a sign-in lasts { $hours } hours
            [one] Learned: a sign-in lasts one day
           *[other] Learned: a sign-in lasts { $days } days
        }
    }
}
journal-state = New state: { $state }
journal-sign_in_begun = Sign-in begun
journal-signed_in = Signed in
journal-sign_in_ended = Sign-in ended without success
journal-signed_out = Signed out
journal-consent_granted = The approval has come
journal-fetched = { $new ->
    [one] One mail fetched
   *[other] { $new } mails fetched
}{ $skipped ->
    [0] {""}
   *[other] , { $skipped } skipped
}
journal-fetch_failed = Mail not fetched{ $times ->
    [1] {""}
   *[other] , { $times } times in a row
}
journal-accepted = Mail { $letter } accepted for sending
journal-sent = Mail { $letter } sent
journal-not_sent = Mail { $letter } not sent
journal-token_given = { $program ->
    [none] Access token for { $protocol } given out
   *[other] Access token for { $protocol } given to { $program }
}
