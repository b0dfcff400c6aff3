"""Who may have a token: sign-in, refresh, the encrypted vault, and what refusals mean. Knows no mail and no screen."""
