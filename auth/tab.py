"""What happens in the browser while somebody signs in? One tab, from the first page to the last, with a time limit."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Self

from auth.client import Client
from auth.loopback import Answer, Receiver
from auth.problems import Problem, SignInProblem
from auth.provider import Attempt, SignedIn


class Tab:
    """The one browser tab of an attempt. A Problem on the way out becomes its last page."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._until = time.monotonic() + attempt.time_limit.total_seconds()
        self._opened = False
        self.state = secrets.token_urlsafe(32)  # of the next authorize request
        self._receiver = Receiver(self.state)

    def __enter__(self) -> Self:
        try:
            self._receiver.__enter__()
        except OSError as error:
            raise SignInProblem(str(error), code="no_redirect_port") from error
        return self

    def __exit__(self, _: object, problem: BaseException | None, __: object) -> None:
        try:
            if isinstance(problem, Problem):
                self._receiver.answer(self._attempt.closing_page(problem))
        finally:
            self._receiver.__exit__()

    @property
    def redirect_uri(self) -> str:
        return self._receiver.redirect_uri

    def claims(self, client: Client, scopes: tuple[str, ...], login_hint: str) -> Mapping[str, object]:
        """Who signed in, with the tokens in `client`. Raises NoToken, SignInProblem."""
        request = client.begin(scopes, self.redirect_uri, self.state, login_hint)
        return client.redeem(request, self.ask(request.url))

    def ask(self, url: str) -> Answer:
        """What the provider answers to the authorize request `url`, which carries `state`.

        The first one opens the browser; a further one goes on in the tab that waits for its page.
        """
        if self._attempt.cancelled.is_set():
            raise SignInProblem(code="sign_in_cancelled")
        self._attempt.url = url
        if self._opened:
            self._receiver.redirect(url, self.state)
        elif not self._attempt.browse(url):
            raise SignInProblem(code="no_browser")
        self._opened = True
        answer = self._receiver.wait(self._until, self._attempt.cancelled)
        if answer is None:
            raise SignInProblem(code="sign_in_cancelled" if self._attempt.cancelled.is_set() else "sign_in_timed_out")
        self.state = secrets.token_urlsafe(32)
        return answer

    def close(self, ended: SignedIn) -> None:
        """Show how it ended."""
        self._receiver.answer(self._attempt.closing_page(ended))
