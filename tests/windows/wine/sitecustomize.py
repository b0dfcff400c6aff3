"""In what is Wine not like Windows? Laid over the rig's Python, never part of the program.

Windows' Credential Manager takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE) and 513 characters of a user's name; Wine
takes any length. Windows refuses a certificate whose authority it does not know; Wine 8 takes it, and knows no extra
authorities and no addresses in certificates. So OpenSSL judges here, and trusts what a test gives it, nothing else.
"""

from __future__ import annotations

import importlib.abc
import importlib.util
import ssl
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_TOO_LONG = 1783, "CredWrite", "The stub received bad data"
_WRONG = 87, "CredWrite", "The parameter is incorrect"


def _limit(module: Any) -> None:
    write = module.CredWrite

    def limited(credential: dict[str, Any], flags: int = 0) -> None:
        from win32ctypes.pywin32 import pywintypes

        if len(str(credential.get("CredentialBlob") or "").encode("utf-16-le")) > 2560:
            raise pywintypes.error(*_TOO_LONG)
        if len(str(credential.get("UserName") or "")) > 513:
            raise pywintypes.error(*_WRONG)
        write(credential, flags)

    module.CredWrite = limited


def _judge_by_openssl(module: Any) -> None:
    module.SSLContext = ssl.SSLContext


_MENDED: dict[str, Callable[[Any], None]] = {
    "win32ctypes.pywin32.win32cred": _limit,
    "truststore": _judge_by_openssl,
}


class _Mending(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        mend = _MENDED.pop(name, None)
        spec = importlib.util.find_spec(name) if mend else None
        if mend is None or spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            load(module)
            mend(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if sys.platform == "win32":
    sys.meta_path.insert(0, _Mending())
