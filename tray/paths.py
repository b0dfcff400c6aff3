"""Where do the configuration, the data, the logs and api.json lie on this PC?"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from auth.problems import Problem

_APP = "Postwart"


class FolderProblem(Problem):
    """A folder cannot be made or used. Facts: folder, reason."""

    code = "folder_unusable"


@dataclass(frozen=True)
class Places:
    """Absolute paths. Nothing of ours roams: tokens and mails belong to this PC."""

    config_file: Path
    data: Path
    runtime: Path
    logs: Path
    documents: Path | None = None
    """Where this user looks for documents; None: everything is kept in one folder."""

    @property
    def api_file(self) -> Path:
        return self.runtime / "api.json"

    def create(self) -> None:
        """Make the folders that are missing, for the owner alone. Raises FolderProblem."""
        for folder in (self.config_file.parent, self.data, self.runtime, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as fault:
                raise FolderProblem(str(fault), folder=str(folder), reason=fault.strerror or str(fault)) from fault


def places(environ: Mapping[str, str] = os.environ) -> Places:
    """One folder for all of it with POSTWART_HOME, else the platform's usual user folders."""
    if home := environ.get("POSTWART_HOME"):
        return _in_one(Path(os.path.abspath(Path(home).expanduser())))  # noqa: PTH100  resolve() would follow links
    usual = platformdirs.PlatformDirs(_APP, appauthor=False, roaming=False)
    return Places(
        usual.user_config_path / "config.toml",
        usual.user_data_path,
        _runtime_folder(environ) or usual.user_data_path,
        usual.user_log_path,
        usual.user_documents_path,
    )


def demo_places(environ: Mapping[str, str] = os.environ) -> Places:
    """The demo's own, beside the real one's and never in it."""
    if environ.get("POSTWART_HOME"):
        return _in_one(places(environ).data / "demo")
    return _in_one(platformdirs.PlatformDirs(f"{_APP} Demo", appauthor=False, roaming=False).user_data_path)


def _in_one(folder: Path) -> Places:
    return Places(folder / "config.toml", folder, folder, folder / "logs")


def _runtime_folder(environ: Mapping[str, str]) -> Path | None:
    """The user's own runtime folder; None where the platform has none.

    Not platformdirs' answer: on Windows and macOS, and as its last resort elsewhere, that is a temporary folder, which
    clean-up tools empty while Postwart runs.
    """
    if sys.platform in ("win32", "darwin"):
        return None
    candidates = [environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"]
    return next((Path(folder) / _APP for folder in candidates if os.path.isabs(folder) and _is_private(folder)), None)  # noqa: PTH117


def _is_private(folder: str) -> bool:
    """As the XDG specification wants it: a folder of this user's, closed to all others."""
    if sys.platform == "win32":
        return False
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
