"""How well are the service and the way to it? Outages, throttling, hotel networks, a wrong clock: for one or all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from auth.sandbox.faults import Fault, Faults, on_demand, throttling
from auth.sandbox.serving import Server
from auth.sandbox.tenant import Tenant
from auth.sandbox.web import Response


class Weather:
    """Any thread may call these at any time. `address`: for this person's refreshes alone, else for everybody."""

    tenant: Tenant
    faults: Faults
    servers: Sequence[Server]

    def fail_next(self, number: int, times: int = 1, *, endpoint: str = "token", address: str = "") -> None:
        """The next requests are refused: with an HTTP status (up to 599) or an AADSTS number. `times=-1`: for good."""
        self._add(on_demand(number, endpoint, times), address)

    def answer_next(
        self,
        status: int,
        body: str | bytes = b"",
        *,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
        times: int = 1,
        endpoint: str = "token",
    ) -> None:
        """The next requests get this very answer."""
        content = body.encode() if isinstance(body, str) else body
        self.faults.add(Fault("words", endpoint, times, words=Response(status, content, kind, headers or {})))

    def throttle(self, seconds: int, *, address: str = "") -> None:
        """429 with Retry-After at the token endpoint until this time has passed on the clock."""
        self._add(throttling(seconds, self.tenant.clock()), address)

    def captive_portal(self, times: int = -1, *, address: str = "") -> None:
        """A hotel's page, with status 200, in place of every answer."""
        self._add(Fault("portal", "token" if address else "*", times), address)

    def slow(self, seconds: float, times: int = -1, *, endpoint: str = "*") -> None:
        self.faults.add(Fault("slow", endpoint, times, seconds=seconds))

    def hang(self, times: int = -1, *, endpoint: str = "*") -> None:
        """Requests are taken and never answered."""
        self.faults.add(Fault("hang", endpoint, times))

    def close_connections(self, times: int = -1, *, endpoint: str = "*", address: str = "") -> None:
        """Requests are taken, then the connection is closed."""
        self._add(Fault("close", "token" if address else endpoint, times), address)

    def set_clock_wrong(self, by: timedelta, *, address: str = "") -> None:
        """This PC's clock seems to be ahead by so much (behind, where negative), by the Date of every answer."""
        with self.tenant.lock:
            self.tenant.clock_off[address.casefold()] = -by

    def calm(self, address: str) -> None:
        """Whatever was planned for this person's requests is over."""
        self.faults.clear(address.casefold())
        with self.tenant.lock:
            self.tenant.clock_off.pop(address.casefold(), None)

    def offline(self) -> None:
        """Connections are refused until `online`."""
        for server in self.servers:
            server.stop()

    def online(self) -> None:
        """Reachable again, and every fault is over."""
        self.faults.clear()
        with self.tenant.lock:
            self.tenant.clock_off.clear()
        for server in self.servers:
            server.start()

    well = online

    def _add(self, fault: Fault, address: str) -> None:
        fault.address = address.casefold()
        self.faults.add(fault)
