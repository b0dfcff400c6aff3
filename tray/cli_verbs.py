"""What do the commands do that ask Postwart for something? Each is a call or two of its API."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import Any

from auth.problems import Problem
from tray.api.client import ApiClient
from tray.cli_call import Call, Exit
from tray.cli_output import account_lines, advice_lines, complain, exit_of_state, say, state
from tray.cli_sign_in import sign_in_end, until_signed_in

_LOOK_EVERY = 0.5
_WORTH_SAYING = 10_000_000
"""Bytes that the mail here takes, and below which nobody wants to know."""

_SEND_PATIENCE = 60.0
_UNDER_WAY = frozenset({"queued", "sending"})


class FileUnreadable(Problem):
    """Facts: file, reason."""

    code = "file_unreadable"


class SettingUnclear(Problem):
    """What follows --set says no key and value, or contradicts another. Facts: setting."""

    code = "setting_unclear"


def status(call: Call) -> int:
    found = call.ask(lambda api: api.get("status"))
    if call.said.json:
        say(json.dumps(found, indent=2, ensure_ascii=False))
        return exit_of_state(found["state"])
    for warning in found["warnings"]:
        for line in advice_lines(warning, call.texts):
            say(line)
    for account in found["accounts"]:
        for line in account_lines(account, call.texts):
            say(line)
    waiting = found["outbox"]["queued"] + found["outbox"]["sending"]
    say(call.texts.say("cli-counts", unread=found["unread"], waiting=waiting) if found["accounts"] else _none(call))
    if found["store_bytes"] > _WORTH_SAYING:
        say(call.texts.say("cli-store", megabytes=found["store_bytes"] // 1_000_000))
    return exit_of_state(found["state"])


def list_accounts(call: Call) -> int:
    with call.api() as api:
        accounts = api.get("accounts")["accounts"]
    for each in accounts:
        say(f"{each['id']:<16} {each['address']:<36} {each['preset']:<18} {state(each['health'], call.texts)}")
    if not accounts:
        say(_none(call))
    return Exit.DONE


def add_account(call: Call) -> int:
    said = call.said
    values: dict[str, Any] = {
        "id": said.account,
        "address": said.address,
        "preset": said.preset,
        "client_id": said.client_id,
    }
    for setting in said.set:
        _put(values, setting)
    with call.api() as api:
        added = api.post("accounts", json_body=values)
    say(call.texts.say("cli-added", account=added["id"]))
    return Exit.DONE


def remove_account(call: Call) -> int:
    with call.api() as api:
        api.delete("accounts", call.said.account)
    say(call.texts.say("cli-removed", account=call.said.account))
    return Exit.DONE


def consent_request(call: Call) -> int:
    """The letter alone, to be sent on from here."""
    with call.api() as api:
        request = api.get("accounts", call.said.account, "consent-request")
    say(call.texts.say("cli-consent-subject", subject=request["subject"]))
    say(f"\n{request['text']}")
    return Exit.DONE


def send(call: Call) -> int:
    try:
        raw = Path(call.said.file).read_bytes()
    except OSError as fault:
        raise FileUnreadable(str(fault), file=call.said.file, reason=fault.strerror or str(fault)) from fault
    with call.api(schedule=True) as api:
        letter = api.post("accounts", call.said.account, "outbox", raw=raw)
        return _tell_letter(api, letter["id"], call)


def test_mail(call: Call) -> int:
    account = call.said.account
    with call.api(schedule=True) as api:
        answer = api.post("accounts", account, "test-mail")
        if answer["sign_in"]:
            say(call.texts.say("cli-sign-in-begun"))
            stands = until_signed_in(api, account, answer["sign_in"])
            if stands["stage"] != "signed_in":
                return sign_in_end(stands, call)
            # it followed the sign-in by itself
            newest = api.get("outbox", account=account, order="newest", limit=1)["letters"]
            answer = {"outbox": newest[0]["id"]}
        return _tell_letter(api, answer["outbox"], call)


def token(call: Call) -> int:
    """The token and nothing else, for mutt, mbsync and msmtp."""
    query = {"for": call.said.protocol}
    say(call.ask(lambda api: api.get("accounts", call.said.account, "token", **query))["access_token"])
    return Exit.DONE


def _tell_letter(api: ApiClient, letter_id: int, call: Call) -> int:
    """Wait a while for how it ends: it is in the outbox in any case."""
    until = time.monotonic() + _SEND_PATIENCE
    while (letter := api.get("outbox", str(letter_id)))["state"] in _UNDER_WAY and time.monotonic() < until:
        time.sleep(_LOOK_EVERY)
    if letter["state"] == "sent":
        say(call.texts.say("cli-sent"))
        return Exit.DONE
    if letter["state"] in _UNDER_WAY:
        say(call.texts.say("cli-letter-waits"))
        return Exit.DONE
    complain("\n".join(advice_lines(letter, call.texts)))
    return Exit.FAILED


def _put(values: dict[str, Any], setting: str) -> None:
    """`receive=pop3`, `imap.port=1143`, `folders=["INBOX"]`: a TOML value, or text where it is none.

    Raises SettingUnclear.
    """
    key, equals, text = setting.partition("=")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *outer, last = key.strip().split(".")
    for name in outer:
        values = values.setdefault(name, {}) if isinstance(values, dict) else values
    if not (equals and last and isinstance(values, dict)):
        raise SettingUnclear(setting=setting)
    values[last] = value


def _none(call: Call) -> str:
    return call.texts.say("cli-no-accounts")
