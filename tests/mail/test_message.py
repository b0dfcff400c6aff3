"""What does a message say? Well-made ones as the standard library reads them, ill-made ones without harm."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail import mime
from mail.headers import Address
from mail.message import attachment, parse, summary
from tests.mail.letters import NASTY

PDF = b"%PDF-1.4 \x00\xff\r\n.\r\n" * 30
PNG = b"\x89PNG\r\n" * 10


def office_mail() -> EmailMessage:
    """Text, HTML with a picture in it, an attachment with an umlaut, a forwarded message."""
    message = EmailMessage()
    message["From"] = Address_("Müller, Jörg", "j.mueller@example.org")
    message["To"] = "info@example.org, Büro <buero@example.org>"
    message["Cc"] = "c@example.org"
    message["Reply-To"] = "reply@example.org"
    message["Subject"] = (
        "Rechnung für März 2026 mit einem langen Betreff, der in mehreren Zeilen steht, damit gefaltet wird"
    )
    message["Date"] = "Tue, 24 Nov 2026 09:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("Grüße\nJörg\n", cte="quoted-printable")
    message.add_alternative('<p>Grüße</p><img src="cid:logo">', subtype="html", cte="base64")
    html = message.get_payload()[1]  # type: ignore[index]
    html.add_related(PNG, "image", "png", cid="<logo>", filename="logo.png", disposition="inline")  # type: ignore[union-attr]
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Rechnung März.pdf")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("forwarded")
    message.add_attachment(inner)
    return message


def Address_(name: str, address: str) -> str:  # noqa: N802  reads as what it writes
    return f'"{name}" <{address}>'


def crlf(message: EmailMessage) -> bytes:
    return message.as_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_an_office_mail_is_read_whole(line_end: bytes) -> None:
    message = parse(office_mail().as_bytes().replace(b"\n", line_end))
    assert message.sender == Address("Müller, Jörg", "j.mueller@example.org")
    assert message.to == (Address("", "info@example.org"), Address("Büro", "buero@example.org"))
    assert message.cc == (Address("", "c@example.org"),)
    assert message.reply_to == (Address("", "reply@example.org"),)
    assert message.subject.startswith("Rechnung für März 2026 mit einem langen Betreff, der in")
    assert message.date == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert message.message_id == "<1@example.org>"
    assert message.text == "Grüße\nJörg\n"
    assert message.html.strip() == '<p>Grüße</p><img src="cid:logo">'
    assert [(each.name, each.content_type, each.inline, each.content_id) for each in message.attachments] == [
        ("logo.png", "image/png", True, "logo"),
        ("Rechnung März.pdf", "application/pdf", False, ""),
        ("attachment-3.eml", "message/rfc822", False, ""),
    ]
    assert dict(message.headers)["Cc"] == "c@example.org"


def test_attachments_are_given_byte_for_byte() -> None:
    raw = crlf(office_mail())
    found = attachment(raw, 1)
    assert found
    about, content = found
    assert content == PDF
    assert about.size == len(PDF)
    assert about == parse(raw).attachments[1]
    assert attachment(raw, 0) is not None
    assert attachment(raw, 3) is None
    assert attachment(raw, -1) is None


def test_a_forwarded_message_is_an_attachment_left_as_it_is() -> None:
    found = attachment(crlf(office_mail()), 2)
    assert found
    assert b"Subject: inner" in found[1]
    assert parse(found[1]).text.strip() == "forwarded"


def test_the_listing_and_the_message_name_the_same_attachments() -> None:
    raw = crlf(office_mail())
    assert summary(raw).attachments == tuple(each.name for each in parse(raw).attachments)
    assert summary(raw).recipients == parse(raw).to + parse(raw).cc


def test_a_pdf_alone_is_an_attachment() -> None:
    raw = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n"
    assert summary(raw).attachments == ("attachment-1.pdf",)
    assert parse(raw).text == ""
    found = attachment(raw, 0)
    assert found
    assert found[1] == b"abc"


def test_a_signed_mail_shows_its_text_and_keeps_the_signature_beside_it() -> None:
    raw = (
        b'Content-Type: multipart/signed; micalg=sha-256; boundary=b; protocol="application/pkcs7-signature"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nsigned text\r\n--b\r\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--b--\r\n"
    )
    assert parse(raw).text == "signed text"
    assert summary(raw).attachments == ("smime.p7s",)


NAMES = {
    'filename="..\\\\..\\\\Windows\\\\evil.exe"': "evil.exe",
    'filename="../../etc/passwd"': "passwd",
    'filename="C:\\\\x.pdf:stream"': "x.pdf_stream",
    'filename="=?utf-8?q?M=C3=A4rz.pdf?="': "März.pdf",
    'filename="a\tb.pdf"': "a b.pdf",
    "filename*=utf-8''gnp.%E2%80%AEexe": "gnp.exe",
    'filename="..."': "attachment-1.bin",
    'filename=""': "attachment-1.bin",
    f'filename="{"x" * 500}.pdf"': "x" * 196 + ".pdf",
}


@pytest.mark.parametrize(("parameter", "name"), NAMES.items())
def test_a_name_is_fit_for_a_file(parameter: str, name: str) -> None:
    raw = f"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {parameter}\r\n\r\nx".encode()
    assert summary(raw).attachments == (name,)


def test_text_in_pieces_is_joined() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n"
        b"--b\r\n\r\none\r\n--b \t\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nzw\xf6lf\r\n"
        b"--bb\r\nnot a boundary\r\n--b--\r\nepilogue\r\n"
    )
    assert parse(raw).text == "one\nzwölf\n--bb\nnot a boundary"


def test_a_missing_last_boundary_loses_nothing() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b\r\n\r\ntwo"
    assert parse(raw).text == "one\ntwo"


def test_a_multipart_without_its_boundary_is_shown_as_it_is() -> None:
    raw = b"Content-Type: multipart/mixed; boundary=other\r\n\r\n--b\r\n\r\none\r\n--b--"
    assert parse(raw).text == "--b\n\none\n--b--"


def test_a_message_without_header_or_body_is_one() -> None:
    assert parse(b"\r\nonly a body").text == "only a body"
    assert parse(b"Subject: only a header").subject == "only a header"
    assert parse(b"Subject: with line end\r\n").subject == "with line end"
    assert parse(b"").subject == ""


def test_the_first_field_of_a_name_counts_and_a_line_that_is_none_is_passed_over() -> None:
    raw = b"From nobody Tue Nov 24 09:00:00 2026\r\n>From x\r\nSubject: one\r\nrubbish\r\nSubject: two\r\n\r\n"
    assert parse(raw).subject == "one"
    assert [name for name, _ in parse(raw).headers] == ["Subject", "Subject"]


POISON = [
    b"Content-Type: text/plain; name*\r\n\r\nx",
    b"To: (c):\r\nFrom: (c):\r\n\r\n",
    b"To: " + b";" * 8000 + b"\r\n\r\n",
    b"To: " + b"a <a@example.org>, " * 4000 + b"\r\n\r\n",
    b"Content-Type: text/plain; charset=unknown-8bit\r\n\r\n\xe4",
    b"Content-Type: text/plain; charset=\x00\r\n\r\n\xe4",
    b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    b"Content-Type: multipart/mixed; boundary=\xff\r\n\r\n--\xff\r\n\r\nx\r\n--\xff--",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 20_000,
    b"Content-Type: multipart/mixed; boundary=-\r\n\r\n" + b"-" * 3_000_000,
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" * 3000,
    b"X: y\r\n" * 100_000,
    b"X:\r\n" + b" y\r\n" * 200_000,
    b"X: " + b"y" * 3_000_000,
    b"Subject: =?utf-8?b?" + b"A" * 500_000 + b"?=\r\n\r\n",
    b"Content-Type: " + b"message/rfc822\r\n\r\nContent-Type: " * 3000,
    b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 1_000_000,
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=" * 1_000_000,
    b"\r" * 500_000,
    b"\n" * 500_000,
    b":" * 500_000,
    bytes(500_000),
    *NASTY,
]


@pytest.mark.parametrize("raw", POISON, ids=lambda raw: repr(raw[:40]))
def test_poison_does_no_harm_and_costs_little_time(raw: bytes) -> None:
    began = time.process_time()
    summary(raw)
    parse(raw)
    attachment(raw, 0)
    assert time.process_time() - began < 1


def test_parts_and_depth_are_limited() -> None:
    wide = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5000
    assert len(list(mime.split(wide).leaves())) == mime.PARTS - 1
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(100))
    part, depth = mime.split(deep), 0
    while part.parts:
        part, depth = part.parts[0], depth + 1
    assert depth == mime.DEPTH


@given(st.binary(max_size=2000))
def test_no_bytes_raise(raw: bytes) -> None:
    summary(raw)
    parse(raw)
    attachment(raw, 0)


OFFICE_MAIL = crlf(office_mail())


@settings(max_examples=300, deadline=1000)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_no_mutation_of_a_mail_raises(seed: int, count: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(OFFICE_MAIL if seed % 2 else chance.choice(POISON[:6]))
    for _ in range(count):
        at = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                del raw[at : at + chance.randrange(60)]
            case 2:
                raw[at:at] = raw[(other := chance.randrange(len(raw))) : other + 80]
            case _:
                raw[at:at] = chance.choice(
                    [b"\r\n", b"\n", b";", b'"', b"=?", b"?=", b"--", b"<", b"*", b"\x00", b"\xff"]
                )
        raw = raw or bytearray(b"x")
    listed, whole = summary(bytes(raw)), parse(bytes(raw))
    assert listed.attachments == tuple(each.name for each in whole.attachments)
    assert listed.subject == whole.subject


BODY = st.binary(max_size=300)


@given(
    st.recursive(BODY, lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=12),
    st.sampled_from([b"\n", b"\r\n"]),
)
def test_parts_lie_where_the_standard_library_finds_them(tree: object, end: bytes) -> None:
    raw = _built(tree, [0], end)
    ours = [raw[part.start : part.end] for part in mime.split(raw).leaves()]
    theirs = [
        part.get_payload(decode=True)
        for part in BytesParser(policy=compat32).parsebytes(raw).walk()
        if not part.is_multipart()
    ]
    assert ours == theirs


def _built(tree: object, counter: list[int], end: bytes) -> bytes:
    if isinstance(tree, bytes):
        text = tree.hex().encode()
        return end + end.join(text[start : start + 40] for start in range(0, len(text), 40))
    assert isinstance(tree, list)
    counter[0] += 1
    boundary = b"=_%d" % counter[0]
    parts = b"".join(b"--" + boundary + end + _built(each, counter, end) + end for each in tree)
    return (
        b'Content-Type: multipart/mixed; boundary="'
        + boundary
        + b'"'
        + end
        + end
        + parts
        + b"--"
        + boundary
        + b"--"
        + end
    )
