"""What do the commands do that start Postwart, end it or show its page?"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from auth.problems import Problem
from tray.api.client import ApiClient
from tray.autostart.command import wait_after_log_on
from tray.cli_call import Call, Exit
from tray.cli_output import complain, say
from tray.runtime import AlreadyRunning, NotAnswering, is_running
from tray.signals import Signals

if TYPE_CHECKING:
    from tray.app import App

_STOP_PATIENCE = 10.0


class NotRunning(Problem):
    code = "not_running"


def run(call: Call) -> int:
    """Until somebody ends it: the menu, `postwart stop`, Ctrl-C or the system."""
    if call.said.at_log_on:
        time.sleep(wait_after_log_on())
    try:
        if call.running():
            return _runs_already(call)
    except NotAnswering:  # it is just starting, or busy with a large database
        return _runs_already(call)
    from tray.app import started
    from tray.logs import logging_to

    call.places.create()
    try:
        with Signals() as signals, logging_to(call.places.logs, console=True), started(call.places) as app:
            signals.end(app.stopping)
            _stay(app, call)
    except AlreadyRunning:  # the other one was quicker
        return _runs_already(call)
    return Exit.DONE


def demo(call: Call) -> int:
    from tray.demo import run_demo

    return int(run_demo(call.texts.language, tray=not call.said.no_tray))


def stop(call: Call) -> int:
    running = call.running()
    if running is None:
        say(call.texts.say("cli-not-running"))
        return Exit.DONE
    running.post("stop")
    until = time.monotonic() + _STOP_PATIENCE
    while is_running(call.places.data):
        if time.monotonic() > until:
            complain(call.texts.say("cli-still-running"))
            return Exit.FAILED
        time.sleep(0.1)
    say(call.texts.say("cli-stopped"))
    return Exit.DONE


def open_page(call: Call) -> int:
    """Raises NotRunning: the page of one for the moment would be gone before the browser is there."""
    running = call.running()
    if running is None:
        raise NotRunning
    _show_page(running, call)
    return Exit.DONE


def _show_page(running: ApiClient, call: Call) -> None:
    import webbrowser

    url = str(running.post("page-code")["url"])
    if not webbrowser.open(url):
        say(call.texts.say("cli-open-yourself", url=url))


def _runs_already(call: Call) -> int:
    """Whoever starts it a second time wants to see it; the system at log-on does not, nor does a service."""
    say(call.texts.say("cli-already-running"))
    if call.said.at_log_on or call.said.no_tray:
        return Exit.DONE
    with suppress(NotAnswering):  # still starting: whoever wants to see it clicks on its icon
        if running := call.running():
            _show_page(running, call)
    return Exit.DONE


def _stay(app: App, call: Call) -> None:
    from tray.desktop import shown_until_stopped

    say(call.texts.say("cli-running"))
    shown_until_stopped(
        app,
        tray=not call.said.no_tray,
        no_tray_here=lambda why: say(call.texts.say("cli-no-tray-here", why=why)),
    )
