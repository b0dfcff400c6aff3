"""Signed in as a person, at work in info@: mail is fetched and sent there, and only where the servers allow it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.sandbox.robot import Person
from mail.problems import MailboxRefused
from tests.office import Office
from tray.health import State

INFO, MEIER = "info@office.example", "meier@office.example"


@pytest.fixture(params=["imap", "pop3"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        opened.tenant.add_person(MEIER)
        opened.has_account("info", sign_in_as=MEIER, receive=request.param)
        opened.post.deliver(INFO, b"Subject: for all of us\r\n\r\nhello\r\n")
        opened.post.deliver(MEIER, b"Subject: for Ms Meier alone\r\n\r\nhello\r\n")
        opened.opens()
        yield opened


def subjects(office: Office) -> list[str]:
    return [row.subject for row in office.helper.inbox.list()]


def test_the_shared_mailboxs_mail_comes_and_goes_with_the_persons_sign_in(office: Office) -> None:
    office.tenant.share(INFO, with_person=MEIER)
    office.signs_in("info", by=Person(MEIER))
    assert office.health("info").state is State.OK
    assert office.helper.fetch("info").new == 1
    assert subjects(office) == ["for all of us"]
    letter = office.helper.send("info", office.letter("info", "tenant@elsewhere.example"))
    office.dispatches("info")
    assert office.helper.outbox.get(letter.id).state == "sent"
    (sent,) = office.post.sent
    assert (sent.signed_in_as, sent.mail_from) == (INFO, INFO)
    assert office.api.get("accounts", "info", "token", **{"for": "smtp"})["username"] == INFO


def test_who_may_not_into_the_mailbox_is_told_so_and_gets_nothing_of_it(office: Office) -> None:
    office.signs_in("info", by=Person(MEIER))
    health = office.health("info")
    assert health.state is State.MAILBOX_REFUSED
    assert {name: check.ok for name, check in health.checks.items()} == {
        "token": True,
        office.helper.account("info").receive: False,
        "smtp": False,
    }
    assert "Add-MailboxPermission" in office.api.get("accounts", "info")["health"]["admin_help"]
    with pytest.raises(MailboxRefused):
        office.helper.fetch("info")
    assert subjects(office) == []
    office.tenant.share(INFO, with_person=MEIER)
    office.waits(minutes=30)
    assert office.health("info").state is State.OK
    assert office.helper.fetch("info").new == 1


def test_who_may_read_and_not_send_as_the_mailbox_is_told_which_right_is_missing(office: Office) -> None:
    office.tenant.share(INFO, with_person=MEIER)
    office.post.refuse(INFO, "smtp", "send_as_denied")
    office.signs_in("info", by=Person(MEIER))
    letter = office.helper.send("info", office.letter("info", "tenant@elsewhere.example"))
    office.dispatches("info")
    failed = office.helper.outbox.get(letter.id)
    assert (failed.state, failed.code) == ("failed", "send_as_denied")
    assert office.helper.fetch("info").new == 1
    assert not office.post.sent
