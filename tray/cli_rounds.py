"""What do the commands do that go over all accounts? Each gets its turn, and one end is chosen of all their ends."""

from __future__ import annotations

from typing import Any

from tray.api.client import ApiClient, ApiRefused
from tray.cli_call import Call, Exit
from tray.cli_output import account_lines, complain, exit_of, exit_of_state, first_to_act_on, say, sentence


def check(call: Call) -> int:
    with call.api() as api:
        ends = [_check_one(api, account_id, call) for account_id in _which(api, call.said.account)]
    return first_to_act_on(ends)


def fetch(call: Call) -> int:
    """All accounts that receive, or the one that was named. One that cannot be fetched stops no other."""
    with call.api() as api:
        named = call.said.account
        accounts = [named] if named else [each["id"] for each in api.get("accounts")["accounts"] if _receives(each)]
        return first_to_act_on([_fetch_one(api, account_id, call) for account_id in accounts])


def _fetch_one(api: ApiClient, account_id: str, call: Call) -> Exit:
    try:
        fetched = api.post("accounts", account_id, "fetch")
    except ApiRefused as problem:
        if call.said.account:
            raise
        complain(f"{account_id}: {sentence(problem, call.texts)}")
        return exit_of(problem)
    say(call.texts.say("cli-fetched", account=account_id, new=fetched["new"]))
    return Exit.DONE


def _check_one(api: ApiClient, account_id: str, call: Call) -> Exit:
    try:
        health = api.post("accounts", account_id, "check")
        account = api.get("accounts", account_id)
    except ApiRefused as problem:
        if call.said.account:
            raise
        complain(f"{account_id}: {sentence(problem, call.texts)}")
        return exit_of(problem)
    for line in account_lines({**account, "health": health}, call.texts):
        say(line)
    return exit_of_state(health["state"])


def _which(api: ApiClient, named: str | None) -> list[str]:
    return [named] if named else [each["id"] for each in api.get("accounts")["accounts"]]


def _receives(account: dict[str, Any]) -> bool:
    return bool(account["receive"] != "none")
