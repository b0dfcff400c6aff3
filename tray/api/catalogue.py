"""What can go wrong with a call, as an example of each? For the description of the API; nothing is raised from here."""

from __future__ import annotations

from collections.abc import Iterable

from auth.problems import Problem, VaultProblem
from mail.addressing import LetterUnfit
from mail.problems import MailboxRefused, ServerUnreachable, StoreProblem
from tray.api.fields import FieldFault, NotJson, WrongFields
from tray.api.problems import Refusal, status_of
from tray.health import State
from tray.problems import AccountNotFound, AccountNotReady, FetchRunning, ProtocolNotUsed, SignInNotRunning

_SIGN_IN = AccountNotReady(
    State.SIGN_IN_REQUIRED, "AADSTS50173", ("refused-sign_in", "unexpected"), address="info@hausverwaltung.example"
)
_CONSENT = AccountNotReady(
    State.CONSENT_PENDING, "AADSTS65001", ("refused-consent", "unexpected"), address="info@hausverwaltung.example"
)
_OFFLINE = AccountNotReady(State.OFFLINE, "network", ("network", "offline"))

_BY_NAME: dict[str, Problem] = {
    "sign_in_required": _SIGN_IN,
    "consent_pending": _CONSENT,
    "offline": _OFFLINE,
    "not_allowed": Refusal(code="not_allowed", rights="token"),
    "content_type_unknown": Refusal(code="content_type_unknown", allowed="application/json, message/rfc822"),
    "body_too_large": Refusal(code="body_too_large", limit=1024),
    "wrong_fields": WrongFields((FieldFault("limit", "field_out_of_range", {"limit": "most", "number": 500}),)),
    "not_json": NotJson("JSON is malformed: invalid character (byte 0)"),
    "unexpected": Problem("RuntimeError"),
    "account_not_found": AccountNotFound(account="info"),
    "autostart_failed": Problem(code="autostart_failed", reason="Permission denied"),
    "autostart_switched_off": Problem(code="autostart_switched_off"),
    "autostart_path_long": Problem(code="autostart_path_long", length=300, longest=260),
    "account_exists": Problem(code="account_exists", account="info"),
    "protocol_not_used": ProtocolNotUsed(account="info", protocol="POP3"),
    "fetch_running": FetchRunning(account="info"),
    "sign_in_running": Problem(code="sign_in_running", account="info", address="info@hausverwaltung.example"),
    "sign_in_not_running": SignInNotRunning(account="info"),
    "consent_not_needed": Problem(code="consent_not_needed", account="info"),
    "mailbox_refused": MailboxRefused(
        "NO AUTHENTICATE failed.",
        protocol="IMAP",
        host="outlook.office365.com",
        answer="NO AUTHENTICATE failed.",
        address="info@hausverwaltung.example",
    ),
    "server_unreachable": ServerUnreachable(
        "timed out", protocol="IMAP", host="outlook.office365.com", port="993", address="info@hausverwaltung.example"
    ),
    "vault_unusable": VaultProblem("the key has gone"),
    "disk_full": StoreProblem(
        "database or disk is full", code="disk_full", file="post.db", reason="No space left on device"
    ),
    "store_unusable": StoreProblem("database disk image is malformed"),
    "message_not_found": StoreProblem(code="message_not_found", message=4711),
    "letter_not_found": StoreProblem(code="letter_not_found", letter=4711),
    "letter_not_cancellable": StoreProblem(code="letter_not_cancellable", letter=4711, state="sent"),
    "letter_not_changeable": StoreProblem(code="letter_not_changeable", letter=4711, state="queued"),
    "idempotency_key_reused": StoreProblem(code="idempotency_key_reused", letter=4711),
    "bad_address": LetterUnfit(code="bad_address", address="nobody at all"),
    "empty_message": LetterUnfit(code="empty_message"),
    "bad_message": LetterUnfit(code="bad_message", line=3),
    "no_recipient": LetterUnfit(code="no_recipient"),
    "key_name_taken": Problem(code="key_name_taken", name="WIN-OFFICE"),
    "key_name_unfit": Problem(code="key_name_unfit", most=64),
    "key_not_found": Problem(code="key_not_found", name="WIN-OFFICE"),
    "rights_unfit": Problem(code="rights_unfit", rights="everything", allowed="manage, read, send, token"),
    "config_changed_meanwhile": Problem(code="config_changed_meanwhile", file="config.toml"),
    "config_layout_unusual": Problem(code="config_layout_unusual", file="config.toml"),
    "config_not_writable": Problem(code="config_not_writable", file="config.toml", reason="Permission denied"),
}
"""By the name that the description gives it: its code, but where that is the provider's own."""


ALWAYS = ("target_refused", "host_refused", "origin_refused", "unexpected")
WITH_KEY = ("not_authorized", "not_allowed")
WITH_BODY = ("not_json", "wrong_fields", "body_too_slow", "body_too_large", "content_type_unknown")
NOT_READY = ("sign_in_required", "consent_pending", "offline")


def example(name: str) -> Problem:
    return _BY_NAME.get(name) or Refusal(code=name)


def by_status(names: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for name in names:
        found.setdefault(status_of(example(name)), []).append(name)
    return dict(sorted(found.items()))
