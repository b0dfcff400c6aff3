"""Malformed mail is kept byte for byte and stops nothing; a malformed call is told field by field, changing nothing."""

from __future__ import annotations

import http.client
import json
import random
from dataclasses import dataclass
from typing import Any

import pytest

from tests.stories.mishaps import ADDRESS, Place

pytestmark = pytest.mark.needs("desktop")

LONG = b"x" * 70_000

POISON = [
    b"Content-Type: text/plain; name*\r\n\r\nx\r\n",
    b"To: (c):\r\nFrom: =?broken?Q?=?=\r\nDate: never\r\n\r\nx\r\n",
    b"From: " + b"a@b.example, " * 4_000 + b"\r\n\r\nx\r\n",
    b"Content-Type: text/plain" + b";" * 8_000 + b"\r\n\r\nx\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=no\r\n\r\n\xff\xfe\r\n",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n\r\n" * 3_000,
    b"Content-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=utf-16\r\n\r\n####\r\n",
    b"Content-Disposition: attachment; filename*=utf-8''%FF%00..%2F..%2Fx\r\n\r\nx\r\n",
    b"Subject: =?utf-8?B?PGltZyBzcmM9eCBvbmVycm9yPWFsZXJ0KDEpPg==?=\r\n\r\n<script>alert(1)</script>\r\n",
    b"Subject: " + LONG + b"\r\n\r\n" + LONG + b"\r\n",
    b"no header at all\r\nand no end of it",
    b"\r\n",
    bytes(range(256)) * 20,
    random.Random(7).randbytes(20_000),
]


@pytest.mark.parametrize("receive", ["imap", "pop3"])
def test_malformed_mail_is_kept_byte_for_byte_and_stops_nothing(place: Place, receive: str) -> None:
    address = f"{receive}@poison.example"
    place.world.provider.add_person(address)
    place.world.provider.share(address, with_person=ADDRESS)
    for raw in [*POISON, b"Subject: the last\r\n\r\nx\r\n"]:
        place.world.post.deliver(address, raw)
    there = place.world.post.messages(address)
    if receive == "pop3":  # which ends every message with a line's end
        there = [raw if raw.endswith(b"\r\n") else raw + b"\r\n" for raw in there]
    api = place.signed_in(receive=receive, address=address, sign_in_as=ADDRESS)
    api.post("accounts", "info", "fetch")
    listed = api.get("messages", limit=500)["messages"]
    assert [place.program.raw(each["id"]) for each in listed] == there
    assert listed[-1]["subject"] == "the last"
    for each in listed:
        whole = api.get("messages", str(each["id"]))
        assert whole["id"] == each["id"]
        assert len(whole["attachments"]) == len(each["attachments"])
    assert api.post("accounts", "info", "fetch")["new"] == 0
    assert api.get("status")["unread"] == len(there)


@dataclass(frozen=True)
class Answer:
    status: int
    kind: str
    body: Any

    @property
    def fields(self) -> dict[str, str]:
        return {each["field"]: each["message"] for each in self.body.get("errors", [])}


def call(
    place: Place, method: str, path: str, body: Any = None, kind: str = "application/json", **headers: str
) -> Answer:
    """As a main app's developer would who makes a mistake."""
    api = json.loads(place.program.places.api_file.read_text("ascii"))
    connection = http.client.HTTPConnection(api["url"].removeprefix("http://"), timeout=30)
    given = {"Authorization": f"Bearer {api['secret']}", "Accept-Language": "en", "Content-Type": kind, **headers}
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    connection.request(method, f"/v1{path}", content, given)
    with connection.getresponse() as response:
        answer = Answer(response.status, response.headers["Content-Type"], json.loads(response.read()))
    connection.close()
    return answer


LETTER = {"to": ["a@b.example"], "subject": "x", "text": "y"}
OUTBOX = "/accounts/info/outbox"
WRONG_ACCOUNT = {"id": "A B", "address": "no", "preset": "foo", "client_id": 3, "colour": "red", "imap": {"port": "x"}}


@dataclass(frozen=True)
class Mistake:
    method: str
    path: str
    status: int
    code: str
    en: str
    de: str
    body: Any = None
    kind: str = "application/json"
    fields: tuple[str, ...] = ()


MISTAKES = [
    Mistake("POST", OUTBOX, 400, "not_json", "Send a JSON object in UTF-8.", "ein JSON-Objekt in UTF-8", b"{nope"),
    Mistake("POST", OUTBOX, 400, "not_json", "not valid JSON", "kein gültiges JSON", b"\xff\xfe"),
    Mistake("POST", OUTBOX, 400, "wrong_fields", "Values are missing", "Angaben fehlen", [1], fields=("",)),
    Mistake(
        *("POST", OUTBOX, 400, "wrong_fields", "Values are missing or wrong", "Angaben fehlen oder sind falsch"),
        {"to": "x", "subjekt": "s", "text": 3, "attachments": [{"name": "a", "content": "%%%"}]},
        fields=("to", "subjekt", "text", "attachments[0].content"),
    ),
    Mistake("POST", OUTBOX, 422, "no_recipient", "at least one address", "mindestens eine", {**LETTER, "to": []}),
    Mistake("POST", OUTBOX, 422, "bad_address", "name@company.example", "name@firma", {**LETTER, "to": ["Jörg"]}),
    Mistake("POST", OUTBOX, 422, "bad_header", "subject", "subject", {**LETTER, "subject": "x\r\nBcc: y@z.example"}),
    Mistake("POST", OUTBOX, 422, "bad_message", "Line 1 is not", "Zeile 1 ist keine", b"hello", "message/rfc822"),
    Mistake("POST", OUTBOX, 422, "empty_message", "is empty", "ist leer", b"", "message/rfc822"),
    Mistake(
        "POST",
        OUTBOX,
        422,
        "no_recipient",
        "no recipient",
        "keinen Empfänger",
        b"Subject: x\r\n\r\nx",
        "message/rfc822",
    ),
    Mistake(
        "POST",
        OUTBOX,
        415,
        "content_type_unknown",
        "Allowed: application/json, message/rfc822",
        "Erlaubt:",
        b"x",
        "text/x",
    ),
    Mistake("POST", "/accounts/nobody/check", 404, "account_not_found", "no account “nobody”", "kein Konto „nobody“"),
    Mistake("GET", "/accounts/info/token?for=http", 400, "wrong_fields", "are missing", "fehlen", fields=("for",)),
    Mistake(
        "GET", "/accounts/info/token?for=pop3", 404, "protocol_not_used", "does not use POP3", "benutzt POP3 nicht"
    ),
    Mistake(
        "GET", "/messages?after=abc&limit=0", 400, "wrong_fields", "are missing", "fehlen", fields=("after", "limit")
    ),
    Mistake("GET", "/messages?account=nobody", 404, "account_not_found", "“nobody”", "„nobody“"),
    Mistake("GET", "/messages/999", 404, "message_not_found", "is not here", "gibt es hier nicht"),
    Mistake("GET", "/outbox/999", 404, "letter_not_found", "not in the outbox", "im Postausgang nicht"),
    Mistake(
        "POST",
        "/accounts",
        400,
        "account_values_wrong",
        "3 values are wrong",
        "3 Angaben",
        {"id": "x"},
        fields=("preset", "address", "client_id"),
    ),
    Mistake(
        "POST",
        "/accounts",
        400,
        "account_values_wrong",
        "Nothing in the configuration",
        "An der Konfiguration wurde nichts",
        WRONG_ACCOUNT,
        fields=("preset", "imap.port", "address", "id", "client_id", "colour"),
    ),
    Mistake(
        "PATCH",
        "/accounts/info",
        400,
        "account_values_wrong",
        "One value",
        "Eine Angabe",
        {"receive": "imep"},
        fields=("receive",),
    ),
    Mistake(
        "PATCH", "/accounts/info", 400, "account_values_wrong", "One value", "Eine Angabe", {"id": "x"}, fields=("id",)
    ),
    Mistake("DELETE", "/accounts/info/sign-in", 409, "sign_in_not_running", "No sign-in", "keine Anmeldung"),
    Mistake("GET", "/nope", 404, "no_such_call", "/openapi.json", "/openapi.json"),
    Mistake("PUT", "/status", 405, "method_refused", "/openapi.json", "/openapi.json", {}),
]


def test_a_malformed_call_is_told_field_by_field_in_the_callers_language_and_changes_nothing(place: Place) -> None:
    api = place.signed_in()
    before = place.kept()
    for mistake in MISTAKES:
        for language in ("en", "de"):
            asked = (mistake.method, mistake.path, mistake.body, mistake.kind)
            answer = call(place, *asked, **{"Accept-Language": language})
            assert (answer.status, answer.kind) == (mistake.status, "application/problem+json"), (mistake, answer)
            assert answer.body["code"] == mistake.code
            words = mistake.de if language == "de" else mistake.en
            assert words in f"{answer.body['title']}. {answer.body['next_step']}", answer
            assert answer.body["title"]
            assert answer.body["next_step"]
            assert sorted(answer.fields) == sorted(mistake.fields), answer
            assert all(message.strip().rsplit(": ")[-1] for message in answer.fields.values()), answer
    assert place.kept() == before
    assert api.get("outbox")["letters"] == []
    assert [each["id"] for each in api.get("accounts")["accounts"]] == ["info"]
    assert api.get("status")["state"] == "ok"


def test_a_letter_that_is_too_large_is_refused_before_it_is_read(place: Place) -> None:
    place.account(receive="imap")
    place.program.start("--no-tray")
    for language, words in (("en", "At most 153,600 kilobytes"), ("de", "höchstens 153.600 Kilobyte")):
        answer = call(
            place,
            "POST",
            OUTBOX,
            b"",
            "message/rfc822",
            **{"Accept-Language": language, "Content-Length": str(500 << 20)},
        )
        assert (answer.status, answer.body["code"]) == (413, "body_too_large")
        assert words in answer.body["next_step"]
