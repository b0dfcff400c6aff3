"""A first fetch takes long: who listens hears of its mails while it goes on, and seldom enough to cost nothing."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.office import Office, wait_until
from tests.tray.api.listener import listening
from tray.picture import Picture

MAILS = 10_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as office:
        yield office


def test_the_first_of_ten_thousand_mails_is_told_long_before_the_last_is_here(office: Office) -> None:
    address = office.has_account("info")
    office.opens()
    office.signs_in("info")
    for number in range(MAILS):
        office.post.deliver(address, b"Subject: mail %d\r\n\r\nhello\r\n" % number)
    pictures: list[tuple[float, Picture]] = []
    office.helper.board.watch(lambda picture: pictures.append((time.monotonic(), picture)))
    api = json.loads(office.places.api_file.read_text("ascii"))
    with listening(urlsplit(api["url"]).netloc, api["secret"]) as listener:
        begun = time.monotonic()
        fetching = threading.Thread(target=office.helper.fetch, args=("info",))
        fetching.start()
        first = listener.next()
        told_after = time.monotonic() - begun
        assert first
        assert (first.kind, first.data["subject"]) == ("message", "mail 0")
        assert wait_until(lambda: 0 < pictures[-1][1].unread < MAILS)
        fetching.join()
        took = time.monotonic() - begun
        rest = listener.take(MAILS - 1)
    assert told_after < took / 2
    assert [heard.data["subject"] for heard in rest[-2:]] == [f"mail {MAILS - 2}", f"mail {MAILS - 1}"]
    assert office.helper.board.picture.unread == MAILS
    since = [picture for at, picture in pictures if at > begun]
    assert len(since) <= took + 3  # one at once, one a second, one at the end, and the sign-in's last words
