"""Where does an administrator approve the program? The admin-consent link; pure."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from auth.identity import Identity

_SIGNING_IN = ("openid", "profile", "offline_access")
"""Approved along with the mail scopes: where people may approve nothing themselves, not even signing in is allowed
without it, and an approval is for what the link asks and no more.
"""

_REDIRECT = "http://localhost"
"""The one address that is registered for sure, else nobody could sign in; any other might end in AADSTS50011 before
anything is approved. On the administrator's PC nobody listens there: the approval stands before the browser says so.
"""


def admin_consent_url(identity: Identity) -> str:
    """For the tenant of the authority. `common` and `consumers` cannot be asked for approval, `organizations` can."""
    authority = urlsplit(identity.authority)
    root = f"{authority.scheme}://{authority.netloc}"
    tenant = authority.path.strip("/").partition("/")[0]
    if tenant in {"", "common", "consumers"}:
        tenant = "organizations"
    asks = {
        "client_id": identity.client_id,
        "scope": " ".join((*_SIGNING_IN, *identity.scopes)),
        "redirect_uri": _REDIRECT,
    }
    return f"{root}/{tenant}/v2.0/adminconsent?{urlencode(asks, quote_via=quote)}"
