"""Which programs have a key of their own, and what may each do? Kept in state.db, as digests: nobody can read a key."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auth.problems import Problem
from auth.provider import Clock
from mail.database import Database
from tray.api.rights import PAGE, Caller, Right, digest

LONGEST_NAME = 64
_PREFIX = "pw_"  # so that people, and scanners for leaked secrets, see what it is
_NOTED_EVERY = timedelta(hours=1)


class KeyNameTaken(Problem):
    """Facts: name."""

    code = "key_name_taken"


class KeyNameUnfit(Problem):
    """Facts: most."""

    code = "key_name_unfit"


class KeyNotFound(Problem):
    """Facts: name."""

    code = "key_not_found"


class RightsUnfit(Problem):
    """None named, unknown ones, or more than whoever gives the key has. Facts: rights, allowed."""

    code = "rights_unfit"


@dataclass(frozen=True)
class ProgramKey:
    """`used_at` is right to the hour."""

    name: str
    rights: frozenset[Right]
    added_at: datetime  # aware UTC
    used_at: datetime | None = None


class ProgramKeys:
    """Safe from any thread. All are held in memory: each request asks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[bytes, ProgramKey] = {}
        self.later: Callable[[Callable[[], None]], None] = lambda work: work()
        """Who asks for a caller waits for no disk: the API has its workers do this."""
        with database.read() as connection:
            for name, seal, rights, added, used in connection.execute(
                "SELECT name, digest, rights, added_at, used_at FROM program_keys"
            ):
                known = frozenset(Right(each) for each in rights.split(","))
                self._known[bytes(seal)] = ProgramKey(name, known, _moment(added), _moment(used) if used else None)

    def list(self) -> list[ProgramKey]:
        with self._lock:
            return sorted(self._known.values(), key=lambda key: key.name.casefold())

    def add(self, name: str, rights: Iterable[str], giver: Caller) -> str:
        """The new key, which is told this once. Raises KeyNameUnfit, KeyNameTaken, RightsUnfit, StoreProblem."""
        wanted = _rights(rights, giver)
        name = _name(name)
        key = _PREFIX + secrets.token_urlsafe(32)
        seal, now = digest(key.encode()), self._clock()
        with self._lock:
            if name.casefold() in {PAGE.name.casefold(), *(each.name.casefold() for each in self._known.values())}:
                raise KeyNameTaken(name=name)
            with self._database.write() as connection:
                connection.execute(
                    "INSERT INTO program_keys VALUES (?, ?, ?, ?, NULL)",
                    (name, seal, ",".join(sorted(wanted)), now.isoformat()),
                )
            self._known[seal] = ProgramKey(name, wanted, now)
        return key

    def remove(self, name: str) -> None:
        """The program is shut out at once. Raises KeyNotFound, StoreProblem."""
        with self._lock:
            seal = next((seal for seal, each in self._known.items() if each.name == name), None)
            if seal is None:
                raise KeyNotFound(name=name)
            with self._database.write() as connection:
                connection.execute("DELETE FROM program_keys WHERE digest = ?", (seal,))
            del self._known[seal]

    def caller(self, seal: bytes) -> Caller | None:
        """Whose key has this digest? Looked up by the digest, so that the time it takes tells nothing of the key."""
        with self._lock:
            known = self._known.get(seal)
            if known is None:
                return None
            now = self._clock()
            stale = known.used_at is None or abs(now - known.used_at) >= _NOTED_EVERY
            if stale:
                self._known[seal] = replace(known, used_at=now)
        if stale:
            self.later(lambda: self._note_use(seal, now))
        return Caller(known.name, known.rights)

    def _note_use(self, seal: bytes, now: datetime) -> None:
        with self._database.write() as connection:
            connection.execute("UPDATE program_keys SET used_at = ? WHERE digest = ?", (now.isoformat(), seal))


def _name(name: str) -> str:
    """As it is shown: in the journal, on the page. Raises KeyNameUnfit."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or "/" in name or "\\" in name:
        raise KeyNameUnfit(most=LONGEST_NAME)
    return name


def _rights(said: Iterable[str], giver: Caller) -> frozenset[Right]:
    """Raises RightsUnfit."""
    asked = {each.strip() for each in said}
    if not asked or not asked <= giver.gives:
        raise RightsUnfit(rights=", ".join(sorted(asked))[:200], allowed=", ".join(sorted(giver.gives)))
    return frozenset(Right(each) for each in asked)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
