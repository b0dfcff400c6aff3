"""What would a browser make of the sandbox's pages? Forms to fill in and buttons to press, without a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

_SECONDS = 20


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)  # what goes out as it is: hidden and pre-filled inputs
    ids: dict[str, str] = field(default_factory=dict)  # element id → field name
    checks: dict[str, tuple[str, str]] = field(default_factory=dict)  # element id → name, value once ticked
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # element id → name, value


class Page(HTMLParser):
    """A page as it came, with what can be done on it."""

    def __init__(self, response: requests.Response) -> None:
        super().__init__()
        self.url = response.url
        self.status = response.status_code
        self.html = response.text
        self.name = ""  # of the sandbox's own pages: `email`, `password`, …
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self.feed(self.html)

    @property
    def buttons(self) -> set[str]:
        return {ident for form in self.forms for ident in form.buttons}

    @property
    def fields(self) -> set[str]:
        return {ident for form in self.forms for ident in form.ids}

    @property
    def who(self) -> str:
        """Whose password is asked for; "" on other pages."""
        return next((form.fields["username"] for form in self.forms if "username" in form.fields), "")

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.name = values.get("data-page", self.name)
        self.ids.add(values.get("id", ""))
        if tag == "form":
            self.forms.append(Form(values.get("action", ""), values.get("method", "get").lower()))
        elif tag in {"input", "textarea", "button"} and self.forms:
            _add(self.forms[-1], tag, values)


class Headless:
    """One browser: it keeps its cookies, so that who signed in once needs no password the next time."""

    def __init__(self, ca_file: Path, language: str = "en") -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = str(ca_file)
        self._session.headers["Accept-Language"] = language

    def open(self, url: str) -> Page:
        return Page(self._session.get(url, timeout=_SECONDS))

    def press(
        self, page: Page, button: str, typed: Mapping[str, str] | None = None, *, tick: Sequence[str] = ()
    ) -> Page:
        """Fill in fields by their element ids, tick boxes, then press. KeyError where the page has no such thing."""
        form = next((form for form in page.forms if button in form.buttons), None)
        if form is None:
            raise KeyError(f"no button {button} on page {page.name or page.url.partition('?')[0]}")
        sent = dict(form.fields) | {form.ids[ident]: text for ident, text in (typed or {}).items()}
        sent |= dict(form.checks[ident] for ident in tick)
        name, value = form.buttons[button]
        return self.send(page, form, sent | ({name: value} if name else {}))

    def send(self, page: Page, form: Form, sent: Mapping[str, str]) -> Page:
        target = urljoin(page.url, form.action)
        if form.method == "get":
            return Page(self._session.get(target, params=dict(sent), timeout=_SECONDS))
        return Page(self._session.post(target, data=dict(sent), timeout=_SECONDS))


def _add(form: Form, tag: str, values: Mapping[str, str]) -> None:
    name, value, ident = values.get("name", ""), values.get("value", ""), values.get("id", "")
    if tag == "button" or values.get("type") == "submit":
        form.buttons[ident] = (name, value)
    elif values.get("type") == "checkbox":
        form.checks[ident] = (name, value)
    elif name:
        form.fields[name] = value
        form.ids[ident] = name
