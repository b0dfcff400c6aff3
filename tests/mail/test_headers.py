"""What does a header field say? Tables of what is right, of what programs write wrongly, and of what is mere spite."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.headers import Address, addresses, date_of, decoded, from_base64, parameters, text_of

WORDS = {
    b"plain": "plain",
    b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=": "Grüße",
    b"=?UTF-8?B?R3LDvMOfZQ==?=": "Grüße",
    b"=?utf-8?b?R3LDvMOfZQ?=": "Grüße",
    b"=?iso-8859-1?Q?Gr=FC=DFe?= aus =?iso-8859-1?Q?K=F6ln?=": "Grüße aus Köln",
    b"=?utf-8?q?eins?=  =?utf-8?q?_zwei?=": "eins zwei",
    b"=?utf-8?b?w7w=?= =?utf-8?b?w58=?=": "üß",
    b"=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=": "Grüße",
    b"=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=": "Grüße",
    b"=?unknown-charset?q?Gr=C3=BC=C3=9Fe?=": "Grüße",
    b"=?windows-1252?q?=80_100?=": "€ 100",
    b"=?iso-8859-1?q?=80_100?=": "€ 100",
    "Grüße roh".encode(): "Grüße roh",
    "Grüße roh".encode("cp1252"): "Grüße roh",
    b"=?utf-8?x?nothing?=": "=?utf-8?x?nothing?=",
    b"=?utf-8?q?not closed": "=?utf-8?q?not closed",
    b"a\x00b\x1b[31mc\r\n d": "ab[31mc   d",
    "gnp.\u202eexe".encode(): "gnp.exe",
    b"": "",
}


@pytest.mark.parametrize(("field", "text"), WORDS.items())
def test_a_field_reads_as_people_read_it(field: bytes, text: str) -> None:
    assert text_of(field) == text


CHARSETS = [
    ("Grüße".encode(), "utf-8", "Grüße"),
    ("Grüße".encode(), "", "Grüße"),
    ("Grüße".encode(), "us-ascii", "Grüße"),
    ("Grüße".encode("cp1252"), "utf-8", "Grüße"),
    ("Grüße".encode("cp1252"), "no such charset", "Grüße"),
    ("Grüße".encode("utf-16"), "utf-16", "Grüße"),
    ("Grüße".encode(), "rot13", "Grüße"),
    ("Grüße".encode(), "zlib", "Grüße"),
    ("Grüße".encode(), "idna", "Grüße"),
    ("Grüße".encode(), "utf-8\0", "Grüße"),
    ("日本".encode("iso-2022-jp"), "ISO-2022-JP", "日本"),
    ("日本".encode("cp932"), "Shift_JIS", "日本"),
    (("Ä" * 99).encode() + b"\xff", "utf-8", "Ä" * 99 + "\ufffd"),
    (b"\x81\x8d", "windows-1252", "\ufffd\ufffd"),
]


@pytest.mark.parametrize(("data", "charset", "text"), CHARSETS)
def test_a_charset_that_lies_or_lacks_does_no_harm(data: bytes, charset: str, text: str) -> None:
    assert decoded(data, charset) == text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [(b"YWJj", b"abc"), (b"YW\r\nJj", b"abc"), (b"YWI", b"ab"), (b"YW!Jj*", b"abc"), (b"YWJjZ", b"abc"), (b"", b"")],
)
def test_broken_base64_gives_what_it_can(broken: bytes, whole: bytes) -> None:
    assert from_base64(broken) == whole


PARAMETERS = {
    b"text/plain; charset=utf-8": ("text/plain", {"charset": "utf-8"}),
    b'Text/HTML ; Charset="utf-8" ; x=y': ("text/html", {"charset": "utf-8", "x": "y"}),
    b'attachment; filename="a; b.pdf"': ("attachment", {"filename": "a; b.pdf"}),
    b'attachment; filename="a \\"b\\".pdf"': ("attachment", {"filename": 'a "b".pdf'}),
    b"attachment; filename=Rechnung Mai.pdf": ("attachment", {"filename": "Rechnung Mai.pdf"}),
    b"attachment; filename*=utf-8''M%C3%A4rz.pdf": ("attachment", {"filename": "März.pdf"}),
    b"attachment; filename=x.pdf; filename*=utf-8''M%C3%A4rz.pdf": ("attachment", {"filename": "März.pdf"}),
    b"attachment; filename*0*=utf-8''M%C3%A4; filename*1*=rz; filename*2=\"%C3.pdf\"": (
        "attachment",
        {"filename": "März%C3.pdf"},
    ),
    b"attachment; filename*1=b; filename*0=a": ("attachment", {"filename": "ab"}),
    b"attachment; filename*=iso-8859-1'de'M%E4rz": ("attachment", {"filename": "März"}),
    b"attachment; filename*=no%2Dcharset": ("attachment", {"filename": "no-charset"}),
    "attachment; filename=März.pdf".encode(): ("attachment", {"filename": "März.pdf"}),
    b"text/plain; name*": ("text/plain", {}),
    b"text/plain; name*=": ("text/plain", {"name": ""}),
    b"text/plain; a=1; a=2": ("text/plain", {"a": "1"}),
    b'text/plain; charset="utf-8': ("text/plain", {"charset": '"utf-8'}),
    b";;;": ("", {}),
    b"": ("", {}),
}


@pytest.mark.parametrize(("field", "expected"), PARAMETERS.items())
def test_parameters_are_read_also_as_they_should_not_be_written(
    field: bytes, expected: tuple[str, dict[str, str]]
) -> None:
    found = parameters(field)
    assert (found.value, dict(found.items)) == expected


ADDRESSES = {
    b"a@example.org": [("", "a@example.org")],
    b"A B <a@example.org>, c@example.org": [("A B", "a@example.org"), ("", "c@example.org")],
    b'"B, A" <a@example.org>': [("B, A", "a@example.org")],
    b'"say \\"hi\\"" <a@example.org>': [('say "hi"', "a@example.org")],
    b"a@example.org (A B)": [("A B", "a@example.org")],
    b"=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.org>": [("Müller, Jörg", "j@example.org")],
    b'"=?utf-8?q?M=C3=BCller=2C_J=C3=B6rg?=" <j@example.org>': [("Müller, Jörg", "j@example.org")],
    "Müller, Jörg <j@example.org>, b@example.org".encode(): [("Müller, Jörg", "j@example.org"), ("", "b@example.org")],
    b"undisclosed-recipients:;": [],
    b"Team: a@example.org, B <b@example.org>;, c@example.org": [
        ("", "a@example.org"),
        ("B", "b@example.org"),
        ("", "c@example.org"),
    ],
    b"<@relay.example:a@example.org>": [("", "a@example.org")],
    b"a@example.org; b@example.org": [("", "a@example.org"), ("", "b@example.org")],
    b"a@example.org <a@example.org>": [("", "a@example.org")],
    b"A <a@example.org": [("A", "a@example.org")],
    b"(c):": [("c", "")],
    b"<>": [],
    b"": [],
}


@pytest.mark.parametrize(("field", "expected"), ADDRESSES.items())
def test_addresses_are_read_also_as_they_should_not_be_written(field: bytes, expected: list[tuple[str, str]]) -> None:
    assert [(each.name, each.address) for each in addresses(field)] == expected


def test_an_address_shows_its_name() -> None:
    assert str(Address("A B", "a@example.org")) == "A B <a@example.org>"
    assert str(Address("", "a@example.org")) == "a@example.org"


NAMES = st.text(
    st.characters(codec="ascii", categories=["Lu", "Ll", "Nd", "Po", "Zs"], exclude_characters="%@,"), max_size=30
)


@given(st.lists(NAMES.map(str.strip), min_size=1, max_size=5))
def test_well_written_addresses_are_read_as_the_standard_library_reads_them(names: list[str]) -> None:
    quoted = [name.replace("\\", "\\\\").replace('"', '\\"') for name in names]
    field = ", ".join(f'"{name}" <p{number}@example.org>' for number, name in enumerate(quoted))
    expected = [(" ".join(name.split()), address) for name, address in getaddresses([field])]
    assert [(each.name, each.address) for each in addresses(field.encode())] == expected


@given(st.text(max_size=200))
def test_a_subject_the_standard_library_wrote_is_read_as_it_was_meant(subject: str) -> None:
    one_line = " ".join("".join(each if each.isprintable() else " " for each in subject).split())
    message = EmailMessage()
    message["Subject"] = one_line
    written = message.as_bytes().partition(b":")[2].replace(b"\n", b"").strip()
    assert text_of(written) == one_line


DATES = {
    b"Tue, 24 Nov 2026 09:00:00 +0100": datetime(2026, 11, 24, 8, tzinfo=UTC),
    b"24 Nov 2026 09:00 GMT": datetime(2026, 11, 24, 9, tzinfo=UTC),
    b"Tue, 24 Nov 2026 09:00:00 -0000 (comment)": datetime(2026, 11, 24, 9, tzinfo=UTC),
    b"Tue, 99 Nov 2026 09:00:00 +0100": None,
    b"Tue, 24 Nov 2026 09:00:00 +9999999": None,
    b"yesterday": None,
    b"Tue, 24 Nov 99999999999999999999 09:00:00 +0100": None,
    b"": None,
    b"\xff\x00": None,
}


@pytest.mark.parametrize(("field", "moment"), DATES.items())
def test_a_date_is_utc_or_unknown(field: bytes, moment: datetime | None) -> None:
    assert date_of(field) == moment


@given(st.binary(max_size=300))
def test_no_bytes_raise(field: bytes) -> None:
    text_of(field)
    parameters(field)
    addresses(field)
    date_of(field)
    from_base64(field)
    decoded(field, field.decode("latin-1"))


SPITE = [
    b";" * 200_000,
    b"a;b=" * 50_000,
    b"(" * 200_000,
    b"<" * 200_000,
    b'"' * 199_999,
    b'\\"' * 100_000,
    b"(" + b"\\(" * 100_000,
    b'x="\\' * 50_000,
    b"=?" * 100_000,
    b"=?a?q?" * 30_000,
    b"=?utf-8?q?=?=" * 15_000,
    b"=?utf-8?b?w?= " * 15_000,
    b"a@b," * 50_000,
    b"a," * 100_000,
    b"(a)" * 70_000,
    b"x*1*=" * 40_000,
    b";x*%d=a" * 30_000,
    b"\xc3" * 200_000,
    b"," * 200_000,
    b":" * 200_000,
    b" \t" * 100_000,
]


@pytest.mark.parametrize("field", SPITE, ids=lambda field: repr(field[:12]))
def test_spite_costs_little_time(field: bytes) -> None:
    began = time.process_time()
    text_of(field)
    parameters(field)
    parameters(b"x;" + field)
    addresses(field)
    date_of(field)
    assert time.process_time() - began < 1
