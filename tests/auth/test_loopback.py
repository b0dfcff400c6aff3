"""What comes back from the browser, and what must not get in the way of it?"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from auth import loopback
from auth.loopback import Receiver
from auth.problems import SignInProblem
from tests.conftest import ROOT

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NEVER = threading.Event()


@dataclass(frozen=True)
class Shown:
    status: int
    text: str
    headers: dict[str, str]


def ask(port: int, method: str, path: str, body: str = "", *, host: str = "localhost", at: str = "127.0.0.1") -> Shown:
    """One request of a browser, as it would be sent; `host` without a port gets the right one."""
    connection = http.client.HTTPConnection(at, port, timeout=10)
    headers = FORM | {"Host": host if ":" in host else f"{host}:{port}"}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return Shown(answer.status, answer.read().decode(), dict(answer.headers))


def soon() -> float:
    return time.monotonic() + 10


@pytest.fixture
def browser() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.mark.parametrize("at", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_answer_arrives_by_get_and_by_post_on_both_addresses(
    browser: ThreadPoolExecutor, method: str, at: str
) -> None:
    answer = urlencode({"state": "right", "code": "a b&c=ü"})
    with Receiver("right") as receiver:
        path, body = ("/?" + answer, "") if method == "GET" else ("/", answer)
        page = browser.submit(ask, receiver.port, method, path, body, at=at)
        assert receiver.wait(soon(), NEVER) == {"state": "right", "code": "a b&c=ü"}
        receiver.answer("<p>Fertig, ä")
    assert (page.result().status, page.result().text) == (200, "<p>Fertig, ä")
    assert page.result().headers["Cache-Control"] == "no-store"
    assert page.result().headers["Connection"] == "close"


def test_the_page_waits_until_it_is_known_how_the_sign_in_ended(browser: ThreadPoolExecutor) -> None:
    with Receiver("right") as receiver:
        page: Future[Shown] = browser.submit(ask, receiver.port, "GET", "/?state=right&code=c")
        assert receiver.wait(soon(), NEVER)
        time.sleep(0.2)
        assert not page.done()
        receiver.answer("known")
    assert page.result().text == "known"


def test_a_wait_for_the_page_may_outlast_the_time_for_a_request(
    browser: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "CONNECTION_SECONDS", 0.2)
    with Receiver("right") as receiver:
        page = browser.submit(ask, receiver.port, "GET", "/?state=right&code=c")
        assert receiver.wait(soon(), NEVER)
        time.sleep(0.5)
        receiver.answer("late")
    assert page.result().text == "late"


def test_the_last_page_arrives_whole_although_the_browser_sent_more_than_was_read(browser: ThreadPoolExecutor) -> None:
    page = "<p>" + "ü" * 4_000_000
    with Receiver("right") as receiver, socket.create_connection(("127.0.0.1", receiver.port), timeout=10) as tab:
        request = f"GET /?state=right&code=c HTTP/1.1\r\nHost: localhost:{receiver.port}\r\n\r\n"
        tab.sendall(request.encode() + b"GET /favicon.ico HTTP/1.1\r\n" * 5_000)
        assert receiver.wait(soon(), NEVER)
        receiver.answer(page)
        time.sleep(0.3)
        shown = browser.submit(tab.makefile("rb").read)
        assert shown.result().endswith(page.encode())


_ALONE = """
import sys, threading, time
from auth.loopback import Receiver
with Receiver("right") as receiver:
    print(receiver.port, flush=True)
    assert receiver.wait(time.monotonic() + 10, threading.Event())
    receiver.answer("<p>" + "x" * 4_000_000)
"""


def test_the_last_page_arrives_whole_although_the_program_ends_after_it() -> None:
    with subprocess.Popen([sys.executable, "-c", _ALONE], stdout=subprocess.PIPE, cwd=ROOT) as program:
        assert program.stdout
        page = ask(int(program.stdout.readline()), "GET", "/?state=right&code=c")
        assert len(page.text) == 4_000_003
    assert program.returncode == 0


def test_a_browser_that_keeps_the_last_pages_connection_open_holds_nobody_up_for_long(
    browser: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "CLOSING_SECONDS", 0.3)
    with socket.socket() as tab:
        with Receiver("right") as receiver:
            tab.connect(("127.0.0.1", receiver.port))
            tab.sendall(f"GET /?state=right&code=c HTTP/1.1\r\nHost: localhost:{receiver.port}\r\n\r\n".encode())
            assert receiver.wait(soon(), NEVER)
            receiver.answer("<p>Fertig")
            began = time.monotonic()
        assert time.monotonic() - began < 5
        assert browser.submit(tab.makefile("rb").read).result().endswith(b"<p>Fertig")


def test_idle_connections_that_came_first_keep_nobody_waiting(browser: ThreadPoolExecutor) -> None:
    with Receiver("right") as receiver:
        idle = [socket.create_connection(("127.0.0.1", receiver.port)) for _ in range(5)]
        page = browser.submit(ask, receiver.port, "POST", "/", "state=right&code=c")
        assert receiver.wait(time.monotonic() + 4, NEVER)
        receiver.answer("here")
        assert page.result().text == "here"
        for connection in idle:
            connection.close()


def test_a_connection_that_dribbles_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loopback, "CONNECTION_SECONDS", 0.3)
    with Receiver("right") as receiver, socket.create_connection(("127.0.0.1", receiver.port), timeout=5) as slow:
        began = time.monotonic()
        slow.sendall(b"GET / HTTP/1.1\r\n")
        answer = slow.makefile("rb").read()
        assert time.monotonic() - began < 2
    assert b"200" not in answer


@pytest.mark.parametrize(
    ("request_line", "body", "host", "status"),
    [
        ("GET /?state=wrong&code=evil", "", "localhost", 400),
        ("POST /", "state=wrong&code=evil", "localhost", 400),
        ("GET /?code=evil", "", "localhost", 400),
        ("GET /?state=right&state=right&code=evil", "", "localhost", 400),
        ("GET /?state=right&code=evil&code=good", "", "localhost", 400),
        ("GET /favicon.ico", "", "localhost", 404),
        ("GET /other?state=right&code=evil", "", "localhost", 404),
        ("GET /?state=right&code=evil", "", "rebound.example", 403),
        ("GET /?state=right&code=evil", "", "localhost:1", 403),
        ("GET /?state=right&code=evil", "", "0.0.0.0", 403),
        ("POST /", "state=right&code=" + "x" * 65_536, "localhost", 413),
        ("GET /?state=right&code=" + "x" * 66_000, "", "localhost", 414),
        ("PUT /?state=right&code=evil", "", "localhost", 501),
    ],
)
def test_what_is_not_the_answer_changes_nothing_and_comes_back_empty(
    browser: ThreadPoolExecutor, request_line: str, body: str, host: str, status: int
) -> None:
    with Receiver("right") as receiver:
        method, path = request_line.split()
        shown = ask(receiver.port, method, path, body, host=host)
        assert (shown.status, shown.text) == (status, "")
        page = browser.submit(ask, receiver.port, "GET", "/?state=right&code=good")
        assert receiver.wait(soon(), NEVER) == {"state": "right", "code": "good"}
        receiver.answer("ok")
        assert page.result().status == 200


def test_a_form_of_another_type_is_refused() -> None:
    with Receiver("right") as receiver:
        connection = http.client.HTTPConnection("localhost", receiver.port, timeout=10)
        connection.request("POST", "/", "state=right&code=c", {"Content-Type": "text/plain"})
        assert connection.getresponse().status == 415


def test_a_second_authorize_request_goes_on_in_the_same_tab(browser: ThreadPoolExecutor) -> None:
    with Receiver("first") as receiver:
        page = browser.submit(ask, receiver.port, "POST", "/", "state=first&code=1")
        assert receiver.wait(soon(), NEVER) == {"state": "first", "code": "1"}
        receiver.redirect("https://login.example/authorize?state=second", "second")
        assert (page.result().status, page.result().headers["Location"]) == (
            303,
            "https://login.example/authorize?state=second",
        )
        assert ask(receiver.port, "POST", "/", "state=first&code=1").status == 400
        page = browser.submit(ask, receiver.port, "POST", "/", "state=second&code=2")
        assert receiver.wait(soon(), NEVER) == {"state": "second", "code": "2"}
        receiver.answer("done")
    assert page.result().text == "done"


def test_the_same_answer_twice_gets_the_same_page(browser: ThreadPoolExecutor) -> None:
    with Receiver("right") as receiver:
        pages = [browser.submit(ask, receiver.port, "GET", f"/?state=right&code={n}") for n in range(4)]
        answer = receiver.wait(soon(), NEVER)
        time.sleep(0.2)
        assert receiver.wait(soon(), NEVER) == answer
        receiver.answer("once")
    assert {page.result().text for page in pages} == {"once"}


def test_it_gives_up_at_the_time_limit() -> None:
    with Receiver("right") as receiver:
        assert receiver.wait(time.monotonic() + 0.2, NEVER) is None


def test_cancelling_ends_the_wait_at_once() -> None:
    cancelled = threading.Event()
    with Receiver("right") as receiver:
        threading.Timer(0.2, cancelled.set).start()
        began = time.monotonic()
        assert receiver.wait(soon(), cancelled) is None
    assert time.monotonic() - began < 8


def test_two_sign_ins_at_once_do_not_mix(browser: ThreadPoolExecutor) -> None:
    with Receiver("one") as one, Receiver("two") as two:
        assert ask(one.port, "GET", "/?state=two&code=2").status == 400
        page_two = browser.submit(ask, two.port, "GET", "/?state=two&code=2")
        page_one = browser.submit(ask, one.port, "GET", "/?state=one&code=1")
        assert (one.wait(soon(), NEVER) or {})["code"] == "1"
        assert (two.wait(soon(), NEVER) or {})["code"] == "2"
        one.answer("1")
        two.answer("2")
    assert (page_one.result().text, page_two.result().text) == ("1", "2")


def test_a_port_that_somebody_holds_on_the_other_address_is_not_taken() -> None:
    with socket.socket(socket.AF_INET6) as squatter:
        squatter.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        squatter.bind(("::1", 0))
        squatter.listen()
        taken = squatter.getsockname()[1]
        with Receiver("right", ports=[taken, 0]) as receiver:
            assert receiver.port != taken
        with pytest.raises(SignInProblem) as problem, Receiver("right", ports=[taken]):
            pass
        assert problem.value.code == "no_redirect_port"


@pytest.mark.parametrize(("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_nobody_else_gets_the_port_while_it_is_in_use(family: socket.AddressFamily, address: str) -> None:
    with Receiver("right") as receiver, socket.socket(family) as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with pytest.raises(OSError, match=r"in use|10013|10048"):
            squatter.bind((address, receiver.port))


def test_the_port_is_closed_afterwards() -> None:
    with Receiver("right") as receiver:
        port = receiver.port
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=2)
