"""How does the process end when all is closed and a worker still waits for a silent server?"""

from __future__ import annotations

import logging
import os
import sys
import threading


def leave_threads_behind(code: int) -> None:
    """End now where the interpreter would wait: Windows gives five seconds at a logoff, a socket's limit is a minute.

    To be called when nothing is left to be saved. Returns where there is nobody to wait for; a pool's threads are
    waited for even if they are daemons.
    """
    if threading.active_count() == 1:
        return
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # None in a Windows program without a console
            stream.flush()
    os._exit(code)
