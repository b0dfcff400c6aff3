"""What does `postwart autostart` do? It enters Postwart among what the system starts at log-on, or takes it out."""

from __future__ import annotations

from tray.cli_call import Call, Exit
from tray.cli_output import say


def autostart(call: Call) -> int:
    """Through the API where Postwart runs; else here, also with a configuration that is wrong."""
    verb = call.said.verb
    running = call.running()
    if running and verb == "status":
        now = running.get("autostart")["standing"]
    elif running:
        now = running.put("autostart", json_body={"on": verb == "on"})["standing"]
    else:
        now = _here(verb)
    say(call.texts.say(f"autostart-{now}"))
    return Exit.DONE


def _here(verb: str) -> str:
    from tray.autostart import standing, switch

    return (standing() if verb == "status" else switch(on=verb == "on")).value
