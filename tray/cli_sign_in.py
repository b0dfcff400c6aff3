"""What does the command line say while a person signs in, in the browser or with a code, and how does it end?"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tray.api.client import ApiClient
from tray.cli_call import Call, Exit
from tray.cli_output import advice_lines, complain, exit_of_state, first_to_act_on, say, state
from tray.qr import blocks

_LOOK_EVERY = 0.5
_NO_ANSWER = frozenset({"network", "certificate", "captive_portal", "throttled", "service_fault"})
"""Codes of a sign-in that ended because the provider could not be asked."""

Stands = dict[str, Any]
"""How a sign-in stands, as the API has it."""


def sign_in(call: Call) -> int:
    """For one account, or one after another for all that wait for it."""
    if call.said.account is None:
        return _sign_in_all(call)
    account, said, texts = call.said.account, call.said, call.texts
    wants = {"select_account": said.other_account, "device_code": said.device_code}
    with call.api() as api:
        stands = api.post("accounts", account, "sign-in", json_body=wants)
        say(texts.say("cli-code-wanted" if said.device_code else "cli-sign-in-begun"))
        try:
            stands = until_signed_in(api, account, stands, _Codes(call) if said.device_code else _ignored)
        except KeyboardInterrupt:
            api.delete("accounts", account, "sign-in")
            raise
    if stands["stage"] == "signed_in":
        more = advice_lines(stands, texts) if "title" in stands else []
        say("\n".join([texts.say("cli-signed-in", account=account), *more]))
    ended = sign_in_end(stands, call)
    if stands.get("code") == "device_code_expired":
        complain(texts.say("cli-code-again", account=account))
    return ended


def _sign_in_all(call: Call) -> int:
    texts = call.texts
    if call.said.device_code or call.said.other_account:
        complain(texts.say("cli-usage", command="postwart sign-in", detail=texts.say("cli-usage-missing", what="ID")))
        return Exit.USAGE
    with call.api() as api:
        accounts = api.post("sign-in")["accounts"]
        if not accounts:
            say(texts.say("cli-sitting-none"))
            return Exit.DONE
        say(texts.say("cli-sitting-begun", accounts=", ".join(accounts)))
        try:
            while api.get("sign-in")["accounts"]:
                time.sleep(_LOOK_EVERY)
        except KeyboardInterrupt:
            for account in api.get("sign-in")["accounts"][:1]:
                api.delete("accounts", account, "sign-in")
            raise
        return first_to_act_on([_stands_now(api, account, call) for account in accounts])


def _stands_now(api: ApiClient, account: str, call: Call) -> Exit:
    health = api.get("accounts", account)["health"]
    say(call.texts.say("cli-sitting-line", account=account, state=state(health, call.texts)))
    return exit_of_state(health["state"])


def sign_out(call: Call) -> int:
    with call.api() as api:
        api.delete("accounts", call.said.account, "session")
    say(call.texts.say("cli-signed-out", account=call.said.account))
    return Exit.DONE


def _ignored(_stands: Stands) -> None:
    """A browser shows what there is to see."""


def until_signed_in(api: ApiClient, account: str, stands: Stands, show: Callable[[Stands], None] = _ignored) -> Stands:
    while stands["stage"] == "running":
        show(stands)
        time.sleep(_LOOK_EVERY)
        stands = api.get("accounts", account, "sign-in")
    return stands


def sign_in_end(stands: Stands, call: Call) -> int:
    if stands["stage"] == "signed_in":
        return Exit.DONE
    if stands["stage"] == "consent_pending":
        complain(call.texts.say("cli-consent-pending", account=call.said.account))
        return Exit.CONSENT_PENDING
    complain("\n".join(advice_lines(stands, call.texts)))
    return Exit.OFFLINE if stands["code"] in _NO_ANSWER else Exit.FAILED


class _Codes:
    """Says each code once."""

    def __init__(self, call: Call) -> None:
        self._texts = call.texts
        self._shown = ""

    def __call__(self, stands: Stands) -> None:
        code = stands.get("device_code")
        if code is None or code["user_code"] == self._shown:
            return
        if not self._shown:
            say(self._texts.say("cli-code-warning"))
        self._shown = code["user_code"]
        for line in self._lines(code):
            say(line)

    def _lines(self, code: dict[str, Any]) -> list[str]:
        until = datetime.fromisoformat(code["expires_at"]).astimezone()
        minutes = max(1, round((until - datetime.now(until.tzinfo)).total_seconds() / 60))
        return [
            "",
            self._texts.say("cli-code-enter", step=code["step"], url=code["url"]),
            "",
            f"    {code['user_code']}",
            "",
            *blocks(code["link"], sys.stdout),
            self._texts.say("cli-code-until", time=f"{until:%H:%M}", minutes=minutes),
        ]
