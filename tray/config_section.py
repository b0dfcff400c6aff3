"""How is one table of config.toml read? Key by key: wrong values are noted, and what nobody asked for is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from tray.config_faults import Fault, Wrong
from tray.config_lines import line_of
from tray.config_values import Read, shown

T = TypeVar("T")


class Report:
    """All faults of one file, in the order they were found."""

    def __init__(self, places: dict[str, int]) -> None:
        self._places = places
        self._faults: list[Fault] = []

    def add(self, path: str, code: str, /, **facts: str) -> None:
        self._faults.append(Fault(code, line_of(path, self._places), path, facts))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """From the top of the file to its end."""
        return tuple(sorted(self._faults, key=lambda fault: fault.line))

    def __len__(self) -> int:
        return len(self._faults)


class Section:
    def __init__(self, values: Mapping[str, object], path: str, report: Report) -> None:
        self._values = values
        self._asked: list[str] = []
        self.path = path
        self.report = report

    def has(self, key: str) -> bool:
        return key in self._values

    def take(self, key: str, read: Read[T], default: T) -> T:
        """What the file says; `default` where it says nothing, or something wrong."""
        self._asked.append(key)
        if key not in self._values:
            return default
        try:
            return read(self._values[key])
        except Wrong as wrong:
            self.fault(key, wrong.code, **wrong.facts)
            return default

    def need(self, key: str, read: Read[T], default: T) -> T:
        """As take(), and it must be there."""
        if not self.has(key):
            self.missing(key)
        return self.take(key, read, default)

    def inside(self, key: str) -> Section | None:
        """The table under `key`; None: there is none."""
        self._asked.append(key)
        if key not in self._values:
            return None
        value = self._values[key]
        if not isinstance(value, Mapping):
            self.fault(key, "fault_not_table", value=shown(value))
            return None
        return Section(value, self._at(key), self.report)

    def each(self, key: str) -> list[Section]:
        """The tables of `[[key]]`."""
        self._asked.append(key)
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            self.fault(key, "fault_not_tables", word=key)
            return []
        return [Section(each, f"{self._at(key)}[{number}]", self.report) for number, each in enumerate(value, 1)]

    def missing(self, key: str) -> None:
        self.report.add(self._at(key), "fault_missing", word=key)

    def fault(self, key: str, code: str, /, **facts: str) -> None:
        self.report.add(self._at(key), code, **facts)

    def end(self) -> None:
        """Whatever was not asked for by now is unknown."""
        from difflib import get_close_matches  # late: mostly nothing is unknown

        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key.lower(), self._asked, n=1)
                code = "fault_unknown_key_near" if near else "fault_unknown_key"
                self.fault(key, code, word=shown(key), near="".join(near), allowed=", ".join(sorted(self._asked)))

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}".lstrip(".")
