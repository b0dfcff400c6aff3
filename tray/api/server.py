"""Where does the API come from? One thread with one event loop, on a socket of ours; api.json says where."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from tray.api.application import application
from tray.api.events import Events
from tray.api.keys import Keys
from tray.api.program_keys import ProgramKeys
from tray.api.serving import HOST, QuietServer, listen
from tray.api.workers import Workers
from tray.feed import Feed
from tray.paths import Places
from tray.runtime import ApiFile, published

if TYPE_CHECKING:
    from tray.helper import Helper

log = logging.getLogger(__name__)


class ApiServer:
    """A context manager: entered, it answers and api.json is there; left, api.json is gone and nothing listens."""

    def __init__(self, helper: Helper, places: Places, programs: ProgramKeys, feed: Feed) -> None:
        """Raises PortTaken."""
        self.keys = Keys(programs, default_key=helper.settings.default_key)
        self._places = places
        self._socket = listen(helper.settings.api_port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        self._file = ApiFile(self.url, self.keys.secret)
        self._workers = Workers()
        programs.later = self._workers.begin
        self._events = Events(feed, helper.board)
        app = application(
            helper, self.keys, self._workers, self._events, places=places, port=self.port, page_link=self.page_link
        )
        self._server = QuietServer(app, self._has_started)
        self._thread = threading.Thread(target=self._run, name="api", daemon=True)
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._leaving = ExitStack()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The running event loop; the notifier lives on it too."""
        return self._started.result(timeout=10)

    @property
    def file(self) -> ApiFile:
        """What api.json says."""
        return self._file

    def page_link(self) -> str:
        """Opens the status page without a password, once, within a minute."""
        return f"{self.url}/#k={self.keys.page_code()}"

    def __enter__(self) -> Self:
        with ExitStack() as leaving:
            leaving.callback(self._stop)
            self._thread.start()
            self._started.result()
            leaving.enter_context(published(self._places.runtime, self._file))
            self._leaving = leaving.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.close()

    def _stop(self) -> None:
        """Requests under way get two seconds."""
        self._events.close()
        self._server.end()
        self._thread.join(5)
        self._socket.close()
        self._workers.stop()

    def _run(self) -> None:
        try:
            asyncio.run(self._server.serve([self._socket]))
        except Exception as fault:
            log.exception("the API has ended")
            if not self._started.done():
                self._started.set_exception(fault)

    def _has_started(self) -> None:
        loop = asyncio.get_running_loop()
        self._events.listen(loop)
        self._started.set_result(loop)
