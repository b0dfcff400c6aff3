"""What no web page, no other user and no broken program may achieve, on every route that the OpenAPI file names."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from mail.compose import compose
from tests.tray.api.description import calls
from tests.tray.api.office import Office, request, running, status_of, with_secret
from tests.tray.api.test_messages import has_mail
from tray.api.rights import MAIN, Right

OPEN = {("GET", "/v1/hello"), ("POST", "/v1/page-session"), ("GET", "/docs"), ("GET", "/docs.css"), ("GET", "/")}


NAMES = {"account_id": "info", "letter_id": "1", "message_id": "1", "number": "0", "name": "WIN-OFFICE"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all of these tests: what is refused changes nothing."""
    with running(tmp_path_factory.mktemp("house")) as office:
        has_mail(office, 1)
        office.hub.outbox.accept("info", compose("info@firm.example", to=("a@b.example",), subject="x", text="x"), "")
        office.hub.program_keys.add("WIN-OFFICE", {Right.READ}, MAIN)
        yield office


@pytest.fixture
def office(house: Office) -> Iterator[Office]:
    """Holds the stores to be as they were: not all calls go through the hub."""
    house.hub.did.clear()
    before = stored(house)
    yield house
    assert stored(house) == before


def stored(office: Office) -> object:
    hub = office.hub
    return (
        [(message.id, message.done) for message in hub.inbox.list()],
        [(letter.id, letter.state) for letter in hub.outbox.list()],
        [(key.name, key.rights) for key in hub.program_keys.list()],
        hub.settings,
        office.places.config_file.exists(),
    )


def routes() -> list[tuple[str, str]]:
    """Every method and path, with names that exist, and some paths that do not."""
    named = [(call.method, call.path.format(**NAMES)) for call in calls()]
    static = [("GET", path) for path in ("/openapi.json", "/", "/docs", "/docs.css", "/nothing")]
    return [*named, *static, ("POST", "/v1/nothing")]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1:{port}@evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "127.1:{port}",
        "2130706433:{port}",
        "127.0.0.1.:{port}",
        "",
        "127.0.0.1:{port}\nHost: 127.0.0.1:{port}",
        "127.0.0.1:{port}\nHost: evil.example",
    ],
)
def test_a_foreign_host_is_refused_on_every_route_even_with_the_secret(office: Office, host: str) -> None:
    host = host.format(port=office.server.port).replace("\n", "\r\n")
    for method, path in routes():
        answer = office.send(request(office, method, path, host=host, more=with_secret(office)))
        assert status_of(answer) in {400, 403}, (method, path)
    assert office.hub.did == []


@pytest.mark.parametrize(
    "header",
    [
        "Origin: null",
        "Origin: https://evil.example",
        "Origin: http://127.0.0.1",
        "Origin: http://127.0.0.1:1",
        "Origin: http://{host}.evil.example",
        "Origin: https://{host}",
        "Origin: http://{host}\nOrigin: https://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Sec-Fetch-Site: anything",
    ],
)
def test_what_a_foreign_web_page_sends_is_refused_on_every_route_even_with_the_secret(
    office: Office, header: str
) -> None:
    more = with_secret(office, header.format(host=office.host))
    for method, path in routes():
        assert status_of(office.send(request(office, method, path, more=more))) == 403, (method, path)
    assert office.hub.did == []


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Authorization: Bearer",
        "Authorization: Bearer wrong",
        "Authorization: Bearer {secret}x",
        "Authorization: Basic {secret}",
        "Authorization: {secret}",
        "Authorization: Bearer wrong\nAuthorization: Bearer {secret}",
        "Authorization: Bearer \xe4\xf6\xfc",
        "X-Api-Key: {secret}",
        "Cookie: secret={secret}",
    ],
)
def test_without_the_secret_only_the_open_doors_answer(office: Office, header: str) -> None:
    more = header.format(secret=office.server.keys.secret)
    for method, path in routes():
        answer = office.send(request(office, method, path, more=more))
        if (method, path) in OPEN:
            assert status_of(answer) != 401, (method, path)
        else:
            assert status_of(answer) == 401, (method, path)
            assert office.server.keys.secret.encode() not in answer
    assert office.hub.did == []


def test_the_secret_in_the_address_is_worth_nothing(office: Office) -> None:
    secret = office.server.keys.secret
    assert office.call("GET", f"/v1/status?secret={secret}&access_token={secret}", key="").status == 401


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jso"],
)
def test_what_a_form_could_send_is_refused_on_every_route_that_changes_something(office: Office, kind: str) -> None:
    more = with_secret(office, f"Content-Type: {kind}" if kind else "")
    for method, path in routes():
        if method != "GET":
            answer = office.send(request(office, method, path, more=more, body='{"id": "info"}'))
            assert status_of(answer) == 415, (method, path)
    assert office.hub.did == []


def test_no_route_answers_a_preflight_or_another_odd_method(office: Office) -> None:
    more = with_secret(office, "Access-Control-Request-Method: POST")
    for method in ("OPTIONS", "TRACE", "HEAD", "CONNECT", "PROPFIND"):
        for _, path in routes():
            answer = office.send(request(office, method, path, more=more))
            assert status_of(answer) in {400, 405}, (method, path)
            assert b"access-control" not in answer.lower()
    assert office.hub.did == []


def test_an_absolute_address_and_an_old_protocol_are_refused_on_every_route(office: Office) -> None:
    more = with_secret(office)
    for method, path in routes():
        absolute = request(office, method, f"http://{office.host}{path}", more=more)
        assert status_of(office.send(absolute)) == 400, (method, path)
        old = request(office, method, path, more=more).replace(b"HTTP/1.1", b"HTTP/1.0")
        assert status_of(office.send(old)) == 505, (method, path)
    assert office.hub.did == []


def test_a_get_with_a_body_is_refused_on_every_route(office: Office) -> None:
    for method, path in routes():
        if method == "GET":
            answer = office.send(request(office, method, path, more=with_secret(office), body="x"))
            assert status_of(answer) == 400, path


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 2\nContent-Length: 3",
        "Content-Length: 2\nTransfer-Encoding: chunked",
        "Content-Length: -1",
        "Content-Length: 0x2",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
    ],
)
def test_a_body_whose_length_can_be_read_in_two_ways_is_refused_on_every_route(
    office: Office, lengths: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray.api.body._DRAIN_SECONDS", 0.01)
    more = with_secret(office, f"Content-Type: application/json\n{lengths}")
    for method, path in routes():
        answer = office.send(request(office, method, path, more=more) + b"{}")
        assert status_of(answer) in {400, 501}, (method, path, answer)
    assert office.hub.did == []


def test_a_huge_head_is_cut_off_on_every_route(office: Office) -> None:
    for method, path in routes():
        answer = office.send(request(office, method, path, more=with_secret(office, "X-Long: " + "x" * 500_000)))
        assert status_of(answer) in {0, 400, 431}, (method, path)
    assert office.hub.did == []


def test_a_body_that_is_too_large_or_does_not_come_is_refused_on_every_route(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tray.api.body.SECONDS", 0.05)
    monkeypatch.setattr("tray.api.body._DRAIN_SECONDS", 0.01)
    for method, path in routes():
        if method == "GET":
            continue
        more = with_secret(office, "Content-Type: application/json\nContent-Length: {length}")
        huge = request(office, method, path, more=more.format(length=10**12))
        assert status_of(office.send(huge)) == 413, (method, path)
        slow = request(office, method, path, more=more.format(length=100)) + b'{"id"'
        assert status_of(office.send(slow)) == 408, (method, path)
    assert office.hub.did == []


def test_a_path_with_dots_leads_nowhere(office: Office) -> None:
    for path in ("/../api.json", "/..%2fapi.json", "/page/../../api.json", "//etc/passwd", "/%2e%2e/api.json"):
        assert office.call("GET", path).status in {400, 404}, path
        assert office.call("GET", path, key="").status == 401, path


def test_no_answer_ever_sets_a_cookie_or_opens_itself_to_other_origins(house: Office) -> None:
    for method, path in routes():
        answer = house.call(method, path)
        assert "set-cookie" not in answer.headers, path
        assert not [name for name in answer.headers if name.startswith("access-control")], path
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'none'" in answer.headers["content-security-policy"], path


def test_the_secret_stands_in_no_answer(house: Office) -> None:
    secret = house.server.keys.secret.encode()
    for method, path in routes():
        assert secret not in house.call(method, path).content, (method, path)


def test_only_the_loopback_address_listens(office: Office) -> None:
    assert office.server._socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", office.server.port), timeout=2)
