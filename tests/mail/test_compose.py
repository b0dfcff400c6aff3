"""Does a letter leave as it was meant, to whom it was meant, and to nobody else?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.addressing import checked, recipient
from mail.compose import Enclosure, Envelope, LetterUnfit, compose, from_raw

ME = "info@example.org"
YOU = "you@example.org"
NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def read(envelope: Envelope) -> EmailMessage:
    message = BytesParser(policy=default).parsebytes(envelope.raw)
    assert isinstance(message, EmailMessage)
    return message


def letter(**fields: Any) -> Envelope:
    return compose(ME, **{"to": [YOU], "now": NOW, **fields})


def test_a_letter_says_what_its_fields_say() -> None:
    envelope = letter(
        to=["Müller, Jörg <j@example.org>", '"Meier, M." <m@example.org>'],
        cc=["c@example.org"],
        subject="Rechnung für März",
        text="Grüße\nJörg",
        html="<p>Grüße</p>",
        attachments=[Enclosure("Rechnung März.pdf", b"%PDF \x00\r\n", "application/pdf")],
    )
    message = read(envelope)
    assert message["From"] == ME
    assert [(each.display_name, each.addr_spec) for each in message["To"].addresses] == [
        ("Müller, Jörg", "j@example.org"),
        ("Meier, M.", "m@example.org"),
    ]
    assert message["Subject"] == "Rechnung für März"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == envelope.message_id
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content() == "Grüße\r\nJörg\r\n"
    assert html.get_content() == "<p>Grüße</p>\r\n"
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("Rechnung März.pdf", "application/pdf")
    assert attached.get_content() == b"%PDF \x00\r\n"
    assert envelope.sender == ME
    assert envelope.recipients == ("j@example.org", "m@example.org", "c@example.org")


def test_every_server_can_take_it() -> None:
    raw = letter(text="ä" * 3000 + "\n.\nFrom x\n", subject="ö" * 500, html="ü" * 3000).raw
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_bcc_gets_the_letter_and_nobody_sees_it() -> None:
    envelope = letter(bcc=["Secret <secret@example.org>"])
    assert envelope.recipients == (YOU, "secret@example.org")
    assert b"secret" not in envelope.raw.lower()


def test_somebody_named_twice_gets_it_once() -> None:
    envelope = letter(to=[YOU, "A <YOU@example.org>"], cc=[YOU], bcc=[YOU])
    assert envelope.recipients == (YOU,)


def test_a_letter_may_have_html_alone_or_nothing_at_all() -> None:
    assert read(letter(html="<p>x</p>")).get_content_type() == "text/html"
    assert read(letter()).get_content() == "\r\n"


def test_an_attached_message_keeps_its_bytes() -> None:
    inner = b"Subject: inner\n\nbare line end\n"
    (attached,) = read(letter(attachments=[Enclosure("a.eml", inner, "message/rfc822")])).iter_attachments()
    assert attached.get_content() == inner


def test_half_a_surrogate_pair_does_not_stop_a_letter() -> None:
    envelope = letter(subject="a\ud83d", text="b\ude00", html="\ud83d", attachments=[Enclosure("c\ud83d", b"")])
    assert read(envelope)["Subject"] == "a?"


def test_the_message_id_is_new_each_time_and_names_our_domain() -> None:
    first, second = letter().message_id, letter().message_id
    assert first != second
    assert re.fullmatch(r"<[0-9a-f-]{36}@example\.org>", first)


def test_the_same_letter_is_known_again_and_another_is_not() -> None:
    fields = {"text": "x", "attachments": [Enclosure("a", b"1")]}
    assert letter(**fields).source == letter(**fields).source
    for other in (
        {"text": "y"},
        {"subject": "x"},
        {"attachments": [Enclosure("a", b"2")]},
        {"bcc": [YOU]},
        {"to": [ME]},
    ):
        assert letter(**{**fields, **other}).source != letter(**fields).source
    assert from_raw(ME, b"To: a@example.org\n\nx").source == from_raw(ME, b"To: a@example.org\n\nx").source


GOOD = {
    "a@example.org": "a@example.org",
    "A.b+c-d_e'f@sub.example.org": "A.b+c-d_e'f@sub.example.org",
    "info@müller.de": "info@xn--mller-kva.de",
    "info@MÜLLER.de": "info@xn--mller-kva.de",
    "info@straße.de": "info@xn--strae-oqa.de",
    '"a b"@example.org': '"a b"@example.org',
    "a@localhost": "a@localhost",
    "a@[127.0.0.1]": "a@[127.0.0.1]",
}


@pytest.mark.parametrize(("address", "wire"), GOOD.items())
def test_a_good_address_is_taken_and_its_domain_made_ascii(address: str, wire: str) -> None:
    assert letter(to=[address]).recipients == (wire,)
    assert from_raw(ME, f"To: {address}\r\n\r\nx".encode()).recipients == (wire,)


BAD = [
    *("", " ", "meier", "@example.org", "meier@", "a b@example.org", "a@b@c", "a@exa mple.org", "a@-example.org"),
    *("a@example..org", ".a@example.org", "a.@example.org", "a@" + "x" * 64 + ".org", "x" * 65 + "@example.org"),
    *("a@example.org, b@example.org", "A <a@example.org> b <b@example.org>x", "a@example.org\r\nBcc: x@example.org"),
    *(
        "A\r\nBcc: x@example.org <a@example.org>",
        "a@example.org\x00",
        "<>",
        "A <>",
        "a@ex\u2028ample.org",
        "a@☃️\u200d.\ud800",
    ),
    "x" * 100_000,
]


@pytest.mark.parametrize("address", BAD, ids=lambda address: ascii(address[:40]))
def test_a_bad_address_is_refused_with_its_words(address: str) -> None:
    for field in ("to", "cc", "bcc"):
        with pytest.raises(LetterUnfit) as told:
            letter(**{field: [address]})
        assert told.value.code == "bad_address"
        assert set(told.value.facts) == {"address"}
        assert str(told.value.facts["address"]) in address.replace("\ud800", "?")


def test_an_address_with_an_umlaut_before_the_at_is_written_as_it_is() -> None:
    """For servers that know SMTPUTF8; whether this one does is seen when it is asked."""
    envelope = letter(to=["Jörg Müller <jörg@müller.example>"])
    assert envelope.recipients == ("jörg@xn--mller-kva.example",)
    assert "<jörg@xn--mller-kva.example>".encode() in envelope.raw
    assert b"=?" not in envelope.raw.split(b"\r\n\r\n")[0].replace(b"=?utf-8?q?J=C3=B6rg_M=C3=BCller?=", b"")
    assert from_raw(ME, "To: jo\u0308rg@example.org\n\nx".encode()).recipients == ("jörg@example.org",)
    with pytest.raises(LetterUnfit):
        letter(to=["jö\u202erg@example.org"])


@given(st.text(max_size=60))
def test_no_text_becomes_an_address_that_breaks_a_line(text: str) -> None:
    try:
        address = recipient(text).address
    except LetterUnfit:
        return
    assert address.rpartition("@")[2].isascii()
    assert address.isprintable()
    assert checked(address) == address


@pytest.mark.parametrize("to", ["a b@example.org", "a@exa mple.org", "a\x00@example.org", "a@example.org, b", "a@b@c"])
def test_a_finished_message_with_a_bad_address_is_refused_rather_than_sent_to_another(to: str) -> None:
    with pytest.raises(LetterUnfit) as told:
        from_raw(ME, f"To: {to}\n\nx".encode())
    assert told.value.code == "bad_address"


def test_two_addresses_without_a_comma_are_two() -> None:
    assert from_raw(ME, b"To: A <a@example.org> B <b@example.org>\n\nx").recipients == (
        "a@example.org",
        "b@example.org",
    )


@pytest.mark.parametrize("fields", [{"to": []}, {"to": [], "cc": [], "bcc": []}])
def test_a_letter_to_nobody_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(LetterUnfit) as told:
        letter(**fields)
    assert told.value.code == "no_recipient"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"subject": "a\r\nBcc: x@example.org"}, "subject"),
        ({"subject": "a\nb"}, "subject"),
        ({"subject": "a\x00b"}, "subject"),
        ({"attachments": [Enclosure("a\nb", b"")]}, "attachments"),
    ],
)
def test_no_header_can_be_smuggled_in(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(LetterUnfit) as told:
        letter(**fields)
    assert (told.value.code, told.value.facts) == ("bad_header", {"field": field})


@pytest.mark.parametrize("kind", ["pdf", "application/", "a/b; c=d", "a/b\r\nX: y", ""])
def test_a_kind_of_attachment_that_is_none_is_refused(kind: str) -> None:
    with pytest.raises(LetterUnfit) as told:
        letter(attachments=[Enclosure("a", b"", kind)])
    assert told.value.code == "bad_content_type"


def test_a_finished_message_stays_byte_for_byte() -> None:
    raw = (
        b"X-Odd:   spacing\t\r\nFrom: Somebody <else@example.org>\r\nto: you@example.org,\r\n A <a@example.org>\r\n"
        b"Cc: Team: b@example.org, c@example.org;\r\nDATE: Tue, 24 Nov 2026 09:00:00 +0100\r\nMessage-Id: <1@x>\r\n"
        b"Subject: \xfc\r\n\r\n.\r\n..\r\n\xff\x00 body \r\n"
    )
    envelope = from_raw(ME, raw)
    assert envelope.raw == raw
    assert envelope.recipients == (YOU, "a@example.org", "b@example.org", "c@example.org")
    assert envelope.message_id == "<1@x>"
    assert envelope.sender == ME


def test_line_ends_become_those_of_smtp() -> None:
    raw = b"To: you@example.org\nFrom: a@example.org\rDate: x\nMessage-ID: <1@x>\n\none\rtwo\r\nthree\n\n\rend"
    expected = b"To: you@example.org\nFrom: a@example.org\nDate: x\nMessage-ID: <1@x>\n\none\ntwo\nthree\n\n\nend\n"
    assert from_raw(ME, raw).raw == expected.replace(b"\n", b"\r\n")


def test_bcc_is_taken_out_of_a_finished_message_with_all_its_lines() -> None:
    raw = (
        b"Bcc: s1@example.org,\r\n s2@example.org\r\nTo: you@example.org\r\nBCC : s3@example.org\r\n"
        b"Resent-Bcc: s4@x\r\n\r\nBcc: body\r\n"
    )
    envelope = from_raw(ME, raw)
    assert envelope.recipients == ("s1@example.org", "s2@example.org", YOU, "s3@example.org")
    assert envelope.raw.endswith(b"To: you@example.org\r\n\r\nBcc: body\r\n")
    assert not re.search(rb"s\d@", envelope.raw)


def test_what_is_missing_is_added_in_front() -> None:
    envelope = from_raw(ME, b"To: you@example.org\r\n\r\nx\r\n", now=NOW)
    added, _, rest = envelope.raw.partition(b"To: ")
    assert rest == b"you@example.org\r\n\r\nx\r\n"
    assert added == (
        f"From: {ME}\r\nDate: Tue, 24 Nov 2026 08:30:00 +0000\r\nMessage-ID: {envelope.message_id}\r\n".encode()
    )


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\r\nTo: you@example.org\r\n\r\nx", 1),
        (b"%PDF-1.4\nTo: you@example.org\n", 1),
        (b"To: you@example.org\nno field\n\nx", 2),
        (b" To: you@example.org\n\nx", 1),
        (b"From x Tue Nov 24 09:00:00 2026\nTo: you@example.org\n\nx", 1),
    ],
)
def test_what_is_no_message_is_refused_with_the_line(raw: bytes, line: int) -> None:
    with pytest.raises(LetterUnfit) as told:
        from_raw(ME, raw)
    assert (told.value.code, told.value.facts) == ("bad_message", {"line": line})


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(LetterUnfit) as told:
        from_raw(ME, b"\r\n")
    assert told.value.code == "empty_message"


def test_a_header_without_a_body_is_a_message() -> None:
    assert from_raw(ME, b"To: you@example.org").raw.endswith(b"To: you@example.org\r\n\r\n")


@pytest.mark.parametrize("raw", [b"Subject: x\n\nx", b"To: undisclosed-recipients:;\n\nx", b"To:\n\nx"])
def test_a_finished_message_to_nobody_is_refused(raw: bytes) -> None:
    with pytest.raises(LetterUnfit) as told:
        from_raw(ME, raw)
    assert told.value.code == "no_recipient"


def test_no_recipient_of_many_is_passed_over() -> None:
    many = ", ".join(f"p{number}@example.org" for number in range(900))
    assert len(from_raw(ME, f"To: {many}\n\nx".encode()).recipients) == 900
    for too_many in (f"{many}, {many}", "A " + "x" * 70_000 + f" <a@example.org>, {many}"):
        with pytest.raises(LetterUnfit) as told:
            from_raw(ME, f"To: {too_many}\n\nx".encode())
        assert told.value.code == "too_many_recipients"


@given(st.binary(max_size=400))
def test_any_bytes_are_a_message_or_refused(raw: bytes) -> None:
    for attempt in (raw, b"To: you@example.org\n" + raw):
        try:
            envelope = from_raw(ME, attempt)
        except LetterUnfit:
            continue
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", envelope.raw)
        assert envelope.raw.partition(b"\r\n\r\n")[1]
