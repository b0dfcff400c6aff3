"""What does the administrator get to read? Link, subject and text of the request for approval, German or English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from auth.consent import admin_consent_url
from auth.problems import Problem
from tray.clip import clip
from tray.settings import Account
from tray.texts import Texts

_SCOPE_TEXTS = {"IMAP.AccessAsUser.All": "imap", "POP.AccessAsUser.All": "pop3", "SMTP.Send": "smtp"}


class ConsentNotNeeded(Problem):
    """Facts: account."""

    code = "consent_not_needed"


MAILTO_LIMIT = 1_900
"""Characters. Outlook takes 2,046 of a link, Chromium and Firefox hand on some 2,000, ShellExecute 2,083."""

_SUBJECT_UNITS = 120


@dataclass(frozen=True)
class ConsentRequest:
    """`mailto` opens a mail with the same request, in fewer words where the link would be too long for Windows."""

    url: str
    subject: str
    text: str
    mailto: str


def consent_request(account: Account, texts: Texts, link: Callable[[str], str]) -> ConsentRequest:
    """`link` makes what a browser opens of the provider's address: the same, but in the demo.

    Raises ConsentNotNeeded for a provider that knows no administrator's approval.
    """
    if not account.authority:
        raise ConsentNotNeeded(account=account.id)
    url = link(admin_consent_url(account.identity))
    facts = {
        "address": account.address,
        "url": url,
        "scopes": "\n".join(_scope(scope, texts) for scope in account.scopes),
        "client_id": account.client_id,
        "mail": "send" if account.receive == "none" else "both",
    }
    subject, text, short = (texts.say(f"consent-request.{part}", **facts) for part in ("subject", "text", "short"))
    return ConsentRequest(url, subject, text, mailto(subject, (text, short, url)))


def mailto(subject: str, texts: Sequence[str]) -> str:
    """With the first of the texts that fits; the administrator's address is the user's to fill in.

    Without any where none fits: a link that is cut would open the wrong page.
    """
    begun = f"mailto:?subject={quote(clip(subject, _SUBJECT_UNITS), safe='')}"
    links = (f"{begun}&body={_body(text)}" for text in texts)
    return next((link for link in links if len(link) <= MAILTO_LIMIT), begun)


def _body(text: str) -> str:
    """Line breaks as RFC 6068 has them."""
    return quote(text.replace("\r\n", "\n").replace("\n", "\r\n"), safe="")


def _scope(scope: str, texts: Texts) -> str:
    known = _SCOPE_TEXTS.get(scope.rsplit("/", 1)[-1])
    return texts.say(f"consent-scope-{known}") if known else texts.say("consent-scope-other", scope=scope)
