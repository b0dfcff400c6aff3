"""A sign-in, another mailbox or an end comes in between: no letter is lost and none is doubled."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.stories.mishaps import ADDRESS, Place

pytestmark = pytest.mark.needs("desktop")


def test_a_test_mail_signs_in_first_and_goes_out_once(place: Place) -> None:
    place.account(receive="none")
    place.program.start("--no-tray")
    before = len(place.world.post.submitted)
    assert place.types("check", "info")[0] == 3
    code, said = place.types("test-mail", "info")
    assert (code, "sign in in the browser" in said, "has been sent" in said) == (0, True, True), said
    assert len(place.world.post.submitted) == before + 1


def test_an_account_that_is_pointed_at_another_mailbox_loses_nothing_there(place: Place) -> None:
    """Its UIDs say nothing about the new one's, where the first message may bear the same."""
    other = "other@office.example"
    place.world.provider.add_person(other)
    place.world.post.deliver(ADDRESS, b"Subject: first\r\n\r\nx\r\n")
    place.signed_in()
    place.program.api.post("accounts", "info", "fetch")
    before = len(place.program.api.get("messages", limit=500)["messages"])
    place.world.provider.share(other, with_person=ADDRESS)
    place.world.post.add_mailbox(other)
    place.world.post.deliver(other, b"Subject: theirs\r\n\r\nx\r\n")
    changes = {"address": other, "sign_in_as": ADDRESS, "after_fetch": "delete"}
    place.program.api.call("PATCH", ("accounts", "info"), body=json.dumps(changes).encode(), kind="application/json")
    assert place.program.api.post("accounts", "info", "fetch")["new"] == 1
    assert len(place.program.api.get("messages", limit=500)["messages"]) == before + 1


def test_it_ends_within_seconds_though_a_server_is_silent_and_the_letter_stays(place: Place) -> None:
    api = place.signed_in(receive="none")
    place.world.post.slow(ADDRESS, "smtp", 60)
    letter = api.post("accounts", "info", "outbox", json_body={"to": ["a@b.example"], "subject": "x", "text": "y"})
    place.program.until(lambda: place.world.post.connections(ADDRESS, "smtp"), "the round of sending")
    begun = time.monotonic()
    assert place.program.stop() == 0
    assert time.monotonic() - begun < 8
    place.world.post.clear_faults()
    api = place.program.start("--no-tray")
    assert api.get("outbox", str(letter["id"]))["state"] == "queued"


def test_mail_programs_that_ask_for_tokens_at_the_same_moment_all_get_one_though_nothing_runs(place: Place) -> None:
    place.signed_in()
    assert place.program.stop() == 0
    with ThreadPoolExecutor(3) as programs:
        ended = list(
            programs.map(lambda protocol: place.types("token", "info", "--for", protocol), ("imap", "smtp") * 2)
        )
    assert [code for code, _said in ended] == [0] * 4, ended
    assert len({said for _code, said in ended}) == 1
