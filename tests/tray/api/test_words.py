from __future__ import annotations

import re
from pathlib import Path

import pytest

import tray
from auth.problems import Fact
from tray.texts import LANGUAGES, Texts

_CODE = re.compile(r"""(?:Refusal\(code=|Problem\(code=|^ {4}code = |    code=)"([a-z_]+)\"""", re.MULTILINE)
_FIELD = re.compile(r'"(field_[a-z_]+)"')
_ROOT = Path(tray.__file__).parent
_FACTS: dict[str, Fact] = {
    "allowed": "x",
    "limit": 1,
    "number": 1,
    "setting": "x",
    "kind": "int",
    "folder": "x",
    "port": "1",
    "file": "x",
    "reason": "x",
    "name": "x",
    "most": 1,
    "rights": "x",
    "account": "x",
    "letter": 1,
    "state": "sent",
    "message": 1,
    "length": 1,
    "longest": 1,
    "address": "x",
    "line": 1,
}


def _sources() -> list[str]:
    files = [*(_ROOT / "api").glob("*.py"), *_ROOT.glob("cli*.py"), _ROOT / "runtime.py", _ROOT / "private_file.py"]
    return [file.read_text("utf-8") for file in files]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_api_and_the_command_line_has_its_sentences(language: str) -> None:
    texts = Texts(language)
    codes = {code for source in _sources() for code in _CODE.findall(source)}
    assert {"not_authorized", "already_running", "port_taken", "file_unreadable", "body_too_slow"} <= codes
    for code in codes:
        assert texts.say(f"{code}.title", **_FACTS)
        assert texts.say(f"{code}.next-step", **_FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_field_has_its_sentence(language: str) -> None:
    faults = {code for source in _sources() for code in _FIELD.findall(source)}
    assert len(faults) >= 5
    for code in faults:
        assert Texts(language).say(code, **_FACTS)
