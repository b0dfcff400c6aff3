"""What does the SMTP door say before the login? RFC 5321, 4954 and 6409."""

from __future__ import annotations

from mail.doors.caller import Caller, Login
from mail.doors.passwords import sasl

_EHLO = ("250-Postwart", "250-8BITMIME", "250-ENHANCEDSTATUSCODES", "250 AUTH PLAIN LOGIN")
"""What every server of our days can do, since the real one is not known before the login."""


def greet(caller: Caller) -> None:
    caller.say("220 Postwart ESMTP")


def log_in(caller: Caller) -> Login | None:
    """The next try of a login; None: they said farewell. Raises Left."""
    while True:
        verb, _, rest = caller.line().decode("utf-8", "replace").strip().partition(" ")
        match verb.upper():
            case "EHLO":
                for line in _EHLO:
                    caller.say(line)
            case "HELO":
                caller.say("250 Postwart")
            case "AUTH" if rest:
                if found := sasl(
                    caller,
                    rest.split(),
                    ask="334",
                    unknown="504 5.5.4 Only PLAIN and LOGIN",
                    garbled="501 5.5.2 no PLAIN",
                ):
                    return Login(*found)
            case "NOOP" | "RSET":
                caller.say("250 2.0.0 OK")
            case "QUIT":
                caller.say("221 2.0.0 Postwart")
                return None
            case _:
                caller.say("530 5.7.0 Please log in first")


def welcome(caller: Caller, _login: Login, _capability: str) -> None:
    caller.say("235 2.7.0 Logged in")


def refuse(caller: Caller, _login: Login, words: str, *, passing: bool) -> None:
    caller.say(f"{'454 4.7.0' if passing else '535 5.7.8'} {words}")
