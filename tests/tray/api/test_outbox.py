from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mail.letter import LetterState
from mail.send import Delivery, Result
from tests.tray.api.hub import FULL
from tests.tray.api.office import Answer, Office

LETTER: dict[str, Any] = {"to": ["mieter@example.org"], "subject": "Ihre Anfrage", "text": "Guten Tag"}
EML = (
    b"From: info@hausverwaltung.example\r\nTo: mieter@example.org\r\nBcc: chef@example.org\r\nSubject: x\r\n"
    b"\r\nGuten Tag\r\n"
)
OUTBOX = "/v1/accounts/info/outbox"


def post_raw(office: Office, raw: bytes, **headers: str) -> Answer:
    return office.call("POST", OUTBOX, raw, {"Content-Type": "message/rfc822", **headers})


def test_a_letter_of_fields_is_accepted_and_listed(office: Office) -> None:
    answer = office.call("POST", OUTBOX, LETTER)
    assert answer.status == 202
    letter = answer.json
    assert (letter["id"], letter["account"], letter["state"]) == (1, "info", "queued")
    assert letter["to"] == ["mieter@example.org"]
    assert letter["accepted_at"] == "2026-11-24T08:00:00Z"
    assert letter["next_try_at"] == "2026-11-24T08:00:00Z"
    assert "code" not in letter
    assert office.call("GET", "/v1/outbox").json["letters"] == [letter]
    assert office.call("GET", "/v1/outbox/1").json == letter


def test_a_finished_message_is_accepted_without_its_blind_copies(office: Office) -> None:
    answer = post_raw(office, EML)
    assert answer.status == 202
    assert sorted(answer.json["to"]) == ["chef@example.org", "mieter@example.org"]
    raw = office.hub.outbox.envelope(office.hub.outbox.get(1)).raw
    assert b"chef@example.org" not in raw
    assert b"Guten Tag" in raw


def test_attachments_come_in_base64(office: Office) -> None:
    letter = {**LETTER, "attachments": [{"name": "a.pdf", "content": "JVBERg==", "content_type": "application/pdf"}]}
    assert office.call("POST", OUTBOX, letter).status == 202
    raw = office.hub.outbox.envelope(office.hub.outbox.get(1)).raw
    assert b"JVBERg==" in raw
    assert b"application/pdf" in raw


def test_the_same_key_twice_is_one_letter_and_with_another_letter_a_conflict(office: Office) -> None:
    key = {"Idempotency-Key": "order-4711"}
    first = office.call("POST", OUTBOX, LETTER, key)
    again = office.call("POST", OUTBOX, LETTER, key)
    assert (first.json["id"], again.status, again.json["id"]) == (1, 202, 1)
    other = office.call("POST", OUTBOX, {**LETTER, "text": "anders"}, key)
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")
    assert len(office.call("GET", "/v1/outbox").json["letters"]) == 1


@pytest.mark.parametrize(
    ("letter", "status"),
    [
        ({**LETTER, "to": []}, 422),
        ({**LETTER, "to": ["nobody"]}, 422),
        ({**LETTER, "to": ["a@example.org\r\nBcc: b@example.org"]}, 422),
        ({**LETTER, "subject": "a\r\nBcc: b@example.org"}, 422),
        ({**LETTER, "to": "mieter@example.org"}, 400),
        ({**LETTER, "attachments": [{"name": "x"}]}, 400),
        ({**LETTER, "attachments": [{"name": "x", "content": "§"}]}, 400),
        ({**LETTER, "from": "chef@example.org"}, 400),
    ],
)
def test_a_letter_that_is_wrong_is_refused_and_nothing_is_kept(
    office: Office, letter: dict[str, Any], status: int
) -> None:
    answer = office.call("POST", OUTBOX, letter)
    assert answer.status == status, answer.json
    assert answer.json["title"]
    assert office.call("GET", "/v1/outbox").json["letters"] == []


@pytest.mark.parametrize("raw", [b"\r\n\r\n", b"hello", b"From: a@example.org\r\n\r\nno recipient\r\n"])
def test_a_message_that_cannot_be_sent_is_refused(office: Office, raw: bytes) -> None:
    assert post_raw(office, raw).status == 422
    assert office.call("GET", "/v1/outbox").json["letters"] == []


def test_without_a_sign_in_nothing_is_accepted_and_the_caller_learns_why(office: Office) -> None:
    answer = office.call("POST", "/v1/accounts/rent/outbox", LETTER)
    assert (answer.status, answer.json["state"]) == (409, "sign_in_required")
    assert answer.json["next_step"]
    assert office.call("GET", "/v1/outbox").json["letters"] == []


def test_on_a_full_disk_the_caller_is_told(office: Office) -> None:
    office.hub.trouble = FULL
    answer = office.call("POST", OUTBOX, LETTER)
    assert (answer.status, answer.json["code"]) == (507, "disk_full")


def test_a_letter_that_waits_says_why_and_when_it_is_tried_again(office: Office) -> None:
    office.call("POST", OUTBOX, LETTER)
    later = Delivery(Result.LATER, "server_throttled", "4.7.0", "slow down", retry_after=timedelta(minutes=3))
    office.hub.outbox.settle(1, later)
    letter = office.call("GET", "/v1/outbox/1", headers={"Accept-Language": "en"}).json
    assert (letter["state"], letter["code"], letter["server_code"]) == ("queued", "server_throttled", "4.7.0")
    assert letter["answer"] == "slow down"
    assert letter["attempts"] == 1
    assert letter["next_try_at"] > "2026-11-24T08:02:59Z"
    assert letter["title"]


def test_a_letter_can_be_taken_back_until_it_is_on_its_way(office: Office) -> None:
    office.call("POST", OUTBOX, LETTER)
    office.call("POST", OUTBOX, LETTER)
    gone = office.call("DELETE", "/v1/outbox/1")
    assert (gone.status, gone.json["id"]) == (200, 1)
    assert office.call("GET", "/v1/outbox/1").status == 404
    office.hub.outbox.mark_sending(2)
    late = office.call("DELETE", "/v1/outbox/2")
    assert (late.status, late.json["code"]) == (409, "letter_not_cancellable")


LOST = Delivery(Result.UNCONFIRMED, "unconfirmed", answer="connection lost")


def test_an_unconfirmed_letter_says_that_it_is_being_looked_up_and_when(office: Office) -> None:
    office.call("POST", OUTBOX, LETTER)
    office.hub.outbox.mark_sending(1)
    office.hub.outbox.settle(1, LOST)
    letter = office.call("GET", "/v1/outbox/1", headers={"Accept-Language": "en"}).json
    assert (letter["state"], letter["code"]) == ("unconfirmed", "unconfirmed")
    assert letter["next_try_at"]
    assert letter["title"] == "Postwart is finding out whether the message arrived"
    office.hub.outbox.change(1, set(LetterState), lambda found: replace(found, next_attempt_at=None))
    letter = office.call("GET", "/v1/outbox/1", headers={"Accept-Language": "en"}).json
    assert letter["title"] == "Whether the message arrived could not be found out"


@pytest.mark.parametrize("how", [LOST, Delivery(Result.NEVER, "delivery_refused", answer="550 no")])
def test_a_letter_that_failed_or_is_unconfirmed_can_be_sent_again_and_closed(office: Office, how: Delivery) -> None:
    for number in (1, 2):
        office.call("POST", OUTBOX, LETTER)
        office.hub.outbox.mark_sending(number)
        office.hub.outbox.settle(number, how)
    again = office.call("POST", "/v1/outbox/1/resend")
    assert (again.status, again.json["state"], again.json["refused"]) == (202, "queued", {})
    assert ("send_again", "1") in office.hub.did
    assert office.call("DELETE", "/v1/outbox/2").status == 200
    assert [each["id"] for each in office.call("GET", "/v1/outbox").json["letters"]] == [1]


def test_a_letter_that_waits_or_was_sent_is_not_sent_again(office: Office) -> None:
    office.call("POST", OUTBOX, LETTER)
    for answer in (office.call("POST", "/v1/outbox/1/resend"), None):
        refused = answer or office.call("POST", "/v1/outbox/1/resend")
        assert (refused.status, refused.json["code"]) == (409, "letter_not_changeable")
        office.hub.outbox.settle(1, Delivery(Result.SENT))
    assert office.call("POST", "/v1/outbox/7/resend").status == 404


def test_the_outbox_is_listed_page_by_page_in_either_order(office: Office) -> None:
    for _ in range(5):
        office.call("POST", OUTBOX, LETTER)

    def ids(query: str) -> list[int]:
        return [each["id"] for each in office.call("GET", f"/v1/outbox?{query}").json["letters"]]

    assert ids("limit=2") == [1, 2]
    assert ids("limit=2&after=2") == [3, 4]
    assert ids("order=newest&limit=2") == [5, 4]
    assert ids("order=newest&limit=2&after=4") == [3, 2]
    assert ids("account=rent") == []


def test_a_large_letter_is_taken(office: Office) -> None:
    raw = EML + (b"x" * 76 + b"\r\n") * 100_000
    assert post_raw(office, raw).status == 202
    assert office.hub.outbox.get(1).size > 7_000_000
