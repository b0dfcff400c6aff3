"""How do programs that know only passwords get to a mailbox that takes only tokens? Local doors, one per protocol."""
