"""What do the API's bodies look like, for instance? One of each type; the types hold them to what is true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tray.api import account_types as accounts
from tray.api import key_types as keys
from tray.api import mail_types as mail
from tray.api import types
from tray.api.journal_types import Journal, JournalEntry
from tray.api.presets import PresetList, PresetShown
from tray.api.settings_types import Autostart, AutostartChange, Notify, NotifyChange, Settings, SettingsChange
from tray.api.timelines import DayShown, MarkShown, StretchShown, TimelineShown
from tray.doctor.report import Found, Report
from tray.version import __version__

_NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_DUE = datetime(2027, 2, 22, 8, 0, tzinfo=UTC)
_ADDRESS = "info@hausverwaltung.example"
_CLIENT = "11111111-2222-4333-8444-555555555555"
_ID = "<4711@hausverwaltung.example>"
_STATE = types.CheckResult("ok")
_HEALTH = types.Health(
    "ok", _NOW, _NOW, _NOW, _DUE, 90, "inactivity", "known", types.Checks(token=_STATE, imap=_STATE, smtp=_STATE)
)
_SIGN_IN = types.SignIn(
    "running", _NOW, None, url="https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize"
)
_IMAP = accounts.ServerPlace("outlook.office365.com", 993, "tls")
_SMTP = accounts.ServerPlace("smtp.office365.com", 587, "starttls")
_ACCOUNT = accounts.Account(
    id="info",
    address=_ADDRESS,
    preset="microsoft365",
    client_id=_CLIENT,
    tenant="organizations",
    sign_in_as="",
    aliases=[],
    broker=False,
    receive="imap",
    folders=["INBOX"],
    fetch_every="5m",
    idle=True,
    after_fetch="keep",
    sign_in_every=None,
    keep_days=None,
    export=None,
    authority="https://login.microsoftonline.com/organizations",
    issuer=None,
    scopes=["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"],
    imap=_IMAP,
    pop3=None,
    smtp=_SMTP,
    ca_file=None,
    managed=[],
    health=_HEALTH,
)
_LISTED = mail.MessageListed(
    1,
    "info",
    "INBOX",
    "Anna Vogel <a.vogel@mieter.example>",
    [_ADDRESS],
    "Heizung",
    _NOW,
    _NOW,
    2_048,
    ["Foto.jpg"],
    False,
)
_MESSAGE = mail.Message(
    id=1,
    account="info",
    folder="INBOX",
    sender="Anna Vogel <a.vogel@mieter.example>",
    to=[_ADDRESS],
    cc=[],
    reply_to=[],
    subject="Heizung",
    date=_NOW,
    arrived_at=_NOW,
    message_id="<1@mieter.example>",
    size=2_048,
    done=False,
    text="Die Heizung ist kalt.\n",
    html="",
    headers=[mail.Header("Subject", "Heizung")],
    attachments=[mail.Attachment(0, "Foto.jpg", "image/jpeg", 1_024, inline=False, content_id="")],
)
_LETTER = mail.Letter(7, "info", "queued", ["a.vogel@mieter.example"], _ID, 512, _NOW, 0, _NOW, None, {})
_REPORT = Report(
    _NOW,
    "EMPFANG-PC",
    "ok",
    "Nothing is wrong on this PC.",
    "You need not do anything.",
    0,
    0,
    [Found("clock", "", "ok", "clock_right", "The clock is right", "", "", "nobody", "", [], {"seconds": 0})],
    {"postwart": __version__},
    [],
    "Nothing is wrong on this PC.\n",
)

OF_TYPES: tuple[Any, ...] = (
    types.Status(
        __version__,
        "ok",
        [types.AccountStatus("info", _ADDRESS, "microsoft365", _ADDRESS, False, False, 2, None, _HEALTH)],
        2,
        types.OutboxCounts(queued=1),
        [],
        52_428_800,
    ),
    _HEALTH,
    accounts.AccountList([_ACCOUNT]),
    _ACCOUNT,
    accounts.AccountIn(id="info", address=_ADDRESS, preset="microsoft365", client_id=_CLIENT),
    accounts.AccountChange(receive="imap", sign_in_every="30d", keep_days=None),
    types.SignInIn(device_code=True),
    _SIGN_IN,
    types.Sitting(["info", "rent"]),
    types.FetchResult(new=3, bytes=48_213, deleted=0, skipped=0),
    types.Token("eyJ0eXAiOiJKV1Qi…", _NOW, _ADDRESS, "outlook.office365.com", 993, "tls", "dXNlcj1pbmZvQGhhdXN2…"),
    types.TestMail(7, None),
    types.ConsentRequest(
        "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=…",
        "Please approve the program WIN-OFFICE",
        "Hello,\n…",
        "mailto:?subject=Please%20approve…",
    ),
    Journal([JournalEntry(42, _NOW, "fetched", "3 mails fetched", "", {"new": 3, "bytes": 48_213})], 42),
    TimelineShown(
        _NOW - timedelta(days=90),
        _NOW,
        [StretchShown("ok", _NOW - timedelta(days=80), _NOW)],
        [MarkShown(_NOW - timedelta(days=80), "signed_in")],
        [DayShown("2026-11-24", renewed=32, failed=0)],
        _DUE,
        "inactivity",
        "known",
    ),
    PresetList([PresetShown("google", False, "https://accounts.google.com", "imap", ["imap"], _IMAP, None, _SMTP, [])]),
    Settings("de", "de", Notify("18:00-07:00", weekends=False, contact="buero@hausverwaltung.example")),
    SettingsChange(language="de", notify=NotifyChange(quiet="18:00-07:00")),
    Autostart("on"),
    AutostartChange(on=True),
    mail.MessageList([_LISTED], 1, more=False),
    _MESSAGE,
    mail.LetterIn(["Anna Vogel <a.vogel@mieter.example>"], subject="Ihre Heizung", text="Morgen kommt jemand.\n"),
    _LETTER,
    mail.LetterList([_LETTER], 7, more=False),
    keys.KeyIn("WIN-OFFICE", ["token", "send", "read"]),
    keys.KeyGiven("WIN-OFFICE", ["token", "send", "read"], "pw_…"),
    keys.KeyList([keys.KeyListed("WIN-OFFICE", ["token", "send", "read"], _NOW, None)]),
    _REPORT,
    types.Hello(__version__, "0" * 64),
    types.PageCode("http://127.0.0.1:49152/#k=…"),
    types.PageSessionIn("…"),
    types.PageSession("…"),
)

RAW = {
    "message/rfc822": (
        f"From: {_ADDRESS}\r\nTo: a.vogel@mieter.example\r\nSubject: Ihre Heizung\r\n\r\nMorgen kommt jemand.\r\n"
    ),
    "application/octet-stream": "(the attachment's bytes)",
    "text/event-stream": (
        "retry: 2000\nid: 1-7-41\n\nevent: sign_in\nid: 1-7-42\n"
        'data: {"account":"info","stage":"signed_in","at":"2026-11-24T08:00:00Z"}\n\n'
    ),
}
"""By media type, where it is no JSON."""
