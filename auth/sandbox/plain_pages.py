"""What is served without TLS, for a person's own browser? Pages, on loopback, and nothing that gives out tokens."""

from __future__ import annotations

from urllib.parse import urlsplit

from auth.provider import Clock
from auth.sandbox.realm import BROWSED, route
from auth.sandbox.serving import Server
from auth.sandbox.web import Answer, Request, Response


class PlainPages:
    """A second server, on a port of its own. No browser trusts the sandbox's certificate, and each trusts loopback."""

    def __init__(self, answer: Answer, clock: Clock) -> None:
        self.server = Server(None, self._answer_browsers, clock)
        self._answer = answer

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server.port}"

    def instead_of(self, url: str, secure_server: str) -> str:
        """The same page here; `url` itself where it is no page of `secure_server`."""
        page = url.removeprefix(secure_server)
        ours = page != url and page.startswith("/")
        return self.url + page if ours and _is_page(urlsplit(page).path) else url

    def _answer_browsers(self, request: Request) -> Response:
        """Under the names of loopback alone: a foreign name that leads here is another site's attempt to read pages."""
        names = {f"{name}:{self.server.port}" for name in ("localhost", "127.0.0.1", "[::1]")}
        if request.host not in names or not _is_page(request.path):
            return Response(404)
        return self._answer(request)


def _is_page(path: str) -> bool:
    found = route(path, "", "", "")
    return found is not None and found.endpoint in BROWSED
