"""How does a file with a secret come to be readable by its owner alone, and complete or not there at all?"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from auth.problems import Problem


class FolderOpenToOthers(Problem):
    """Whoever may write the folder may put a file of their own in place of ours. Facts: folder."""

    code = "folder_open_to_others"


def patiently(change: Callable[[], object]) -> None:
    """Windows refuses to replace or remove a file for the moment that another program reads it. Raises OSError."""
    for pause in (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ():
        try:
            change()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    change()


def write_private(path: Path, content: bytes) -> None:
    """The rights are set before the content is written; readers see the old file or the whole new one.

    A rename keeps the moved file's own rights, on Windows too (not ReplaceFile, which would keep the old file's).
    Raises FolderOpenToOthers, OSError.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _refuse_open_folder(path.parent)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    descriptor = _create_private(new)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        patiently(lambda: new.replace(path))
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            new.unlink()
        raise


if sys.platform == "win32":

    def _refuse_open_folder(folder: Path) -> None:
        """The user's own folders are closed by inheritance; the file has its own rights in any case."""

    def _create_private(path: Path) -> int:
        from tray.private_file_windows import create_for_owner

        return create_for_owner(path)

else:

    def _refuse_open_folder(folder: Path) -> None:
        status = folder.stat()
        # many systems give each user a group of their own and make folders writable for it
        group_may_write = bool(status.st_mode & 0o020) and status.st_gid != os.getgid()
        if group_may_write or status.st_mode & 0o002:
            raise FolderOpenToOthers(f"mode {status.st_mode:o}", folder=str(folder))

    def _create_private(path: Path) -> int:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        os.fchmod(descriptor, 0o600)
        return descriptor
