"""How does a refusal travel? As an exception inside, as JSON of Entra's exact shape outside."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from auth.sandbox.aadsts import TABLE, Words

Json = Mapping[str, object]


_UNKNOWN = Words("invalid_grant", "The request was refused.")


class Refusal(Exception):  # noqa: N818  an ordinary answer of the protocol, not a bug of this program
    """The answer is no. `facts` fill the places in the words; `error` and `suberror` replace the usual ones."""

    def __init__(
        self, code: int, *, error: str = "", suberror: str | None = None, claims: str = "", **facts: str
    ) -> None:
        super().__init__(code)
        words = TABLE.get(code, _UNKNOWN)
        self.code = code
        self.error = error or words.error
        self.suberror = words.suberror if suberror is None else suberror
        self.status = words.status
        self.claims = claims
        self.text = words.text.format_map(_Facts(facts))
        self.open_text = words.open_text or self.text

    def description(self, now: datetime, trace: str, correlation: str) -> str:
        return f"AADSTS{self.code}: {self.text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp(now)}"

    def entra_json(self, now: datetime, base: str) -> Json:
        """The body of Entra's answer."""
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        body: dict[str, object] = {
            "error": self.error,
            "error_description": self.description(now, trace, correlation),
            "error_codes": [self.code],
            "timestamp": stamp(now),
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"{base}/error?code={self.code}",
        }
        optional = {"suberror": self.suberror, "claims": self.claims}
        return body | {name: value for name, value in optional.items() if value}

    def open_json(self) -> Json:
        """The body of any other provider's answer."""
        return {"error": self.error, "error_description": self.open_text}


class _Facts(dict[str, str]):
    """A refusal on demand has no facts to tell."""

    def __missing__(self, key: str) -> str:
        return f"({key})"


def stamp(now: datetime) -> str:
    return now.strftime("%Y-%m-%d %H:%M:%SZ")


def long_stamp(moment: datetime) -> str:
    """The form that stands inside descriptions."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"
