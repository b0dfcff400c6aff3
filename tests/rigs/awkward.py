"""Which mails are hard to read? Some four hundred, made from what the RFCs allow, what programs do, and by a fuzzer.

Each depends on its name alone, so that a failure can be repeated. They end with CRLF and hold no lone CR or LF, since a
server may put those right (RFC 5322, 2.3); everything else is as bad as it gets.
"""

from __future__ import annotations

import base64
import itertools
import random
import re
from collections.abc import Iterator

from tests.rigs.tnef import winmail

FUZZED = 150
_HEAD = b"From: Anna <a@example.org>\r\nTo: info@example.org\r\n"


def corpus() -> dict[str, bytes]:
    """Name → mail."""
    made: dict[str, bytes] = {}
    for family in (_headers, _words, _addresses, _dates, _names, _structures, _texts, _protected, _lines, _packed):
        for number, raw in enumerate(family()):
            made[f"{family.__name__.strip('_')}-{number}"] = _ended(raw)
    sources = list(made.values())
    for number in range(FUZZED):
        made[f"fuzzed-{number}"] = _fuzzed(number, sources)
    return made


def _ended(raw: bytes) -> bytes:
    raw = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def _mail(*fields: bytes, body: bytes = b"text\r\n") -> bytes:
    return _HEAD + b"".join(field + b"\r\n" for field in fields) + b"\r\n" + body


def _headers() -> Iterator[bytes]:
    """Fields that parsers fall over."""
    for field in (
        b"Content-Type: text/plain; name*",
        b"Content-Type: text/plain; name*0*=",
        b"Content-Type: text/plain; name*99999999=x",
        b"Content-Type: text/plain; name*0*=utf-8''a; name*2=c; name*1*=%C3%A4",
        b"Content-Type: ;",
        b"Content-Type:",
        b"Content-Type: text",
        b"Content-Type: text/",
        b"Content-Type: /plain",
        b"Content-Type: text/plain;" + b";" * 8_000,
        b"Content-Type: multipart/mixed",
        b'Content-Type: multipart/mixed; boundary=""',
        b"Content-Type: multipart/mixed; boundary=-",
        b"Content-Type: text/plain; charset=" + b"x" * 10_000,
        b"Content-Transfer-Encoding: x-uuencode",
        b"Content-Transfer-Encoding: base64 quoted-printable",
        b"Content-Disposition: attachment; filename=",
        b"To: (c):",
        b"To: undisclosed-recipients:;",
        b"Subject: " + b"(" * 5_000,
        b"Subject: " + b"=?" * 5_000,
        b"Subject:" + b"\r\n " * 2_000 + b"folded",
        b"Subject: \x00\x01\x1b[31mred\x7f",
        b"Subject: \xe2\x80\xaegnp.exe",
        b"Received: " + b"x" * 200_000,
        b"Message-ID: <>",
        b"Message-ID: no brackets at all",
        b"Message-ID: <a@b> <c@d>",
        b"References: " + b" ".join(b"<%d@example.org>" % n for n in range(2_000)),
        b"no colon here",
        b": no name",
        b" begins with a space",
        b"Subject : space before the colon",
        b"Sub\xfcject: eight bits in the name",
        b"X" * 5_000 + b": long name",
        b"Subject: one\r\nSubject: two",
        b"Date: a\r\nDate: b",
        b"MIME-Version: 2.0",
    ):
        yield _mail(field)
    yield _HEAD + b"".join(b"X-%d: x\r\n" % n for n in range(5_000)) + b"\r\ntext\r\n"
    yield b""
    yield b"\r\n"
    yield b"text without a header\r\n"
    yield b"\x00" * 1_000
    yield bytes(range(256)) * 20
    yield b"From info@example.org Tue Nov 24 08:30:00 2026\r\n" + _mail()


def _words() -> Iterator[bytes]:
    """Encoded words (RFC 2047), right, wrong and split in the middle of a letter."""
    for word in (
        b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
        b"=?utf-8?B?R3LDvMOfZQ==?=",
        b"=?utf-8?B?R3LDvMOfZQ?=",
        b"=?utf-8?b?!!!!?=",
        b"=?utf-8?b??=",
        b"=?utf-8?x?abc?=",
        b"=?no-such-charset?q?=E4?=",
        b"=?utf-8*de?q?=C3=A4?=",
        b"=?utf-8?q?=C3?= =?utf-8?q?=A4?=",
        b"=?utf-8?q?=C3?=\r\n =?utf-8?q?=A4?=",
        b"=?iso-8859-1?q?=80?=",
        b"=?us-ascii?q?=E4?=",
        b"=?utf-16?b?//5hAGIA?=",
        b"=?utf-7?q?+AOQ-?=",
        b"=?iso-2022-jp?b?GyRCRnxLXBsoQg==?=",
        b"=?gb2312?b?xOO6ww==?=",
        b"=?utf-8?q?=0D=0ABcc:_evil@example.org?=",
        b"=?utf-8?q?=00?=",
        b'"=?utf-8?q?=C3=A4?="',
        b"=?utf-8?q?unclosed",
        b"=?utf-8?q?a b?=",
        "unencoded Grüße".encode(),
        "unencoded Grüße".encode("cp1252"),
        "🎉".encode(),
        b"=?utf-8?q?=F0=9F=8E=89?=" * 300,
        b"=?idna?q?xn--mller-kva?=",
        b"=?rot13?q?abc?=",
        b"=?unicode-escape?q?\\N{DIGIT ONE}?=",
    ):
        yield _mail(b"Subject: " + word)
        yield _mail(b"Reply-To: " + word + b" <b@example.org>")


def _addresses() -> Iterator[bytes]:
    for written in (
        b"a@example.org, b@example.org; c@example.org",
        b"Vogel, Anna <a@example.org>",
        b'"Vogel, \\"Anna\\"" <a@example.org>',
        b"<a@example.org",
        b"a@example.org>",
        b"<<a@example.org>>",
        b"@route,@other:a@example.org",
        b"Group: a@example.org, b@example.org;",
        b"Group:;",
        b"a@b@c",
        b"a@[127.0.0.1]",
        b'"a b"@example.org',
        b"a @ example . org",
        b"(comment (nested) \\) ) a@example.org (end",
        b"(" * 3_000,
        b'"' * 3_001,
        b"<" * 3_000,
        b", " * 3_000,
        b", ".join(b"n%d@example.org" % n for n in range(4_000)),
        "jörg@müller.example".encode(),
        b"a@xn--mller-kva.example",
        b"\xff@\xff",
        b"",
    ):
        yield _HEAD + b"Cc: " + written + b"\r\n\r\ntext\r\n"
        yield b"From: " + written + b"\r\nSubject: x\r\n\r\ntext\r\n"


def _dates() -> Iterator[bytes]:
    for date in (
        b"Tue, 24 Nov 2026 08:30:00 +0100",
        b"24 Nov 26 08:30 MEZ",
        b"Tue, 31 Feb 2026 08:30:00 +0000",
        b"Tue, 24 Nov 2026 25:61:61 +9999",
        b"Thu, 01 Jan 1970 00:00:00 -0000",
        b"Mon, 01 Jan 0001 00:00:00 +2359",
        b"Fri, 31 Dec 9999 23:59:59 -2359",
        b"1 Jan 99999999999 00:00:00 +0000",
        b"2026-11-24T08:30:00Z",
        b"now",
        b"",
        b"-1 -1 -1 -1:-1:-1 -1",
        b"\xff\xfe",
        b"Tue, 24 Nov 2026 08:30:00 +0100 (" + b"(" * 1_000,
    ):
        yield _mail(b"Date: " + date)


def _names() -> Iterator[bytes]:
    """Names of attachments: RFC 2231, and what Outlook and others do instead."""
    for parameter in (
        b"filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf",
        b"filename*=iso-8859-1'de'Gr%FC%DFe.pdf",
        b"filename*0*=utf-8''Gr%C3;\r\n filename*1*=%BC%C3%9Fe.pdf",
        b"filename*0=a; filename*1=b; filename*2=.pdf",
        b"filename*1=b; filename*0=a",
        b"filename*=no-charset''x.pdf",
        b"filename*=%%%.pdf",
        b"filename*=utf-8'x.pdf",
        b'filename="=?utf-8?q?Gr=C3=BC=C3=9Fe.pdf?="',
        b"filename==?utf-8?b?R3LDvMOfZS5wZGY=?=",
        b'filename="=?utf-8?q?Gr=C3=BC?= =?utf-8?q?=C3=9Fe.pdf?="',
        'filename="Grüße.pdf"'.encode(),
        'filename="Grüße.pdf"'.encode("cp1252"),
        b"filename=no quotes at all.pdf",
        b'filename="unclosed.pdf',
        b'filename="a\\"b.pdf"',
        b'filename="../../etc/passwd"',
        b'filename="C:\\Windows\\system32\\x.dll"',
        b'filename="CON"',
        b'filename="..."',
        b'filename=""',
        b'filename="a\x00b.pdf"',
        b'filename="' + b"x" * 5_000 + b'.pdf"',
        b'filename="gpj.exe\xe2\x80\xae.pdf"',
        b"filename=a; filename=b; filename*=utf-8''c",
    ):
        part = b"Content-Disposition: attachment; " + parameter + b"\r\n\r\ncontent\r\n"
        yield _mixed(b"Content-Type: application/pdf\r\n" + part)
        other = parameter.replace(b"filename", b"name")
        yield _mixed(b"Content-Type: application/pdf; " + other + b"\r\n\r\ncontent\r\n")


def _mixed(*parts: bytes, kind: bytes = b"mixed", end: bytes = b"\r\n--b--\r\n") -> bytes:
    body = b"".join(b"\r\n--b\r\n" + part for part in parts)
    return _mail(b'Content-Type: multipart/%s; boundary="b"' % kind, body=body + end)


def _structures() -> Iterator[bytes]:
    text = b"Content-Type: text/plain\r\n\r\ntext\r\n"
    html = b"Content-Type: text/html\r\n\r\n<p>text</p><img src='cid:1@x'>\r\n"
    picture = b"Content-Type: image/png\r\nContent-ID: <1@x>\r\nContent-Disposition: inline\r\n\r\npng\r\n"
    yield _mixed(text, html, kind=b"alternative")
    yield _mixed(html, picture, kind=b"related")
    yield _mixed(text, end=b"")
    yield _mixed()
    yield _mixed(b"", b"", b"")
    yield _mixed(text, end=b"\r\n--b--\r\nepilogue\r\n--b\r\n" + text)
    yield _mixed(*[b"\r\n"] * 5_000)
    yield _mixed(b"Content-Type: message/rfc822\r\n\r\n" + _mail())
    yield _mixed(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QQ==\r\n")
    yield _mixed(b"Content-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n", kind=b"report")
    yield _mixed(b"Content-Type: message/partial; id=x; number=1; total=9\r\n\r\nx\r\n")
    yield _mixed(b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n", kind=b"alternative")
    yield _mixed(text, kind=b"digest")
    yield _mail(b'Content-Type: multipart/mixed; boundary="b"', body=b"--b" * 20_000)
    yield _mail(b'Content-Type: multipart/mixed; boundary="b "', body=b"--b \r\n\r\nx\r\n--b --\r\n")
    yield _mail(b"Content-Type: multipart/mixed; boundary=" + b"b" * 2_000, body=b"--" + b"b" * 2_000 + b"\r\n\r\nx")
    nested = b"deep\r\n"
    for depth in range(200):
        nested = b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n' % (depth, depth) + nested
    yield _HEAD + nested
    for inner in (b"base64", b"quoted-printable", b"8bit", b"binary", b"x-unknown", b"BASE64 "):
        yield _mixed(b"Content-Transfer-Encoding: " + inner + b"\r\n\r\n=C3=A4 R3LDvA== \xc3\xa4\r\n")
    for damage in (b"R3L", b"R3LD\r\nv!!A==", b"====", b"R3LDvA==R3LDvA==", b"\xff\xfe", b"A" * 99_999):
        yield _mixed(b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + damage)


def _texts() -> Iterator[bytes]:
    """Charsets that are wrong, unknown or a lie."""
    words = "Grüße, 100 € für Łódź"
    charsets = ("utf-8", "us-ascii", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16", "utf-7", "x-unknown", "")
    for declared, real in itertools.product(charsets, ("utf-8", "cp1252", "utf-16")):
        body = words.encode(real, "replace")
        body = body.replace(b"\r", b"_").replace(b"\n", b"_")
        yield _mail(f"Content-Type: text/plain; charset={declared}".encode(), body=body)
    yield _mail(b"Content-Type: text/plain; charset=utf-8", body=b"\xef\xbb\xbfwith a mark")
    yield _mail(b"Content-Type: text/html", body=b"<meta charset=utf-8>" + words.encode())
    yield _mail(b"Content-Type: text/plain; format=flowed; delsp=yes", body=b"soft \r\nbreak")
    yield _mail(b"Content-Type: text/plain; charset=iso-2022-jp", body=b"\x1b$BF|K\\")
    yield _mail(b"Content-Type: text/plain; charset=punycode", body=b"-" * 50_000)


def _protected() -> Iterator[bytes]:
    """Signed and encrypted: as they came, or they are worth nothing."""
    text = b"Content-Type: text/plain\r\n\r\nsigned  \r\n"
    signature = b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n\r\nMIIB\r\n'
    yield _mixed(text, signature, kind=b'signed; protocol="application/pkcs7-signature"; micalg=sha-256')
    pgp = b"Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n"
    yield _mixed(text, pgp, kind=b'signed; protocol="application/pgp-signature"')
    version = b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
    secret = b'Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n'
    yield _mixed(version, secret, kind=b'encrypted; protocol="application/pgp-encrypted"')
    for kind in (b"enveloped-data", b"signed-data"):
        field = b'Content-Type: application/pkcs7-mime; smime-type=%s; name="smime.p7m"' % kind
        yield _mail(field, b"Content-Transfer-Encoding: base64", body=base64.encodebytes(bytes(range(200))))
    yield _mail(b"DKIM-Signature: v=1; b=" + b"A" * 500, body=b"trailing space \r\n\r\n\r\n")


def _lines() -> Iterator[bytes]:
    """What protocols stumble over."""
    for body in (
        b".\r\n..\r\n.leading\r\n",
        b"x" * 2_500,
        b"x" * 1_100_000,
        b"* 1 FETCH (BODY[] {3}\r\nabc)\r\nA1 OK done\r\n",
        b"ends with a literal {5}",
        b"+OK\r\n-ERR\r\n.\r\n",
        b"From here on\r\n>From there\r\n",
        b"\r\n" * 10_000,
        b"\x00\x00\x00",
        b"\t \r\n \t\r\n",
        b"begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n",
    ):
        yield _mail(b"Subject: lines", body=body)


def _packed() -> Iterator[bytes]:
    """winmail.dat, whole, cut and spoiled."""
    whole = winmail({"Vertrag.pdf": b"%PDF", "Müller.docx": bytes(500)}, html="<p>x</p>", embedded=winmail({"a": b"b"}))
    for packed in (whole, *(whole[:cut] for cut in range(4, len(whole), len(whole) // 12))):
        head = b"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        yield _mixed(head + base64.encodebytes(packed))


def _fuzzed(number: int, sources: list[bytes]) -> bytes:
    """Pieces of the others, joined, doubled, cut and with bytes changed."""
    chance = random.Random(number)
    pieces = []
    for _ in range(chance.randint(1, 4)):
        source = chance.choice(sources)
        start = chance.randrange(len(source))
        pieces.append(source[start : start + chance.randint(1, 4_000)])
    spoiled = bytearray(b"".join(pieces) * chance.randint(1, 3))
    for _ in range(chance.randint(0, 60)):
        spoiled[chance.randrange(len(spoiled))] = chance.choice((0, 10, 32, 34, 59, 61, 63, 255, chance.randrange(256)))
    return _ended(bytes(spoiled))
