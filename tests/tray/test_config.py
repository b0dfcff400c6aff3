"""config.toml, read: what is right becomes Settings, what is wrong is all named at once, with line and key."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mail.mailbox import Protocol, Security, Server
from tests.tray.test_presets import CLIENT
from tray.config import parse, read
from tray.config_faults import ConfigProblem, describe
from tray.settings import Settings
from tray.texts import Texts

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
    ("line", "key", "code"),
    [
        ('id = "In fo"', "id", "fault_id"),
        ('address = "info@firm"', "address", "fault_address"),
        ('address = "Info <info@firm.example>"', "address", "fault_address"),
        ('address = "a\\u0001b@firm.example"', "address", "fault_unprintable"),
        ("address = 5", "address", "fault_not_text"),
        ('preset = "office"', "preset", "fault_not_allowed"),
        ('client_id = "1234"', "client_id", "fault_client_id"),
        ('client_id = ""', "client_id", "fault_empty"),
        ('tenant = "common"', "tenant", "fault_tenant"),
        ('sign_in_as = "INFO@firm.example"', "sign_in_as", "fault_same_address"),
        ("folders = []", "folders", "fault_empty"),
        ('folders = ["INBOX", ""]', "folders", "fault_empty"),
        ('folders = ["A", "A"]', "folders", "fault_twice_in_list"),
        ('folders = "INBOX"', "folders", "fault_not_list"),
        ('fetch_every = "1s"', "fetch_every", "fault_duration_range"),
        ('fetch_every = "5"', "fetch_every", "fault_duration"),
        ("fetch_every = 300", "fetch_every", "fault_duration"),
        ('fetch_every = "999999999d"', "fetch_every", "fault_duration_range"),
        ('sign_in_every = "0d"', "sign_in_every", "fault_duration_range"),
        ('idle = "yes"', "idle", "fault_not_flag"),
        ('after_fetch = "move"', "after_fetch", "fault_not_allowed"),
        ('authority = "http://login.microsoftonline.com/organizations"', "authority", "fault_url"),
        ('authority = "https://login.microsoftonline.com"', "authority", "fault_url_path"),
        ('authority = "https://[x/organizations"', "authority", "fault_url"),
        ('issuer = "https://accounts.google.com"', "issuer", "fault_not_for_preset"),
        ('client_secret = "geheim"', "client_secret", "fault_secret_not_used"),
        ('scopes = ["openid"]', "scopes", "fault_no_mail_scope"),
        ('scopes = ["a b"]', "scopes", "fault_scope_space"),
        ('ca_file = "missing.pem"', "ca_file", "fault_file_missing"),
        ('imap = { host = "https://x", port = 993, security = "tls" }', "imap.host", "fault_host"),
        ("imap = { port = 0 }", "imap.port", "fault_number"),
        ("imap = { port = true }", "imap.port", "fault_number"),
        ('imap = { security = "ssl" }', "imap.security", "fault_not_allowed"),
        ('imap = { security = "none" }', "imap.security", "fault_unprotected"),
        ('imap = "outlook.office365.com"', "imap", "fault_not_table"),
        ('passwort = "x"', "passwort", "fault_unknown_key"),
    ],
)
def test_each_wrong_value_of_an_account_is_named(line: str, key: str, code: str) -> None:
    name = line.partition(" ")[0]
    kept = [each for each in ACCOUNT.splitlines() if not each.startswith(f"{name} ")]
    text = "\n".join([*kept, line])
    assert faults(text) == [(len(kept) + 1, f"account[1].{key}", code)]


@pytest.mark.parametrize(
    ("text", "key", "code"),
    [
        ('language = "fr"', "language", "fault_not_allowed"),
        ('checks = "15m"', "checks", "fault_not_table"),
        ("[checks]\nremind_days = []", "checks.remind_days", "fault_empty"),
        ("[checks]\nremind_days = [14, 0]", "checks.remind_days", "fault_number"),
        ('[checks]\nremind_days = ["7"]', "checks.remind_days", "fault_number"),
        ("[api]\nport = 70000", "api.port", "fault_number"),
        ('[api]\nport = "0"', "api.port", "fault_number"),
        ("[api]\nhost = 1", "api.host", "fault_unknown_key"),
        (f'[app]\nname = "{"x" * 61}"', "app.name", "fault_too_long"),
        ('[app]\nname = "a\\nb"', "app.name", "fault_unprintable"),
        ('[account]\nid = "a"', "account", "fault_not_tables"),
        ("[[acount]]", "acount", "fault_unknown_key_near"),
    ],
)
def test_each_wrong_value_outside_the_accounts_is_named(text: str, key: str, code: str) -> None:
    assert [(found[1], found[2]) for found in faults(text)] == [(key, code)]


def test_two_accounts_cannot_share_an_id() -> None:
    assert faults(ACCOUNT + ACCOUNT) == [(7, "account[2].id", "fault_id_twice")]


@pytest.mark.parametrize(
    "line",
    [
        'authority = "https://login.example/t"',
        'scopes = ["https://outlook.office.com/IMAP.AccessAsUser.All"]',
        'smtp = { host = "smtp.example" }',
        'imap = { host = "imap.example", port = 993, security = "tls" }',
        'issuer = "https://issuer.example"',
    ],
)
def test_microsoft365_send_refuses_changes_of_what_it_sets(line: str) -> None:
    text = ACCOUNT.replace('"microsoft365"', '"microsoft365-send"') + line
    assert faults(text) == [(6, f"account[1].{line.partition(' ')[0]}", "fault_locked")]


def test_microsoft365_send_does_not_receive() -> None:
    text = ACCOUNT.replace('"microsoft365"', '"microsoft365-send"') + 'receive = "imap"'
    assert faults(text) == [(6, "account[1].receive", "fault_not_allowed")]


def test_microsoft365_send_takes_its_own_values_said_again() -> None:
    text = (
        ACCOUNT.replace('"microsoft365"', '"microsoft365-send"')
        + 'receive = "none"\nauthority = "https://login.microsoftonline.com/organizations"\n'
        + 'smtp = { host = "smtp.office365.com", port = 587, security = "starttls" }\n'
    )
    assert settings(text).accounts[0].smtp is not None


def test_microsoft365_may_be_edited_in_part() -> None:
    text = f'{ACCOUNT}authority = "https://login.microsoftonline.us/firm.example"\nimap = {{ host = "imap.example" }}\n'
    found = settings(text).accounts[0]
    assert found.imap == Server(Protocol.IMAP, "imap.example", 993, Security.TLS)
    assert found.tenant == "firm.example"


def test_a_tenant_and_an_authority_that_name_different_tenants_contradict() -> None:
    text = f'{ACCOUNT}tenant = "firm.example"\nauthority = "https://login.microsoftonline.com/other.example"\n'
    assert faults(text) == [(6, "account[1].tenant", "fault_tenant_contradicts")]


def test_an_authority_that_is_not_microsofts_is_taken_as_it_is() -> None:
    found = settings(CUSTOM).accounts[0]
    assert found.authority == "https://localhost:8443/organizations"
    assert found.receive == "none"
    assert found.smtp == Server(Protocol.SMTP, "localhost", 2525, Security.NONE)


def test_custom_receives_from_whatever_server_it_names() -> None:
    text = f'{CUSTOM}pop3 = {{ host = "pop.example", port = 995, security = "tls" }}'
    assert settings(text).accounts[0].receive == "pop3"


def without(text: str, *names: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.partition(" ")[0] not in names)


def test_custom_must_say_what_it_needs() -> None:
    missing = faults(without(CUSTOM, "authority", "scopes", "smtp"))
    assert {(key, code) for _, key, code in missing} == {
        ("account[1].authority", "fault_no_provider"),
        ("account[1].scopes", "fault_missing"),
        ("account[1].smtp", "fault_missing"),
    }
    assert faults(f'{CUSTOM}receive = "imap"') == [(1, "account[1].imap", "fault_missing")]
    assert faults(f'{CUSTOM}imap = {{ host = "imap.example" }}') == [
        (9, "account[1].imap.port", "fault_missing"),
        (9, "account[1].imap.security", "fault_missing"),
    ]


def test_custom_signs_in_at_an_authority_or_at_an_issuer_never_both() -> None:
    assert faults(f'{CUSTOM}issuer = "https://issuer.example"') == [
        (9, "account[1].issuer", "fault_authority_and_issuer")
    ]
    text = f'{without(CUSTOM, "authority")}\nissuer = "https://issuer.example/"'
    assert settings(text).accounts[0].issuer == "https://issuer.example/", "an issuer's name is compared to the letter"


def test_a_client_secret_is_never_quoted() -> None:
    with pytest.raises(ConfigProblem) as raised:
        settings(f"{without(CUSTOM, 'authority')}\nissuer = 'https://i.example'\nclient_secret = 987654321")
    assert "987654321" not in "".join(
        [*describe(raised.value, Texts("en")), str(raised.value), repr(raised.value.facts)]
    )


def test_a_ca_file_is_looked_for_beside_the_configuration_and_must_hold_a_certificate(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'{ACCOUNT}ca_file = "ca.pem"', encoding="utf-8")
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")
    with pytest.raises(ConfigProblem) as raised:
        read(path)
    assert raised.value.faults[0].code == "fault_not_pem"
    (tmp_path / "ca.pem").write_text(PEM)
    assert read(path).accounts[0].ca_file == tmp_path / "ca.pem"


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


PEM = """-----BEGIN CERTIFICATE-----
MIIBKjCB0qADAgECAgEBMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCUEgdGVzdCBD
QTAgFw0yNjAxMDEwMDAwMDBaGA8yMDk2MDEwMTAwMDAwMFowFDESMBAGA1UEAwwJ
QSB0ZXN0IENBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5AbM/eLgkCZOhA2+
s0aaxt+kixT/rhkS5Jv8xWFU6I0V2yEBDeqWUTyKoTfmurqzQ835x0XAWcrJH5RN
/74g7aMTMBEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiANJTm9
bPPdWn9lS6QRhL5RyOkIr0iaPwulTdeFys6dNAIgWwXtO0KIua/O9kXAdOTTUhD6
djmbo+EDJImQBA+elYs=
-----END CERTIFICATE-----
"""
