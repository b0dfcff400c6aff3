"""Who fills in the sandbox's pages where no person and no browser is? Walks through a sign-in from end to end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from auth.sandbox.headless import Headless, Page

_PAGES_AT_MOST = 20


@dataclass(frozen=True)
class Person:
    """What the person at the keyboard does."""

    address: str
    password: str = field(default="demo", repr=False)
    code: str = field(default="123456", repr=False)
    accepts: bool = True


class Robot:
    """One browser: it keeps its cookies, so a second sign-in of the same person needs no password."""

    def __init__(self, ca_file: Path) -> None:
        self._browser = Headless(ca_file)

    def walk(self, url: str, person: Person) -> str:
        """From the sign-in page to the last page, whose HTML is returned. Raises requests' exceptions.

        ValueError where a page says that the input was wrong.
        """
        page = self._browser.open(url)
        for _ in range(_PAGES_AT_MOST):
            button = _button(page, person)
            if button is None:
                return page.html
            if "error" in page.ids:
                raise ValueError(f"the {page.name} was not accepted")
            typed = {"email": person.address, "password": person.password, "code": person.code}
            here = {ident: text for ident, text in typed.items() if ident in page.fields}
            page = self._browser.press(page, button, here)
        raise RuntimeError(f"no end after {_PAGES_AT_MOST} pages: {page.url.partition('?')[0]}")


def _button(page: Page, person: Person) -> str | None:
    """The button to press; None: nothing here for this person, so it is the last page."""
    for form in page.forms:
        for ident, (name, value) in form.buttons.items():
            if name == "pick" and value.casefold() == person.address.casefold():
                return ident
    if page.who and page.who.casefold() != person.address.casefold():
        return "other"
    wanted = ("accept", "submit", "continue") if person.accepts else ("cancel", "submit", "continue")
    return next((ident for ident in (*wanted, "back-to-app", "other") if ident in page.buttons), None)
