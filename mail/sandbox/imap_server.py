"""What does the IMAP server answer? Reads commands, lets people in, and passes on to the command files."""

from __future__ import annotations

from collections.abc import Callable

from mail.sandbox import imap_folders, imap_messages
from mail.sandbox.faults import IMAP_TOKEN_REFUSED, NOT_CONNECTED, Moment
from mail.sandbox.house import Admission
from mail.sandbox.imap_session import ImapClient
from mail.sandbox.imap_words import Atom, Bad, No, Word, keyword, literal_size, text, words
from mail.sandbox.sasl import MECHANISMS, Credentials, credentials, decoded
from mail.sandbox.wire import Closed, LineTooLong

Command = Callable[[ImapClient, list[Word]], str]

CAPABILITIES = (
    "CHILDREN CONDSTORE ENABLE ID IDLE LITERAL+ MOVE NAMESPACE SASL-IR SPECIAL-USE UIDPLUS UNSELECT"  # sorted
)
MAX_LITERAL = 160 * 1024 * 1024
MAX_LITERAL_BEFORE_SIGN_IN = 65536
_BYE = "* BYE Connection closed. 14"

COMMANDS: dict[str, Command] = {**imap_folders.COMMANDS, **imap_messages.COMMANDS}


class ImapSession(ImapClient):
    def talk(self) -> None:
        self.say("* OK The Microsoft Exchange IMAP4 service is ready. (Postwart sandbox)")
        try:
            while self._one_command():
                pass
        finally:
            self.close_view()

    def _one_command(self) -> bool:
        """False at the conversation's end."""
        while not self.wire.wait():
            if self.expired.is_set():
                return self._token_ran_out()
        try:
            pieces = self._read_command()
        except LineTooLong:
            self.say("* BAD Command Argument Error. 10")
            return True
        if pieces is None:
            return True
        tag, _, rest = pieces[0].partition(b" ")
        name, _, arguments = rest.partition(b" ")
        command = name.decode("ascii", "replace").upper()
        if not tag or not command:
            self.say("* BAD Protocol Error. 13")
            return True
        if self.address and command != "LOGOUT":
            self.before_command()
            if not self.token_good():
                return self._token_ran_out()
            if (refusal := self.refusal or self.planned(Moment.COMMAND)) is not None:
                return self._refuse(tag, refusal.words, closes=refusal.closes)
        return self._answer(tag.decode("ascii", "replace"), command, [arguments, *pieces[1:]])

    def token_good(self) -> bool:
        return not self.expired.is_set() and self.house.owner_of(self.token) is not None

    def _token_ran_out(self) -> bool:
        self.say("* BYE Session invalidated - AccessTokenExpired")
        return False

    def _refuse(self, tag: bytes, answer: str, *, closes: bool) -> bool:
        self.say(f"{tag.decode('ascii', 'replace')} {answer}")
        if closes:
            self.say(_BYE)
        return not closes

    def _read_command(self) -> list[bytes] | None:
        """Line, literal, line, … None where a literal was refused."""
        pieces = [self.wire.read_line()]
        while (literal := literal_size(pieces[-1])) is not None:
            size, unasked = literal
            if size > (MAX_LITERAL if self.address else MAX_LITERAL_BEFORE_SIGN_IN):
                tag = pieces[0].partition(b" ")[0].decode("ascii", "replace")
                self.say(f"{tag} NO [TOOBIG] The literal is too large.")
                if unasked:
                    self.say(_BYE)
                    self.wire.close()
                    raise Closed
                return None
            if not unasked:
                self.say("+ Ready for additional command text.")
            pieces.append(self.wire.read_exactly(size))
            pieces.append(self.wire.read_line())
        return pieces

    def _answer(self, tag: str, command: str, pieces: list[bytes]) -> bool:
        if command == "STARTTLS":
            return self._starttls(tag)
        try:
            done = self._do(command, pieces)
        except No as no:
            done = f"NO {no}"
        except Bad as bad:
            done = f"BAD {bad}"
        except LineTooLong:
            done = "BAD Command Argument Error. 10"
        if done is None:
            return False
        self.say(f"{tag} {done}")
        return command != "LOGOUT" and not done.endswith(_BYE)

    def _do(self, command: str, pieces: list[bytes]) -> str | None:
        if command == "AUTHENTICATE":
            return self._authenticate(words(pieces))
        before_sign_in = {"CAPABILITY": self._capability, "NOOP": self._noop, "LOGOUT": self._logout,
                          "ID": self._id, "LOGIN": self._login}  # fmt: skip
        if command in before_sign_in:
            return before_sign_in[command]()
        if not self.address:
            raise Bad("Command received in Invalid state.")
        arguments = words(pieces)
        if command == "IDLE":
            return self._idle()
        if command == "UID":
            command = f"UID {keyword(arguments.pop(0)) if arguments else ''}"
        if command not in COMMANDS:
            raise Bad("Command Error. 12")
        try:
            done = COMMANDS[command](self, arguments)
        except IndexError:
            raise Bad("Command Argument Error. 11") from None
        self.tell_news(expunges=command not in imap_messages.NUMBERS_MUST_STAY)
        return done

    def _capability(self) -> str:
        first = ["IMAP4rev1"]
        if not self.address:
            first += [f"AUTH={each}" for each in MECHANISMS] if self.wire.secure else ["STARTTLS"]
            first += ["LOGINDISABLED"]
        self.say(f"* CAPABILITY {' '.join(first)} {CAPABILITIES}")
        return "OK CAPABILITY completed."

    def _noop(self) -> str:
        self.tell_news(expunges=True)
        return "OK NOOP completed."

    def _logout(self) -> str:
        self.say("* BYE Microsoft Exchange Server IMAP4 server signing off.")
        return "OK LOGOUT completed."

    def _id(self) -> str:
        self.say('* ID ("name" "Postwart sandbox")')
        return "OK ID completed."

    def _login(self) -> str:
        if self.address:
            raise Bad("Command received in Invalid state.")
        raise No("LOGIN failed.")  # basic authentication is gone

    def _starttls(self, tag: str) -> bool:
        if self.wire.secure:
            self.say(f"{tag} BAD Command received in Invalid state.")
        else:
            self.say(f"{tag} OK Begin TLS negotiation now.")
            self.wire.start_tls(self.house.context)
        return True

    def _authenticate(self, arguments: list[Word]) -> str | None:
        mechanism = text(arguments[0]).upper() if arguments else ""
        if self.address or not self.wire.secure or mechanism not in MECHANISMS:
            raise Bad("Command Argument Error. 12")
        if len(arguments) > 1 and isinstance(arguments[1], Atom):
            response = bytes(arguments[1])
        else:
            self.say("+ ")
            response = self.wire.read_line()
        if response == b"*":
            raise Bad("AUTHENTICATE canceled.")
        return self._let_in(credentials(mechanism, decoded(response)))

    def _let_in(self, who: Credentials | None) -> str | None:
        refusal = self.planned(Moment.SIGN_IN, who.user) if who else None
        if refusal:
            return f"{refusal.words}\r\n{_BYE}" if refusal.closes else refusal.words
        admission = self.house.admits(who)
        if who is None or admission is Admission.BAD_TOKEN:
            return IMAP_TOKEN_REFUSED
        self.signed_in(who)
        if admission is Admission.NO_RIGHTS:  # Exchange lets them in first, and only then tells them
            self.refusal = NOT_CONNECTED
        return "OK AUTHENTICATE completed."

    def _idle(self) -> str | None:
        self.say("+ IDLE accepted, awaiting DONE command.")
        self.tell_news(expunges=True)
        while not self.wire.wait():
            if not self.token_good():
                self._token_ran_out()
                return None
            self.tell_news(expunges=True)
        if self.wire.read_line().upper() != b"DONE":
            raise Bad("Command Argument Error. 11")
        return "OK IDLE completed."
