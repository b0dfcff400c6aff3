"""What do the commands do that give programs keys of their own to the API?"""

from __future__ import annotations

from datetime import datetime

from tray.cli_call import Call, Exit
from tray.cli_output import remark, say


def list_keys(call: Call) -> int:
    with call.api() as api:
        keys = api.get("keys")["keys"]
    for key in keys:
        used = _used(key["used_at"], call)
        say(f"{key['name']:<24} {','.join(key['rights']):<24} {used}")
    if not keys:
        say(call.texts.say("cli-no-keys"))
    return Exit.DONE


def add_key(call: Call) -> int:
    """The key alone on stdout, so that a set-up program can take it; what to know about it is for people."""
    wanted = {"name": call.said.name, "rights": [right.strip() for right in call.said.rights.split(",")]}
    with call.api() as api:
        given = api.post("keys", json_body=wanted)
    say(given["key"])
    remark(call.texts.say("cli-key-added", name=given["name"]))
    return Exit.DONE


def remove_key(call: Call) -> int:
    with call.api() as api:
        api.delete("keys", call.said.name)
    say(call.texts.say("cli-key-removed", name=call.said.name))
    return Exit.DONE


def _used(moment: str | None, call: Call) -> str:
    if moment is None:
        return call.texts.say("cli-key-unused")
    return call.texts.say("cli-key-used", date=call.texts.date(datetime.fromisoformat(moment)))
