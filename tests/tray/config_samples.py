"""Configurations that the tests start from, and what parse() says about changes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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
FILE = f"""# ours, please keep
language = "de" # German

# --- accounts ---

# the office
[[account]]
id = "info"   # everybody's
address = "info@firm.example"
preset = "microsoft365"
client_id = "{CLIENT}"
receive = "imap" # or pop3?
# folders = ["INBOX", "Archive"]

# the boss
[[account]]
id = "boss"
address = "boss@firm.example"
preset = "microsoft365-send"
client_id = "{CLIENT}"

# the program
[app]
name = "WIN-OFFICE"
"""
NEW: dict[str, Any] = {
    "id": "new",
    "address": "new@firm.example",
    "preset": "custom",
    "client_id": "postwart",
    "issuer": "https://issuer.example",
    "scopes": ["mail"],
    "smtp": {"host": "smtp.example", "port": 465, "security": "tls"},
    "sign_in_as": None,
}


def settings(text: str) -> Settings:
    return parse(text.encode(), Path("config.toml"))


def faults(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigProblem) as raised:
        parse(text if isinstance(text, bytes) else text.encode(), Path("config.toml"))
    for language in ("de", "en"):  # each fault has its sentence, and all of the sentence's places are filled
        assert len(describe(raised.value, Texts(language))) == len(raised.value.faults)
    return [(fault.line, fault.key, fault.code) for fault in raised.value.faults]


def words(path: Path) -> str:
    return path.read_bytes().decode()
