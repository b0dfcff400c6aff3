"""What does the icon look like? A shape and a colour of its own for each state, drawn for light and for dark panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from math import hypot

from PIL import Image, ImageDraw

from tray.health import State

_SCALE = 8
"""Drawn so many times larger, then shrunk: Pillow's own edges are jagged."""

Point = tuple[float, float]


class _Pen:
    """Draws in units of a hundredth of the picture's side, whatever its size is in pixels."""

    def __init__(self, size: int) -> None:
        self.image = Image.new("RGBA", (size * _SCALE, size * _SCALE))
        self._draw = ImageDraw.Draw(self.image)
        self._unit = size * _SCALE / 100

    def area(self, points: Sequence[Point], colour: str) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=colour)

    def disc(self, middle: Point, radius: float, colour: str) -> None:
        (x, y), unit = middle, self._unit
        box = ((x - radius) * unit, (y - radius) * unit, (x + radius) * unit, (y + radius) * unit)
        self._draw.ellipse(box, fill=colour)

    def ring(self, middle: Point, radius: float, width: float, colour: str) -> None:
        (x, y), unit, outer = middle, self._unit, radius + width / 2
        box = ((x - outer) * unit, (y - outer) * unit, (x + outer) * unit, (y + outer) * unit)
        self._draw.ellipse(box, outline=colour, width=round(width * unit))

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """With round ends and corners."""
        for point in points:
            self.disc(point, width / 2, colour)
        for (x, y), (to_x, to_y) in pairwise(points):
            length = hypot(to_x - x, to_y - y)
            over, up = (to_y - y) / length * width / 2, (x - to_x) / length * width / 2
            self.area(
                [(x + over, y + up), (to_x + over, to_y + up), (to_x - over, to_y - up), (x - over, y - up)], colour
            )

    def rounded(self, points: Sequence[Point], radius: float, colour: str) -> None:
        """The area with its edge moved outwards, so that its corners are round."""
        self.area(points, colour)
        self.line([*points, points[0]], 2 * radius, colour)


def _tick_in_a_disc(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    pen.disc((50, 50), 43 + edge, fill)
    if not edge:
        pen.line([(30, 52), (44, 66), (70, 36)], 12, sign)


def _warning_triangle(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    pen.rounded([(50, 16), (87, 82), (13, 82)], 8 + edge, fill)
    if not edge:
        pen.line([(50, 38), (50, 57)], 12, sign)
        pen.disc((50, 76), 7, sign)


def _padlock(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    pen.line([(29, 50), (29, 30), (40, 17), (60, 17), (71, 30), (71, 50)], 13 + 2 * edge, fill)
    pen.rounded([(22, 52), (78, 52), (78, 86), (22, 86)], 8 + edge, fill)
    if not edge:
        pen.disc((50, 64), 9, sign)
        pen.line([(50, 64), (50, 80)], 8, sign)


def _hourglass(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    pen.rounded([(20, 14), (80, 14), (54, 50), (80, 86), (20, 86), (46, 50)], 7 + edge, fill)
    if not edge:
        pen.area([(39, 30), (61, 30), (50, 46)], sign)
        pen.area([(50, 62), (66, 82), (34, 82)], sign)


def _crossed_envelope(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    pen.rounded([(12, 28), (88, 28), (88, 74), (12, 74)], 7 + edge, fill)
    if not edge:
        pen.line([(35, 36), (65, 66)], 12, sign)
        pen.line([(65, 36), (35, 66)], 12, sign)


def _struck_ring(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    del sign  # the ring is all there is: hollow, as nothing is known behind it
    pen.ring((50, 50), 38, 13 + 2 * edge, fill)
    pen.line([(25, 75), (75, 25)], 13 + 2 * edge, fill)


def _question_mark(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    """A question mark on a square: something is there, but nobody gets at it."""
    pen.rounded([(16, 16), (84, 16), (84, 84), (16, 84)], 7 + edge, fill)
    if not edge:
        pen.line([(34, 36), (40, 26), (58, 26), (66, 36), (62, 47), (50, 54), (50, 60)], 11, sign)
        pen.disc((50, 77), 7, sign)


def _three_dots(pen: _Pen, edge: float, fill: str, sign: str) -> None:
    del sign  # not yet checked: no verdict, so no sign inside
    for x in (17, 50, 83):
        pen.disc((x, 50), 13 + edge, fill)


_SHAPES: dict[State, tuple[Callable[[_Pen, float, str, str], None], str, str]] = {
    State.OK: (_tick_in_a_disc, "#1a8f3c", "#ffffff"),
    State.EXPIRING: (_warning_triangle, "#ffb000", "#1f1f1f"),
    State.SIGN_IN_REQUIRED: (_padlock, "#d3202f", "#ffffff"),
    State.CONSENT_PENDING: (_hourglass, "#2374e1", "#ffffff"),
    State.MAILBOX_REFUSED: (_crossed_envelope, "#9b2fae", "#ffffff"),
    State.OFFLINE: (_struck_ring, "#8a8f98", "#ffffff"),
    State.UNKNOWN: (_three_dots, "#8a8f98", "#ffffff"),
}

_STUCK = (_question_mark, "#d3202f", "#ffffff")

_MOST = 10
_BADGE, _BADGE_EDGE, _BADGE_SIGN = "#111111", "#ffffff", "#ffffff"
_BADGE_LEFT, _BADGE_TOP, _BADGE_STEP = 63, 55, 16
_DIGITS: dict[int, tuple[tuple[Point, ...], ...]] = {
    2: (((0, 0), (1, 0), (1, 1), (0, 1), (0, 2), (1, 2)),),
    3: (((0, 0), (1, 0), (0.4, 0.85), (1, 1.2), (1, 1.8), (0.8, 2), (0, 2)),),
    4: (((0, 0), (0, 1), (1, 1)), ((1, 0), (1, 2))),
    5: (((1, 0), (0, 0), (0, 1), (1, 1), (1, 2), (0, 2)),),
    6: (((1, 0), (0, 0), (0, 2), (1, 2), (1, 1), (0, 1)),),
    7: (((0, 0), (1, 0), (1, 2)),),
    8: (((0, 0), (1, 0), (1, 2), (0, 2), (0, 0)), ((0, 1), (1, 1))),
    9: (((1, 1), (0, 1), (0, 0), (1, 0), (1, 2), (0, 2)),),
    _MOST: (((-0.2, 1), (1.2, 1)), ((0.5, 0.3), (0.5, 1.7))),
}
"""Polylines on a grid one wide and two high, as on a pocket calculator."""

_EDGE = 4
_EDGE_COLOURS = {True: "#f4f4f4", False: "#2b2b2b"}
"""A thin edge lifts the shape off the panel: light on a dark one, dark on a light one."""


@cache
def draw(state: State, size: int, *, dark: bool, count: int = 0, stuck: bool = False) -> Image.Image:
    """`size` pixels square, with a transparent ground. Do not change what you get: it is kept. `count`: accounts that
    need somebody, told from 2 on. `stuck`: an unknown state is no matter of a moment, somebody has to do something.
    """
    shape, fill, sign = _STUCK if stuck else _SHAPES[state]
    pen = _Pen(size)
    shape(pen, _EDGE, _EDGE_COLOURS[dark], sign)
    shape(pen, 0, fill, sign)
    if count > 1:
        _badge(pen, min(count, _MOST))
    return pen.image.resize((size, size), Image.Resampling.BOX)


def _badge(pen: _Pen, count: int) -> None:
    """A digit in the corner, in strokes of our own: a font has no legible 9 pixels. Ten and more are a plus."""
    pen.disc((71, 71), 29, _BADGE_EDGE)
    pen.disc((71, 71), 26, _BADGE)
    for stroke in _DIGITS[count]:
        pen.line([(_BADGE_LEFT + x * _BADGE_STEP, _BADGE_TOP + y * _BADGE_STEP) for x, y in stroke], 8, _BADGE_SIGN)
