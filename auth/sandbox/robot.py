"""Who fills in the sandbox's pages where no person and no browser is? Follows links and forms as a browser would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

_PAGES_AT_MOST = 20


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # element id → field name
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # element id → name, value


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get").lower()))
        elif tag == "a" and "id" in values:
            self.links[values["id"]] = values.get("href", "")
        elif tag in {"input", "button"} and self.forms:
            self._control(self.forms[-1], tag, values)

    @staticmethod
    def _control(form: Form, tag: str, values: Mapping[str, str]) -> None:
        name, value, ident = values.get("name", ""), values.get("value", ""), values.get("id", "")
        if tag == "button" or values.get("type") in {"submit", "button"}:
            form.buttons[ident] = (name, value)
        elif name:
            form.fields[name] = value
            form.ids[ident] = name


@dataclass(frozen=True)
class Person:
    """What the person at the keyboard does. `button` is the id of what is clicked where there is a choice."""

    address: str
    password: str = field(default="demo", repr=False)
    code: str = field(default="123456", repr=False)
    accepts: bool = True


class Robot:
    """One browser: it keeps its cookies, so a second sign-in of the same person needs no password."""

    def __init__(self, ca_file: Path) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file)

    def walk(self, url: str, person: Person) -> str:
        """From the sign-in page to the last page, whose HTML is returned. Raises requests' exceptions."""
        response = self._session.get(url, timeout=20)
        for _ in range(_PAGES_AT_MOST):
            parser = _Forms()
            parser.feed(response.text)
            following = self._follow(response, parser, person)
            if following is None:
                return response.text
            response = following
        raise RuntimeError(f"no end after {_PAGES_AT_MOST} pages: {response.url.partition('?')[0]}")

    def _follow(self, page: requests.Response, parser: _Forms, person: Person) -> requests.Response | None:
        for form in parser.forms:
            buttons = self._choice(form, person)
            if buttons is None:
                continue
            fields = {**form.fields, **self._typed(form, person), **buttons}
            target = urljoin(page.url, form.action)
            return self._session.request(form.method, target, timeout=20, **_payload(form.method, fields))
        if back := parser.links.get("back-to-app"):
            return self._session.get(urljoin(page.url, back), timeout=20)
        return None

    @staticmethod
    def _typed(form: Form, person: Person) -> dict[str, str]:
        keyboard = {"email": person.address, "password": person.password, "code": person.code}
        return {name: keyboard[ident] for ident, name in form.ids.items() if ident in keyboard}

    @staticmethod
    def _choice(form: Form, person: Person) -> dict[str, str] | None:
        """The button to click as a form field; None: nothing here for this person."""
        wanted = (
            ("accept", "submit", "continue", "back-to-app") if person.accepts else ("cancel", "back-to-app", "submit")
        )
        for ident in (*wanted, ""):
            if ident in form.buttons:
                name, value = form.buttons[ident]
                return {name: value} if name else {}
        return None if form.buttons else {}


def _payload(method: str, fields: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    return {"params": fields} if method == "get" else {"data": fields}
