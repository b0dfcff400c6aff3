"""Which messages are hard to carry unchanged? Made up for the tests, each by its number alone."""

from __future__ import annotations

import random

HEADER = (
    "From: Meier <meier@example.org>\r\nTo: info@example.org\r\nSubject: {subject}\r\nMessage-ID: <{n}@rig>\r\n\r\n"
)

NASTY = (
    b"Subject: dots\r\n\r\n.\r\n..\r\n...\r\n.leading\r\nend.\r\n.\r\n",
    b"Subject: eight bit\r\n\r\nGr\xfc\xdfe und Gr\xc3\xbc\xc3\x9fe \xff\xfe\r\n",
    b"Subject: long lines\r\n\r\n" + b"x" * 2500 + b"\r\n" + b"y" * 70_000 + b"\r\n",
    b"Subject: looks like IMAP {12}\r\n\r\n* 1 FETCH (UID 7 BODY[] {3}\r\nabc)\r\nZ1 OK done\r\n)\r\n",
    b"Subject: ends with a brace {5}\r\n\r\n{5}\r\n",
    b"Subject: empty body\r\n\r\n",
    b"Subject: no end of line\r\n\r\nlast",
    b"\r\nno header at all\r\n",
    b"x\r\n",
    b"Subject: blank lines\r\n\r\n\r\n\r\n\r\n",
    b"Subject: name*\r\nContent-Type: text/plain; name*\r\n\r\nhello\r\n",
)


def letter(number: int, size: int = 0) -> bytes:
    """Depends on its number alone; sizes are mixed as an office's are unless one is given."""
    chance = random.Random(number)
    length = size or min(int(chance.lognormvariate(8.5, 1.3)), 400_000)
    head = HEADER.format(subject=f"Rechnung {number}", n=number).encode()
    lines = [chance.randbytes(35).hex().encode() + b"\r\n" for _ in range(length // 72 + 1)]
    return head + b"".join(lines)
