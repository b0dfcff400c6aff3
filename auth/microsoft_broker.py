"""May the system itself sign people in to Microsoft, without a browser? Windows can (WAM), where MSAL's extra is there.

Its tokens stay with the system: no refresh token is seen here, and nobody can say how old the sign-in is.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from auth.problems import SignInProblem

_log = logging.getLogger(__name__)

SWITCHES = {"win32": "enable_broker_on_windows"}
"""MSAL's, by system. It knows macOS and Linux with Intune, too; their redirects would have to be registered."""

_PERSON_NEEDED = ("InteractionRequired", "AccountUnusable")
_CANCELLED = ("UserCanceled", "UserCancelled")


class _NoBroker(Exception):  # noqa: N818  an answer on its way up through MSAL
    """MSAL was about to open a browser of its own."""


def with_broker(make: Callable[..., Any]) -> Any:
    """MSAL's application, with the system's broker if it can be used."""
    switch = SWITCHES.get(sys.platform)
    if switch is not None:
        try:
            return make(**{switch: True})
        except (ImportError, OSError) as error:
            _log.warning("the system's broker cannot be used: %s: %s", type(error).__name__, error)
    return make()


def ask_broker(app: Any, scopes: tuple[str, ...], login_hint: str) -> Mapping[str, Any] | None:
    """MSAL's answer with tokens; None: the browser has to do it. Blocks until the person has closed the dialog.

    Raises SignInProblem where the person did so without signing in.
    """
    try:
        result = app.acquire_token_interactive(
            list(scopes),
            login_hint=login_hint or None,
            prompt=None if login_hint else "select_account",
            parent_window_handle=app.CONSOLE_WINDOW_HANDLE,
            on_before_launching_ui=_never_a_browser,
        )
    except _NoBroker:
        return None
    except (ValueError, RuntimeError, AssertionError, OSError) as error:
        _log.warning("the system's broker could not sign in: %s", type(error).__name__)
        return None
    said = str(result.get("error_description", ""))
    if any(word in said for word in _CANCELLED):
        raise SignInProblem("the system's dialog was closed", code="sign_in_cancelled")
    if "error" in result:
        _log.warning("the system's broker could not sign in: %s", said[:300])
        return None
    tokens: Mapping[str, Any] = result
    return tokens


def told_plainly(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The broker's answer to a silent request in OAuth's words, where it is a definite one."""
    said = str(result.get("error_description", ""))
    if result.get("error") == "broker_error" and any(word in said for word in _PERSON_NEEDED):
        return {**result, "error": "interaction_required"}
    return result


def _never_a_browser(ui: str = "", **_: object) -> None:
    if ui != "broker":
        raise _NoBroker
