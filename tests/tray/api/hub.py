"""A hub that answers from memory: these tests are about the API. The stories start the real one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from auth.problems import Problem
from auth.provider import DeviceCode
from mail.changes import Changes
from mail.compose import compose
from mail.database import Database
from mail.inbox import Inbox
from mail.letter import Letter, LetterState
from mail.mailbox import Protocol, Security, Server
from mail.outbox import Outbox
from mail.problems import ServerUnreachable, StoreProblem
from mail.schema import MIGRATIONS
from mail.send import Envelope
from mail.unconfirmed import decided
from tray import config_file
from tray.api.program_keys import ProgramKeys
from tray.board import Board
from tray.consent_request import ConsentRequest
from tray.feed import Feed
from tray.fetching import Fetching
from tray.health import Check, State, Who
from tray.helper import TestMail
from tray.journal import Journal as RealJournal
from tray.memory import MIGRATIONS as STATE
from tray.notice import Notice
from tray.picture import AccountPicture, Health, Picture
from tray.problems import AccountNotFound, AccountNotReady, ProtocolNotUsed, SignInNotRunning
from tray.program import NOBODY, Program
from tray.settings import Account, Settings
from tray.sign_ins import SignInStatus, Stage
from tray.texts import Texts

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

WELL = Health(
    State.OK,
    since=NOW - timedelta(days=2),
    checked_at=NOW,
    next_check_at=NOW + timedelta(minutes=15),
    sign_in_due=NOW + timedelta(days=60),
    days_left=60,
    due_because="sign_in_frequency",
    due_confidence="known",
    checks={"token": Check(ok=True), "imap": Check(ok=True), "smtp": Check(ok=True)},
    signed_in_as="info@hausverwaltung.example",
)
SIGNED_OUT = Health(
    State.SIGN_IN_REQUIRED,
    since=NOW,
    checked_at=NOW,
    checks={"token": Check(ok=False, code="AADSTS50173")},
    code="AADSTS50173",
    who=Who.USER,
    texts=("no_such_text", "unexpected"),
)


CODE = DeviceCode("BCDF-GHJK", "https://login/device", "https://login/device", NOW + timedelta(minutes=15))


def account(account_id: str) -> Account:
    return Account(
        id=account_id,
        address=f"{account_id}@hausverwaltung.example",
        preset="custom",
        client_id="11111111-2222-3333-4444-555555555555",
        scopes=("mail",),
        receive="imap",
        issuer="https://login.example",
        client_secret="made-up",
        imap=Server(Protocol.IMAP, "imap.example", 993, Security.TLS),
        smtp=Server(Protocol.SMTP, "smtp.example", 587, Security.STARTTLS),
    )


@dataclass
class Token:
    access_token: str
    expires_at: datetime
    username: str
    server: Server
    xoauth2: str


@dataclass
class Fetched:
    new: int = 3
    bytes: int = 4711
    deleted: int = 0
    skipped: int = 0


@dataclass
class Entry:
    id: int
    at: datetime
    kind: str
    code: str
    facts: Mapping[str, str | int]


class Journal:
    def read(self, _account: str, limit: int, before: int | None) -> list[Entry]:
        newest = (before or 251) - 1
        return [Entry(n, NOW, "fetched", "", {"new": n}) for n in range(newest, max(0, newest - limit), -1)]

    def since(self, _account: str, begin: datetime, _kinds: object) -> list[Entry]:
        states = {"before": "ok", "state": "offline"}, {"before": "offline", "state": "ok"}
        return [
            Entry(1, begin + timedelta(days=80), "signed_in", "", {}),
            Entry(2, begin + timedelta(days=81), "state", "network", states[0]),
            Entry(3, begin + timedelta(days=82), "state", "", states[1]),
            Entry(4, begin + timedelta(days=83), "refreshed", "", {"times": 24}),
        ]


@dataclass
class Hub:
    """`did` is what was asked of it. Inbox and outbox are the real ones."""

    inbox: Inbox
    outbox: Outbox
    program_keys: ProgramKeys
    feed: Feed
    config_file: Path
    settings: Settings = field(default_factory=lambda: Settings("de", accounts=(account("info"), account("rent"))))
    healths: dict[str, Health] = field(default_factory=lambda: {"info": WELL, "rent": SIGNED_OUT})
    did: list[tuple[str, ...]] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    board: Board = field(default_factory=Board)
    ignored: tuple[Notice, ...] = ()
    trouble: Exception | None = None
    hold: threading.Event | None = None
    code: DeviceCode | None = None
    signing_in: set[str] = field(default_factory=set)
    programs: list[Program] = field(default_factory=list)
    ended: dict[str, SignInStatus] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    unfetched: dict[str, Exception] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    fetching: Fetching | None = None

    def send(self, account_id: str, envelope: Envelope, idempotency_key: str = "", program: Program = NOBODY) -> Letter:
        self.programs.append(program)
        self._do("send", account_id)
        health = self.health(account_id)
        if health.state is State.SIGN_IN_REQUIRED:
            raise AccountNotReady.because(health)
        return self.outbox.accept(account_id, envelope, idempotency_key)

    def send_again(self, letter_id: int) -> Letter:
        self.did.append(("send_again", str(letter_id)))
        undecided = {LetterState.FAILED, LetterState.UNCONFIRMED}
        return self.outbox.change(letter_id, undecided, lambda letter: decided(letter, NOW))

    def changed(self) -> None:
        self.did.append(("changed",))
        self.board.post(self.picture())

    def texts_in(self, language: str) -> Texts:
        return Texts(language)

    def account(self, account_id: str) -> Account:
        if found := self.settings.account(account_id):
            return found
        raise AccountNotFound(account=account_id)

    def picture(self) -> Picture:
        accounts = tuple(
            AccountPicture(each.id, each.address, each.preset, self.healths[each.id], fetching=self.fetching)
            for each in self.settings.accounts
        )
        return Picture(
            State.SIGN_IN_REQUIRED,
            accounts,
            unread=2,
            ignored=self.ignored,
            outbox={"queued": 1},
            warnings=self.warnings,
        )

    def health(self, account_id: str) -> Health:
        return self.healths[self.account(account_id).id]

    def check(self, account_id: str) -> Health:
        self._do("check", account_id)
        if self.hold:
            self.hold.wait(20)
        return self.health(account_id)

    def fetch(self, account_id: str) -> Fetched:
        self._do("fetch", account_id)
        if self.hold:
            self.hold.wait(20)
        if account_id in self.unfetched:
            raise self.unfetched[account_id]
        return Fetched()

    def token(self, account_id: str, protocol: str, program: Program) -> Token:
        self._do("token", account_id, protocol)
        self.programs.append(program)
        if self.hold and self.signing_in:
            self.hold.wait(20)
        health = self.health(account_id)
        if health.state is State.SIGN_IN_REQUIRED:
            raise AccountNotReady.because(health)
        server = {"imap": account(account_id).imap, "smtp": account(account_id).smtp}.get(protocol)
        if server is None:
            raise ProtocolNotUsed(account=account_id, protocol=protocol.upper())
        return Token("made-up-token", NOW, f"{account_id}@hausverwaltung.example", server, "dXNlcj0=")

    def test_mail(self, account_id: str) -> TestMail:
        self._do("test_mail", account_id)
        mine = self.account(account_id)
        if self.health(account_id).state is State.SIGN_IN_REQUIRED:
            return TestMail(sign_in=self.sign_in(account_id))
        envelope = compose(mine.address, to=(mine.address,), subject="Test", text="Test\n")
        return TestMail(letter=self.outbox.accept(account_id, envelope))

    def sign_in(self, account_id: str, *, select_account: bool = False, by_code: bool = False) -> SignInStatus:
        self._do("sign_in_by_code" if by_code else "sign_in_other" if select_account else "sign_in", account_id)
        self.signing_in.add(account_id)
        self.code = CODE if by_code else None
        return self.sign_in_status(account_id)

    def sign_ins_left(self) -> tuple[Account, ...]:
        return ()

    def sign_in_all(self) -> tuple[Account, ...]:
        self.did.append(("sign_in_all",))
        return self.settings.accounts

    def sign_in_status(self, account_id: str) -> SignInStatus:
        running = self.account(account_id).id in self.signing_in
        if not running and account_id in self.ended:
            return self.ended[account_id]
        if running and self.code:
            return SignInStatus(account_id, Stage.RUNNING, started_at=NOW, code=self.code)
        return SignInStatus(account_id, Stage.RUNNING if running else Stage.NONE, started_at=NOW, url="https://login/")

    def ends_sign_in(self, account_id: str, stage: str, code: str = "") -> None:
        problem = Problem(code=code) if stage == "failed" else None
        self.ended[account_id] = SignInStatus(account_id, Stage(stage), NOW, NOW, problem=problem)
        self.signing_in.discard(account_id)

    def cancel_sign_in(self, account_id: str) -> SignInStatus:
        self._do("cancel_sign_in", account_id)
        if account_id not in self.signing_in:
            raise SignInNotRunning(account=account_id)
        self.signing_in.remove(account_id)
        return SignInStatus(account_id, Stage.FAILED, problem=Problem(code="unexpected"))

    def consent_request(self, account_id: str, language: str) -> ConsentRequest:
        self._do("consent_request", account_id)
        return ConsentRequest("https://login/adminconsent", f"Bitte ({language})", "Guten Tag,\n…", "mailto:?body=a")

    def sign_out(self, account_id: str) -> None:
        self._do("sign_out", account_id)

    def add_account(self, values: Mapping[str, Any]) -> Account:
        self._do("add_account", str(values.get("id")))
        self.values = values
        return account("info")

    def change_account(self, account_id: str, values: Mapping[str, Any]) -> Account:
        self._do("change_account", account_id, *values)
        return self.account(account_id)

    def change_settings(self, changes: Mapping[str, Any]) -> Settings:
        self._do("change_settings", "")
        said = config_file.change_settings(self.config_file, changes)
        self.settings = replace(said, accounts=self.settings.accounts)
        return self.settings

    def remove_account(self, account_id: str) -> None:
        self._do("remove_account", account_id)

    def stop(self) -> None:
        self._do("stop", "")

    def _do(self, verb: str, account_id: str, *more: str) -> None:
        self.did.append((verb, account_id, *more))
        if self.trouble:
            raise self.trouble
        if account_id and verb != "add_account":
            self.account(account_id)


OFFLINE = ServerUnreachable("timed out", protocol="IMAP", host="imap.example", port="993")
FULL = StoreProblem("no space left", code="disk_full")


@contextmanager
def open_hub(folder: Path) -> Iterator[Hub]:
    with (
        Database(folder / "post.db", MIGRATIONS, clock=lambda: NOW) as post,
        Database(folder / "state.db", STATE, clock=lambda: NOW) as state,
    ):
        inbox, outbox, journal = Inbox(post, lambda: NOW), Outbox(post, lambda: NOW), RealJournal(state, lambda: NOW)
        keys, feed = ProgramKeys(state, lambda: NOW), Feed(inbox, outbox, Changes(post), journal)
        yield Hub(inbox, outbox, keys, feed, folder / "config.toml")
