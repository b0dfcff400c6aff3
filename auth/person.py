"""Is it the right person who signed in? Pure: the claims of the id token against the account's address."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from auth.problems import SignInProblem, WrongPerson


def right_person(expected: str, claims: Mapping[str, object]) -> str:
    """The name that the provider knows them by. Raises WrongPerson.

    Any of the addresses will do: somebody may sign in as m.meier@ and be asked for by an alias.
    """
    names = _names(claims)
    if not names:
        raise SignInProblem("the id token names nobody", code="nobody_named")
    if _plain(expected) not in {_plain(name) for name in names}:
        raise WrongPerson(expected=expected, signed_in=names[0])
    return names[0]


def _names(claims: Mapping[str, object]) -> list[str]:
    kinds = ["preferred_username", "upn"]
    if claims.get("email_verified", True) is not False:
        kinds.append("email")
    return [name for kind in kinds if isinstance(name := claims.get(kind), str) and name]


def _plain(address: str) -> str:
    return unicodedata.normalize("NFC", address.strip()).casefold()
