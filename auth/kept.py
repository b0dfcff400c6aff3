"""How does a session lie in the vault, and whose is it? Written and read back; another's is not opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from auth.client import Client
from auth.identity import Identity
from auth.person import fits
from auth.problems import VaultProblem
from auth.provider import Session


@dataclass(frozen=True)
class Kept:
    """A session with the tokens it lives on. `subject` is what stays of a person whose address changes."""

    client: Client
    signed_in_at: datetime
    subject: str

    def session(self, clock_error: timedelta = timedelta()) -> Session | None:
        """`clock_error` is how far this PC's clock is ahead of the provider's."""
        held = self.client.held()
        if held is None:
            return None
        return Session(held.username, self.signed_in_at, held.refreshed_at, clock_error, held.by_system)


def packed(kept: Kept, exported: str, mine: Identity) -> bytes:
    """`exported` is the client's own text."""
    since = kept.signed_in_at.isoformat()
    entry = {**_owner(mine), "signed_in_at": since, "subject": kept.subject, "cache": exported}
    return json.dumps(entry).encode()


def unpacked(data: bytes, mine: Identity, make_client: Callable[[str], Client]) -> Kept | None:
    """None: it is another person's or another program's, from before the configuration changed. Raises VaultProblem."""
    try:
        entry = json.loads(data)
        owner, person = _owner(mine), str(entry["person"])
        if {name: entry[name] for name in owner} != {**owner, "person": person}:
            return None
        signed_in_at = datetime.fromisoformat(entry["signed_in_at"]).astimezone(UTC)
        kept = Kept(make_client(entry["cache"]), signed_in_at, str(entry["subject"]))
        session = kept.session()
        return kept if session and _still_theirs(person, session, mine) else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VaultProblem(f"not a session: {type(error).__name__}", code="vault_damaged") from error


def _still_theirs(person: str, session: Session, mine: Identity) -> bool:
    """Also where the configuration has followed a change of the address."""
    return person == mine.person or fits(mine.person, mine.aliases, session.username)


def _owner(mine: Identity) -> dict[str, str]:
    return {"person": mine.person, "client_id": mine.client_id, "provider": mine.authority or mine.issuer}
