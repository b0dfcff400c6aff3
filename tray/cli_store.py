"""What does the command line do with the mail that is here? It copies all of it into one file."""

from __future__ import annotations

from pathlib import Path

from tray.cli_call import Call, Exit
from tray.cli_output import say
from tray.stores import POST_FILE


def backup(call: Call) -> int:
    """While Postwart runs, too: the file is only read. Raises StoreProblem."""
    from mail.backup import backup as copy  # late, as all that one command needs

    target = Path(call.said.file).absolute()
    size = copy(call.places.data / POST_FILE, target)
    say(call.texts.say("cli-backup-done", file=str(target), megabytes=-(-size // 1_000_000)))
    return Exit.DONE
