"""Whoever else answers at our port gets neither secret nor mail."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.tray.api.office import Office
from tray.api.client import ApiClient
from tray.runtime import ApiFile, NotAnswering

SECRET = "the secret of somebody who has died"


@contextmanager
def squatter(answer: bytes, headers: dict[str, str] | None = None) -> Iterator[tuple[ApiFile, list[str]]]:
    """Another user's server at the port of a Postwart that was killed, and all that it was told."""
    told: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.append(f"{self.command} {self.path.partition('?')[0]} {self.headers}")
            self.send_response(200)
            for name, value in ({"Content-Length": str(len(answer))} | (headers or {})).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Not into the tests' output."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield ApiFile(f"http://127.0.0.1:{server.server_port}", SECRET), told
        server.shutdown()


@pytest.mark.parametrize(
    "answer",
    [b'{"version": "0.1.0", "proof": "' + b"0" * 64 + b'"}', b'{"proof": null}', b"[]", b"nonsense", b"", b"{" * 9000],
)
def test_a_stranger_at_our_port_is_told_nothing(answer: bytes) -> None:
    with squatter(answer) as (api, told):
        with pytest.raises(NotAnswering):
            ApiClient(api).post("accounts", "info", "outbox", raw=b"Subject: in confidence\r\n\r\n")
        with pytest.raises(NotAnswering):
            ApiClient(api).get("status")
        assert [line.split()[:2] for line in told] == [["GET", "/v1/hello"]] * 2
        assert SECRET not in "".join(told)
        assert "Authorization" not in "".join(told)


def test_the_real_one_is_known_by_its_proof(office: Office) -> None:
    assert ApiClient(office.server.file).get("status")["accounts"]


def test_one_that_has_another_secret_is_not_ours(office: Office) -> None:
    with pytest.raises(NotAnswering):
        ApiClient(ApiFile(office.server.url, SECRET)).get("status")
