"""Where does the file for the hotline lie, and how does a person get to see it?"""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from auth.provider import Browse
from tray.doctor.report import Report
from tray.paths import FolderProblem, Places
from tray.private_file import FolderOpenToOthers, write_private
from tray.texts import Texts


def file_name(report: Report, texts: Texts) -> str:
    computer = re.sub(r"[^\w-]+", "-", report.computer, flags=re.ASCII).strip("-")
    when = f"{report.made_at.astimezone():%Y-%m-%d %H-%M}"
    return f"{texts.say('doctor-file', computer=computer, when=when)}.txt"


def write(report: Report, texts: Texts, places: Places) -> Path:
    """Among the user's documents, or where that cannot be, beside Postwart's data. UTF-8 with the mark that makes every
    editor on Windows read it as such. Raises FolderProblem, FolderOpenToOthers.
    """
    name, own = file_name(report, texts), places.data / "reports"
    content = report.text.replace("\n", "\r\n" if sys.platform == "win32" else "\n").encode("utf-8-sig")
    if places.documents and places.documents.is_dir():
        with suppress(OSError, FolderOpenToOthers):
            write_private(places.documents / name, content)
            return places.documents / name
    try:
        write_private(own / name, content)
    except OSError as fault:
        raise FolderProblem(str(fault), folder=str(own), reason=fault.strerror or str(fault)) from fault
    return own / name


def show(file: Path, browse: Browse) -> None:
    """Its folder with the file chosen; where the system cannot do that, the folder."""
    if sys.platform == "win32":
        subprocess.Popen(f'explorer /select,"{file}"')  # noqa: S603  Explorer has its own kind of quoting
    elif sys.platform == "darwin":
        subprocess.Popen(["/usr/bin/open", "-R", str(file)])  # noqa: S603  a file of ours
    else:
        browse(file.parent.as_uri())
