"""config.toml, read: what is right becomes Settings, what is wrong is all named at once, with line and key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mail.mailbox import Protocol, Security, Server
from tests.tray.config_samples import ACCOUNT, CLIENT, faults, settings
from tray.config import parse, read
from tray.config_faults import ConfigProblem, describe
from tray.texts import Texts


def test_no_file_means_no_accounts_yet(tmp_path: Path) -> None:
    found = read(tmp_path / "config.toml")
    assert found.accounts == ()
    assert found.language in ("de", "en")


def test_the_whole_file_of_the_contract_is_understood(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        f"""language = "de"                  # de | en; default: the system's
[checks]
every = "6h"
remind_days = [3, 7]
[api]
port = 8080
[app]
name = "WIN-OFFICE"
[[account]]
id = "info"
address = "info@hausverwaltung.example"
preset = "microsoft365"
client_id = "{CLIENT}"
tenant = "organizations"
sign_in_as = "m.meier@hausverwaltung.example"
receive = "pop3"
folders = ["INBOX", "Rechnungen"]
fetch_every = "30s"
idle = false
after_fetch = "delete"
sign_in_every = "90d"
authority = "https://login.microsoftonline.com/organizations"
scopes = ["https://outlook.office.com/SMTP.Send", "offline_access"]
imap = {{ host = "outlook.office365.com", port = 993, security = "tls" }}
pop3 = {{ host = "pop.example", port = 110, security = "starttls" }}
smtp = {{ host = "smtp.office365.com", port = 587, security = "starttls" }}
""",
        encoding="utf-8",
    )
    found = read(path)
    assert (found.language, found.check_every, found.remind_days) == ("de", timedelta(hours=6), (7, 3))
    assert (found.api_port, found.app_name) == (8080, "WIN-OFFICE")
    info = found.accounts[0]
    assert info.person == "m.meier@hausverwaltung.example"
    assert info.mailbox.receive == Server(Protocol.POP3, "pop.example", 110, Security.STARTTLS)
    assert info.mailbox.delete_after_fetch
    assert (info.fetch_every, info.sign_in_every, info.idle) == (timedelta(seconds=30), timedelta(days=90), False)
    assert info.folders == ("INBOX", "Rechnungen")
    assert info.scopes == ("https://outlook.office.com/SMTP.Send",), "what every sign-in asks for is not repeated"


def test_all_faults_are_reported_together_with_line_and_key() -> None:
    wrong = f"""langage = "de"
[checks]
every = "30s"

[[account]]
id = "Info"
address = "info@firm.example"
preset = "microsoft365"
client_id = "{CLIENT}"
receive = "imep"
[[account]]
preset = "google"
id = "g"
client_id = "x"
[account.smtp]
prot = 25
"""
    assert faults(wrong) == [
        (1, "langage", "fault_unknown_key_near"),
        (3, "checks.every", "fault_duration_range"),
        (6, "account[1].id", "fault_id"),
        (10, "account[1].receive", "fault_not_allowed"),
        (11, "account[2].address", "fault_missing"),
        (16, "account[2].smtp.prot", "fault_unknown_key_near"),
    ]


def test_a_fault_reads_as_a_sentence_with_the_file_the_line_and_what_is_allowed() -> None:
    with pytest.raises(ConfigProblem) as raised:
        parse(f'{ACCOUNT}receive = "imep"'.encode(), Path("folder") / "config.toml")
    file = Path("folder") / "config.toml"
    assert describe(raised.value, Texts("de")) == (
        f"{file}, Zeile 6, account[1].receive: „imep“ ist nicht erlaubt. Erlaubt: imap, pop3, none.",
    )
    assert describe(raised.value, Texts("en")) == (
        f"{file}, line 6, account[1].receive: “imep” is not allowed. Allowed: imap, pop3, none.",
    )
    assert Texts("de").problem(raised.value).title == "In der Konfiguration stimmt etwas nicht"


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ('language = "de"\nport = \n', 2, "8", "fault_syntax"),
        ("language = de\n", 1, "12", "fault_syntax"),
        ('a = """x\n\n', 3, "1", "fault_syntax"),
        ('language = "de"\nlanguage = "en"\n', 2, "16", "fault_duplicate"),
        ("[app]\n[api]\n[app]\n", 3, "5", "fault_duplicate"),
        ('ca_file = "C:\\Post\\ca.pem"\n', 1, "16", "fault_backslash"),
    ],
)
def test_a_syntax_error_has_its_line_and_column(text: str, line: int, column: str, code: str) -> None:
    with pytest.raises(ConfigProblem) as raised:
        settings(text)
    (fault,) = raised.value.faults
    assert (fault.line, fault.facts["column"], fault.code) == (line, column, code)
    assert describe(raised.value, Texts("de"))


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    raw = b"\xef\xbb\xbf" + ACCOUNT.replace("\n", "\r\n").encode()
    assert parse(raw, Path("config.toml")).accounts[0].id == "info"
    assert faults(raw + b'receive = "x"\r\n') == [(6, "account[1].receive", "fault_not_allowed")]


@pytest.mark.parametrize("raw", ['# a\nname = "Büro"'.encode("latin-1"), '\n# ü = "x"'.encode("utf-16")])
def test_another_encoding_is_said_clearly(raw: bytes) -> None:
    assert faults(raw)[0][2] == "fault_encoding"


def test_a_file_that_cannot_be_read_is_no_empty_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem) as raised:
        read(tmp_path)
    assert raised.value.faults[0].code == "fault_unreadable"
    assert str(tmp_path) in describe(raised.value, Texts("de"))[0]


def test_doors_and_the_default_key_are_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[api]\ndefault_key = false\n[gateway]\nimap = 1143\nsmtp = 1025\n", encoding="utf-8")
    found = read(path)
    assert (found.default_key, found.gateway) == (False, {Protocol.IMAP: 1143, Protocol.SMTP: 1025})
    assert parse(b"", path).gateway == {}
    assert parse(b"", path).default_key


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[gateway]\nimap = 143\n", 2, "gateway.imap"),
        ("[gateway]\nsmtp = 70000\n", 2, "gateway.smtp"),
        ('[gateway]\npop3 = "1110"\n', 2, "gateway.pop3"),
        ("[gateway]\nnntp = 1119\n", 2, "gateway.nntp"),
        ("gateway = true\n", 1, "gateway"),
        ('[api]\ndefault_key = "no"\n', 2, "api.default_key"),
    ],
)
def test_a_wrong_door_is_told_with_line_and_key(tmp_path: Path, text: str, line: int, key: str) -> None:
    with pytest.raises(ConfigProblem) as caught:
        parse(text.encode(), tmp_path / "config.toml")
    assert [(fault.line, fault.key) for fault in caught.value.faults] == [(line, key)]
