"""What does `postwart journal` show? What happened to an account, the newest first, each in a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tray.cli_call import Call, Exit
from tray.cli_output import say
from tray.journal_words import sentence
from tray.texts import Texts

_PAGE = 1_000


def journal(call: Call) -> int:
    with call.api() as api:
        entries: list[dict[str, Any]] = []
        before: int | None = None
        while len(entries) < call.said.limit:
            limit = min(_PAGE, call.said.limit - len(entries))
            page = api.get("accounts", call.said.account, "journal", limit=limit, before=before)
            entries += page["entries"]
            if (before := page["next"]) is None:
                break
    if call.said.json:
        say(json.dumps(entries, indent=2, ensure_ascii=False))
        return Exit.DONE
    for entry in entries:
        say(line(entry, call.texts))
    if not entries:
        say(call.texts.say("cli-journal-empty"))
    return Exit.DONE


def line(entry: Mapping[str, Any], texts: Texts) -> str:
    """Local time, what happened, and the code a hotline asks for."""
    at = datetime.fromisoformat(entry["at"]).astimezone()
    code = f" ({entry['code']})" if entry["code"] else ""
    words = sentence(entry["kind"], entry["facts"], texts)
    return f"{at:%Y-%m-%d %H:%M}  {words}{code}"
