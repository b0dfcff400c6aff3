"""What does the SMTP submission server answer? Exchange's manner: TLS first, then XOAUTH2, then only as oneself."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field

from mail.mailbox import Protocol
from mail.sandbox.faults import SEND_AS_DENIED, SMTP_TOKEN_REFUSED, TOO_MANY_CONNECTIONS, Answer, Moment
from mail.sandbox.headers import addresses, fields
from mail.sandbox.house import Admission, House, Session
from mail.sandbox.mime import header_end
from mail.sandbox.post import post
from mail.sandbox.sasl import credentials, decoded
from mail.sandbox.wire import LineTooLong, Wire

MAX_SIZE = 157_286_400
MAX_RECIPIENTS = 1000
MAX_CONNECTIONS = 3  # at a time and mailbox
MAX_LINE = 1000  # long tokens break the one-line form of AUTH, at Exchange as at Dovecot
MAX_SASL_LINE = 12_288  # RFC 4954, 4

_PATH = re.compile(r"(FROM|TO):\s*<([^<>]*)>((?: +[^ ]+)*) *", re.IGNORECASE)


@dataclass
class _Letter:
    mail_from: str
    recipients: list[str] = field(default_factory=list)


class SmtpSession(Session):
    protocol = Protocol.SMTP

    def __init__(self, house: House, wire: Wire, *, implicit_tls: bool) -> None:
        super().__init__(house, wire, implicit_tls=implicit_tls)
        self.greeted = False
        self.owner = ""
        self.letter: _Letter | None = None

    def talk(self) -> None:
        self.say("220 localhost Microsoft ESMTP MAIL Service ready (Postwart sandbox)")
        while self._one_command():
            pass

    def _one_command(self) -> bool:
        """False at the conversation's end."""
        try:
            line = self.wire.read_line(MAX_LINE).decode("utf-8", "replace")
        except LineTooLong:
            self.say("500 5.5.2 Line too long")
            return True
        command, _, argument = line.partition(" ")
        command = command.upper()
        if self.address:
            self.before_command()
        if command == "QUIT":
            self.say("221 2.0.0 Service closing transmission channel")
            return False
        if command == "AUTH":
            return self._authenticate(argument)
        if command == "MAIL":
            return self._mail(argument)
        if command == "DATA":
            return self._data()
        known = {
            "EHLO": self._ehlo, "HELO": self._helo, "STARTTLS": self._starttls, "RCPT": self._rcpt, "RSET": self._rset,
            "NOOP": self._noop, "VRFY": self._vrfy,
        }  # fmt: skip
        if command in known:
            known[command](argument.strip())
        else:
            self.say("500 5.3.3 Unrecognized command")
        return True

    def _ehlo(self, name: str) -> None:
        if not name:
            self.say("501 5.5.4 Invalid domain name")
            return
        self.greeted, self.letter = True, None
        security = "AUTH XOAUTH2" if self.wire.secure else "STARTTLS"
        offers = (f"SIZE {MAX_SIZE}", "PIPELINING", "ENHANCEDSTATUSCODES", security, "8BITMIME")
        self.say("250-localhost Hello [127.0.0.1]")
        for offer in offers:
            self.say(f"250-{offer}")
        self.say("250 SMTPUTF8")

    def _helo(self, name: str) -> None:
        self.greeted, self.letter = bool(name), None
        self.say("250 localhost Hello [127.0.0.1]" if name else "501 5.5.4 Invalid domain name")

    def _starttls(self, _argument: str) -> None:
        if self.wire.secure:
            self.say("503 5.5.2 Bad sequence of commands")
            return
        self.say("220 2.0.0 SMTP server ready")
        self.wire.start_tls(self.house.context)
        self.greeted = False  # what was said in the clear does not count (RFC 3207, 4.2)

    def _rset(self, _argument: str) -> None:
        self.letter = None
        self.say("250 2.0.0 Resetting")

    def _noop(self, _argument: str) -> None:
        self.say("250 2.0.0 OK")

    def _vrfy(self, _argument: str) -> None:
        self.say("252 2.1.5 Cannot VRFY user")

    def _authenticate(self, argument: str) -> bool:
        mechanism, _, initial = argument.partition(" ")
        if not self.wire.secure or not self.greeted or self.address:
            self.say("503 5.5.2 Bad sequence of commands")
            return True
        if mechanism.upper() != "XOAUTH2":
            self.say("504 5.7.4 Unrecognized authentication type")
            return True
        line = initial.strip().encode() or self._asked_for_token()
        if line is None or line == b"*":
            self.say("500 5.5.2 Line too long" if line is None else "501 5.0.0 Authentication cancelled")
            return True
        return self._let_in(line)

    def _asked_for_token(self) -> bytes | None:
        self.say("334 ")
        try:
            return self.wire.read_line(MAX_SASL_LINE)
        except LineTooLong:
            return None

    def _let_in(self, line: bytes) -> bool:
        who = credentials("XOAUTH2", decoded(line))
        refusal = self.planned(Moment.SIGN_IN, who.user) if who else None
        if refusal:
            return self._refuse(refusal)
        if who is None or self.house.admits(who) is not Admission.WELCOME:
            self.say(SMTP_TOKEN_REFUSED)
            return True
        self.signed_in(who)
        self.owner = self.house.owner_of(who.token) or ""
        if len(self.house.sessions_of(who.user.casefold(), Protocol.SMTP)) > MAX_CONNECTIONS:
            self.refusal = TOO_MANY_CONNECTIONS
        self.say("235 2.7.0 Authentication successful")
        return True

    def _refuse(self, refusal: Answer) -> bool:
        self.say(refusal.words)
        return not refusal.closes

    def _mail(self, argument: str) -> bool:
        found = _PATH.fullmatch(argument)
        if not self.address:
            self.say("530 5.7.57 Client not authenticated to send mail.")
        elif self.letter:
            self.say("503 5.5.2 Sender already specified")
        elif not found or found[1].upper() != "FROM":
            self.say("501 5.5.4 Invalid argument")
        elif refusal := self.refusal or self.planned(Moment.COMMAND):
            return self._refuse(refusal)
        else:
            self._begin(found[2], found[3].split())
        return True

    def _begin(self, sender: str, parameters: list[str]) -> None:
        given = dict(each.upper().partition("=")[::2] for each in parameters)
        unknown = given.keys() - {"SIZE", "BODY", "SMTPUTF8", "AUTH"}
        size = given.get("SIZE", "0")
        if unknown or not size.isdigit() or given.get("BODY", "7BIT") not in ("7BIT", "8BITMIME"):
            self.say("501 5.5.4 Unrecognized parameter")
        elif int(size) > MAX_SIZE:
            self.say("552 5.3.4 Message size exceeds fixed maximum message size")
        elif not sender.isascii() and "SMTPUTF8" not in given:
            self.say("553 5.6.7 The address needs SMTPUTF8")
        elif not self._may_send_as(sender):
            self.say(f"550 {SEND_AS_DENIED}")
        else:
            self.letter = _Letter(sender)
            self.say("250 2.1.0 Sender OK")

    def _may_send_as(self, sender: str) -> bool:
        return sender.casefold() == self.address.casefold() or self.house.may(self.owner, sender)

    def _rcpt(self, argument: str) -> None:
        found = _PATH.fullmatch(argument)
        if not self.letter:
            self.say("503 5.5.2 Need mail command")
        elif not found or found[1].upper() != "TO" or not re.fullmatch(r"[^@\s]+@[^@\s]+", found[2]):
            self.say("501 5.1.3 Invalid address")
        elif len(self.letter.recipients) >= MAX_RECIPIENTS:
            self.say("452 4.5.3 Too many recipients")
        elif refusal := self.house.refused_recipients.get(found[2].casefold()):
            self.say(refusal)
        else:
            self.letter.recipients.append(found[2])
            self.say("250 2.1.5 Recipient OK")

    def _data(self) -> bool:
        if not self.letter or not self.letter.recipients:
            self.say("503 5.5.2 Need rcpt command")
            return True
        self.say("354 Start mail input; end with <CRLF>.<CRLF>")
        raw = self.wire.read_message(MAX_SIZE)
        letter, self.letter = self.letter, None
        cut = self.house.faults.cut(self.address, self.protocol, after_dot=True)
        refusal = self._refusal_of(raw) if not cut else None
        if raw is not None and (cut.taken if cut else not refusal):
            post(self.house, self.address, letter.mail_from, letter.recipients, raw)
        if cut:
            self.wire.drop()
        if refusal:
            return self._refuse(refusal)
        self.say(f"250 2.0.0 OK <{uuid.uuid4()}@localhost> [Hostname=localhost]")
        return True

    def _refusal_of(self, raw: bytes | None) -> Answer | None:
        if raw is None:
            return Answer(Moment.DATA, "552 5.3.4 Message size exceeds fixed maximum message size")
        if refusal := self.planned(Moment.DATA):
            return refusal
        if not all(self._may_send_as(author) for author in authors(raw)):
            return Answer(Moment.DATA, f"550 {SEND_AS_DENIED}")
        return None


def authors(raw: bytes) -> list[str]:
    """The addresses of the From field."""
    header = fields(raw[: header_end(raw, 0, len(raw))])
    found = addresses(b", ".join(value for name, value in header if name == "from"))
    return [(b"%b@%b" % (box, host)).decode("utf-8", "replace") for _, _, box, host in found if box and host]
