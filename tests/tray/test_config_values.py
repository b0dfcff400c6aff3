"""Each value that config.toml cannot take, as a table."""

from __future__ import annotations

import pytest

from tests.tray.config_samples import ACCOUNT, faults


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
        ('aliases = "meier@firm.example"', "aliases", "fault_not_list"),
        ("aliases = []", "aliases", "fault_empty"),
        ("aliases = [5]", "aliases", "fault_not_text"),
        ('aliases = ["meier"]', "aliases", "fault_address"),
        ('aliases = ["a@firm.example", "A@Firm.example"]', "aliases", "fault_twice_in_list"),
        ('aliases = ["a@müller.example", "a@xn--mller-kva.example"]', "aliases", "fault_twice_in_list"),
        ('aliases = ["Info@firm.example"]', "aliases", "fault_alias_is_person"),
        ('broker = "yes"', "broker", "fault_not_flag"),
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
