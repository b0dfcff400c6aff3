"""To whom may a letter go? Pure: addresses as people write them, checked and made fit for SMTP."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mail.headers import ADDRESSES, LONGEST, Address, addresses, decoded, text_of
from mail.problems import MailProblem

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*|\"[ !#-\[\]-~]+\"")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_LITERAL = re.compile(r"\[[A-Za-z0-9:.]{2,60}\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LONGEST_LOCAL = 64
_LONGEST_DOMAIN = 253


class LetterUnfit(MailProblem):
    """A letter that cannot be sent as it was handed over. Codes: no_recipient, bad_address,
    too_many_recipients, bad_header, bad_message, empty_message, bad_content_type. Facts: address, field, line, limit,
    content_type.
    """

    code = "letter_unfit"


def recipient(text: str) -> Address:
    """One address as people write it, alone or with a name. Raises LetterUnfit."""
    text = text.encode("utf-8", "replace").decode()  # half of a surrogate pair has no bytes
    found = addresses(text.encode()) if len(text) < LONGEST else ()
    if len(found) != 1 or _CONTROL.search(text):  # a line break here would begin a header of the caller's choice
        raise LetterUnfit(code="bad_address", address=text[:200])
    return Address(found[0].name, checked(found[0].address))


def recipients(field: bytes) -> tuple[str, ...]:
    """The addresses of a header field, fit for SMTP. Raises LetterUnfit: none is passed over."""
    found = addresses(field)
    if len(field) > LONGEST or len(found) >= ADDRESSES:
        raise LetterUnfit(code="too_many_recipients", limit=ADDRESSES - 1)
    if _CONTROL.search(decoded(field).replace("\t", " ")):
        raise LetterUnfit(code="bad_address", address=text_of(field)[:200])
    return tuple(checked(each.address) for each in found)


def checked(address: str) -> str:
    """The address with an ASCII domain; letters beyond ASCII before the @ need a server with SMTPUTF8 (RFC 6531).

    Raises LetterUnfit.
    """
    local, at, domain = address.rpartition("@")
    local, domain = unicodedata.normalize("NFC", local), _ascii(domain)
    encoded = "=?" in local  # for names only; a server would take it as it stands
    written = local.isprintable() and not encoded and len(local.encode()) <= _LONGEST_LOCAL
    fits = _LOCAL.fullmatch(local) and written and _is_domain(domain)
    if not at or not fits:
        raise LetterUnfit(code="bad_address", address=address[:200])
    return f"{local}@{domain}"


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, in their order."""
    by_name: dict[str, str] = {}
    for address in found:
        by_name.setdefault(address.lower(), address)
    return tuple(by_name.values())


def _is_domain(domain: str) -> bool:
    if _LITERAL.fullmatch(domain):
        return True
    return len(domain) <= _LONGEST_DOMAIN and all(_LABEL.fullmatch(label) for label in domain.split("."))


def _ascii(domain: str) -> str:
    """müller.de as the name service knows it: by the rules of 2008, in which ß is a letter of its own."""
    if domain.isascii():
        return domain
    import idna  # a table of all letters

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""
