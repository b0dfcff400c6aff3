"""How is the sandbox's identity provider started, and who answers which request?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from auth.provider import Clock
from auth.sandbox.admin_consent import admin_consent
from auth.sandbox.authorize import authorize
from auth.sandbox.certificate import CertificateAuthority, issue, make_ca
from auth.sandbox.controls import Controls
from auth.sandbox.device import device_code, device_visit
from auth.sandbox.discovery import discovery, instances, userinfo
from auth.sandbox.faults import Faults
from auth.sandbox.loops import Loops
from auth.sandbox.mint import Mint, new_secret
from auth.sandbox.notes import dated, seen, whose
from auth.sandbox.pages import message
from auth.sandbox.people import Client
from auth.sandbox.plain_pages import PlainPages
from auth.sandbox.realm import BROWSED, Route, route
from auth.sandbox.refusals import Refusal
from auth.sandbox.serving import Server
from auth.sandbox.sign_in import SignIns
from auth.sandbox.tenant import CLIENT_ID, TENANT_ID, Tenant
from auth.sandbox.texts import Words, words_for
from auth.sandbox.token import token
from auth.sandbox.visits import Visit
from auth.sandbox.web import Request, Response, as_json, page


def utc_now() -> datetime:
    return datetime.now(UTC)


class SandboxProvider(Controls):
    """One tenant on loopback. A context manager; `client_id` is a program that is registered from the start.

    `ca`: an authority shared with others, for a new one in the folder. `names`: what else the server is called, where a
    proxy leads programs here. `hints`: pages show what is to be typed. `plain_pages`: browsers are sent to pages
    without TLS, since they would warn of the certificate; everything else is there over TLS only.
    """

    client_id = CLIENT_ID
    tenant_id = TENANT_ID

    def __init__(
        self,
        folder: Path,
        clock: Clock = utc_now,
        *,
        ca: CertificateAuthority | None = None,
        names: Sequence[str] = (),
        hints: bool = False,
        plain_pages: bool = False,
    ) -> None:
        self.ca = ca or make_ca(folder)
        certificate = issue(self.ca, ["localhost", "127.0.0.1", "::1", *names], folder)
        self.server = Server(certificate, self._answer, clock)
        self._plain = PlainPages(self._answer, clock) if plain_pages else None
        self.servers = (self.server, self._plain.server) if self._plain else (self.server,)
        self.tenant = Tenant(clock, Mint(TENANT_ID))
        self.tenant.clients[CLIENT_ID] = Client(CLIENT_ID, "Postwart")
        self.faults = Faults(clock)
        self._sign_ins = SignIns(self.tenant, hints=hints)
        self._loops = Loops()

    @property
    def url(self) -> str:
        return f"https://localhost:{self.server.port}"

    @property
    def authority(self) -> str:
        """For MSAL."""
        return f"{self.url}/organizations"

    @property
    def issuer(self) -> str:
        """For any OpenID client; access tokens bear it, too."""
        return self.url

    def plain(self, url: str) -> str:
        """The same page where no browser warns of a certificate; an address of anything else stays as it is."""
        return self._plain.instead_of(url, self.url) if self._plain else url

    @property
    def ca_file(self) -> Path:
        return self.ca.file

    @property
    def signing_key_pem(self) -> bytes:
        """The public key that access tokens are checked with."""
        return self.tenant.mint.public_pem

    @property
    def kid(self) -> str:
        return self.tenant.mint.kid

    def start(self) -> Self:
        """Listens on a free port; after `stop` on the same one again."""
        self.online()
        self.tenant.mint.issuer = self.url
        return self

    def stop(self) -> None:
        self.faults.clear()
        self.offline()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def owner_of(self, access_token: str) -> str | None:
        """Whose token this is, for a mail server. None: expired, withdrawn, garbage, or not for mail."""
        with self.tenant.lock:
            claims = self.tenant.owner(access_token)
            return str(claims["preferred_username"]) if claims and claims["opens_mailboxes"] else None

    def permissions_of(self, access_token: str) -> tuple[str, ...]:
        """`SMTP.Send` and so on: a mail server lets a token in only for what it was given for."""
        with self.tenant.lock:
            claims = self.tenant.owner(access_token)
            return tuple(str(claims["scp"]).split()) if claims else ()

    def may(self, address: str, mailbox: str) -> bool:
        """May this person work in this mailbox?"""
        person, wanted = address.casefold(), mailbox.casefold()
        with self.tenant.lock:
            owner = self.tenant.find(wanted)
            own = owner is not None and owner.address.casefold() == person
            return own or person == wanted or (person, wanted) in self.tenant.shares

    # answering

    def _answer(self, request: Request) -> Response:
        """Runs in the connection's thread. Only faults wait, and they wait without the lock."""
        pages = self._plain.url if self._plain else request.base
        found = route(request.path, request.base, pages, TENANT_ID)
        if found is None:
            return Response(404)
        refusal: Refusal | None = None
        address = whose(self.tenant, found, request)
        try:
            fault = self.faults.take(found.endpoint, address)
            response = self.faults.play(fault) if fault else None
            with self.tenant.lock:
                response = response or self._routed(found, request)
        except Refusal as caught:
            refusal = caught
            response = self._refused(found, request, caught)
        with self.tenant.lock:
            self.tenant.requests.append(seen(found, request, response, refusal))
            return dated(response, self.tenant, address)

    def _routed(self, found: Route, request: Request) -> Response:
        tenant, realm = self.tenant, found.realm
        match found.endpoint:
            case "token":
                return self._token(found, request)
            case "discovery":
                return discovery(tenant, realm)
            case "keys":
                return as_json(tenant.mint.jwks())
            case "instances":
                return instances(realm, request)
            case "userinfo":
                return userinfo(tenant, request)
            case "device_code":
                return device_code(tenant, realm, request)
            case "revoke":
                tenant.refresh_tokens.pop(request.form.get("token", ""), None)
                return Response(200)
            case _:
                return self._paged(found, request)

    def _token(self, found: Route, request: Request) -> Response:
        tenant = self.tenant
        if self._loops.looping(request.form, tenant.clock(), tenant.habits.loop_limit):
            raise Refusal(50196)
        try:
            return token(tenant, found.realm, request)
        except Refusal as refusal:
            if refusal.error != "authorization_pending":
                self._loops.failed(request.form, tenant.clock())
            raise

    def _paged(self, found: Route, request: Request) -> Response:
        """Pages, to which a browser is known again by its cookie."""
        words = words_for(request.headers.get("accept-language", ""))
        server = self._plain.server if self._plain and not request.secure else self.server
        cookie = f"demo_sign_in_{server.port}"  # cookies do not tell ports apart
        known = request.cookie(cookie)
        browser = known or new_secret()
        response = self._page(found, request, browser, words)
        keep = request.form.get("keep") == "yes"
        if known and not keep:
            return response
        life = "; Max-Age=7776000" if keep else ""
        secure = "Secure; " if request.secure else ""
        attributes = f"{cookie}={browser}; Path=/; {secure}HttpOnly; SameSite=Lax{life}"
        return Response(response.status, response.body, response.kind, {**response.headers, "Set-Cookie": attributes})

    def _page(self, found: Route, request: Request, browser: str, words: Words) -> Response:
        tenant, realm = self.tenant, found.realm
        shown: Visit | Response
        match found.endpoint:
            case "authorize":
                shown = authorize(tenant, realm, request, browser)
            case "admin_consent":
                shown = admin_consent(tenant, realm, request, browser)
            case "device":
                shown = device_visit(tenant, realm, request, browser, words)
            case "sign_in":
                return self._sign_ins.post(request.form, words, browser)
            case _:
                return page(message(words, "welcome", "welcome_title", words["welcome"]))
        return shown if isinstance(shown, Response) else self._sign_ins.show(shown, words)

    def _refused(self, found: Route, request: Request, refusal: Refusal) -> Response:
        now = self.tenant.clock()
        if found.endpoint in BROWSED:
            words = words_for(request.headers.get("accept-language", ""))
            return page(message(words, "error", "error_title", f"AADSTS{refusal.code}: {refusal.text}"), 400)
        body = refusal.open_json() if found.realm.open else refusal.entra_json(now, request.base)
        return as_json(body, refusal.status)
