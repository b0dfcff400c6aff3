"""Whatever a stranger sends can be listed and read: parsing never fails, and says what there is."""

from __future__ import annotations

import codecs
import encodings
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.message import attachment, parse, summary

POISON = [
    b"",
    b"\r\n",
    b"Content-Type: text/plain; name*\r\n\r\nx",
    b"To: (c):\r\n\r\nx",
    b"From: =?broken?Q?=?=\r\nSubject: =?utf-8?B?!!!?=\r\nDate: never\r\n\r\nx",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 3000,
    b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\xfe",
    b"Subject: " + b";" * 20_000 + b"\r\n\r\nx",
    b"To: " + b"a@b.example, " * 5_000 + b"\r\n\r\nx",
    b"Content-Type: message/rfc822\r\n\r\n" * 200,
    bytes(range(256)) * 40,
]


def read(raw: bytes) -> None:
    line, message = summary(raw), parse(raw)
    assert isinstance(line.subject, str)
    for each in message.attachments:
        assert attachment(raw, each.number)


@pytest.mark.parametrize("raw", POISON, ids=range(len(POISON)))
def test_poison_is_read_like_any_other_mail(raw: bytes) -> None:
    read(raw)


@pytest.mark.parametrize("name", sorted({each.name for each in pkgutil.iter_modules(encodings.__path__)}))
def test_every_name_of_a_codec_may_stand_where_a_charset_belongs(name: str) -> None:
    """Not all codecs make text of bytes: `rot13`, `hex` and `zip` once stopped a whole mailbox."""
    word = name.encode()
    read(b"Subject: =?" + word + b"?Q?abc?=\r\nContent-Type: text/plain; charset=" + word + b"\r\n\r\nabc \xff")
    read(
        b"Content-Disposition: attachment; filename*="
        + word
        + b"''abc\r\nFrom: =?"
        + word
        + b"?B?YWJj?= <a@b>\r\n\r\nx"
    )
    assert codecs.lookup("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(POISON), st.binary(max_size=40), st.integers(0, 400))
def test_any_change_to_poison_is_read_too(raw: bytes, change: bytes, place: int) -> None:
    read(raw[:place] + change + raw[place + len(change) :][:4_000])


def test_an_ordinary_mail_says_what_there_is() -> None:
    raw = (
        b"From: =?utf-8?Q?J=C3=B6rg?= <j@x.example>\r\nTo: info@office.example\r\n"
        b"Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\nDate: Tue, 24 Nov 2026 09:00:00 +0100\r\n"
        b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\n'
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
        b"Gr\xfc\xdfe\r\n--a\r\nContent-Type: application/pdf; name*=utf-8''M%C3%A4rz.pdf\r\n"
        b"Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--a--\r\n"
    )
    line = summary(raw)
    assert line.sender
    assert (line.sender.name, line.sender.address, line.subject) == ("Jörg", "j@x.example", "Grüße")
    assert line.attachments == ("März.pdf",)
    assert parse(raw).text.strip() == "Grüße"
    found = attachment(raw, parse(raw).attachments[0].number)
    assert found
    assert found[1] == b"%PDF"
