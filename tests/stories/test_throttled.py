"""A server that asks for a pause gets it, people read why, and the other accounts go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from mail import watchman
from tests.office import Office, wait_until
from tray.app import utc_now
from tray.health import State

PAUSE = timedelta(minutes=20)
MILLISECONDS = int(PAUSE.total_seconds() * 1000)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path, schedule=True, clock=utc_now) as opened:
        yield opened


def signed_in(office: Office, receive: str = "imap") -> str:
    """Two accounts, of which `info` will be asked for a pause."""
    for account in ("info", "rent"):
        office.has_account(account, idle=False, fetch_every="1m", receive=receive)
    office.opens()
    for account in ("info", "rent"):
        office.signs_in(account)
        assert wait_until(partial(fetched, office, account))
        assert office.health(account).state is State.OK
    return office.helper.account("info").address


def fetched(office: Office, account: str) -> bool:
    return until(office, f"fetch {account}") > timedelta(seconds=30)


def until(office: Office, job: str) -> timedelta:
    when = office.app.rounds._clockwork.next_run(job)
    return when - datetime.now(UTC) if when else timedelta()


def told(office: Office) -> str:
    """What somebody reads who asks how the account is."""
    office.helper.check("info")
    return str(office.api.get("accounts", "info")["health"]["title"])


THROTTLED = [
    ("imap", "throttled"),  # BAD at the first command, then BYE
    ("imap", "throttled_sign_in"),
    ("pop3", "throttled"),
]


@pytest.mark.parametrize(("receive", "kind"), THROTTLED)
def test_the_pause_that_exchange_suggests_is_kept_by_fetches_and_checks_of_this_account_alone(
    office: Office, receive: str, kind: str
) -> None:
    address = signed_in(office, receive=receive)
    office.post.refuse(address, receive, kind, backoff_milliseconds=MILLISECONDS)
    office.app.rounds.fetch_now()
    assert wait_until(lambda: until(office, "fetch info") >= PAUSE - timedelta(seconds=30))
    office.app.rounds.check_now()
    assert wait_until(lambda: until(office, "check info") >= PAUSE - timedelta(seconds=30))
    office.post.deliver("rent@office.example", b"Subject: goes on\r\n\r\nhello\r\n")
    office.app.rounds.fetch_now("rent")
    assert wait_until(lambda: office.helper.inbox.unread() == {"rent": 1})
    assert until(office, "fetch rent") < timedelta(minutes=2)
    assert told(office) == "The mail server 127.0.0.1 asks for a pause"


PASSING = [
    ("imap", "too_many_connections", "asks for a pause"),
    ("pop3", "in_use", "has a fault"),
    ("pop3", "sys_temp", "has a fault"),
    ("imap", "unavailable", "has a fault"),
]


@pytest.mark.parametrize(("receive", "kind", "words"), PASSING)
def test_a_server_that_names_no_time_is_asked_again_by_itself_and_nothing_is_given_up(
    office: Office, receive: str, kind: str, words: str
) -> None:
    address = signed_in(office, receive=receive)
    office.post.deliver(address, b"Subject: waits\r\n\r\nhello\r\n")
    office.post.refuse(address, receive, kind)
    assert words in told(office)
    assert office.health("info").state is State.OFFLINE
    office.post.clear_faults()
    office.app.rounds.check_now("info")
    assert wait_until(lambda: office.helper.inbox.unread() == {"info": 1})
    assert wait_until(lambda: office.health("info").state is State.OK)


@pytest.mark.parametrize("kind", ["throttled", "too_many_connections"])
def test_the_watch_on_the_mailbox_keeps_the_pause_too(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    monkeypatch.setattr(watchman, "FIRST_PAUSE", 0.1)
    address = office.has_account("info", idle=True, fetch_every="1h")
    office.opens()
    office.signs_in("info")
    assert wait_until(partial(stands, office, address), 20)
    office.post.refuse(address, "imap", kind, backoff_milliseconds=MILLISECONDS)
    office.post.disconnect(address)
    assert wait_until(lambda: "server_throttled" in caplog.text)  # met by the watch itself, or by a fetch
    office.post.clear_faults()
    assert not wait_until(partial(stands, office, address), 1.5)


def stands(office: Office, address: str) -> bool:
    return bool(office.post.connections(address, "imap") == 1)


def test_a_letter_that_meets_a_limit_waits_and_those_of_others_go(office: Office) -> None:
    address = signed_in(office)
    office.post.refuse(address, "smtp", "throttled")  # 432 4.3.2 after the final dot
    waiting = office.helper.send("info", office.letter("info", "tenant@elsewhere.example"))
    going = office.helper.send("rent", office.letter("rent", "tenant@elsewhere.example"))
    assert wait_until(lambda: office.helper.outbox.get(going.id).state == "sent")
    assert wait_until(lambda: office.helper.outbox.get(waiting.id).code == "server_throttled")
    letter = office.helper.outbox.get(waiting.id)
    assert letter.state == "queued"
    assert letter.next_attempt_at
    assert letter.next_attempt_at > datetime.now(UTC)
    assert wait_until(lambda: timedelta(seconds=5) < until(office, "send info") < timedelta(minutes=10))
