"""What may stand under [notify] in config.toml? Quiet hours, weekends, and who hears of what nobody answers."""

from __future__ import annotations

import re
from datetime import time

from tray import config_values as values
from tray.config_faults import Wrong
from tray.config_section import Section
from tray.settings import Notify

_TIMES = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s*[-\u2013]\s*([01]?[0-9]|2[0-3]|24):([0-5][0-9])")


def read_notify(section: Section | None) -> Notify:
    if section is None:
        return Notify()
    notify = Notify(
        section.take("quiet", quiet, None),
        section.take("weekends", values.flag, default=True),
        section.take("contact", values.address, ""),
    )
    section.end()
    return notify


def quiet(value: object) -> tuple[time, time] | None:
    """`18:00-07:00`, local times."""
    found = _TIMES.fullmatch(values.text(value))
    if not found or (found[3] == "24" and found[4] != "00"):
        raise Wrong("fault_quiet", value=values.shown(value))
    start, end = time(int(found[1]), int(found[2])), time(int(found[3]) % 24, int(found[4]))
    if start == end:
        raise Wrong("fault_quiet_always", value=values.shown(value))
    return start, end


def spelled(times: tuple[time, time] | None) -> str | None:
    """As `quiet` reads it."""
    return f"{times[0]:%H:%M}-{times[1]:%H:%M}" if times else None
