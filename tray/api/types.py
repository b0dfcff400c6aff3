"""What do the API's answers look like? The wire format of the contract; times are RFC 3339 in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tray.api.notice_types import Banner

StateName = Literal["ok", "expiring", "sign_in_required", "consent_pending", "mailbox_refused", "offline", "unknown"]
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""Aware UTC; on the wire RFC 3339."""

WhoName = Literal["user", "admin", "vendor", "nobody"]


class FieldError(msgspec.Struct, frozen=True):
    """One wrong field of the request, and what is allowed there."""

    field: str
    code: str
    message: str


class ProblemBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457, with a stable code, and a next step that can be shown to the user as it is."""

    title: str
    status: int
    code: str
    detail: str
    next_step: str
    type: str = "about:blank"
    admin_help: str | UnsetType = UNSET
    state: StateName | UnsetType = UNSET
    """Of the account, where its state is the reason."""
    errors: list[FieldError] | UnsetType = UNSET


class CheckResult(msgspec.Struct, frozen=True):
    """One login tried. `code` is the server's or the provider's own, where it failed."""

    result: Literal["ok", "failed"]
    code: str | UnsetType = UNSET


class Checks(msgspec.Struct, frozen=True):
    """Absent: the account does not use it, or it was not tried yet."""

    token: CheckResult | UnsetType = UNSET
    imap: CheckResult | UnsetType = UNSET
    pop3: CheckResult | UnsetType = UNSET
    smtp: CheckResult | UnsetType = UNSET


class Health(msgspec.Struct, frozen=True):
    """How an account is. `code` to `who` are there where something is wrong."""

    state: StateName
    since: Moment
    checked_at: Moment | None
    next_check_at: Moment | None
    sign_in_due: Moment | None
    days_left: int | None
    due_because: Literal["inactivity", "sign_in_frequency", "learned"] | None
    due_confidence: Literal["assumed", "known"] | None  # only what is known is reminded of
    checks: Checks
    code: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    next_step: str | UnsetType = UNSET
    admin_help: str | UnsetType = UNSET
    who: WhoName | UnsetType = UNSET


class Fetching(msgspec.Struct, frozen=True):
    """A round of fetching that is under way: `new` of `expected` messages are here. `seconds_left` null: no telling."""

    new: int
    expected: int
    per_second: float
    seconds_left: int | None


class AccountStatus(msgspec.Struct, frozen=True):
    id: str
    address: str
    preset: str
    signed_in_as: str
    renewed_by_system: bool
    """The operating system renews the sign-in: when the next one is due cannot be seen."""
    sign_in_running: bool
    unread: int
    fetching: Fetching | None
    health: Health
    receives: bool = True
    """false: the account only sends, and there is nothing to fetch."""


class OutboxCounts(msgspec.Struct, frozen=True):
    queued: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    unconfirmed: int = 0


class Warned(msgspec.Struct, frozen=True):
    """What concerns Postwart as a whole, not one account."""

    code: str
    title: str
    next_step: str
    admin_help: str | UnsetType = UNSET


class Status(msgspec.Struct, frozen=True):
    """`state` is the worst account's; `unread`: messages not taken over yet; `store_bytes`: all mail on the disk."""

    version: str
    state: StateName
    accounts: list[AccountStatus]
    unread: int
    outbox: OutboxCounts
    warnings: list[Warned]
    store_bytes: int
    banners: list[Banner] = []
    """What nobody answers at this PC, for the main app to show."""
    app_name: str = ""
    """The main app, as people here call it; empty where the settings do not say."""


class Hello(msgspec.Struct, frozen=True):
    """`proof` is HMAC-SHA256 of the nonce under the secret, hexadecimal."""

    version: str
    proof: str


class PageCode(msgspec.Struct, frozen=True):
    """`url` opens the status page, once, within a minute."""

    url: str


class PageSessionIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str


class PageSession(msgspec.Struct, frozen=True):
    secret: str


class SignInIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`select_account`: let the person choose among all accounts, also where the browser would go on with one of them.

    `device_code`: with a code that is typed in on any device, instead of the browser here. Many organizations block it.
    """

    device_code: bool = False
    select_account: bool = False


class Sitting(msgspec.Struct, frozen=True):
    """The ids of the accounts whose turn it is, in this order; none where no sign-in is due."""

    accounts: list[str]


class DeviceCode(msgspec.Struct, frozen=True):
    """A code to be typed in at `url` before `expires_at`. `qr_png` is a picture that opens `link`, as a data: URL.

    `link` has the code in it where the provider offers that. With `step` 2 the person is known already, and this second
    code is for the mailbox.
    """

    user_code: str
    url: str
    link: str
    expires_at: Moment
    step: int
    qr_png: str


class SignIn(msgspec.Struct, frozen=True):
    """How a sign-in stands. `url` is there while it runs: where to sign in, should no browser have opened. With
    `device_code` it is there once the provider has given one.

    `code` to `admin_help` say why one failed; with `signed_in` and the code `renamed`, that the person's address is no
    longer the configuration's.
    """

    stage: Literal["none", "running", "signed_in", "consent_pending", "failed"]
    started_at: Moment | None
    ended_at: Moment | None
    url: str | UnsetType = UNSET
    device_code: DeviceCode | UnsetType = UNSET
    code: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    next_step: str | UnsetType = UNSET
    admin_help: str | UnsetType = UNSET


class Token(msgspec.Struct, frozen=True):
    """`xoauth2` is the finished SASL string in base64. Valid for 5 more minutes at least."""

    access_token: str
    expires_at: Moment
    username: str
    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    xoauth2: str


class FetchResult(msgspec.Struct, frozen=True):
    """`new` messages came, `bytes` in all; `deleted` were removed from the server; `skipped` it could not give."""

    new: int
    bytes: int
    deleted: int
    skipped: int


class ConsentRequest(msgspec.Struct, frozen=True):
    """A mail to the administrator; `mailto` opens it in the mail program."""

    url: str
    subject: str
    text: str
    mailto: str


class TestMail(msgspec.Struct, frozen=True):
    """Either the letter in the outbox, or the sign-in that has to come first: the letter then follows by itself."""

    __test__ = False  # pytest: not one of yours

    outbox: int | None
    sign_in: SignIn | None
