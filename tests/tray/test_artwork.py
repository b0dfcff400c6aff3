"""The icon's state is seen at a glance, in colour and without it."""

from __future__ import annotations

from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from tray.artwork import draw
from tray.health import State

PANELS = {False: "#f0f0f0", True: "#202020"}


def on_panel(state: State, size: int, *, dark: bool, count: int = 0, stuck: bool = False) -> Image.Image:
    panel, icon = Image.new("RGB", (size, size), PANELS[dark]), draw(state, size, dark=dark, count=count, stuck=stuck)
    panel.paste(icon, (0, 0), icon)
    return panel


def grey_pictures(size: int, *, dark: bool) -> dict[str, Image.Image]:
    """All that the icon can look like without a count, by name."""
    found = {state.value: on_panel(state, size, dark=dark) for state in State}
    found["stuck"] = on_panel(State.UNKNOWN, size, dark=dark, stuck=True)
    return {name: picture.convert("L") for name, picture in found.items()}


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean over all pixels, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / len(one.getbands())


@pytest.mark.parametrize("size", [16, 20, 24, 32, 48, 64])
@pytest.mark.parametrize("dark", [False, True])
def test_any_two_states_differ_in_grey_too(size: int, dark: bool) -> None:  # noqa: FBT001  a parameter of the table
    grey = grey_pictures(size, dark=dark)
    closest = min((difference(grey[one], grey[other]), one, other) for one, other in combinations(grey, 2))
    assert closest[0] > 12, closest


@pytest.mark.parametrize("size", [16, 32])
def test_any_two_states_differ_in_their_outline_alone(size: int) -> None:
    outline = {state: draw(state, size, dark=True).getchannel("A") for state in State}
    closest = min((difference(outline[one], outline[other]), one, other) for one, other in combinations(State, 2))
    assert closest[0] > 12, closest


def test_the_states_that_need_somebody_have_colours_of_their_own() -> None:
    calling = [State.OK, State.EXPIRING, State.SIGN_IN_REQUIRED, State.CONSENT_PENDING, State.MAILBOX_REFUSED]
    main = {state: _main_hue(state) for state in calling}
    gaps = [min(abs(main[a] - main[b]), 256 - abs(main[a] - main[b])) for a, b in combinations(calling, 2)]
    assert min(gaps) >= 20, main


def _main_hue(state: State) -> int:
    icon = draw(state, 64, dark=True)
    pixels = [icon.convert("HSV").getpixel((x, y)) for x in range(64) for y in range(64)]
    coloured = [pixel[0] for pixel in pixels if isinstance(pixel, tuple) and pixel[1] > 150 and pixel[2] > 100]
    return max(set(coloured), key=coloured.count)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("dark", [False, True])
def test_the_icon_stands_out_from_its_panel(state: State, dark: bool) -> None:  # noqa: FBT001  a parameter of the table
    bare = Image.new("L", (16, 16), PANELS[dark])
    assert difference(on_panel(state, 16, dark=dark).convert("L"), bare) > 12


@pytest.mark.parametrize("size", [16, 64])
def test_the_corners_are_transparent(size: int) -> None:
    for state in State:
        icon = draw(state, size, dark=False)
        assert icon.size == (size, size)
        assert icon.getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("size", [16, 24, 48])
def test_the_count_is_told_from_two_on_and_each_of_them_is_another_picture(size: int) -> None:
    for state in (State.SIGN_IN_REQUIRED, State.EXPIRING):
        plain = draw(state, size, dark=True)
        assert draw(state, size, dark=True, count=1).tobytes() == plain.tobytes()
        counted = [on_panel(state, size, dark=True, count=count).convert("L") for count in (0, *range(2, 11))]
        assert min(difference(one, other) for one, other in combinations(counted, 2)) > 0.5
        many = draw(state, size, dark=True, count=200)
        assert many.tobytes() == draw(state, size, dark=True, count=10).tobytes()


@pytest.mark.parametrize("size", [16, 24, 48])
@pytest.mark.parametrize("count", [2, 10])
def test_the_state_is_still_told_apart_in_grey_beside_a_count(size: int, count: int) -> None:
    states = [State.EXPIRING, State.SIGN_IN_REQUIRED, State.CONSENT_PENDING, State.MAILBOX_REFUSED]
    grey = {state: on_panel(state, size, dark=True, count=count).convert("L") for state in states}
    assert min(difference(grey[one], grey[other]) for one, other in combinations(states, 2)) > 8
