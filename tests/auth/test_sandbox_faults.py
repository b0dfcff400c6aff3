"""What does a client see when the service or the way to it is not well?"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from auth.sandbox import SandboxProvider
from tests.rigs.program import Answer, Program, Watch

MEIER = "meier@haus.example"


@pytest.fixture
def tokens(program: Program) -> Answer:
    return program.sign_in(MEIER)


def refresh(program: Program, tokens: Answer) -> requests.Response:
    return program.post(program.tokens, grant_type="refresh_token", refresh_token=tokens["refresh_token"])


@pytest.mark.parametrize(
    ("number", "status", "error"),
    [
        (700082, 400, "invalid_grant"),
        (50076, 400, "invalid_grant"),
        (90033, 503, "temporarily_unavailable"),
        (7000218, 401, "invalid_client"),
        (99999999, 400, "invalid_grant"),
    ],
)
def test_the_next_request_fails_on_demand_and_the_one_after_it_does_not(
    program: Program, idp: SandboxProvider, tokens: Answer, number: int, status: int, error: str
) -> None:
    idp.fail_next(number)
    response = refresh(program, tokens)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.json()["error_codes"] == [number]
    assert refresh(program, tokens).status_code == 200


def test_a_faulty_service_answers_in_html(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.fail_next(503, times=2)
    statuses = [refresh(program, tokens) for _ in range(3)]
    assert [response.status_code for response in statuses] == [503, 503, 200]
    assert statuses[0].headers["Content-Type"].startswith("text/html")


def test_a_fault_may_be_meant_for_one_endpoint(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.fail_next(500, endpoint="discovery")
    assert refresh(program, tokens).status_code == 200
    assert program.get(f"{idp.authority}/v2.0/.well-known/openid-configuration").status_code == 500


def test_throttling_lasts_as_long_as_it_says(
    program: Program, idp: SandboxProvider, watch: Watch, tokens: Answer
) -> None:
    idp.throttle(120)
    response = refresh(program, tokens)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "120")
    assert response.json()["error_codes"] == [90055]
    watch.forward(seconds=121)
    assert refresh(program, tokens).status_code == 200


def test_a_hotels_page_comes_in_place_of_everything(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.captive_portal()
    response = refresh(program, tokens)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    idp.online()
    assert refresh(program, tokens).json()["access_token"]


def test_a_closed_connection_is_no_answer(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.close_connections(times=1)
    with pytest.raises(requests.ConnectionError):
        refresh(program, tokens)
    assert refresh(program, tokens).status_code == 200


def test_offline_means_that_connections_are_refused_until_it_is_online_again(
    program: Program, idp: SandboxProvider, tokens: Answer
) -> None:
    port = urlsplit(idp.url).port
    idp.offline()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port or 0), 2)
    with pytest.raises(requests.ConnectionError):
        refresh(program, tokens)
    idp.online()
    assert urlsplit(idp.url).port == port
    assert refresh(program, tokens).status_code == 200


def test_a_slow_answer_holds_up_nobody_else(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    idp.slow(1.5, times=1, endpoint="token")
    slow = threading.Thread(target=refresh, args=(program, tokens))
    began = time.monotonic()
    slow.start()
    assert Program(idp).get(f"{idp.url}/").status_code == 200
    assert slow.is_alive()
    slow.join()
    assert time.monotonic() - began >= 1.5


def test_a_hanging_service_ends_when_the_sandbox_does(tmp_path: Path) -> None:
    idp = SandboxProvider(tmp_path).start()
    idp.hang()
    failed: list[Exception] = []

    def ask() -> None:
        try:
            Program(idp).get(f"{idp.url}/")
        except requests.ConnectionError as error:
            failed.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    assert asking.is_alive()
    began = time.monotonic()
    idp.stop()
    assert time.monotonic() - began < 5
    asking.join(5)
    assert failed


def test_connections_that_say_nothing_block_nobody(program: Program, idp: SandboxProvider) -> None:
    port = urlsplit(idp.url).port or 0
    idle = [socket.create_connection(("127.0.0.1", port), 2) for _ in range(20)]
    context = ssl.create_default_context(cafile=str(idp.ca_file))
    half = context.wrap_socket(socket.create_connection(("localhost", port), 2), server_hostname="localhost")
    half.sendall(b"POST /organizations/oauth2/v2.0/token HTTP/1.1\r\nContent-Length: 100\r\n\r\nclient_id=")
    assert program.get(f"{idp.url}/").status_code == 200
    for connection in (*idle, half):
        connection.close()


def test_what_was_asked_is_noted_without_secrets(program: Program, idp: SandboxProvider, tokens: Answer) -> None:
    refresh(program, tokens)
    last = idp.requests[-1]
    assert (last.endpoint, last.grant, last.status, last.code) == ("token", "refresh_token", 200, 0)
    assert tokens["refresh_token"] not in repr(idp.requests)
    assert "the-state" not in repr(idp.requests)


def test_many_at_a_time_are_all_answered(idp: SandboxProvider, program: Program, tokens: Answer) -> None:
    answers: list[int] = []

    def ask() -> None:
        own = Program(idp)
        answers.extend(refresh(own, tokens).status_code for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 40
    assert program.refresh(tokens)["access_token"]
