"""What is configured? The values of config.toml, checked and complete; pure data. config.py makes it from the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path

from auth.identity import Identity
from mail.mailbox import UNLIMITED, Limits, Mailbox, Protocol, Server


@dataclass(frozen=True)
class Account:
    """One [[account]], with the preset's values filled in."""

    id: str
    address: str
    preset: str  # microsoft365-send | microsoft365 | google | custom
    client_id: str
    scopes: tuple[str, ...]
    tenant: str = "organizations"
    sign_in_as: str = ""  # empty: the address itself
    aliases: tuple[str, ...] = ()  # other names of the person who signs in
    broker: bool = False  # the operating system's own sign-in is asked before the browser
    receive: str = "none"  # imap | pop3 | none
    folders: tuple[str, ...] = ("INBOX",)
    fetch_every: timedelta = timedelta(minutes=5)
    idle: bool = True
    after_fetch: str = "keep"  # keep | delete
    sign_in_every: timedelta | None = None
    keep_days: int | None = None  # of messages that the main app has taken over; None: for ever
    export: Path | None = None  # a folder that the main app watches
    authority: str = ""
    issuer: str = ""
    client_secret: str = field(default="", repr=False)
    imap: Server | None = None
    pop3: Server | None = None
    smtp: Server | None = None
    ca_file: Path | None = None
    limits: Limits = UNLIMITED  # the preset's

    @property
    def person(self) -> str:
        return self.sign_in_as or self.address

    @property
    def owner(self) -> tuple[str, ...]:
        """Whose mailbox, signed in by whom, with which program, where: what is known of another says nothing of it."""
        return (self.address, self.person, self.client_id, self.authority or self.issuer)

    @property
    def identity(self) -> Identity:
        return Identity(
            account=self.id,
            person=self.person,
            client_id=self.client_id,
            scopes=self.scopes,
            aliases=self.aliases,
            broker=self.broker,
            authority=self.authority,
            issuer=self.issuer,
            client_secret=self.client_secret,
            ca_file=self.ca_file,
        )

    @property
    def mailbox(self) -> Mailbox:
        return Mailbox(
            account=self.id,
            address=self.address,
            receive={"imap": self.imap, "pop3": self.pop3}.get(self.receive),
            smtp=self.smtp,
            folders=self.folders,
            delete_after_fetch=self.after_fetch == "delete",
            ca_file=self.ca_file,
            limits=self.limits,
        )


@dataclass(frozen=True)
class Notify:
    """When notices come, and who hears of those that nobody answers. `quiet` are local times, from and to; one that
    ends before it begins goes over midnight.
    """

    quiet: tuple[time, time] | None = None
    weekends: bool = True  # False: Saturday and Sunday are quiet altogether
    contact: str = ""  # the address of somebody in the office


@dataclass(frozen=True)
class Settings:
    """The whole file. `language` is de or en, the system's where the file does not say."""

    language: str
    language_said: bool = False
    check_every: timedelta = timedelta(minutes=15)
    remind_days: tuple[int, ...] = (14, 7, 3, 1)
    api_port: int = 0
    default_key: bool = True  # False: the secret of api.json opens the API to no program
    app_name: str = ""
    gateway: Mapping[Protocol, int] = field(default_factory=dict)  # local doors: protocol → port on loopback
    notify: Notify = Notify()
    accounts: tuple[Account, ...] = ()

    def account(self, account_id: str) -> Account | None:
        return next((account for account in self.accounts if account.id == account_id), None)
