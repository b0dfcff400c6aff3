"""What does the POP3 server answer? Exchange's manner, with AUTH XOAUTH2 in two lines only."""

from __future__ import annotations

from collections.abc import Callable

from mail.mailbox import Protocol
from mail.sandbox.faults import POP3_TOKEN_REFUSED, Moment
from mail.sandbox.house import Admission, House, Session
from mail.sandbox.mailboxes import Folder, Message
from mail.sandbox.mime import header_end
from mail.sandbox.sasl import credentials, decoded
from mail.sandbox.wire import LineTooLong, Wire

_PROTOCOL_ERROR = "-ERR Protocol error. Connection is closed. 10"
_CAPABILITIES = ("TOP", "UIDL", "PIPELINING")


class _Error(Exception):
    """The answer -ERR with these words."""


class Pop3Session(Session):
    protocol = Protocol.POP3

    def __init__(self, house: House, wire: Wire, *, implicit_tls: bool) -> None:
        super().__init__(house, wire, implicit_tls=implicit_tls)
        self.messages: list[Message] = []
        self.deleted: set[Message] = set()

    @property
    def inbox(self) -> Folder:
        return self.house.mailboxes.open(self.address).folders["INBOX"]

    def talk(self) -> None:
        self.say("+OK The Microsoft Exchange POP3 service is ready. (Postwart sandbox)")
        while self._one_command():
            pass

    def _one_command(self) -> bool:
        """False at the conversation's end."""
        try:
            line = self.wire.read_line()
        except LineTooLong:
            self.say(_PROTOCOL_ERROR)
            return False
        command, *arguments = line.decode("utf-8", "replace").split(" ")
        command = command.upper()
        if self.address:
            self.before_command()
        if command == "STLS" and not self.wire.secure:
            self.say("+OK Begin TLS negotiation.")
            self.wire.start_tls(self.house.context)
            return True
        if command == "AUTH":
            return self._authenticate(arguments)
        if command == "QUIT":
            self.inbox_update()
            self.say("+OK Microsoft Exchange Server POP3 server signing off.")
            return False
        try:
            self._do(command, arguments)
        except _Error as error:
            self.say(f"-ERR {error}")
        return True

    def inbox_update(self) -> None:
        """What was marked goes only now: a conversation that breaks off deletes nothing."""
        if self.address:
            self.inbox.remove(self.deleted)

    def _authenticate(self, arguments: list[str]) -> bool:
        if len(arguments) != 1 or arguments[0].upper() != "XOAUTH2" or not self.wire.secure or self.address:
            self.say(_PROTOCOL_ERROR)  # among them the one-line form
            return False
        self.say("+ ")
        try:
            line = self.wire.read_line()
        except LineTooLong:
            self.say(_PROTOCOL_ERROR)
            return False
        if line == b"*":
            self.say("-ERR Authentication canceled.")
            return True
        who = credentials("XOAUTH2", decoded(line))
        refusal = self.planned(Moment.SIGN_IN, who.user) if who else None
        if refusal:
            self.say(refusal.words)
            return not refusal.closes
        if who is None or self.house.admits(who) is not Admission.WELCOME:
            self.say(POP3_TOKEN_REFUSED)
            return True
        self.signed_in(who)
        with self.house.mailboxes.lock:
            self.messages = list(self.inbox.messages)
        self.say("+OK User successfully logged on.")
        return True

    def _do(self, command: str, arguments: list[str]) -> None:
        if command == "CAPA":
            self._capa()
        elif command in _COMMANDS and self.address:
            _COMMANDS[command](self, arguments)
        else:  # USER and PASS too: basic authentication is gone
            raise _Error("Command is not valid in this state.")

    def _capa(self) -> None:
        capabilities = [*_CAPABILITIES, "SASL XOAUTH2"] if self.wire.secure else [*_CAPABILITIES, "STLS"]
        self._listing("+OK", capabilities)

    def _message(self, arguments: list[str]) -> tuple[int, Message]:
        number = arguments[0] if arguments else ""
        if not number.isascii() or not number.isdigit() or not 0 < int(number) <= len(self.messages):
            raise _Error("The specified message is out of range.")
        message = self.messages[int(number) - 1]
        if message in self.deleted:
            raise _Error("The message was deleted.")
        return int(number), message

    def _there(self) -> list[tuple[int, Message]]:
        return [(n, message) for n, message in enumerate(self.messages, 1) if message not in self.deleted]

    def _listing(self, first: str, lines: list[str]) -> None:
        for line in (first, *lines, "."):
            self.say(line)

    def do_stat(self, _arguments: list[str]) -> None:
        there = [message for _, message in self._there()]
        self.say(f"+OK {len(there)} {sum(len(message.raw) for message in there)}")

    def do_list(self, arguments: list[str]) -> None:
        self._tell(arguments, lambda message: str(len(message.raw)))

    def do_uidl(self, arguments: list[str]) -> None:
        """The form is Dovecot's usual one."""
        self._tell(arguments, lambda message: f"{message.uid:08x}{self.inbox.uidvalidity:08x}")

    def _tell(self, arguments: list[str], of: Callable[[Message], str]) -> None:
        if arguments:
            number, message = self._message(arguments)
            self.say(f"+OK {number} {of(message)}")
        else:
            self._listing(f"+OK {len(self._there())} messages", [f"{n} {of(message)}" for n, message in self._there()])

    def do_retr(self, arguments: list[str]) -> None:
        _, message = self._message(arguments)
        self._send(message.raw)

    def do_top(self, arguments: list[str]) -> None:
        _, message = self._message(arguments)
        count = arguments[1] if len(arguments) > 1 else ""
        if not count.isascii() or not count.isdigit():
            raise _Error("Command is not valid.")
        body = header_end(message.raw, 0, len(message.raw))
        end = body
        for _ in range(int(count)):
            after = message.raw.find(b"\n", end)
            end = after + 1 if after >= 0 else len(message.raw)
            if end >= len(message.raw):
                break
        self._send(message.raw[:end])

    def _send(self, raw: bytes) -> None:
        """With the dots at the beginnings of lines doubled (RFC 1939, 3)."""
        self.say(f"+OK {len(raw)} octets")
        stuffed = raw.replace(b"\n.", b"\n..")
        if stuffed.startswith(b"."):
            stuffed = b"." + stuffed
        self.wire.write(stuffed)
        self.wire.write(b".\r\n" if raw.endswith(b"\n") or not raw else b"\r\n.\r\n")

    def do_dele(self, arguments: list[str]) -> None:
        self.deleted.add(self._message(arguments)[1])
        self.say("+OK")

    def do_rset(self, _arguments: list[str]) -> None:
        self.deleted.clear()
        self.say("+OK")

    def do_noop(self, _arguments: list[str]) -> None:
        self.say("+OK")


_COMMANDS: dict[str, Callable[[Pop3Session, list[str]], None]] = {
    "STAT": Pop3Session.do_stat, "LIST": Pop3Session.do_list, "UIDL": Pop3Session.do_uidl, "RETR": Pop3Session.do_retr,
    "TOP": Pop3Session.do_top, "DELE": Pop3Session.do_dele, "RSET": Pop3Session.do_rset, "NOOP": Pop3Session.do_noop,
}  # fmt: skip
