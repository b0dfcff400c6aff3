"""How does an answer travel from the pages back to the program? As a redirect, or as a form that posts itself."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from auth.sandbox.layout import document
from auth.sandbox.refusals import Refusal
from auth.sandbox.tenant import Tenant
from auth.sandbox.texts import Words
from auth.sandbox.visits import Visit
from auth.sandbox.web import Response, page, redirect

_POST = "document.forms[0].submit()"
# The hash lets this one script run, and no other.
_POST_ALLOWED = f"'sha256-{base64.b64encode(hashlib.sha256(_POST.encode()).digest()).decode()}'"


def to_program(visit: Visit, words: Words, answer: Mapping[str, str]) -> Response:
    """The parameters reach the redirect URI, with the state that came from there."""
    parameters = dict(answer) | ({"state": visit.state} if visit.state else {})
    if visit.realm.open:
        parameters["iss"] = visit.realm.issuer
    if visit.response_mode == "form_post":
        return _form_post(visit.redirect_uri, words, parameters)
    mark = "#" if visit.response_mode == "fragment" else "&" if "?" in visit.redirect_uri else "?"
    return redirect(f"{visit.redirect_uri}{mark}{urlencode(parameters)}")


def refused(visit: Visit, tenant: Tenant, refusal: Refusal) -> Mapping[str, str]:
    """A refusal as the redirect URI gets it."""
    if visit.realm.open:
        return {"error": refusal.error, "error_description": refusal.open_text}
    now = tenant.clock()
    return {
        "error": refusal.error,
        "error_description": refusal.description(now, str(uuid.uuid4()), str(uuid.uuid4())),
        "error_uri": f"{visit.realm.base}/error?code={refusal.code}",
    }


def _form_post(target: str, words: Words, parameters: Mapping[str, str]) -> Response:
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in parameters.items()
    )
    body = (
        f'<form method="post" action="{escape(target)}">{fields}'
        f'<p>{escape(words["returning"])}</p><button id="continue" class="main">{escape(words["continue"])}</button>'
        f"</form><script>{_POST}</script>"
    )
    return page(document(words, "continue", words["returning_title"], body, script=_POST_ALLOWED))
