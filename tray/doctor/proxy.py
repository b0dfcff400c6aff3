"""Which web proxy do the environment and the system name for the sign-in, and does it answer?"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

from tray.doctor.finding import Finding, fault, note, ok
from tray.health import Who

_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080, "socks4": 1080}
_CONNECT_SECONDS = 8.0
_TOOL_SECONDS = 3.0


def for_url(url: str) -> SplitResult | None:
    """The one that requests, and so Postwart, would use; None: straight."""
    from requests.utils import get_environ_proxies, select_proxy

    if urlsplit(url).hostname in {"localhost", "127.0.0.1", "::1"}:
        return None  # as auth.http has it
    chosen = select_proxy(url, get_environ_proxies(url))
    return urlsplit(chosen if "://" in chosen else f"http://{chosen}") if chosen else None


def proxy(url: str, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    host = urlsplit(url).hostname or ""
    named = {name: value for name in _VARIABLES if (value := environ.get(name) or environ.get(name.lower()))}
    said = ", ".join(f"{name}={_shown(value)}" for name, value in named.items())
    chosen = for_url(url)
    if chosen is None:
        yield ok("proxy", "proxy-none", host, host=host, variables=said)
    else:
        yield _reached(chosen, host, said)
    if pac := automatic(environ):
        yield note("proxy", "proxy-automatic", pac, who=Who.ADMIN, pac=pac)


def _reached(proxy: SplitResult, host: str, variables: str) -> Finding:
    facts = {"host": host, "proxy": _named(proxy), "variables": variables}
    try:
        address = (proxy.hostname or "", proxy.port or _PORTS.get(proxy.scheme, 80))
        with socket.create_connection(address, _CONNECT_SECONDS):
            return ok("proxy", "proxy-ok", host, **facts)
    except (OSError, ValueError) as error:
        return fault("proxy", "proxy-unreachable", host, who=Who.ADMIN, reason=str(error), **facts)


def _named(proxy: SplitResult | None) -> str:
    """Without the password that may stand in it."""
    return f"{proxy.scheme}://{proxy.netloc.rpartition('@')[2]}" if proxy else ""


def _shown(value: str) -> str:
    return _named(urlsplit(value)) if "://" in value else value.rpartition("@")[2]


def automatic(environ: Mapping[str, str] = os.environ) -> str:
    """Where the system's automatic proxy configuration comes from; empty: there is none. Python follows none."""
    if sys.platform == "win32":
        return _windows_pac()
    if sys.platform == "darwin":
        return _after("ProxyAutoConfigURLString :", _output("scutil", "--proxy"))
    if environ.get("auto_proxy"):
        return environ["auto_proxy"]
    if not environ.get("DBUS_SESSION_BUS_ADDRESS") or "auto" not in _output(*_GNOME, "mode"):
        return ""
    return _output(*_GNOME, "autoconfig-url").strip("'\n ") or "WPAD"


_GNOME = ("gsettings", "get", "org.gnome.system.proxy")


def _output(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  fixed arguments
            [path, *arguments], capture_output=True, timeout=_TOOL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""  # then nothing is known of it, which is no finding
    return done.stdout.decode("utf-8", "replace")


def _after(words: str, text: str) -> str:
    return next((line.partition(words)[2].strip() for line in text.splitlines() if words in line), "")


def _windows_pac() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    path = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
            return str(winreg.QueryValueEx(key, "AutoConfigURL")[0])
    except OSError:
        return ""
