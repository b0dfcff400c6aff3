"""What is wrong on this PC, and who mends it? All checks at once, one report; no running Postwart is needed."""
