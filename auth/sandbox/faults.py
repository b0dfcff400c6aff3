"""Which requests go wrong, and how? Throttling, faulty services, hotel networks: all that answers nothing."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from auth.provider import Clock
from auth.sandbox.refusals import Refusal, stamp
from auth.sandbox.web import Response, as_json, page

Kind = Literal["aadsts", "http", "portal", "slow", "hang", "close", "words"]
_LONGEST_HTTP = 599
_PORTAL = "<!doctype html><title>Hotel WLAN</title><h1>Willkommen im Hotel-WLAN</h1><p>Bitte stimmen Sie zu.</p>"


@dataclass
class Fault:
    """`times` counts down; below 0 it lasts until `clear`. `endpoint` is `*` for all of them, `address` empty for
    everybody: whose request it is shows at the token endpoint alone.
    """

    kind: Kind
    endpoint: str
    times: int
    number: int = 0  # an AADSTS number or an HTTP status
    seconds: float = 0
    retry_after: int = 0
    until: datetime | None = None
    address: str = ""
    words: Response | None = None  # this very answer


class Faults:
    """Thread-safe. `play` waits where a fault takes time; nothing else waits with it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._awake = threading.Event()

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._awake.clear()
            self._faults.append(fault)

    def clear(self, address: str | None = None) -> None:
        """Everything works again, or all that was planned for one person; those who were kept waiting are answered."""
        with self._lock:
            self._faults = [each for each in self._faults if address not in {None, each.address}]
            self._awake.set()

    def take(self, endpoint: str, address: str = "") -> Fault | None:
        """What is planned for this request, which is this person's where that is known."""
        with self._lock:
            now = self._clock()
            self._faults = [each for each in self._faults if each.until is None or now < each.until]
            fitting = (each for each in self._faults if each.endpoint in {endpoint, "*"})
            fault = next((each for each in fitting if each.address in {"", address}), None)
            if fault and fault.times > 0:
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
            return fault

    def play(self, fault: Fault) -> Response | None:
        """What goes out instead of the right answer; None: the right answer, late. Raises Refusal."""
        match fault.kind:
            case "aadsts":
                raise Refusal(fault.number)
            case "http":
                return self._http(fault)
            case "portal":
                return page(_PORTAL)
            case "slow":
                self._awake.wait(fault.seconds)
                return None
            case "hang":
                self._awake.wait()
                return Response(drop=True)
            case "close":
                return Response(drop=True)
            case "words":
                return fault.words

    def _http(self, fault: Fault) -> Response:
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
        if fault.number == 429:  # noqa: PLR2004  the status that Entra puts a JSON body to
            return as_json(dict(Refusal(90055).entra_json(self._clock(), "")), 429, headers)
        text = f"<html><title>{fault.number}</title><h1>Service unavailable</h1>{stamp(self._clock())}</html>"
        return page(text, fault.number, headers)


def on_demand(number: int, endpoint: str, times: int) -> Fault:
    """A fault by its number: up to 599 an HTTP status, above an AADSTS number."""
    return Fault("http" if number <= _LONGEST_HTTP else "aadsts", endpoint, times, number)


def throttling(seconds: int, now: datetime) -> Fault:
    until = now + timedelta(seconds=seconds)
    return Fault("http", "token", -1, 429, retry_after=seconds, until=until)
