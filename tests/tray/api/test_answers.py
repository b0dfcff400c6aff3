"""What a main app gets: the shapes of the contract, the right status, and words that can be shown to a user."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from auth.problems import Problem, SignInProblem, VaultProblem
from mail.problems import MailboxRefused
from tests.tray.api.hub import FULL, NOW, OFFLINE, WELL
from tests.tray.api.office import Office
from tray.health import Check, State
from tray.problems import AccountNotReady
from tray.reminders import standing

JSON = {"Content-Type": "application/json"}


def test_the_status_has_every_account_with_its_health(office: Office) -> None:
    status = office.call("GET", "/v1/status").json
    general = {"version", "app_name", "state", "unread", "outbox", "warnings", "store_bytes", "banners"}
    assert status.keys() == general | {"accounts"}
    assert status["outbox"] == {"queued": 1, "sending": 0, "sent": 0, "failed": 0, "unconfirmed": 0}
    well, signed_out = status["accounts"]
    assert well["health"] == {
        "state": "ok",
        "since": "2026-11-22T08:00:00Z",
        "checked_at": "2026-11-24T08:00:00Z",
        "next_check_at": "2026-11-24T08:15:00Z",
        "sign_in_due": "2027-01-23T08:00:00Z",
        "days_left": 60,
        "due_because": "sign_in_frequency",
        "due_confidence": "known",
        "checks": {"token": {"result": "ok"}, "imap": {"result": "ok"}, "smtp": {"result": "ok"}},
    }
    wrong = signed_out["health"]
    assert (wrong["state"], wrong["code"], wrong["who"]) == ("sign_in_required", "AADSTS50173", "user")
    assert wrong["title"]
    assert wrong["next_step"]
    assert wrong["checks"] == {"token": {"result": "failed", "code": "AADSTS50173"}}


def test_a_failed_login_has_the_server_s_own_code(office: Office) -> None:
    office.hub.healths["info"] = replace(WELL, checks={"smtp": Check(ok=False, code="5.7.139", text="smtp_auth_off")})
    health = office.call("POST", "/v1/accounts/info/check").json
    assert health["checks"] == {"smtp": {"result": "failed", "code": "5.7.139"}}


def test_a_token_comes_with_all_that_a_mail_client_needs(office: Office) -> None:
    assert office.call("GET", "/v1/accounts/info/token?for=imap").json == {
        "access_token": "made-up-token",
        "expires_at": "2026-11-24T08:00:00Z",
        "username": "info@hausverwaltung.example",
        "host": "imap.example",
        "port": 993,
        "security": "tls",
        "xoauth2": "dXNlcj0=",
    }


def test_a_token_without_a_sign_in_is_a_conflict_with_the_next_step(office: Office) -> None:
    answer = office.call("GET", "/v1/accounts/rent/token?for=smtp")
    assert answer.status == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json["code"], answer.json["state"]) == ("AADSTS50173", "sign_in_required")
    assert answer.json["next_step"]


@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [
        (OFFLINE, 503, "server_unreachable"),
        (FULL, 507, "disk_full"),
        (AccountNotReady(State.OFFLINE, "network", ("unexpected",)), 503, "network"),
        (AccountNotReady(State.CONSENT_PENDING, "AADSTS65001", ("unexpected",)), 409, "AADSTS65001"),
        (MailboxRefused(code="unexpected"), 409, "unexpected"),
        (VaultProblem(code="unexpected"), 409, "unexpected"),
        (SignInProblem(code="unexpected"), 409, "unexpected"),
        (Problem(code="not_found"), 404, "not_found"),
        (Problem(), 500, "unexpected"),
    ],
)
def test_every_trouble_has_its_status(office: Office, trouble: Problem, status: int, code: str) -> None:
    office.hub.trouble = trouble
    answer = office.call("POST", "/v1/accounts/info/fetch")
    assert (answer.status, answer.json["code"], answer.json["status"]) == (status, code, status)
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_caller_chooses_the_language_else_the_configuration(office: Office) -> None:
    def title(header: str) -> Any:
        return office.call("GET", "/v1/accounts/nobody", headers={"Accept-Language": header}).json["title"]

    assert title("en") == "There is no account “nobody”"
    assert title("de") == title("") == title("fr") == "Es gibt kein Konto „nobody“"


def test_wrong_parameters_are_named_with_what_is_allowed(office: Office) -> None:
    answer = office.call("GET", "/v1/accounts/info/journal?limit=0", headers={"Accept-Language": "en"})
    assert answer.status == 400
    assert answer.json["errors"] == [
        {"field": "limit", "code": "field_out_of_range", "message": "This value is not allowed. Allowed: at least 1"}
    ]
    assert office.call("GET", "/v1/hello").json["errors"][0]["field"] == "nonce"
    assert office.call("GET", "/v1/accounts/info/token?for=http").json["errors"][0]["field"] == "for"


def test_wrong_fields_of_a_body_are_named(office: Office) -> None:
    answer = office.call("POST", "/v1/accounts/info/sign-in", {"device_code": 1, "x": 2})
    assert answer.status == 400
    assert {each["field"]: each["code"] for each in answer.json["errors"]} == {
        "device_code": "field_wrong_type",
        "x": "field_unknown",
    }
    assert office.hub.did == []


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff"])
def test_what_is_no_json_object_is_a_clear_error(office: Office, body: bytes) -> None:
    answer = office.call("POST", "/v1/accounts", body, JSON)
    assert answer.status == 400
    assert answer.json["code"] in {"not_json", "wrong_fields"}
    assert office.hub.did == []


def test_an_account_is_shown_as_config_toml_has_it_but_for_its_secret(office: Office) -> None:
    account = office.call("GET", "/v1/accounts/info").json
    assert account["imap"] == {"host": "imap.example", "port": 993, "security": "tls"}
    assert account["fetch_every"] == "5m"
    assert account["folders"] == ["INBOX"]
    assert account["managed"] == []
    assert account["health"]["state"] == "ok"
    assert b"made-up" not in office.call("GET", "/v1/accounts").content


def test_accounts_are_added_changed_and_removed(office: Office) -> None:
    assert office.call("POST", "/v1/accounts", {"id": "info"}).status == 201
    assert office.call("PATCH", "/v1/accounts/info", {"receive": "pop3"}).status == 200
    assert office.call("DELETE", "/v1/accounts/info").status == 204
    assert office.hub.did == [
        ("add_account", "info"),
        ("change_account", "info", "receive"),
        ("remove_account", "info"),
    ]


def test_a_sign_in_is_begun_watched_and_cancelled(office: Office) -> None:
    begun = office.call("POST", "/v1/accounts/info/sign-in")
    assert (begun.status, begun.json["stage"]) == (202, "running")
    assert begun.json["url"] == "https://login/"
    assert office.call("GET", "/v1/accounts/info/sign-in").json["stage"] == "running"
    cancelled = office.call("DELETE", "/v1/accounts/info/sign-in")
    assert (cancelled.status, cancelled.json["stage"]) == (200, "failed")
    assert office.call("DELETE", "/v1/accounts/info/session").status == 204


def test_a_sign_in_by_code_shows_the_code_and_a_picture_of_its_link_while_it_runs(office: Office) -> None:
    shown = office.call("POST", "/v1/accounts/info/sign-in", {"device_code": True}).json
    assert shown["stage"] == "running"
    code = shown["device_code"]
    assert (code["user_code"], code["url"], code["step"]) == ("BCDF-GHJK", "https://login/device", 1)
    assert code["expires_at"] == "2026-11-24T08:15:00Z"
    assert base64.b64decode(code["qr_png"].removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    assert "url" not in shown
    assert "device_code" not in office.call("DELETE", "/v1/accounts/info/sign-in").json
    assert office.hub.did == [("sign_in_by_code", "info"), ("cancel_sign_in", "info")]


def test_the_journal_is_read_page_by_page(office: Office) -> None:
    first = office.call("GET", "/v1/accounts/info/journal?limit=100").json
    ids = [entry["id"] for entry in first["entries"]]
    while first["next"]:
        first = office.call("GET", f"/v1/accounts/info/journal?limit=100&before={first['next']}").json
        ids += [entry["id"] for entry in first["entries"]]
    assert ids == list(range(250, 0, -1))


def test_hello_proves_that_the_server_holds_the_secret(office: Office) -> None:
    answer = office.call("GET", "/v1/hello?nonce=abc", key="").json
    assert answer["proof"] == office.server.keys.proof("abc")


def test_the_page_gets_a_session_that_may_do_all_but_read_tokens(office: Office) -> None:
    code = office.call("POST", "/v1/page-code").json["url"].partition("#k=")[2]
    session = office.call("POST", "/v1/page-session", {"code": code}, key="").json["secret"]
    assert office.call("GET", "/v1/status", key=session).status == 200
    assert office.call("POST", "/v1/accounts/info/check", key=session).status == 200
    refused = office.call("GET", "/v1/accounts/info/token?for=imap", key=session)
    assert (refused.status, refused.json["code"]) == (403, "not_allowed")
    again = office.call("POST", "/v1/page-session", {"code": code}, key="")
    assert (again.status, again.json["code"]) == (401, "code_not_valid")
    assert office.call("GET", "/v1/status", key=session).status == 401


def test_the_page_s_shell_is_there_for_anybody_and_runs_only_its_own_scripts(office: Office) -> None:
    shell = office.call("GET", "/", key="")
    assert shell.status == 200
    assert shell.headers["content-type"] == "text/html; charset=utf-8"
    policy = shell.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert office.call("GET", "/page.js", key="").headers["content-type"].startswith("text/javascript")


def test_a_page_opened_at_its_own_address_is_let_in(office: Office) -> None:
    for host in (office.host, f"localhost:{office.server.port}"):
        own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        assert office.call("GET", "/v1/status", headers=own).status == 200
        assert office.call("GET", "/", headers={"Host": host, "Sec-Fetch-Site": "none"}, key="").status == 200


def test_a_body_may_come_in_chunks_and_after_a_hundred_continue(office: Office) -> None:
    body = b'{"device_code": false}'
    head = (
        f"POST /v1/accounts/info/sign-in HTTP/1.1\r\nHost: {office.host}\r\nConnection: close\r\n"
        f"Authorization: Bearer {office.server.keys.secret}\r\nContent-Type: application/json; charset=utf-8\r\n"
    ).encode()
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n5\r\n" + body[:5] + b"\r\n11\r\n" + body[5:] + b"\r\n0\r\n\r\n"
    assert office.send(chunked).startswith(b"HTTP/1.1 202 ")
    expecting = head + f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    answer = office.send(expecting)
    assert answer.startswith(b"HTTP/1.1 100 ")
    assert b"HTTP/1.1 202 " in answer


def test_postwart_can_be_asked_to_end(office: Office) -> None:
    assert office.call("POST", "/v1/stop").status == 204
    assert office.hub.did == [("stop", "")]


def test_a_fact_that_is_missing_in_a_sentence_costs_the_sentence_alone(office: Office) -> None:
    office.hub.trouble = Problem(code="port_taken")
    answer = office.call("POST", "/v1/accounts/info/fetch")
    assert (answer.status, answer.json["code"]) == (500, "port_taken")
    assert answer.json["title"]


def test_a_token_is_noted_with_the_program_that_asked_for_it(office: Office) -> None:
    target = "/v1/accounts/info/token?for=imap"
    office.call("GET", target, headers={"User-Agent": "mbsync/1.5\xad" + "x" * 200})
    key = office.call("POST", "/v1/keys", {"name": "WIN-OFFICE", "rights": ["token"]}).json["key"]
    office.call("GET", target, headers={"User-Agent": "curl/8"}, key=key)
    office.call("GET", target)
    said, named, nothing = [program.name for program in office.hub.programs]
    assert (said[:12], len(said) <= 80, said.isprintable()) == ("mbsync/1.5xx", True, True)
    assert (named, nothing) == ("WIN-OFFICE", "")


def test_all_that_wait_for_a_sign_in_are_signed_in_one_after_another(office: Office) -> None:
    answer = office.call("POST", "/v1/sign-in")
    assert (answer.status, answer.json) == (202, {"accounts": [each.id for each in office.hub.settings.accounts]})
    assert ("sign_in_all",) in office.hub.did


def test_what_nobody_answers_is_in_the_status_for_the_main_app_to_show(office: Office) -> None:
    office.hub.ignored = tuple(standing(office.hub.picture(), NOW).values())
    (banner,) = office.call("GET", "/v1/status", headers={"Accept-Language": "en"}).json["banners"]
    assert banner["account"] == "rent"
    assert banner["title"] == "Please sign in: rent@hausverwaltung.example"
    assert banner["text"].endswith("until you sign in. It takes a minute.")
    assert (banner["action"], banner["button"]) == ("sign_in", "Sign in")
    (german,) = office.call("GET", "/v1/status", headers={"Accept-Language": "de"}).json["banners"]
    assert german["button"] == "Anmelden"
