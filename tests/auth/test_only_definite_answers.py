"""Only a definite answer ends a session, and no token is lost to anything: a table of whatever may come back."""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from auth import http
from auth.keeper import Keeper
from auth.microsoft import MicrosoftProvider
from auth.openid import OpenIdProvider
from auth.outcome import Granted, Refused, Unreachable
from auth.sandbox import SandboxProvider
from auth.sandbox.certificate import issue, make_ca
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import MEIER, at_the_desk, identity
from tests.rigs.program import Watch

HTML = "<!doctype html><title>Sign in to the guest network</title><form action=/login></form>"
REVOKED = json.dumps(
    {
        "error": "invalid_grant",
        "error_description": "AADSTS50173: revoked",
        "error_codes": [50173],
        "suberror": "bad_token",
    }
)
TOKEN = json.dumps({"token_type": "Bearer", "access_token": "a", "expires_in": 3600})
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """An answer, and the code of the outage that is made of it; none: the session is over."""

    status: int
    body: str | bytes
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    code: str = ""
    wait: timedelta | None = None


def row(status: int, body: str | bytes, code: str, *, wait: timedelta | None = None, **headers: str) -> Row:
    html = isinstance(body, str) and body.startswith("<")
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Row(status, body, "text/html" if html else "application/json", named, code, wait)


ANSWERS = {
    # nothing that can be read
    "an empty 200": row(200, "", "service_fault"),
    "a page with 200": row(200, HTML, "captive_portal"),
    "a page that says it is JSON": Row(200, HTML, code="captive_portal"),
    "a token cut in the middle": row(200, TOKEN[:30], "service_fault"),
    "a refusal cut in the middle": row(400, REVOKED[:40], "service_fault"),
    "a list": row(200, "[1, 2]", "service_fault"),
    "a word": row(200, '"invalid_grant"', "service_fault"),
    "null": row(200, "null", "service_fault"),
    "not UTF-8": row(200, b"\xff\xfe\x00{", "service_fault"),
    "brackets in brackets": row(200, "[" * 100_000, "service_fault"),
    "JSON without a token": row(200, "{}", "service_fault"),
    "a token that is a number": row(200, '{"access_token": 5, "expires_in": 3600}', "service_fault"),
    "a token without a life": row(200, '{"access_token": "a", "expires_in": {}}', "service_fault"),
    "a life that is no number": row(200, '{"access_token": "a", "expires_in": "soon"}', "service_fault"),
    "a life that no date can hold": row(200, TOKEN.replace("3600", "1" + "0" * 30), "service_fault"),
    "no life at all": row(200, TOKEN.replace("3600", "0"), "service_fault"),
    "a refresh token that is a number": row(200, TOKEN.replace("}", ', "refresh_token": 5}'), "service_fault"),
    "an empty refresh token": row(200, TOKEN.replace("}", ', "refresh_token": ""}'), "service_fault"),
    "a token that is null": row(200, '{"access_token": null, "expires_in": 3600}', "service_fault"),
    "a scope that is a list": row(200, TOKEN.replace("}", ', "scope": ["a"]}'), "service_fault"),
    # redirects: never followed, since the request carries the refresh token
    "a redirect to a hotel's page": row(302, "", "captive_portal", Location="http://hotel.example/"),
    "a redirect that keeps the request": row(307, "", "captive_portal", Location="https://localhost:1/"),
    "a permanent one": row(308, "", "captive_portal", Location="https://localhost:1/"),
    "network login required": row(511, HTML, "captive_portal"),
    # pages of proxies and firewalls in place of a refusal
    "a page with 400": row(400, HTML, "captive_portal"),
    "a page with 401": row(401, HTML, "captive_portal"),
    "a page with 403": row(403, HTML, "captive_portal"),
    "a page with 404": row(404, HTML, "captive_portal"),
    "the proxy wants a password": row(407, HTML, "network"),
    "a request that took too long": row(408, "", "network"),
    "a proxy's JSON": row(403, '{"message": "blocked by policy"}', "service_fault"),
    "a refusal without an error": row(400, '{"error_description": "AADSTS50173: x"}', "service_fault"),
    "an error of another kind": row(400, '{"error": {"code": "invalid_grant"}}', "service_fault"),
    "an error that nobody defined": row(400, '{"error": "please_wait"}', "service_fault"),
    "a refusal that says it passes": row(400, '{"error": "temporarily_unavailable"}', "service_fault"),
    "a loop that Entra sees": row(400, '{"error": "invalid_grant", "error_codes": [50196]}', "throttled", wait=HOUR),
    "a passing number": row(400, '{"error": "invalid_grant", "error_codes": [90033]}', "service_fault"),
    # throttling
    "429": row(429, REVOKED, "throttled"),
    "429 with seconds": row(429, REVOKED, "throttled", wait=timedelta(seconds=17), Retry_After="17"),
    "429 with a date": row(429, "{}", "throttled", wait=timedelta(minutes=2),
                           Retry_After="Tue, 24 Nov 2026 12:02:00 GMT", Date="Tue, 24 Nov 2026 12:00:00 GMT"),
    "429 with far too many seconds": row(429, "{}", "throttled", wait=HOUR, Retry_After="99999999"),
    "429 with nonsense": row(429, HTML, "throttled", Retry_After="soon"),
    "429 with the past": row(429, "{}", "throttled", wait=timedelta(),
                             Retry_After="Tue, 24 Nov 2026 11:00:00 GMT", Date="Tue, 24 Nov 2026 12:00:00 GMT"),
    # the service's own faults, whatever they carry
    **{f"{status}": row(status, REVOKED, "service_fault") for status in (500, 501, 502, 503, 504, 505, 520, 599)},
    "503 with a page": row(503, HTML, "service_fault"),
    "503 with seconds": row(503, HTML, "service_fault", wait=timedelta(seconds=30), Retry_After="30"),
    # definite
    "a refusal": row(400, REVOKED, ""),
    "a refusal with 401": row(401, REVOKED, ""),
    "a refusal with 403": row(403, REVOKED, ""),
}  # fmt: skip


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault", MemoryKey())


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SandboxProvider, Watch]]:
    watch = Watch()
    with SandboxProvider(tmp_path_factory.mktemp("idp"), watch) as idp:
        idp.add_person(MEIER, consent="granted")
        idp.habits.loop_limit = 0
        yield idp, watch


def signed_in(idp: SandboxProvider, vault: Vault, watch: Watch, kind: str) -> Keeper:
    """Two hours ago: the access token is over."""
    mine = identity(idp)
    if kind == "microsoft":
        keeper = MicrosoftProvider(mine, vault, watch)
    else:
        plain = type(mine)("info", MEIER, idp.client_id, mine.scopes, issuer=idp.issuer, ca_file=idp.ca_file)
        keeper = OpenIdProvider(plain, vault, watch)
    desk = at_the_desk(idp)
    keeper.sign_in(desk.attempt())
    desk.leaves()
    watch.forward(hours=2)
    return keeper


def check(keeper: Keeper, vault: Vault, row: Row) -> None:
    """The answer is understood, and what is kept is the same as before."""
    before = vault.load("info")
    outcome = keeper.refresh()
    if row.code:
        assert isinstance(outcome, Unreachable), outcome
        assert (outcome.code, outcome.retry_after) == (row.code, row.wait)
    else:
        assert isinstance(outcome, Refused), outcome
        assert outcome.code == "AADSTS50173"
    assert vault.load("info") == before
    assert keeper.session() is not None


@pytest.mark.parametrize("kind", ["microsoft", "openid"])
def test_no_answer_but_a_definite_one_ends_a_session_and_none_costs_a_token(
    house: tuple[SandboxProvider, Watch], vault: Vault, kind: str
) -> None:
    idp, watch = house
    keeper = signed_in(idp, vault, watch, kind)
    for name, each in ANSWERS.items():
        idp.answer_next(each.status, each.body, kind=each.kind, headers=dict(each.headers))
        try:
            check(keeper, vault, each)
        except AssertionError as wrong:
            raise AssertionError(f"{kind}: {name}: {wrong}") from wrong
        assert isinstance(keeper.refresh(), Granted), f"{kind}: after {name}"
        watch.forward(hours=2)


@pytest.mark.parametrize("kind", ["microsoft", "openid"])
def test_no_new_refresh_token_leaves_the_one_that_is_there(
    house: tuple[SandboxProvider, Watch], vault: Vault, kind: str
) -> None:
    """Whether it is left out or written down as null."""
    idp, watch = house
    keeper = signed_in(idp, vault, watch, kind)
    for nothing in ("}", ', "refresh_token": null}'):
        idp.answer_next(
            200, TOKEN.replace("}", ', "scope": "' + " ".join(identity(idp).scopes) + '"}').replace("}", nothing)
        )
        assert isinstance(keeper.refresh(), Granted)
        assert isinstance(keeper.refresh(), Granted), "the refresh token is still there"


@contextmanager
def in_its_place(port: int, answer: Callable[[socket.socket], None]) -> Iterator[None]:
    """Somebody else listens where the provider was."""
    with socket.create_server(("127.0.0.1", port)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:  # closed: the end
                    return
                with connection:
                    try:
                        answer(connection)
                    except OSError:
                        continue  # the client does not like it, which is what is looked for

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        if sys.platform != "win32":  # there closing is enough
            listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def silence(connection: socket.socket) -> None:
    connection.settimeout(5)
    while connection.recv(1024):
        pass


def tls_with(context: ssl.SSLContext) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            secure.recv(1024)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    return answer


def test_no_broken_line_ends_a_session(
    house: tuple[SandboxProvider, Watch], vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hotel's gateway with a certificate of its own, one with plain HTTP, a firewall that drops or resets."""
    idp, watch = house
    keeper = signed_in(idp, vault, watch, "microsoft")
    monkeypatch.setattr(http, "TIMEOUTS", (0.5, 0.5))
    (tmp_path / "other").mkdir()
    strange = issue(make_ca(tmp_path / "other"), ["localhost"], tmp_path / "other")
    misnamed = issue(idp.ca, ["hotel.example"], tmp_path)
    contexts = []
    for certificate in (strange, misnamed):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.file, certificate.key_file)
        contexts.append(context)
    lines: dict[str, tuple[Callable[[socket.socket], None], str]] = {
        "plain HTTP": (
            lambda line: line.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://hotel.example/\r\n\r\n"),
            "network",
        ),
        "closed at once": (lambda line: line.close(), "network"),
        "silence": (silence, "network"),
        "a certificate of somebody else's": (tls_with(contexts[0]), "certificate"),
        "a certificate for another name": (tls_with(contexts[1]), "certificate"),
    }
    idp.offline()
    try:
        check(keeper, vault, Row(0, "", code="network"))
        for name, (answer, code) in lines.items():
            with in_its_place(idp.server.port, answer):
                try:
                    check(keeper, vault, Row(0, "", code=code))
                except AssertionError as wrong:
                    raise AssertionError(f"{name}: {wrong}") from wrong
    finally:
        idp.online()
    assert isinstance(keeper.refresh(), Granted)
