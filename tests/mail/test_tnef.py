"""Is what Outlook packed into winmail.dat shown as what it was, and is the rest left alone, quickly?"""

from __future__ import annotations

import base64
import random
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail import tnef
from mail.message import attachment, parse, summary
from mail.tnef_guard import sound
from tests.rigs.tnef import attribute, properties, winmail

PDF, XLSX = b"%PDF-1.7 \x00\xff", bytes(range(256)) * 40


def mail(packed: bytes, *, name: str = "winmail.dat", kind: str = "application/ms-tnef", text: str = "Anbei") -> bytes:
    head = (
        'From: Anna Vogel <a.vogel@mieter.example>\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        f'--b\r\nContent-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(packed) + b"\r\n--b--\r\n"


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/vnd.ms-tnef", "application/octet-stream"])
def test_the_files_are_there_with_their_long_names_and_bytes(kind: str) -> None:
    raw = mail(winmail({"Mietvertrag Müller (Entwurf).pdf": PDF, "Abrechnung.xlsx": XLSX}), kind=kind)
    assert summary(raw).attachments == ("Mietvertrag Müller (Entwurf).pdf", "Abrechnung.xlsx")
    message = parse(raw)
    assert message.text.strip() == "Anbei"
    assert [(each.number, each.size) for each in message.attachments] == [(0, len(PDF)), (1, len(XLSX))]
    assert message.attachments[0].content_type == "application/pdf"
    found = attachment(raw, 1)
    assert found
    assert found[1] == XLSX
    assert attachment(raw, 2) is None


def test_the_text_is_taken_from_it_where_the_mail_has_none() -> None:
    message = parse(mail(winmail({}, html="<p>Guten Tag</p>", text="Grüße"), text=""))
    assert (message.html, message.text.strip()) == ("<p>Guten Tag</p>", "Grüße")
    assert [each.name for each in message.attachments] == ["winmail.dat"]


def test_a_picture_in_the_text_has_its_name_and_a_path_in_a_name_is_no_path() -> None:
    message = parse(mail(winmail({"..\\..\\logo.png": b"png"}, content_id="logo@firm")))
    assert [(each.name, each.content_id) for each in message.attachments] == [("logo.png", "logo@firm")]


def test_a_message_inside_is_a_file_and_may_hold_others() -> None:
    inner = winmail({"innen.pdf": PDF})
    assert len(parse(mail(winmail({"außen.pdf": PDF}, embedded=inner))).attachments) == 2


def left_alone(packed: bytes) -> None:
    begun = time.perf_counter()
    message = parse(mail(packed))
    assert time.perf_counter() - begun < 1
    assert [each.name for each in message.attachments] == ["winmail.dat"]
    found = attachment(mail(packed), 0)
    assert found
    assert found[1] == packed


HEAD = struct.pack("<IH", 0x223E9F78, 1)
MANY = 0xFFFFFFFF


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no TNEF at all",
        HEAD,
        winmail({"a.pdf": PDF})[:-20],
        HEAD + attribute(1, 0x9003, 6, struct.pack("<I", MANY) + bytes(40)),
        HEAD + attribute(1, 0x9003, 6, struct.pack("<IHHI", 1, 0x1002, 1, MANY)),
        HEAD + attribute(1, 0x9003, 6, struct.pack("<IHHI", 1, 0x001F, 1, MANY) + bytes(40)),
        HEAD + attribute(1, 0x9003, 6, struct.pack("<IHHII", 1, 0x001F, 1, 1, MANY) + bytes(40)),
        HEAD + attribute(1, 0x9004, 6, struct.pack("<I", MANY) + bytes(40)),
        HEAD + attribute(1, 0x9004, 6, struct.pack("<II", 1, MANY) + bytes(40)),
        HEAD + attribute(2, 0x800F, 6, PDF),
        HEAD + attribute(1, 0x800C, 6, b"x") * 5_000,
        winmail({}, embedded=winmail({}, embedded=winmail({}, embedded=winmail({}, embedded=winmail({"a": b"x"}))))),
    ],
)
def test_what_cannot_be_unpacked_is_left_alone_within_a_second(packed: bytes) -> None:
    left_alone(packed)


def test_a_very_large_one_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tnef, "LARGEST", 1_000)
    left_alone(winmail({"a.bin": bytes(2_000)}))


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_any_damage_is_survived_quickly(seed: int, faults: int) -> None:
    chance = random.Random(seed)
    packed = bytearray(winmail({"a.pdf": PDF, "b.xlsx": XLSX[:300]}, html="<p>x</p>", embedded=winmail({"c": b"c"})))
    for _ in range(faults):
        packed[chance.randrange(6, len(packed))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    begun = time.perf_counter()
    raw = mail(bytes(packed))
    message = parse(raw)
    assert len(summary(raw).attachments) == len(message.attachments)
    for number in range(len(message.attachments)):
        assert attachment(raw, number)
    assert time.perf_counter() - begun < 1


def test_the_guard_lets_what_outlook_writes_through() -> None:
    assert sound(winmail({"a.pdf": PDF}, html="<p>x</p>", text="y", embedded=winmail({"b.pdf": PDF})))
    assert sound(HEAD + attribute(1, 0x9003, 6, properties([])))
