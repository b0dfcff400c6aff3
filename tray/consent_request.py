"""What does the administrator get to read? Link, subject and text of the request for approval, German or English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from auth.consent import admin_consent_url
from auth.problems import Problem
from tray.settings import Account
from tray.texts import Texts

_SCOPE_TEXTS = {"IMAP.AccessAsUser.All": "imap", "POP.AccessAsUser.All": "pop3", "SMTP.Send": "smtp"}


class ConsentNotNeeded(Problem):
    """Facts: account."""

    code = "consent_not_needed"


@dataclass(frozen=True)
class ConsentRequest:
    url: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Opens the request in the mail program; the administrator's address is the user's to fill in."""
        body = self.text.replace("\n", "\r\n")
        return f"mailto:?subject={quote(self.subject)}&body={quote(body)}"


def consent_request(account: Account, texts: Texts, link: Callable[[str], str]) -> ConsentRequest:
    """`link` makes what a browser opens of the provider's address: the same, but in the demo.

    Raises ConsentNotNeeded for a provider that knows no administrator's approval.
    """
    if not account.authority:
        raise ConsentNotNeeded(account=account.id)
    url = link(admin_consent_url(account.identity))
    scopes = "\n".join(_scope(scope, texts) for scope in account.scopes)
    facts = {"address": account.address, "url": url, "scopes": scopes, "client_id": account.client_id}
    return ConsentRequest(
        url, texts.say("consent-request.subject", **facts), texts.say("consent-request.text", **facts)
    )


def _scope(scope: str, texts: Texts) -> str:
    known = _SCOPE_TEXTS.get(scope.rsplit("/", 1)[-1])
    return texts.say(f"consent-scope-{known}") if known else texts.say("consent-scope-other", scope=scope)
