"""A busy office for the status page: an account in each state, mail in and out. Screenshots are taken of it."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from tests.tray.page.rig import CONSENT, NOW, WORKS, StandIn, account, letter, mail
from tray.api import types


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
