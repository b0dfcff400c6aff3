"""What does the demo's control page look like? Pure: people and what may befall them in, HTML out; no script in it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from mail.mailbox import Protocol
from tray.demo_states import MAIL, SIGN_IN, WELL
from tray.texts import Texts

_STYLE = """
:root{color-scheme:light dark;--ground:#eef1f4;--card:#fff;--ink:#1d2733;--soft:#56626e;--line:#c9d1d9;--main:#0b6e5f;
--on-main:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#12181f;--card:#1c252e;--ink:#e8edf2;--soft:#a3b0bc;--line:#44525f;
--main:#3fbfa8;--on-main:#06231e}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI",sans-serif}
main{max-width:78rem;margin:0 auto}h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:0}
p{margin:.25rem 0}.soft{color:var(--soft)}.help{overflow-wrap:anywhere;font-size:.9rem}
.people{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1rem;margin:1rem 0 0}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem}
label{display:block;margin:.6rem 0 .15rem;font-weight:600;font-size:.9rem}
select,input{width:100%;font:inherit;padding:.45rem .5rem;color:inherit;background:var(--card);
border:1px solid var(--soft);border-radius:.4rem}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin:.9rem 0 0}
button,a.button{font:inherit;cursor:pointer;padding:.45rem .9rem;border-radius:.4rem;border:1px solid var(--soft);
background:transparent;color:inherit;text-decoration:none}
button.main{background:var(--main);border-color:var(--main);color:var(--on-main);font-weight:600}
.now{border-inline-start:.3rem solid var(--main);padding:.25rem .75rem;margin:.6rem 0}
a{color:var(--main)}:focus-visible{outline:3px solid var(--main);outline-offset:2px}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Someone:
    """One person of the demo, how Postwart sees the account now, and what was chosen here before."""

    account: str
    address: str
    state: str
    title: str = ""
    next_step: str = ""
    code: str = ""
    protocols: tuple[Protocol, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)  # "sign-in", "number", or a protocol


def control_page(people: Iterable[Someone], texts: Texts, key: str) -> str:
    """`key` proves that a form was sent from this page."""
    title = texts.say("demo-control-title")
    other = "en" if texts.language == "de" else "de"
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>"
        f'<p class="soft">{escape(texts.say("demo-control-about"))}</p>'
        f'<p><a href="/?language={texts.language}">{escape(texts.say("demo-control-refresh"))}</a> · '
        f'<a href="/?language={other}" lang="{other}" hreflang="{other}">'
        f"{escape(texts.say('demo-control-other-language'))}</a></p>"
        f'<div class="people">{"".join(_section(each, texts, key) for each in people)}</div></main></body></html>'
    )


def _section(someone: Someone, texts: Texts, key: str) -> str:
    name = f"who-{someone.account}"
    return (
        f'<section aria-labelledby="{name}" data-account="{escape(someone.account)}">'
        f'<h2 id="{name}">{escape(someone.address)}</h2>{_now(someone, texts)}'
        '<form method="post" action="/">'
        f'<input type="hidden" name="key" value="{escape(key)}">'
        f'<input type="hidden" name="language" value="{texts.language}">'
        f'<input type="hidden" name="account" value="{escape(someone.account)}">'
        f"{_sign_in(someone, texts)}{''.join(_mailbox(someone, each, texts) for each in someone.protocols)}"
        '<div class="row">'
        f'<button class="main" name="act" value="apply">{escape(texts.say("demo-control-apply"))}</button>'
        f"{_mail_button(someone, texts)}"
        f'<button name="act" value="well">{escape(texts.say("demo-control-well"))}</button>'
        "</div></form></section>"
    )


def _now(someone: Someone, texts: Texts) -> str:
    """How Postwart sees it."""
    state = texts.say(f"demo-control-now-{someone.state}")
    lines = [f"<p><strong>{escape(state)}</strong> {escape(someone.code)}</p>"]
    lines += [f"<p>{escape(line)}</p>" for line in (someone.title, someone.next_step) if line]
    return f'<div class="now">{"".join(lines)}</div>'


def _sign_in(someone: Someone, texts: Texts) -> str:
    options = {state: texts.say(f"demo-control-state-{state}") for state in SIGN_IN}
    number = f"number-{someone.account}"
    return _select(someone, "sign-in", texts.say("demo-control-sign-in"), options) + (
        f'<label for="{number}">{escape(texts.say("demo-control-number"))}</label>'
        f'<input id="{number}" name="number" inputmode="numeric" pattern="[0-9]{{4,8}}" autocomplete="off" '
        f'value="{escape(someone.chosen.get("number", ""))}">'
    )


def _mailbox(someone: Someone, protocol: Protocol, texts: Texts) -> str:
    options = {WELL: texts.say("demo-control-state-well"), **MAIL[protocol]}
    return _select(someone, protocol.value, texts.say("demo-control-answer", protocol=protocol.upper()), options)


def _select(someone: Someone, name: str, label: str, options: Mapping[str, str]) -> str:
    chosen, field_id = someone.chosen.get(name, WELL), f"{name}-{someone.account}"
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options.items()
    )
    return f'<label for="{field_id}">{escape(label)}</label><select id="{field_id}" name="{name}">{listed}</select>'


def _mail_button(someone: Someone, texts: Texts) -> str:
    if not set(someone.protocols) & {Protocol.IMAP, Protocol.POP3}:
        return ""
    return f'<button name="act" value="mail">{escape(texts.say("demo-control-mail"))}</button>'
