"""What does an office's mailbox look like? Messages for the benchmarks, each made from its number alone."""

from __future__ import annotations

import base64
import math
import os
import random
import time
from functools import cache
from pathlib import Path

TEXT = (
    "der die das und Hausverwaltung Mieter Nebenkosten Abrechnung Rechnung Eigentuemer Versammlung Protokoll Angebot "
    "Handwerker Heizung Wartung Termin bitte anbei Unterlagen Wohnung Schluessel Uebergabe mit freundlichen Gruessen "
    "Sehr geehrte Damen Herren vielen Dank fuer Ihre Nachricht wir haben den Vorgang geprueft Kaution Vertrag Objekt "
    "Kuendigung Strasse Zahlung Konto Betrag Euro Mahnung Frist Versicherung Schaden Wasser Dach Aufzug Garage"
)
NAMES = ("meier", "schulz", "krause", "lange", "wolf", "becker", "hoffmann", "koch", "bauer", "richter", "klein")
HOSTS = ("handwerk-nord.example", "stadtwerke.example", "kanzlei-west.example", "versicherung.example")
FIRST_DAY = 1_700_000_000
POOL = 4_000_000
ATTACHMENT = (
    b'Content-Type: application/pdf; name="Anlage.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
    b'Content-Disposition: attachment; filename="Anlage.pdf"\r\n\r\n'
)


def message(number: int, largest: int = 0) -> bytes:
    """Size lognormal around 30 KiB, one in 60 with an attachment of 1 to 5 MiB; text, HTML and attachment.

    `largest`: none has more bytes than about this.
    """
    chance = random.Random(f"office/{number}")
    size = int(min(30_720 * math.exp(chance.gauss(0, 1.0)), 900_000))
    if chance.random() < 1 / 60:
        size = int(math.exp(chance.uniform(math.log(1 << 20), math.log(5 << 20))))
    size = min(size, largest) if largest else size
    outer, inner = f"=_b{chance.getrandbits(64):016x}", f"=_a{chance.getrandbits(64):016x}"
    text = _text(chance, min(size // 3, chance.randint(300, 6000)))
    html = _text(chance, max(200, min(size // 3, 40_000))).replace(b"\r\n", b"</p>\r\n<p>")
    attachment = base64.encodebytes(chance.randbytes(max(0, size - len(text) - len(html)) * 3 // 4))
    parts = (
        _head(chance, number, outer),
        f'--{outer}\r\nContent-Type: multipart/alternative; boundary="{inner}"\r\n\r\n'.encode(),
        f"--{inner}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n".encode() + text + b"\r\n",
        f"--{inner}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>".encode() + html,
        f"</p></body></html>\r\n--{inner}--\r\n--{outer}\r\n".encode(),
        ATTACHMENT,
        attachment.replace(b"\n", b"\r\n"),
        f"--{outer}--\r\n".encode(),
    )
    return b"".join(parts)


def fill_maildir(maildir: Path, count: int, owner: tuple[int, int], first: int = 0, largest: int = 0) -> int:
    """`count` messages from number `first` on, straight into a Maildir, their sizes in their names as delivery does."""
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True, exist_ok=True)
    total = 0
    for number in range(first, first + count):
        raw = message(number, largest)
        moment = FIRST_DAY + number * 613
        file = maildir / "cur" / f"{moment}.M{number:06d}P1.bench,S={len(raw)},W={len(raw)}:2,"
        file.write_bytes(raw)
        os.utime(file, (moment, moment))
        os.chown(file, *owner)
        total += len(raw)
    for folder in (maildir.parent, maildir, *(maildir / name for name in ("cur", "new", "tmp"))):
        os.chown(folder, *owner)
    return total


def _head(chance: random.Random, number: int, boundary: str) -> bytes:
    name, host = chance.choice(NAMES), chance.choice(HOSTS)
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(FIRST_DAY + number * 613))
    relays = "".join(
        f"Received: from mx{hop}.{host} (mx{hop}.{host} [192.0.2.{chance.randint(1, 254)}])\r\n"
        f"\tby relay{hop}.hausverwaltung.example (Postfix) with ESMTPS id {chance.getrandbits(48):012X}\r\n"
        f"\tfor <info@hausverwaltung.example>; {date}\r\n"
        for hop in range(chance.randint(2, 5))
    )
    subject = _text(chance, 60).split(b"\r\n")[0].decode()
    return (
        f"{relays}From: {name.title()} <{name}@{host}>\r\nTo: info@hausverwaltung.example\r\n"
        f"Subject: {subject} [{number}]\r\nDate: {date}\r\nMessage-ID: <{number}@{host}>\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="{boundary}"\r\n\r\n'
    ).encode()


def _text(chance: random.Random, length: int) -> bytes:
    start = chance.randrange(POOL - length - 100)
    return _pool()[start : start + length].strip(b"\r\n")


@cache
def _pool() -> bytes:
    """Much text, made once: choosing every word anew would take longer than the benchmark."""
    chance, words = random.Random("pool"), TEXT.split()
    lines = (" ".join(chance.choices(words, k=10)).encode() for _ in range(POOL // 60))
    return b"\r\n".join(lines).ljust(POOL, b"x")
