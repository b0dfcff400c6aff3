"""How is an identity provider reached? One HTTPS client whose every trouble is told as an outcome."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.util import Retry

from auth.clock_check import clock_error
from auth.outcome import Refused, Unreachable
from auth.provider import Clock
from auth.refusals import refusal_in
from auth.token_answer import usable

TIMEOUTS = (5, 20)
"""Seconds to connect and to wait for bytes."""

_CONNECT_TWICE = Retry(connect=1, read=0, redirect=0, status=0, other=0, respect_retry_after_header=False)
"""Nothing was sent before the connection stood. Waiting as long as a server asks for is not this thread's business."""

_RETRY_AFTER_LIMIT = timedelta(hours=1)
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def utc_now() -> datetime:
    return datetime.now(UTC)


class NoToken(Exception):  # noqa: N818  an outcome on its way up through a library that does not know it
    """Why there is none, raised through libraries that stand between."""

    def __init__(self, outcome: Refused | Unreachable) -> None:
        self.outcome = outcome
        super().__init__(outcome.code)


class Line:
    """The connection to one provider. Trusts what the system trusts, and `ca_file`; whatever the environment says.

    Has the shape that MSAL wants of an HTTP client. Raises NoToken and nothing else.
    """

    def __init__(self, ca_file: Path | None, clock: Clock = utc_now) -> None:
        self._ca_file = ca_file
        self._clock = clock
        self.clock_error = timedelta()
        """How far this PC's clock is ahead of the provider's, by its last answer; zero where it is by little only."""

    def get(self, url: str, **options: Any) -> requests.Response:
        """A document; a refusal in its place is raised, since no library reads one here."""
        response = self._ask("GET", url, options)
        if not response.ok:
            raise NoToken(refusal_in(response.json()))
        return response

    def post(self, url: str, **options: Any) -> requests.Response:
        """A token request. It is never sent on to another address: it carries secrets."""
        response = self._ask("POST", url, {**options, "allow_redirects": False})
        if not usable(response.json()):
            raise NoToken(Unreachable("service_fault", f"HTTP {response.status_code}, neither a token nor a refusal"))
        return response

    def _ask(self, method: str, url: str, options: Mapping[str, Any]) -> requests.Response:
        settings: dict[str, Any] = {"timeout": TIMEOUTS, **options}
        if urlsplit(url).hostname in _LOOPBACK:
            settings["proxies"] = {"http": "", "https": ""}  # HTTPS_PROXY is meant for the world outside
        try:
            # neither session nor trust is kept: the next request is up to an hour or a sleep away, OpenSSL's list of
            # the system's authorities weighs 0.9 MB in each context and is read in 15 ms
            with _session(_trust(self._ca_file)) as session:
                response = session.request(method, url, **settings)
        except (requests.RequestException, OSError) as error:
            raise NoToken(_trouble(error)) from error
        if outcome := _no_answer(response):
            raise NoToken(outcome)
        self.clock_error = clock_error(response.headers.get("Date", ""), self._clock())
        return response


def _session(trust: ssl.SSLContext) -> requests.Session:
    session = requests.Session()
    session.mount("https://", _SystemTrust(trust))
    session.auth = _no_login  # else a .netrc would be read
    session.cookies = RequestsCookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _no_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class _SystemTrust(HTTPAdapter):
    """requests would take certifi's list, or the file that REQUESTS_CA_BUNDLE names, before any setting of ours."""

    def __init__(self, trust: ssl.SSLContext) -> None:
        self._context = trust
        super().__init__(max_retries=_CONNECT_TWICE)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=self._context)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        return super().proxy_manager_for(proxy, **options, ssl_context=self._context)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        return super().send(request, *args, **{**options, "verify": True})

    def cert_verify(self, conn: Any, *_: Any, **__: Any) -> None:
        """Where a bundle would be loaded beside our context."""
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = conn.ca_cert_dir = None


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    import truststore  # loads the platform's library

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is not None:
        context.load_verify_locations(cafile=str(ca_file))
    return context


def _trouble(error: BaseException) -> Unreachable:
    """The innermost reason says most: which certificate, which name, which refusal."""
    reasons = _reasons(error)
    untrusted = any(isinstance(reason, ssl.SSLCertVerificationError) for reason in reasons)
    opening = any(isinstance(reason, FileNotFoundError | ssl.SSLError) for reason in reasons[:1])
    code = "certificate" if untrusted or opening else "network"
    return Unreachable(code, f"{type(reasons[-1]).__name__}: {reasons[-1]}"[:300])


def _reasons(error: BaseException) -> list[BaseException]:
    reasons = [error]
    while (inner := _reason(reasons[-1])) is not None and inner not in reasons:
        reasons.append(inner)
    return reasons


def _reason(error: BaseException) -> BaseException | None:
    told = (getattr(error, "reason", None), *error.args)  # urllib3 keeps it here, requests in its arguments
    return next((each for each in told if isinstance(each, BaseException)), error.__cause__ or error.__context__)


def _no_answer(response: requests.Response) -> Unreachable | None:
    status = response.status_code
    detail = f"HTTP {status} {response.headers.get('Content-Type', '')}"
    if status == requests.codes.too_many_requests:
        return Unreachable("throttled", detail, _retry_after(response))
    if status in {requests.codes.proxy_authentication_required, requests.codes.request_timeout}:
        return Unreachable("network", detail)
    if status in range(300, 400) or status == requests.codes.network_authentication_required:
        return Unreachable("captive_portal", detail)
    if status >= requests.codes.internal_server_error:
        return Unreachable("service_fault", detail, _retry_after(response))
    return _not_json(response, detail)


def _not_json(response: requests.Response, detail: str) -> Unreachable | None:
    try:
        content = response.json()
    except (ValueError, RecursionError):  # the latter for a body of brackets in brackets
        html = "html" in response.headers.get("Content-Type", "") or response.text.lstrip().startswith("<")
        return Unreachable("captive_portal" if html else "service_fault", detail)
    return None if isinstance(content, dict) else Unreachable("service_fault", detail)


def _retry_after(response: requests.Response) -> timedelta | None:
    """Seconds or a date, which is read by the server's own clock."""
    value = response.headers.get("Retry-After", "").strip()
    try:
        if value.isascii() and value.isdigit():
            wait = timedelta(seconds=int(value[:6]))
        else:
            wait = parsedate_to_datetime(value) - parsedate_to_datetime(response.headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(timedelta(0), min(wait, _RETRY_AFTER_LIMIT))
