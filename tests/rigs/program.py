"""What would a program ask the sandbox's provider, parameter by parameter? An OAuth client that hides nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import requests

from auth.sandbox import SandboxProvider
from auth.sandbox.headless import Headless, Page
from auth.sandbox.token import challenge_of

IMAP = "https://outlook.office.com/IMAP.AccessAsUser.All"
POP = "https://outlook.office.com/POP.AccessAsUser.All"
SMTP = "https://outlook.office.com/SMTP.Send"
IDENTITY = "openid profile offline_access"
MAIL = f"{IDENTITY} {IMAP} {SMTP}"
VERIFIER = "v" * 64
REDIRECT = "http://localhost:1"

Answer = dict[str, Any]


class Watch:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


class Program:
    """Speaks Microsoft's dialect at `tenant`, or plain OpenID where `is_open`."""

    def __init__(self, idp: SandboxProvider, *, tenant: str = "organizations", is_open: bool = False) -> None:
        self.idp = idp
        root = f"{idp.url}/connect" if is_open else f"{idp.url}/{tenant}/oauth2/v2.0"
        self.authorize, self.tokens, self.devices = f"{root}/authorize", f"{root}/token", f"{root}/devicecode"
        self.browser = Headless(idp.ca_file)
        self._session = self.browser._session

    # the browser's side

    def url(self, scope: str | None = MAIL, **more: str | None) -> str:
        asks: dict[str, str | None] = {
            "client_id": self.idp.client_id,
            "response_type": "code",
            "redirect_uri": REDIRECT,
            "response_mode": "form_post",
            "scope": scope,
            "state": "the-state",
            "nonce": "the-nonce",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
        }
        return f"{self.authorize}?{urlencode({name: value for name, value in (asks | more).items() if value})}"

    def open(self, scope: str | None = MAIL, **more: str | None) -> Page:
        return self.browser.open(self.url(scope, **more))

    def password(self, address: str, scope: str = MAIL, password: str = "demo", **more: str | None) -> Page:
        """The page that comes after the right password."""
        page = self.open(scope, login_hint=address, **more)
        return self.browser.press(page, "submit", {"password": password})

    def sign_in(self, address: str, scope: str = MAIL, **more: str | None) -> Answer:
        """All the way, and what the token endpoint answers in the end."""
        page = self.open(scope, login_hint=address, **more)
        if page.name == "password":
            page = self.browser.press(page, "submit", {"password": "demo"})
        if page.name == "consent":
            page = self.browser.press(page, "accept")
        return self.redeem(posted(page)["code"], scope=scope)

    # the program's side

    def redeem(self, code: str, **more: str) -> Answer:
        asks = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, "code_verifier": VERIFIER}
        return self.ask(**asks | more)

    def refresh(self, answer: Answer, scope: str = MAIL, **more: str) -> Answer:
        return self.ask(
            **{"grant_type": "refresh_token", "refresh_token": answer["refresh_token"], "scope": scope} | more
        )

    def ask(self, **form: str) -> Answer:
        content: Answer = self.post(self.tokens, **form).json()
        return content

    def post(self, url: str, **form: str) -> requests.Response:
        sent = {"client_id": self.idp.client_id, "client_info": "1"} | form
        return self._session.post(url, data={name: value for name, value in sent.items() if value}, timeout=10)

    def get(self, url: str, **headers: str) -> requests.Response:
        """As the browser would, but one step only."""
        return self._session.get(url, headers=headers, timeout=10, allow_redirects=False)


def posted(page: Page) -> dict[str, str]:
    """What the page that posts itself would bring to the program."""
    assert page.name == "continue", f"it is the page {page.name}"
    return page.forms[0].fields


def redirected(response: requests.Response) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(response.headers["Location"]).query))


def claims(token: str) -> Answer:
    content: Answer = jwt.decode(token, options={"verify_signature": False})
    return content
