"""What does the IMAP door say before the login? RFC 9051, as far as there is something to say without a mailbox."""

from __future__ import annotations

import re

from mail.doors.caller import Caller, Left, Login
from mail.doors.passwords import sasl

CAPABILITY = "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN"
_LITERAL = re.compile(rb"\{(\d{1,5})(\+?)\}\Z")
_WORD = re.compile(rb'\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))')


def greet(caller: Caller) -> None:
    caller.say(f"* OK [CAPABILITY {CAPABILITY}] Postwart")


def log_in(caller: Caller) -> Login | None:
    """The next try of a login; None: they said farewell. Raises Left."""
    while True:
        tag, verb, words = _command(caller)
        if verb == "LOGIN" and len(words) == 2:  # noqa: PLR2004  name and password
            return Login(words[0], words[1], tag)
        if verb == "AUTHENTICATE" and words:
            if found := sasl(
                caller, words, ask="+", unknown=f"{tag} NO [CANNOT] Only PLAIN and LOGIN", garbled=f"{tag} BAD no PLAIN"
            ):
                return Login(*found, tag)
        elif verb == "LOGOUT":
            caller.say("* BYE Postwart")
            caller.say(f"{tag} OK LOGOUT")
            return None
        elif verb == "CAPABILITY":
            caller.say(f"* CAPABILITY {CAPABILITY}")
            caller.say(f"{tag} OK CAPABILITY")
        elif verb in {"NOOP", "ID"}:
            if verb == "ID":
                caller.say("* ID NIL")
            caller.say(f"{tag} OK {verb}")
        else:
            caller.say(f"{tag} BAD Please log in first")


def welcome(caller: Caller, login: Login, capability: str) -> None:
    caller.say(f"{login.tag} OK [CAPABILITY {capability}] Logged in" if capability else f"{login.tag} OK Logged in")


def refuse(caller: Caller, login: Login, words: str, *, passing: bool) -> None:
    """RFC 5530: a client asks for another password only where the password is wrong."""
    caller.say(f"{login.tag} NO [{'UNAVAILABLE' if passing else 'AUTHENTICATIONFAILED'}] {words}")


def _command(caller: Caller) -> tuple[str, str, list[str]]:
    line = caller.line()
    parts = [line]
    while literal := _LITERAL.search(parts[-1]):
        if not literal[2]:
            caller.say("+ go on")
        parts[-1] = parts[-1][: literal.start()]
        parts += [caller.exactly(int(literal[1])), caller.line()]
    words = [word for number, part in enumerate(parts) for word in ([part] if number % 2 else _words(part))]
    if len(words) < 2:  # noqa: PLR2004  tag and verb
        if not line.strip():
            raise Left
        return (_text(words[0]) if words else "*"), "", []
    tag, verb, *rest = map(_text, words)
    return tag, verb.upper(), rest


def _words(part: bytes) -> list[bytes]:
    return [atom or re.sub(rb"\\(.)", rb"\1", quoted) for quoted, atom in _WORD.findall(part)]


def _text(word: bytes) -> str:
    return word.decode("utf-8", "replace")
