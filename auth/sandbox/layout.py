"""What do all pages of the sandbox look like? One card, readable in light and dark, usable by keyboard alone."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from auth.sandbox.texts import Words

_STYLE = """
:root{color-scheme:light dark;--ground:#eef1f4;--card:#fff;--ink:#1d2733;--soft:#5b6875;--line:#c9d1d9;--main:#0b6e5f;
--on-main:#fff;--bad:#a4161a;--hint:#fff6d6;--hint-ink:#4d3d00}
@media (prefers-color-scheme:dark){:root{--ground:#12181f;--card:#1c252e;--ink:#e8edf2;--soft:#a3b0bc;--line:#44525f;
--main:#3fbfa8;--on-main:#06231e;--bad:#ff9d9a;--hint:#3a3215;--hint-ink:#ffe9a3}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:1rem;
background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI",sans-serif}
main{width:100%;max-width:26rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:2rem;
box-shadow:0 .5rem 1.5rem rgb(0 0 0/.08)}
.brand{display:flex;gap:.6rem;align-items:center;color:var(--soft);font-size:.9rem;margin:0 0 1.25rem}
.brand i{width:1.1rem;height:1.1rem;border-radius:.3rem;background:var(--main)}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 1rem}p{margin:0 0 1rem}
label{display:block;margin:0 0 .3rem;font-weight:600}label.check{font-weight:400;margin:0 0 1rem}
input:not([type=checkbox]),textarea{width:100%;font:inherit;padding:.6rem .7rem;margin:0 0 1rem;color:inherit;
background:transparent;border:1px solid var(--soft);border-radius:.4rem}
.row{display:flex;flex-wrap:wrap;gap:.6rem}.list{display:grid;gap:.5rem;margin:0 0 1rem}
button,a.button{font:inherit;cursor:pointer;padding:.6rem 1.1rem;border-radius:.4rem;border:1px solid var(--soft);
background:transparent;color:inherit;text-decoration:none;text-align:start}
button.main{background:var(--main);border-color:var(--main);color:var(--on-main);font-weight:600}
button.plain{border:0;padding:.3rem 0;color:var(--main);text-decoration:underline}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
.bad{color:var(--bad);font-weight:600}.soft{color:var(--soft);font-size:.9rem}
.hint{background:var(--hint);color:var(--hint-ink);border-radius:.4rem;padding:.6rem .8rem;
margin:1rem 0 0;font-size:.9rem}
ul{margin:0 0 1rem;padding-inline-start:1.2rem}code{overflow-wrap:anywhere}
"""
_STYLE_ALLOWED = f"'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"


def document(words: Words, name: str, title: str, body: str, *, script: str = "'none'") -> str:
    """`body` is HTML; everything else is escaped here. `name` lets a program know the page it is on."""
    policy = f"default-src 'none'; style-src {_STYLE_ALLOWED}; script-src {script}; base-uri 'none'"
    return (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)} · {escape(words['product'])}</title><style>{_STYLE}</style></head><body>"
        f'<main data-page="{escape(name)}"><p class="brand"><i aria-hidden="true"></i>{escape(words["product"])}</p>'
        f"<h1>{escape(title)}</h1>{body}</main></body></html>"
    )
