"""What does the last page of a sign-in say? Written after the token and the identity were checked."""

from __future__ import annotations

from html import escape
from string import Template

from auth.outcome import Cure, Granted, Refused
from auth.problems import Problem, mail_refused
from auth.provider import SignedIn
from tray.settings import Account
from tray.texts import Texts

# self-contained: this page is shown by the redirect's one-shot server, from which nothing else can be loaded
_PAGE = Template("""<!doctype html>
<html lang="$language"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>$title · Postwart</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}
h1{font-size:1.6rem}.mark{font-size:2.5rem;line-height:1}</style></head>
<body><main><p class="mark" aria-hidden="true">$mark</p><h1>$title</h1><p>$text</p></main></body></html>
""")


def closing_page(account: Account, result: SignedIn | Problem, texts: Texts) -> str:
    """The page as HTML. What a provider said is escaped like everything else."""
    match result:
        case Problem():
            return _failed(result, texts)
        case SignedIn(outcome=Granted(), renamed=True):
            now = {"person": account.person, "name": result.session.username}
            return _page(texts, "closing-page-renamed", "✓", address=account.address, **now)
        case SignedIn(outcome=Granted()):
            mail = "both" if account.mailbox.receive else "send"
            return _page(texts, "closing-page-signed_in", "✓", address=account.address, mail=mail)
        case SignedIn(outcome=Refused(cure=Cure.CONSENT)):
            return _page(texts, "closing-page-consent_pending", "…", address=account.address)
        case SignedIn(outcome=Refused() as refused):
            return _failed(mail_refused(refused), texts)
        case _:
            return _page(texts, "closing-page-not_yet", "…", address=account.address)


def _failed(problem: Problem, texts: Texts) -> str:
    advice = texts.problem(problem)
    return _page(texts, "closing-page-failed", "✗", title=advice.title.rstrip("."), next=advice.next_step)


def _page(texts: Texts, key: str, mark: str, **facts: str) -> str:
    title, text = texts.say(f"{key}.title", **facts), texts.say(f"{key}.text", **facts)
    return _PAGE.substitute(language=texts.language, title=escape(title), text=escape(text), mark=mark)
