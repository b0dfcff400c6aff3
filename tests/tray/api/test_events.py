from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from mail.compose import compose
from mail.inbox import Arrival
from mail.problems import StoreProblem
from tests.tray.api.listener import Heard, Listener, listening
from tests.tray.api.office import Office, running
from tray.api import events
from tray.feed import Cursor, Event


def arrive(office: Office, *uids: int) -> None:
    arrivals = [Arrival("INBOX", 1, str(uid), f"Subject: mail {uid}\r\n\r\nx".encode()) for uid in uids]
    office.hub.inbox.add("info", arrivals)
    office.hub.changed()


def subjects(heard: list[Heard]) -> list[str]:
    return [each.data["subject"] for each in heard]


def secret(office: Office) -> str:
    return office.server.keys.secret


def test_mail_is_told_as_the_listing_shows_it(office: Office) -> None:
    with listening(office.host, secret(office)) as listener:
        arrive(office, 1)
        (heard,) = listener.take(1)
    assert heard.kind == "message"
    assert heard.data == office.call("GET", "/v1/messages").json["messages"][0]


def test_who_was_away_hears_all_that_came_meanwhile_once_and_in_order(office: Office) -> None:
    arrive(office, 1, 2)
    with listening(office.host, secret(office)) as listener:
        arrive(office, 3)
        (heard,) = listener.take(1)
    arrive(office, *range(4, 504))
    with listening(office.host, secret(office), heard.id) as listener:
        missed = listener.take(500)
        arrive(office, 504)
        live = listener.take(1)
    assert subjects([heard, *missed, *live]) == [f"mail {uid}" for uid in range(3, 505)]
    assert len({each.id for each in [heard, *missed, *live]}) == 502


def test_one_mail_comes_while_another_is_taken_over_and_is_heard_though_all_counts_are_the_same(office: Office) -> None:
    arrive(office, 1)
    with listening(office.host, secret(office)) as listener:
        office.hub.inbox.add("info", [Arrival("INBOX", 1, "2", b"Subject: mail 2\r\n\r\nx")])
        office.hub.inbox.mark_done(1)
        office.hub.changed()
        assert subjects(listener.take(1)) == ["mail 2"]


def test_what_could_not_be_said_as_news_is_told_a_little_later(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is stored, and then a full disk, say, keeps the journal from noting it."""
    monkeypatch.setattr(events, "STILL_HERE", 0.2)
    with listening(office.host, secret(office)) as listener:
        time.sleep(0.5)  # nothing new, and that is known
        office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", b"Subject: mail 1\r\n\r\nx")])
        lines = [listener.response.readline() for _ in range(30)]  # of which two come each time
    assert b"event: message\n" in lines


def test_a_letter_is_told_at_each_change_in_the_callers_language(office: Office) -> None:
    envelope = compose("info@hausverwaltung.example", to=["a@b.example"], subject="x", text="y")
    with listening(office.host, secret(office), language="de") as listener:
        letter = office.hub.outbox.accept("info", envelope)
        office.hub.changed()
        first = listener.take(1)[0]
        office.hub.outbox.mark_sending(letter.id)
        office.hub.outbox.recover()
        office.hub.changed()
        second = next(told for told in iter(lambda: listener.take(1)[0], None) if told.data["state"] != "sending")
    assert (first.kind, first.data["state"], second.data["state"]) == ("outbox", "queued", "unconfirmed")
    assert second.data == office.call("GET", f"/v1/outbox/{letter.id}", headers={"Accept-Language": "de"}).json


def test_a_letter_that_changed_often_while_nobody_listened_is_told_once_as_it_is_now(office: Office) -> None:
    envelope = compose("info@hausverwaltung.example", to=["a@b.example"], subject="x", text="y")
    with listening(office.host, secret(office)) as listener:
        start = listener.last_id
    letter = office.hub.outbox.accept("info", envelope)
    office.hub.outbox.mark_sending(letter.id)
    office.hub.outbox.recover()
    arrive(office, 1)
    with listening(office.host, secret(office), start) as listener:
        heard = listener.take(2)
    assert [(each.kind, each.data.get("state")) for each in heard] == [("message", None), ("outbox", "unconfirmed")]


@pytest.mark.parametrize("remembered", [str(Cursor(7, 0, 0)), str(Cursor(0, 0, 7)), "4711", "-1-0-0", "x" * 60])
def test_who_remembers_another_database_is_told_to_read_all_again(office: Office, remembered: str) -> None:
    arrive(office, 1)
    answer = office.send(
        (
            f"GET /v1/events HTTP/1.1\r\nHost: {office.host}\r\nAuthorization: Bearer {secret(office)}\r\n"
            f"Last-Event-ID: {remembered}\r\n\r\n"
        ).encode(),
        patience=1,
    )
    assert b"event: reset\nid: 1-0-0\n" in answer
    assert b"event: message" not in answer


def test_a_store_that_failed_once_is_asked_again_by_whoever_comes_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(office.host, secret(office)) as listener:
        arrive(office, 1)
        (heard,) = listener.take(1)
    arrive(office, 2)
    after, troubles = office.hub.feed.after, [StoreProblem(code="database_busy")]

    def after_some_trouble(cursor: Cursor, limit: int) -> list[Event]:
        if troubles:
            raise troubles.pop()
        return after(cursor, limit)

    monkeypatch.setattr(office.hub.feed, "after", after_some_trouble)
    with listening(office.host, secret(office), heard.id) as listener:
        assert listener.next() is None
    with listening(office.host, secret(office), heard.id) as listener:
        assert subjects(listener.take(1)) == ["mail 2"]


def test_who_catches_up_on_much_leaves_little_behind(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "PAGE", 5)
    with listening(office.host, secret(office)) as listener:
        arrive(office, 1)
        (heard,) = listener.take(1)
    arrive(office, *range(2, 202))
    with listening(office.host, secret(office), heard.id) as listener:
        assert len(listener.take(200)) == 200
    assert len(office.server._events._pages) <= events.PAGES


def test_without_the_right_to_read_nothing_is_heard(office: Office) -> None:
    key = office.call("POST", "/v1/keys", {"name": "x", "rights": ["token"]}).json["key"]
    assert office.call("GET", "/v1/events", key=key).status == 403
    assert office.call("GET", "/v1/events", key="").status == 401


def test_many_listen_and_each_hears_everything(office: Office) -> None:
    def hear(listener: Listener) -> list[str]:
        return subjects(listener.take(300))

    with ThreadPoolExecutor(40) as pool, ExitStack() as streams:
        listeners = [streams.enter_context(listening(office.host, secret(office))) for _ in range(40)]
        heard = [pool.submit(hear, listener) for listener in listeners]
        for start in range(0, 300, 10):
            arrive(office, *range(start, start + 10))
        assert {tuple(each.result(30)) for each in heard} == {tuple(f"mail {uid}" for uid in range(300))}


def test_who_leaves_leaves_nothing_behind(office: Office) -> None:
    def tasks() -> int:
        return asyncio.run_coroutine_threadsafe(_count(), office.server.loop).result(5)

    before = tasks()
    for _ in range(20):
        with listening(office.host, secret(office)):
            pass
    until = time.monotonic() + 5
    while tasks() > before and time.monotonic() < until:
        time.sleep(0.05)
    assert tasks() <= before


async def _count() -> int:
    return len(asyncio.all_tasks())


def test_when_postwart_ends_its_streams_end_at_once(tmp_path: Path) -> None:
    streams = ExitStack()
    with running(tmp_path) as office:
        listener = streams.enter_context(listening(office.host, secret(office)))
        begun = time.monotonic()
    with streams:
        assert time.monotonic() - begun < 1.5
        assert listener.next() is None
