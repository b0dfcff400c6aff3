"""Is it the right person who signed in? Pure: the claims of an id token against whom the configuration expects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from auth.problems import SignInProblem, WrongPerson

_GUEST = re.compile(r"(?P<local>.+)_(?P<domain>[^_@]+\.[^_@]+)(?:#ext#|_ext_)@.+", re.IGNORECASE)
"""How a tenant calls its guests, with the home address inside (learn.microsoft.com, entra/external-id/user-properties;
without `#` where the registration asks for it: identity-platform/optional-claims-reference).
"""


@dataclass(frozen=True)
class Person:
    """Who signed in. `username` is the provider's name for them, `subject` what stays the same when that changes."""

    username: str
    subject: str
    renamed: bool = False


def right_person(expected: str, aliases: Collection[str], claims: Mapping[str, object], before: str = "") -> Person:
    """Raises WrongPerson where neither the expected address nor an alias is one of theirs.

    `before` is the subject of the session so far: it is the same person, even if the address was changed meanwhile.
    """
    names = _names(claims)
    if not names:
        raise SignInProblem("the id token names nobody", code="nobody_named")
    person = Person(at_home(names[0]), _subject(claims))
    if fits(expected, aliases, *names):
        return person
    if before and person.subject == before:
        return Person(person.username, person.subject, renamed=True)
    raise WrongPerson(expected=expected, signed_in=person.username)


def fits(expected: str, aliases: Collection[str], *names: str) -> bool:
    wanted = {plain(each) for each in (expected, *aliases)}
    return any(plain(name) in wanted for name in names)


def plain(address: str) -> str:
    """One spelling for all ways to write an address. Providers compare without case; ß and ss are not the same."""
    local, at, domain = at_home(address.strip()).rpartition("@")
    return unicodedata.normalize("NFC", local).lower() + at + _host(domain)


def at_home(name: str) -> str:
    """A guest's own address; any other name as it is."""
    guest = _GUEST.fullmatch(name)
    return f"{guest['local']}@{guest['domain']}" if guest else name


def _host(domain: str) -> str:
    domain = unicodedata.normalize("NFC", domain).lower().rstrip(".")
    if domain.isascii():
        return domain
    import idna  # its tables are large, and few domains need them

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return domain


def _names(claims: Mapping[str, object]) -> list[str]:
    kinds = ["preferred_username", "upn", *(["email"] if _email_counts(claims) else [])]
    return [name for kind in kinds if isinstance(name := claims.get(kind), str) and name.strip()]


def _email_counts(claims: Mapping[str, object]) -> bool:
    """Anybody's own administrator may write any address there; Microsoft marks the proven ones by `xms_edov`."""
    said = claims.get("email_verified", claims.get("xms_edov", "tid" not in claims))
    return said in (True, "true", "1")


def _subject(claims: Mapping[str, object]) -> str:
    """Entra's `oid` is the same for every program of a tenant; elsewhere `sub` is what never changes."""
    if claims.get("oid") and claims.get("tid"):
        return f"{claims['tid']}/{claims['oid']}"
    return f"{claims['iss']}#{claims['sub']}" if claims.get("iss") and claims.get("sub") else ""
