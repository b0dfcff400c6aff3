"""Who sets what befalls the demo's people? A small page on a loopback port of its own."""

from __future__ import annotations

import hmac
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from auth.problems import Problem
from auth.sandbox.serving import Server
from auth.sandbox.web import Request, Response, page
from mail.mailbox import Protocol
from tray.app import utc_now
from tray.demo_page import POLICY, Someone, control_page
from tray.demo_states import WELL, answer_number, befall_mailbox, befall_sign_in
from tray.demo_world import Letters, World
from tray.helper import Helper
from tray.picture import words
from tray.settings import Account
from tray.texts import LANGUAGES, Texts

log = logging.getLogger(__name__)

_HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}


@contextmanager
def control_page_of(world: World, helper: Helper) -> Iterator[str]:
    """Its address, as long as it is there."""
    desk = _Desk(world, helper)
    server = Server(None, desk.answer, utc_now)
    server.start()
    desk.port = server.port
    try:
        yield f"http://localhost:{server.port}/"
    finally:
        server.stop()


class _Desk:
    def __init__(self, world: World, helper: Helper) -> None:
        self._world = world
        self._helper = helper
        self._letters = Letters(utc_now)
        self._key = secrets.token_urlsafe(16)
        self._chosen: dict[str, dict[str, str]] = {}
        self.port = 0

    def answer(self, request: Request) -> Response:
        """Only for this PC's own browser: another site may neither read the page nor send its form."""
        if request.path != "/" or not self._at_home(request):
            return page("", 404)
        language = self._language(request)
        if request.method == "POST":
            if not hmac.compare_digest(request.form.get("key", "").encode(), self._key.encode()):
                return page("", 403)
            self._act(request.form)
            return Response(303, headers={"Location": f"/?language={language}", **_HEADERS})
        return page(self._page(Texts(language, self._helper.settings.app_name)), headers=_HEADERS)

    def _at_home(self, request: Request) -> bool:
        here = {f"{host}:{self.port}" for host in ("localhost", "127.0.0.1", "[::1]")}
        origin = request.headers.get("origin")
        return request.host in here and (origin is None or urlsplit(origin).netloc in here)

    def _language(self, request: Request) -> str:
        asked = request.form.get("language") or request.query.get("language", "")
        if asked in LANGUAGES:
            return asked
        return "de" if request.headers.get("accept-language", "").lower().startswith("de") else "en"

    def _act(self, form: Mapping[str, str]) -> None:
        """What makes no sense changes nothing. The account is checked at once, so that the page shows the outcome."""
        with suppress(Problem, KeyError, ValueError):
            account = self._helper.account(form.get("account", ""))
            match form.get("act"):
                case "mail":
                    self._world.post.deliver(account.address, self._letters.next(account.address))
                    self._helper.fetch(account.id)
                    return
                case "well":
                    self._apply(account, {})
                case "apply":
                    self._apply(account, form)
            self._helper.check(account.id)

    def _apply(self, account: Account, form: Mapping[str, str]) -> None:
        """Only what is different from before: a session that is over is not ended a second time."""
        wanted = {name: form.get(name, WELL) for name in ("sign-in", *_protocols(account))}
        number = form.get("number", "").strip()
        before = self._chosen.get(account.id, {})
        if number.isascii() and number.isdigit() and 4 <= len(number) <= 8:  # noqa: PLR2004  as Entra's numbers are
            wanted["number"] = number
            if before.get("number") != number:
                answer_number(self._world, account.person, int(number))
        elif before.get("number") or before.get("sign-in", WELL) != wanted["sign-in"]:
            befall_sign_in(self._world, account.person, wanted["sign-in"])
        for protocol in _protocols(account):
            befall_mailbox(self._world, account.address, Protocol(protocol), wanted[protocol])
        self._chosen[account.id] = wanted
        log.info("%s: rehearsed: %s", account.id, wanted)

    def _page(self, texts: Texts) -> str:
        return control_page([self._someone(each, texts) for each in self._helper.settings.accounts], texts, self._key)

    def _someone(self, account: Account, texts: Texts) -> Someone:
        health = self._helper.health(account.id)
        told = words(health, texts)
        return Someone(
            account.id,
            account.address,
            health.state.value,
            told.title if told else "",
            told.next_step if told else "",
            health.code,
            tuple(Protocol(each) for each in _protocols(account)),
            self._chosen.get(account.id, {}),
        )


def _protocols(account: Account) -> tuple[str, ...]:
    return tuple(server.protocol.value for server in account.mailbox.servers)
