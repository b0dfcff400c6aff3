"""What does the POP3 door say before the login? RFC 1939, 2449 and 5034."""

from __future__ import annotations

from mail.doors.caller import Caller, Login
from mail.doors.passwords import sasl

_CAPA = ("USER", "SASL PLAIN LOGIN", "RESP-CODES", "AUTH-RESP-CODE", "IMPLEMENTATION Postwart", ".")


def greet(caller: Caller) -> None:
    caller.say("+OK Postwart")


def log_in(caller: Caller) -> Login | None:
    """The next try of a login; None: they said farewell. Raises Left."""
    user = ""
    while True:
        verb, _, rest = caller.line().decode("utf-8", "replace").strip().partition(" ")
        match verb.upper():
            case "USER":
                user = rest.strip()
                caller.say("+OK and the password")
            case "PASS" if user:
                return Login(user, rest)  # blanks belong to it
            case "AUTH" if rest:
                if found := sasl(
                    caller, rest.split(), ask="+", unknown="-ERR Only PLAIN and LOGIN", garbled="-ERR That is no PLAIN"
                ):
                    return Login(*found)
            case "CAPA":
                for line in ("+OK", *_CAPA):
                    caller.say(line)
            case "QUIT":
                caller.say("+OK Postwart")
                return None
            case _:
                caller.say("-ERR Please log in first")


def welcome(caller: Caller, _login: Login, _capability: str) -> None:
    caller.say("+OK Logged in")


def refuse(caller: Caller, _login: Login, words: str, *, passing: bool) -> None:
    """RFC 3206: a client asks for another password only after AUTH."""
    caller.say(f"-ERR [{'SYS/TEMP' if passing else 'AUTH'}] {words}")
