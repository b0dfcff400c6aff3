"""How does a person see a running Postwart? Icon on the main thread, notices beside it, until somebody ends it."""

from __future__ import annotations

import logging
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from auth.problems import Problem
from auth.provider import Browse
from tray import autostart
from tray.app import App
from tray.clicks import Clicks
from tray.contact_mail import contact_mail, healthy_sender
from tray.helper import Helper
from tray.notice import Answer, Notice
from tray.notices import Notices
from tray.notify import Fallback, Notifier, content, refusal
from tray.picture import Picture

log = logging.getLogger(__name__)


def shown_until_stopped(
    app: App, *, tray: bool, no_tray_here: Callable[[str], None], browse: Browse = webbrowser.open
) -> None:
    """Belongs on the main thread. `no_tray_here` is told why where a tray was wanted and there is none."""
    _mend_autostart()
    clicks = Clicks(app.helper, app.rounds, app.api.page_link, browse, partial(report_shown, app, browse))
    if not tray:
        with noticed(app, clicks, lambda *_message: False):
            wait_for(app.stopping)
        return
    from tray.icon import TrayIcon, TrayMissing

    with ExitStack() as shown:

        def session_ends() -> None:
            """Nothing is left to be done once Windows has its answer."""
            app.stopping.set()
            shown.close()
            app.close()

        icon = TrayIcon(
            clicks,
            lambda: app.helper.texts,
            starts_with_pc=_starts_with_pc,
            on_resume=app.rounds.after_a_jump,
            on_session_end=session_ends,
        )
        threading.Thread(target=_stop_with, args=(app.stopping, icon.stop), name="icon-stop", daemon=True).start()
        shown.enter_context(noticed(app, clicks, icon.balloon))
        app.helper.board.watch(icon.show)
        app.helper.board.on_news(icon.refresh)
        try:
            icon.run()
        except TrayMissing as problem:
            no_tray_here(problem.detail)
            wait_for(app.stopping)


@contextmanager
def noticed(app: App, clicks: Clicks, balloon: Fallback) -> Iterator[None]:
    """Notices, with or without an icon."""

    def answered(key: str, answer: Answer) -> None:
        notices.answered(key, answer)

    notifier = Notifier(app.api.loop, clicks, balloon, folder=app.places.data, on_answer=answered)

    def show(notice: Notice, _picture: Picture) -> None:
        notifier.show(notice.key, content(notice, app.helper.texts))

    def tell(problem: Problem) -> None:
        notifier.show(f"click/{problem.code}", refusal(problem, app.helper.texts))

    notices = Notices(
        memory=app.memory,
        clock=app.clock,
        show=show,
        withdraw=notifier.withdraw,
        settings=lambda: app.helper.settings.notify,
        banner=app.helper.show_banner,
        mail=partial(_mailed, app.helper),
    )
    clicks.tell = tell
    notices.start()
    app.helper.board.watch(notices.picture)
    app.helper.in_vain = notices.asked_in_vain
    try:
        yield
    finally:
        notices.stop()
        notifier.close()


def _mailed(helper: Helper, notice: Notice, picture: Picture) -> bool:
    """Whether the office's contact has been written to; where nobody can send now, later."""
    contact, troubled = helper.settings.notify.contact, picture.account(notice.account)
    sender = healthy_sender(picture, notice.account)
    if not contact or troubled is None or sender is None:
        return False
    letter = contact_mail(notice, troubled, sender.address, contact, helper.texts)
    helper.send(sender.id, letter)
    return True


def report_shown(app: App, browse: Browse) -> None:
    """The file for the hotline, shown where it lies. Raises FolderProblem."""
    from tray.doctor.accounts import from_inside
    from tray.doctor.doctor import examined
    from tray.doctor.file import show, write

    texts = app.helper.texts
    report = examined(app.places, texts, own=partial(from_inside, app.helper.picture, texts))
    show(write(report, texts, app.places), browse)


def _mend_autostart() -> None:
    try:
        autostart.mend()
    except autostart.AutostartProblem as problem:
        log.warning("the entry for the start with the PC is out of date: %s", problem.detail)


def _starts_with_pc() -> bool:
    try:
        return autostart.standing() is autostart.Standing.ON
    except autostart.AutostartProblem as problem:
        log.warning("whether Postwart starts with the PC is not known: %s", problem.detail)
        return False


def wait_for(stopping: threading.Event) -> None:
    """On Windows nothing interrupts a wait without an end, not even Ctrl-C."""
    if sys.platform == "win32":
        while not stopping.wait(2):
            pass
    else:
        stopping.wait()


def _stop_with(stopping: threading.Event, stop: Callable[[], None]) -> None:
    stopping.wait()
    stop()
