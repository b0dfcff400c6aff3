"""In which language does a caller want to be answered? Accept-Language chooses German or English."""

from __future__ import annotations

from tray.texts import LANGUAGES


def choose(accept_language: str, otherwise: str) -> str:
    """The best of ours that the header names; `otherwise` where it names none."""
    wanted = sorted(map(_weighed, accept_language[:200].split(",")), key=lambda each: -each[0])
    return next((name for weight, name in wanted if weight > 0 and name in LANGUAGES), otherwise)


def _weighed(part: str) -> tuple[float, str]:
    """`de-AT;q=0.8` is (0.8, "de")."""
    name, _, parameter = part.strip().partition(";")
    weight = parameter.strip().removeprefix("q=")
    try:
        return (float(weight) if weight else 1.0), name.strip().lower().partition("-")[0]
    except ValueError:
        return 0.0, ""
