"""How does a person read what the journal has? One sentence for each kind, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping

from auth.problems import Fact
from tray.texts import Texts


def sentence(kind: str, facts: Mapping[str, Fact], texts: Texts) -> str:
    """Without the time and the code, which stand beside it."""
    return texts.say(f"journal-{kind}", **_places(kind, facts, texts))


def _places(kind: str, facts: Mapping[str, Fact], texts: Texts) -> dict[str, Fact]:
    places: dict[str, Fact] = {"times": 1, "skipped": 0, **facts}
    if kind == "state":
        return {**places, "state": texts.say("cli-state", state=places["state"])}
    hours = int(str(places.get("hours", 0)))
    days = hours // 24 if hours % 24 == 0 else 0
    return {**places, "days": days, "program": places.get("program") or "none"}
