"""A QR code is drawn on this PC, as a picture and in a terminal."""

from __future__ import annotations

import base64
import io

import pytest
import segno
from PIL import Image

from tray.qr import blocks, picture

LINK = "https://microsoft.com/devicelogin"
_LIGHT = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}


class Terminal(io.TextIOWrapper):
    def __init__(self, encoding: str, *, tty: bool = True) -> None:
        super().__init__(io.BytesIO(), encoding)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


def test_the_picture_is_the_code_itself_with_room_around_it() -> None:
    image = Image.open(io.BytesIO(base64.b64decode(picture(LINK).removeprefix("data:image/png;base64,")))).convert("1")
    module = [list(row) for row in segno.make_qr(LINK, error="m").matrix_iter(border=4)]
    size = image.width // len(module)
    assert image.size == (size * len(module), size * len(module))
    drawn = [[int(not image.getpixel((x * size, y * size))) for x in range(len(module))] for y in range(len(module))]
    assert drawn == module


def test_a_terminal_shows_two_modules_in_each_character() -> None:
    lines = blocks(LINK, Terminal("utf-8"))
    light = [[_LIGHT[char][half] for char in line] for line in lines for half in (0, 1)]
    expected = [[not module for module in row] for row in segno.make_qr(LINK, error="l").matrix_iter(border=2)]
    assert light[: len(expected)] == expected
    assert len(lines[0]) <= 79


@pytest.mark.parametrize("terminal", [Terminal("utf-8", tty=False), Terminal("cp1252"), Terminal("ascii")])
def test_where_a_terminal_cannot_it_is_left_out(terminal: Terminal) -> None:
    assert blocks(LINK, terminal) == []


def test_an_old_console_of_windows_can() -> None:
    assert blocks(LINK, Terminal("cp437"))
