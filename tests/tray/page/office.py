"""A busy office for the status page: an account in each state, mail in and out. Screenshots are taken of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.tray.page.rig import CONSENT, NOW, WORKS, StandIn, account, letter, mail
from tray.api import account_types, presets, settings_types, timelines, types
from tray.api.journal_types import Journal, JournalEntry
from tray.api.key_types import KeyList, KeyListed
from tray.journal_words import sentence
from tray.presets import PRESETS
from tray.texts import Texts


def busy_office(server: StandIn) -> None:
    """An account in each state, mail in and out: what screenshots are taken of."""
    failed = types.CheckResult("failed", "5.7.139")
    server.accounts = [
        replace(account("info", "ok"), unread=12, signed_in_as="m.meier@firm.example"),
        account("rechnung", "expiring", days_left=3, sign_in_due=NOW + timedelta(days=3),
                due_because="sign_in_frequency",
                title="Die Anmeldung läuft in 3 Tagen ab", next_step="Klicken Sie auf „Anmelden“.",
                who="user", code="expiring"),
        account("hausverwaltung-mit-langem-namen", "sign_in_required", code="AADSTS700082", who="user",
                title="Die Anmeldung ist abgelaufen", next_step="Klicken Sie auf „Anmelden“ und melden Sie sich an.",
                checks=types.Checks(token=types.CheckResult("failed", "AADSTS700082"))),
        account("post", "consent_pending", code="AADSTS65001", who="admin", title="Es fehlt noch eine Genehmigung",
                next_step="Klicken Sie auf „Administrator fragen“ und schicken Sie ihm den vorbereiteten Text.",
                admin_help="Öffnen Sie den Link aus der Anfrage und wählen Sie „Akzeptieren“."),
        account("versand", "mailbox_refused", code="5.7.139", who="admin", title="Der Mailserver lehnt das Senden ab",
                next_step="Bitte geben Sie Ihrem Administrator den Text unten.",
                admin_help="Set-CASMailbox -Identity versand@firm.example -SmtpClientAuthenticationDisabled $false",
                checks=types.Checks(token=WORKS, imap=WORKS, smtp=failed)),
        account("archiv", "offline", who="nobody", code="network", title="Keine Verbindung zum Internet",
                next_step="Postwart versucht es weiter. Prüfen Sie, ob andere Internetseiten gehen."),
        replace(account("neu", "unknown", checked_at=None, sign_in_due=None, days_left=None, due_because=None,
                        checks=types.Checks()), signed_in_as=""),
    ]  # fmt: skip
    server.messages = [
        mail(number, f"Heizung in Wohnung {number} " + "und noch etwas " * (number % 4),
             attachments=["a.pdf"] * (number % 3))
        for number in range(1, 31)
    ]  # fmt: skip
    server.letters = [
        letter(1, "sent", "a@example.net"),
        letter(2, "failed", "b@example.net", "c@example.net", title="Der Empfänger ist unbekannt",
               next_step="Prüfen Sie die Adresse."),
        letter(3, "queued", "d@example.net", title="Der Server bittet um Geduld",
               next_try_at=NOW + timedelta(minutes=9)),
        letter(4, "unconfirmed", "e@example.net", account="versand"),
    ]  # fmt: skip
    server.warnings = [
        types.Warned("database_damaged", "Die E-Mail-Datenbank war beschädigt", "Sie liegt jetzt beiseite.")
    ]
    server.answers["consent-request"] = CONSENT


def line(**changes: Any) -> timelines.TimelineShown:
    content = {
        "begin": NOW - timedelta(days=90),
        "now": NOW,
        "stretches": [
            {"state": "ok", "begin": NOW - timedelta(days=80), "end": NOW - timedelta(days=30)},
            {"state": "sign_in_required", "begin": NOW - timedelta(days=30), "end": NOW - timedelta(days=28)},
            {"state": "ok", "begin": NOW - timedelta(days=28), "end": NOW},
        ],
        "marks": [
            {"at": NOW - timedelta(days=80), "kind": "signed_in"},
            {"at": NOW - timedelta(days=29), "kind": "sign_in_ended"},
            {"at": NOW - timedelta(days=28), "kind": "signed_in"},
        ],
        "days": [
            {"date": str((NOW - timedelta(days=day)).date()), "renewed": 20 + day % 5, "failed": 3 * (day == 29)}
            for day in range(80)
            if day % 7 < 5
        ],
        "sign_in_due": NOW + timedelta(days=61),
        "due_because": "inactivity",
        "due_confidence": "known",
    }
    return msgspec.convert({**content, **changes}, timelines.TimelineShown)


_TOLD: tuple[tuple[str, dict[str, Any]], ...] = (
    ("fetched", {"new": 3}), ("refreshed", {"times": 24}), ("sent", {"letter": 7}),
    ("token_given", {"program": "WIN-OFFICE", "protocol": "IMAP"}), ("accepted", {"letter": 7}), ("signed_in", {}),
)  # fmt: skip


def entries(first: int, count: int, language: str = "de") -> list[JournalEntry]:
    texts = Texts(language)
    told = ((number, *_TOLD[-number % len(_TOLD)]) for number in range(first, first - count, -1))
    return [
        JournalEntry(number, NOW - timedelta(hours=first - number), kind, sentence(kind, facts, texts), "", facts)
        for number, kind, facts in told
    ]


CLIENT = "11111111-2222-3333-4444-555555555555"


def configured(name: str, preset: str = "microsoft365", **changes: Any) -> account_types.Account:
    place = {"host": "outlook.office365.com", "port": 993, "security": "tls"}
    content: dict[str, Any] = dict.fromkeys(account_types.Account.__struct_fields__)
    content |= {"id": name, "address": f"{name}@firm.example", "preset": preset, "client_id": CLIENT, "receive": "imap"}
    content |= {
        "tenant": "organizations",
        "sign_in_as": "",
        "aliases": [],
        "folders": ["INBOX"],
        "scopes": [],
        "managed": [],
    }
    content |= {"broker": False, "idle": True, "fetch_every": "5m", "after_fetch": "keep", "imap": place, "smtp": place}
    content |= {"health": msgspec.to_builtins(account(name, "ok").health)}
    return msgspec.convert(content | changes, account_types.Account)


SETTINGS = settings_types.Settings(
    "de", "de", settings_types.Notify("18:00-07:00", weekends=False, contact="chef@firm.example")
)
PRESETS_SHOWN = presets.PresetList([presets._shown(preset) for preset in PRESETS.values()])


def every_view(server: StandIn, language: str = "de") -> None:
    """What the other views show."""
    server.answers |= {
        "timeline": line(),
        "journal": Journal(entries(100, 50, language), 51),
        "presets": PRESETS_SHOWN,
        "GET accounts": account_types.AccountList([configured("info")]),
        "GET keys": KeyList(
            [KeyListed("Scanner", ["send"], NOW, NOW), KeyListed("WIN-OFFICE", ["token", "send", "read"], NOW, None)]
        ),
        "POST accounts": configured("post"),
        "settings": SETTINGS,
        "autostart": {"standing": "on"},
    }
    errors = [types.FieldError("client_id", "fault_uuid", "Das ist keine Client-ID.")]
    body = types.ProblemBody("Diese Angaben stimmen nicht", 400, "account_values_wrong", "", "Berichtigen Sie sie.")
    server.refuse["POST accounts"] = replace(body, errors=errors)
