from __future__ import annotations

import json
import logging
import os
import socket
import stat
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.tray.api.office import Answer, Office, running
from tray.api.serving import PortTaken, listen


def test_api_json_is_there_exactly_while_the_api_answers(tmp_path: Path) -> None:
    with running(tmp_path) as office:
        file = office.places.api_file
        said = json.loads(file.read_bytes())
        assert said["url"] == f"http://{office.host}"
        assert said["secret"] == office.server.keys.secret
        assert said["pid"] == os.getpid()
        assert said["version"]
        assert said["started"].endswith("Z")
        assert file.read_bytes().isascii()
    assert not file.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", office.server.port), timeout=2)


if sys.platform != "win32":  # there the file has an access list of its own

    def test_api_json_is_readable_by_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            with running(tmp_path) as office:
                assert stat.S_IMODE(office.places.api_file.stat().st_mode) == 0o600
        finally:
            os.umask(before)


def test_each_start_has_a_new_secret_and_the_old_one_is_worth_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        pass
    with running(tmp_path) as second:
        assert second.call("GET", "/v1/status", key=first.server.keys.secret).status == 401
        assert second.call("GET", "/v1/status").status == 200


def test_a_port_that_is_taken_is_a_clear_error(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as caught, running(tmp_path, api_port=port):
            pass
    assert caught.value.facts["port"] == str(port)


def test_a_fixed_port_is_free_again_right_after_a_stop(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        first.call("GET", "/v1/status")
    with running(tmp_path, api_port=first.server.port) as second:
        assert second.call("GET", "/v1/status").status == 200


def test_a_loop_that_has_ended_leaves_no_file_and_can_still_be_left(tmp_path: Path) -> None:
    before = threading.active_count()
    with running(tmp_path) as office:
        assert office.places.api_file.exists()
        office.server._server.end()
        office.server._thread.join(10)
        assert not office.server._thread.is_alive()
    assert not office.places.api_file.exists()
    assert threading.active_count() <= before


def test_nobody_else_can_listen_on_the_same_port() -> None:
    ours = listen(0)
    with socket.socket() as other, pytest.raises(OSError):
        other.bind(ours.getsockname())
    ours.close()


def test_a_status_does_not_wait_for_a_check_that_takes_long(office: Office) -> None:
    office.hub.hold = threading.Event()
    waiting = [
        threading.Thread(target=office.call, args=("POST", "/v1/accounts/info/check"), daemon=True) for _ in range(20)
    ]
    for each in waiting:
        each.start()
    time.sleep(0.3)
    before = time.monotonic()
    assert office.call("GET", "/v1/status").status == 200
    assert office.call("GET", "/v1/accounts/info/token?for=imap").status == 200
    assert time.monotonic() - before < 8
    office.hub.hold.set()
    for each in waiting:
        each.join(10)


def test_nobody_who_ends_a_sign_in_waits_for_fetches_and_no_status_for_tokens(office: Office) -> None:
    office.hub.signing_in.add("info")
    office.hub.hold = threading.Event()
    asks = [("POST", "/v1/accounts/info/fetch"), ("GET", "/v1/accounts/info/token?for=imap")] * 10
    waiting = [threading.Thread(target=office.call, args=ask, daemon=True) for ask in asks]
    for each in waiting:
        each.start()
    time.sleep(0.3)
    before = time.monotonic()
    assert office.call("DELETE", "/v1/accounts/info/sign-in").status == 200
    assert office.call("GET", "/v1/status").status == 200
    assert time.monotonic() - before < 8
    office.hub.hold.set()
    for each in waiting:
        each.join(10)


def test_a_stop_does_not_wait_for_a_check_that_takes_long(tmp_path: Path) -> None:
    hold = threading.Event()
    with running(tmp_path) as office:
        office.hub.hold = hold
        answers: list[Answer] = []
        check = lambda: answers.append(office.call("POST", "/v1/accounts/info/check"))  # noqa: E731
        asked = threading.Thread(target=check, daemon=True)
        asked.start()
        while not office.hub.did:
            time.sleep(0.01)
        before = time.monotonic()
    assert time.monotonic() - before < 5
    asked.join(5)
    assert [(each.status, each.json["code"]) for each in answers] == [(503, "postwart_ending")]
    hold.set()


def test_an_idle_api_sleeps(office: Office) -> None:
    """uvicorn's own main loop alone would wake it twenty times in this time."""
    office.call("GET", "/v1/status")
    before = _switches()
    time.sleep(2)
    assert _switches() - before <= 12  # what the tests' own threads do is in it


def test_a_fault_of_ours_is_logged_and_told_without_its_details(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.hub.trouble = ZeroDivisionError("the inner life of the program")
    answer = office.call("POST", "/v1/accounts/info/fetch")
    assert answer.status == 500
    assert answer.json["code"] == "unexpected"
    assert b"inner life" not in answer.content
    assert "the inner life" in caplog.text


def test_the_secret_is_in_no_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for target in ("/v1/status", "/nothing", f"/v1/status?x={'y' * 40}"):
            office.call("GET", target)
        office.send(b"nonsense\r\n\r\n")
        office.hub.trouble = ZeroDivisionError()
        office.call("POST", "/v1/accounts/info/fetch")
    assert office.server.keys.secret not in caplog.text
    assert office.server.keys.secret not in repr(office.server.file)


def _switches() -> int:
    """How often the API's thread went to sleep so far; each wake-up ends with one."""
    thread = next(each for each in threading.enumerate() if each.name == "api")
    status = Path(f"/proc/self/task/{thread.native_id}/status")
    if not status.exists():
        return 0  # counted on Linux alone
    lines = dict(line.split(":\t") for line in status.read_text().splitlines() if ":\t" in line)
    return int(lines["voluntary_ctxt_switches"])
