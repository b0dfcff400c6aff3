"""A main app that listens: one connection, the events as they come."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Heard:
    kind: str
    id: str
    data: Any


class Listener:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.response = response
        self.last_id = ""

    def next(self) -> Heard | None:
        """None: the stream has ended. Raises TimeoutError."""
        kind = data = ""
        while line := self.response.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                self.last_id = value
            elif name == "data":
                data = value
            elif not name and kind:
                return Heard(kind, self.last_id, json.loads(data))
        return None

    def take(self, count: int) -> list[Heard]:
        return [heard for _ in range(count) if (heard := self.next())]


@contextmanager
def listening(
    host: str, key: str, last_event_id: str = "", language: str = "en", patience: float = 10
) -> Iterator[Listener]:
    connection = http.client.HTTPConnection(host, timeout=patience)
    headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}
    try:
        connection.request(
            "GET", "/v1/events", headers=headers | ({"Last-Event-ID": last_event_id} if last_event_id else {})
        )
        response = connection.getresponse()
        assert response.status == 200, response.read()
        listener = Listener(response)
        while not listener.last_id:  # from here on nothing is missed
            name, _, value = response.readline().decode().rstrip("\n").partition(": ")
            listener.last_id = value if name == "id" else ""
            if name == "event":
                raise AssertionError(value)
        yield listener
    finally:
        connection.close()
