"""Everything happens by itself: checks, fetches and sends on time, and once after sleep or a clock jump."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import time_machine

from mail.problems import MailboxRefused
from tests.office import Office, wait_until
from tray import clockwork
from tray.app import utc_now
from tray.health import State

# time_machine may end while a thread is just asking it for the time
TRAVEL_ENDS = "ignore:Exception in thread heartbeat:pytest.PytestUnhandledThreadExceptionWarning"
pytestmark = pytest.mark.filterwarnings(TRAVEL_ENDS)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(clockwork, "BEAT", timedelta(milliseconds=100))
    with Office(tmp_path, schedule=True, clock=utc_now) as opened:
        yield opened


def checks(office: Office) -> int:
    """How many checks have proved a session since the beginning."""
    accounts = office.helper.settings.accounts
    entries = [entry for each in accounts for entry in office.helper.journal.read(each.id, 1000)]
    return sum(int(str(entry.facts.get("times", 1))) for entry in entries if entry.kind == "refreshed")


def watches(caplog: pytest.LogCaptureFixture) -> int:
    return caplog.text.count("listening for new mail")


def planned(office: Office, account: str) -> timedelta | None:
    """How long until the next check."""
    when = office.health(account).next_check_at
    return when - datetime.now(UTC) if when else None


def test_after_a_start_everything_is_checked_fetched_and_sent_without_being_asked(office: Office) -> None:
    address = office.has_account("info", idle=False)
    office.post.deliver(address, b"Subject: waiting\r\n\r\nhello\r\n")
    office.opens()
    office.signs_in("info")
    assert wait_until(lambda: office.helper.inbox.unread() == {"info": 1})
    letter = office.helper.send("info", office.letter("info", "tenant@elsewhere.example"))
    assert wait_until(lambda: office.helper.outbox.get(letter.id).state == "sent")
    assert len(office.post.sent) == 1
    office.reopens()
    assert wait_until(lambda: planned(office, "info"))
    assert office.health("info").state is State.OK


def test_new_mail_is_here_within_seconds_with_idle(office: Office) -> None:
    address = office.has_account("info", idle=True, fetch_every="1h")
    office.opens()
    office.signs_in("info")
    assert wait_until(lambda: office.post.connections(address, "imap") == 1, 20)
    office.post.deliver(address, b"Subject: now\r\n\r\nhello\r\n")
    begun = time.monotonic()
    assert wait_until(lambda: office.helper.inbox.unread() == {"info": 1}, 10)
    assert time.monotonic() - begun < 5


def test_after_sleep_the_watch_on_the_mailbox_is_a_new_one(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """The old connection may be dead, which would show in nine minutes only."""
    address = office.has_account("info", idle=True, fetch_every="6h")
    caplog.set_level("INFO", "mail.lines")
    office.opens()
    office.signs_in("info")
    assert wait_until(lambda: office.post.connections(address, "imap") == 1, 20)
    assert wait_until(lambda: watches(caplog))
    begun = watches(caplog)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=8), tick=True):
        assert wait_until(lambda: watches(caplog) > begun)
        assert wait_until(lambda: office.post.connections(address, "imap") == 1)


def test_a_command_for_the_moment_watches_no_mailbox(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.has_account("info", idle=True)
        office.opens()
        office.helper.change_account("info", {"fetch_every": "1h"})
        assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("idle ")]


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(days=20)], ids=["a night", "a holiday"])
def test_after_sleep_the_next_round_comes_once_and_within_a_minute(office: Office, jump: timedelta) -> None:
    for account in ("info", "rent"):
        office.has_account(account, idle=False, fetch_every="6h")
    office.opens()
    for account in ("info", "rent"):
        office.signs_in(account)
    assert wait_until(lambda: all(planned(office, each) for each in ("info", "rent")))
    before = checks(office)
    with time_machine.travel(datetime.now(UTC) + jump, tick=True):
        assert wait_until(lambda: checks(office) >= before + 2)
        time.sleep(1)
        assert checks(office) == before + 2
        for account in ("info", "rent"):
            assert wait_until(partial(planned, office, account))
            assert timedelta(minutes=13) < (planned(office, account) or timedelta()) < timedelta(minutes=17)
            assert office.health(account).state is State.OK


def test_a_clock_that_is_set_back_stops_nothing(office: Office) -> None:
    office.has_account("info", idle=False, fetch_every="6h")
    office.opens()
    office.signs_in("info")
    assert wait_until(lambda: planned(office, "info"))
    before = checks(office)
    # by less than an hour: the sandbox's certificate is as young as the test
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=50), tick=True):
        assert wait_until(lambda: checks(office) == before + 1)
        assert wait_until(lambda: planned(office, "info"))
        assert (planned(office, "info") or timedelta()) < timedelta(minutes=17)


def test_a_mailbox_that_refuses_new_logins_stays_refused_though_an_old_one_still_works(office: Office) -> None:
    address = office.has_account("info", idle=True, fetch_every="1h")
    office.opens()
    office.signs_in("info")
    assert wait_until(lambda: office.post.connections(address, "imap") == 1, 20)
    office.post.refuse(address, "imap", "imap_disabled")
    assert office.helper.check("info").state is State.MAILBOX_REFUSED
    with pytest.raises(MailboxRefused):
        office.helper.fetch("info")
    assert office.health("info").state is State.MAILBOX_REFUSED
    assert wait_until(lambda: office.post.connections(address, "imap") == 0)
