"""Configurations that the tests start from, and what parse() says about changes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray.config import parse
from tray.config_faults import ConfigProblem, describe
from tray.settings import Settings
from tray.texts import Texts

CLIENT = "11111111-2222-3333-4444-555555555555"

ACCOUNT = f"""[[account]]
id = "info"
address = "info@firm.example"
preset = "microsoft365"
client_id = "{CLIENT}"
"""
CUSTOM = """[[account]]
id = "own"
address = "own@firm.example"
preset = "custom"
client_id = "postwart"
authority = "https://localhost:8443/organizations"
scopes = ["mail"]
smtp = { host = "localhost", port = 2525, security = "none" }
"""


def settings(text: str) -> Settings:
    return parse(text.encode(), Path("config.toml"))


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigProblem) as raised:
        parse(text if isinstance(text, bytes) else text.encode(), Path("config.toml"))
    for language in ("de", "en"):  # each fault has its sentence, and all of the sentence's places are filled
        assert len(describe(raised.value, Texts(language))) == len(raised.value.faults)
    return [(fault.line, fault.key, fault.code) for fault in raised.value.faults]
