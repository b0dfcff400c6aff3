from __future__ import annotations

import http.client
import tracemalloc
from email.message import EmailMessage

import pytest

from mail.inbox import Arrival
from mail.large import LARGE
from tests.tray.api.office import Office


def mail(number: int, *, attached: bytes | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Jörg Müller <mieter@example.org>"
    message["To"] = "info@hausverwaltung.example"
    message["Subject"] = f"Nebenkosten {number} <img src=x onerror=alert(1)>"
    message["Date"] = "Tue, 24 Nov 2026 08:00:00 +0100"
    message["Message-ID"] = f"<{number}@example.org>"
    message.set_content("Guten Tag")
    if attached is not None:
        message.add_attachment(attached, maintype="text", subtype="html", filename="Übersicht 2026.html")
    return message.as_bytes()


def has_mail(office: Office, count: int, account: str = "info") -> list[int]:
    arrivals = [Arrival("INBOX", 1, str(number), mail(number)) for number in range(1, count + 1)]
    return office.hub.inbox.add(account, arrivals)


def test_messages_are_listed_in_the_order_of_arrival_page_by_page(office: Office) -> None:
    ids = has_mail(office, 25)
    found: list[int] = []
    after, more = 0, True
    while more:
        page = office.call("GET", f"/v1/messages?after={after}&limit=10").json
        found += [each["id"] for each in page["messages"]]
        after, more = page["next"], page["more"]
    assert found == ids
    assert office.call("GET", f"/v1/messages?after={after}").json == {"messages": [], "next": after, "more": False}


def test_a_line_of_the_listing_has_what_the_contract_says(office: Office) -> None:
    raw = mail(1, attached=b"<p>")
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", raw)])
    (line,) = office.call("GET", "/v1/messages").json["messages"]
    assert line == {
        "id": 1,
        "account": "info",
        "folder": "INBOX",
        "from": "Jörg Müller <mieter@example.org>",
        "to": ["info@hausverwaltung.example"],
        "subject": "Nebenkosten 1 <img src=x onerror=alert(1)>",
        "date": "2026-11-24T07:00:00Z",
        "arrived_at": "2026-11-24T08:00:00Z",
        "size": len(raw),
        "attachments": ["Übersicht 2026.html"],
        "done": False,
    }


def test_the_listing_can_be_narrowed_to_an_account_and_to_what_is_open(office: Office) -> None:
    first, *_ = has_mail(office, 3)
    has_mail(office, 2, "rent")
    assert office.call("PUT", f"/v1/messages/{first}/done").status == 204
    assert office.call("PUT", f"/v1/messages/{first}/done").status == 204
    assert ("changed",) in office.hub.did

    def count(query: str) -> int:
        return len(office.call("GET", f"/v1/messages?{query}").json["messages"])

    assert count("account=info") == 3
    assert count("account=info&done=false") == 2
    assert count("done=true") == 1
    assert count("account=rent&done=true") == 0
    assert office.call("GET", "/v1/messages?account=nobody").status == 404


def test_the_newest_come_first_where_the_page_asks_for_them(office: Office) -> None:
    ids = has_mail(office, 5)
    page = office.call("GET", "/v1/messages?order=newest&limit=2").json
    assert [each["id"] for each in page["messages"]] == ids[:2:-1]
    older = office.call("GET", f"/v1/messages?order=newest&limit=9&after={page['next']}").json
    assert [each["id"] for each in older["messages"]] == ids[2::-1]
    assert older["more"] is False


def test_a_message_is_given_parsed_and_byte_for_byte(office: Office) -> None:
    raw = mail(1, attached=b"<script>alert(1)</script>")
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", raw)])
    message = office.call("GET", "/v1/messages/1").json
    assert message["text"].strip() == "Guten Tag"
    assert message["message_id"] == "<1@example.org>"
    assert {"name": "Message-ID", "value": "<1@example.org>"} in message["headers"]
    assert [(each["number"], each["name"], each["content_type"]) for each in message["attachments"]] == [
        (0, "Übersicht 2026.html", "text/html")
    ]
    answer = office.call("GET", "/v1/messages/1/raw")
    assert answer.content == raw
    assert answer.headers["content-type"] == "message/rfc822"


def test_a_large_message_comes_byte_for_byte_and_never_stands_in_memory(office: Office) -> None:
    raw = mail(1) + b"0123456789abcde\n" * 4_000_000
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", raw)])
    connection = http.client.HTTPConnection(office.host, timeout=30)
    tracemalloc.start()
    try:
        connection.request("GET", "/v1/messages/1/raw", headers=office.bearer)
        answer = connection.getresponse()
        assert answer.headers["content-length"] == str(len(raw))
        assert answer.headers["content-type"] == "message/rfc822"
        assert answer.headers["content-disposition"] == 'attachment; filename="1.eml"'
        at = 0
        while piece := answer.read(1_000_000):
            assert piece == raw[at : at + len(piece)]
            at += len(piece)
        assert at == len(raw)
        assert tracemalloc.get_traced_memory()[1] < LARGE
    finally:
        tracemalloc.stop()
        connection.close()


@pytest.mark.parametrize("target", ["/v1/messages/1/raw", "/v1/messages/1/attachments/0"])
def test_what_a_stranger_wrote_is_saved_and_never_shown(office: Office, target: str) -> None:
    raw = mail(1, attached=b"<script>alert(1)</script>")
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", raw)])
    answer = office.call("GET", target)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "html" not in answer.headers["content-type"]


def test_an_attachment_is_given_as_it_was_sent(office: Office) -> None:
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", mail(1, attached=b"\xff\x00<p>"))])
    answer = office.call("GET", "/v1/messages/1/attachments/0")
    assert answer.content == b"\xff\x00<p>"
    assert "%C3%9Cbersicht%202026.html" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "name", ['a"; filename=evil.exe', "a\\b", "line\r\nSet-Cookie: x=1", "\u202egpj.exe", "x" * 5000, "日本.pdf", ""]
)
def test_no_attachment_s_name_breaks_the_answer(office: Office, name: str) -> None:
    raw = (
        b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Disposition: attachment; filename*=utf-8''" + _percent(name) + b"\r\n\r\nhello\r\n--x--\r\n"
    )
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", raw)])
    answer = office.call("GET", "/v1/messages/1/attachments/0")
    assert answer.status == 200
    assert answer.content == b"hello"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "target",
    ["/v1/messages/99", "/v1/messages/99/raw", "/v1/messages/99/attachments/0", "/v1/messages/1/attachments/7"],
)
def test_what_is_not_there_is_not_found(office: Office, target: str) -> None:
    has_mail(office, 1)
    answer = office.call("GET", target)
    assert answer.status == 404
    assert answer.json["code"] in {"message_not_found", "attachment_not_found"}
    assert office.call("PUT", "/v1/messages/99/done").status == 404


@pytest.mark.parametrize("number", ["-1", "x", "9" * 30, "1.5", "0x1"])
def test_a_number_that_is_none_is_refused(office: Office, number: str) -> None:
    assert office.call("GET", f"/v1/messages/{number}").status in {400, 404}
    assert office.call("GET", f"/v1/messages?after={number}").status == 400


def _percent(name: str) -> bytes:
    return "".join(f"%{byte:02X}" for byte in name.encode()).encode()
