"""Nobody at the PC answers: the office's contact gets one mail, through another account and a real SMTP server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.office import Office, wait_until
from tests.rigs.smtp_sink import SmtpSink
from tray.app import App
from tray.clicks import Clicks
from tray.desktop import noticed
from tray.health import State

CONTACT = "chef@elsewhere.example"
DAYS = 6
"""From the trouble to the mail: two hours, a working morning, and perhaps a weekend before it."""


class Unattended(Office):
    """With the program's own notices, and nobody who sees them."""

    @contextmanager
    def watched(self, app: App) -> Iterator[None]:
        clicks = Clicks(app.helper, app.rounds, app.api.page_link, self._browse, lambda: None)
        with noticed(app, clicks, lambda *_message: False):
            yield

    def days_go_by(self) -> None:
        """Every account is checked, the notices have seen it, and what then waits in the outbox is sent."""
        self.waits(hours=2)
        for _ in range(DAYS):
            self.waits(days=1)
            wait_until(self.helper.outbox.list, 0.5)
            self.dispatches("rent")


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[tuple[Unattended, SmtpSink]]:
    office = Unattended(tmp_path)
    pair = str(tmp_path / "world" / "post" / "localhost.pem"), str(tmp_path / "world" / "post" / "localhost-key.pem")
    with SmtpSink(owner_of=office.tenant.owner_of, certificate=pair) as server, office:
        yield office, server


@pytest.mark.parametrize(
    ("language", "subject", "sentences"),
    [
        (
            "de",
            "Postwart: Bitte anmelden: info@office.example",
            [
                "Guten Tag, Postwart hat am PC mehrmals auf das Postfach info@office.example hingewiesen",
                "WIN-OFFICE kann für info@office.example keine E-Mails abrufen und senden, bis Sie sich anmelden.",
                "Grund: ",
                "Klicken Sie an diesem PC auf das Symbol von Postwart",
                "Zu diesem Vorfall kommt keine weitere.",
            ],
        ),
        (
            "en",
            "Postwart: Please sign in: info@office.example",
            [
                "Hello, on the PC, Postwart has pointed to the mailbox info@office.example several times",
                "WIN-OFFICE cannot fetch or send mail for info@office.example until you sign in.",
                "Reason: ",
                "on that PC, click the icon of Postwart",
                "There will be no other about this incident.",
            ],
        ),
    ],
)
def test_what_nobody_answers_reaches_the_contact_once_in_the_offices_language(
    sink: tuple[Unattended, SmtpSink], language: str, subject: str, sentences: list[str]
) -> None:
    office, server = sink
    office.has_account("info")
    office.has_account("rent", smtp={"host": "localhost", "port": server.port, "security": "starttls"})
    file = office.places.config_file
    said = f'language = "{language}"\n[app]\nname = "WIN-OFFICE"\n[notify]\ncontact = "{CONTACT}"\n'
    file.write_text(said + file.read_text("utf-8"), "utf-8")
    office.opens()
    office.signs_in("info")
    office.signs_in("rent")
    office.checks()
    assert {office.health(each).state for each in ("info", "rent")} == {State.OK}
    office.days_go_by()
    assert server.received == []
    office.tenant.revoke("info@office.example")
    office.days_go_by()
    office.reopens()
    office.days_go_by()
    (mail,) = server.received
    assert (mail.sender, mail.recipients) == ("rent@office.example", (CONTACT,))
    letter = message_from_bytes(mail.raw, policy=policy.default)
    assert letter["Subject"] == subject
    text = " ".join(letter.get_content().split())
    assert [each for each in sentences if each not in text] == []


def test_without_another_account_that_works_it_waits_and_goes_when_there_is_one(
    sink: tuple[Unattended, SmtpSink],
) -> None:
    office, server = sink
    office.has_account("info")
    office.has_account("rent", smtp={"host": "localhost", "port": server.port, "security": "starttls"})
    file = office.places.config_file
    file.write_text(f'[notify]\ncontact = "{CONTACT}"\n' + file.read_text("utf-8"), "utf-8")
    server.behaviour.refuse_login = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled."
    office.opens()
    office.signs_in("info")
    office.signs_in("rent")
    office.tenant.revoke("info@office.example")
    office.days_go_by()
    assert office.helper.outbox.list() == []
    server.behaviour.refuse_login = ""
    office.days_go_by()
    assert [mail.recipients for mail in server.received] == [(CONTACT,)]
