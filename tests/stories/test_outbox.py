"""What becomes of letters over hours and days: a line cut at the wrong moment, a repetition, a missing sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from auth.problems import Problem
from auth.sandbox.robot import Person
from tests.office import Office
from tray import lanes, postman
from tray.sharing import counts


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        office.signs_in("info")
        yield office


def goes_on(office: Office) -> None:
    """Time passes until nothing more is planned for the outbox, and each time what is due is done."""
    account, outbox = office.helper.account("info"), office.helper.outbox
    for _ in range(200):
        due = outbox.next_due("info")
        if due is None:
            return
        if due > office.clock():
            office.waits(seconds=(due - office.clock()).total_seconds())
        office.dispatches(account.id)
    pytest.fail("the outbox never comes to rest")


def states(office: Office) -> list[str]:
    return [letter.state.value for letter in office.helper.outbox.list(limit=500)]


@pytest.mark.parametrize("taken", [True, False])
def test_a_line_cut_after_the_final_dot_ends_with_the_letter_there_once(office: Office, *, taken: bool) -> None:
    address = office.helper.account("info").address
    office.helper.send("info", office.letter("info", "you@elsewhere.example", "first"))
    office.dispatches("info")
    office.post.drop_after_dot(address, taken=taken)
    office.helper.send("info", office.letter("info", "you@elsewhere.example", "second"))
    office.dispatches("info")
    assert states(office) == ["sent", "unconfirmed"]
    goes_on(office)
    assert states(office) == ["sent", "sent"]
    subjects = [b"second" in each.raw for each in office.post.submitted]
    assert subjects == [False, True]
    kinds = [entry.kind for entry in office.helper.journal.read("info") if "letter" in entry.facts]
    assert kinds.count("accepted") == 2
    assert kinds.count("sent") == 2


def test_a_repetition_is_the_same_letter_whatever_has_happened_since_and_is_noted_once(office: Office) -> None:
    letter = office.letter("info", "you@elsewhere.example")
    first = office.helper.send("info", letter, "order-4711")
    office.tenant.revoke(office.helper.account("info").address)
    office.checks()
    assert office.health("info").state == "sign_in_required"
    assert office.helper.send("info", letter, "order-4711") == first
    with pytest.raises(Problem, match="idempotency_key_reused"):
        office.helper.send("info", office.letter("info", "you@elsewhere.example", "another"), "order-4711")
    with pytest.raises(Problem) as told:
        office.helper.send("info", letter, "order-4712")
    assert told.value.code != "idempotency_key_reused"
    assert [entry.kind for entry in office.helper.journal.read("info")].count("accepted") == 1


def test_weeks_without_a_sign_in_are_no_failure_and_use_nothing_up(office: Office) -> None:
    address = office.helper.account("info").address
    office.post.refuse(address, "smtp", "try_later")
    letter = office.helper.send("info", office.letter("info", "you@elsewhere.example"))
    office.dispatches("info")
    before = office.helper.outbox.get(letter.id)
    assert before.attempts == 1
    office.post.clear_faults()
    office.tenant.revoke(address)
    office.waits(days=30)
    office.dispatches("info")
    assert office.helper.outbox.get(letter.id) == before
    office.signs_in("info")
    office.dispatches("info")
    assert states(office) == ["sent"]


def test_a_server_that_lets_in_and_takes_nothing_is_an_outage_until_it_takes_a_letter(office: Office) -> None:
    address = office.helper.account("info").address
    office.post.refuse(address, "smtp", "connection_limit")
    office.helper.send("info", office.letter("info", "you@elsewhere.example"))
    office.dispatches("info")
    assert office.health("info").state == "ok"  # as long as it may be over in a moment
    office._turned.turn(minutes=3)
    health = office.health("info")
    assert (health.state, health.code, health.facts["host"]) == ("offline", "server_throttled", "127.0.0.1")
    office.post.clear_faults()
    office._turned.turn(minutes=10)
    office.dispatches("info")
    assert states(office) == ["sent"]
    assert office.health("info").state == "ok"


def test_letters_that_a_server_kept_waiting_go_once_it_lets_in_again_though_their_next_try_is_far(
    office: Office,
) -> None:
    address = office.helper.account("info").address
    office.post.refuse(address, "smtp", "token_refused")
    office.helper.send("info", office.letter("info", "you@elsewhere.example", "first"))
    for _ in range(5):
        office.waits(minutes=13)
        office.dispatches("info")
    assert office.helper.check("info").state == "mailbox_refused"
    office.post.clear_faults()
    office.dispatches("info")
    assert states(office) == ["queued"]
    assert office.helper.check("info").state == "ok"
    office.helper.send("info", office.letter("info", "you@elsewhere.example", "second"))
    office.dispatches("info")
    assert [b"second" in each.raw for each in office.post.submitted] == [False, True]


def test_a_test_mail_waits_for_no_pause_of_the_letters_before_it(office: Office) -> None:
    office.post.refuse(office.helper.account("info").address, "smtp", "unavailable")
    office.helper.send("info", office.letter("info", "you@elsewhere.example", "first"))
    office.dispatches("info")
    office.post.clear_faults()
    office.helper.test_mail("info")
    office.dispatches("info")
    assert states(office) == ["sent", "sent"]


def test_sixty_letters_at_once_go_out_at_the_pace_exchange_allows(office: Office) -> None:
    begun = office.clock()
    for number in range(61):
        office.helper.send("info", office.letter("info", "you@elsewhere.example", f"letter {number}"))
    office.dispatches("info")
    assert len(office.post.submitted) == 30
    waiting = office.api.get("outbox", "61")
    assert (waiting["state"], waiting["code"], waiting["attempts"]) == ("queued", "sending_paced", 0)
    goes_on(office)
    assert [f"letter {number}".encode() in each.raw for number, each in enumerate(office.post.submitted)] == [True] * 61
    assert timedelta(minutes=2) <= office.clock() - begun < timedelta(minutes=3)


def test_two_mailboxes_of_one_person_share_the_pace(tmp_path: Path) -> None:
    meier = "meier@office.example"
    with Office(tmp_path) as office:
        office.tenant.add_person(meier)
        for mailbox in ("info", "rent"):
            office.has_account(mailbox, sign_in_as=meier)
            office.tenant.share(f"{mailbox}@office.example", with_person=meier)
        office.opens()
        for mailbox in ("info", "rent"):
            office.signs_in(mailbox, by=Person(meier))
            for number in range(20):
                office.helper.send(mailbox, office.letter(mailbox, "you@elsewhere.example", f"letter {number}"))
        office.dispatches("info")
        office.dispatches("rent")
        assert len(office.post.submitted) == 30
        assert {each.code for each in office.helper.outbox.list("rent", limit=50, state="queued")} == {"sending_paced"}
        office.turns(seconds=62)
        office.dispatches("rent")
        assert states(office) == ["sent"] * 40


def test_many_letters_of_one_mailbox_let_those_of_another_of_the_same_person_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "SEND_PATIENCE", 0.05)
    monkeypatch.setattr(lanes, "SLICE", 0.0)
    meier = "meier@office.example"
    with Office(tmp_path) as office:
        office.tenant.add_person(meier)
        for mailbox in ("info", "rent"):
            office.has_account(mailbox, sign_in_as=meier)
            office.tenant.share(f"{mailbox}@office.example", with_person=meier)
        office.opens()
        for mailbox in ("info", "rent"):
            office.signs_in(mailbox, by=Person(meier))
        for _ in range(10):
            office.helper.send("info", office.letter("info", "you@elsewhere.example"))
        first = office.helper.send("rent", office.letter("rent", "you@elsewhere.example"))
        shared = next(each for each in counts(office.helper.account("info")) if each.endswith(meier))
        with office.helper._roster.turn(shared):  # as while letters of `info` go
            office.dispatches("rent")
        office.dispatches("info")
        assert states(office).count("queued") >= 10  # its time is over
        office.dispatches("rent")
        assert office.helper.outbox.get(first.id).state == "sent"
        office.dispatches("info")
        assert states(office) == ["sent"] * 11


def test_who_shares_a_servers_limits_sends_after_one_another(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postman, "SEND_PATIENCE", 0.05)
    office.helper.send("info", office.letter("info", "you@elsewhere.example"))
    (count,) = counts(office.helper.account("info"))
    with office.helper._roster.turn(count):  # as while another account's letters go
        office.dispatches("info")
        assert states(office) == ["queued"]
    office.dispatches("info")
    assert states(office) == ["sent"]
