"""What one account may say: what presets lock, what custom needs, what contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from auth.consent import admin_consent_url
from mail.mailbox import Protocol, Security, Server
from tests.tray.config_samples import ACCOUNT, CUSTOM, faults, settings
from tray.config import read
from tray.config_faults import ConfigProblem, describe
from tray.texts import Texts


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


@pytest.mark.parametrize(
    ("login", "outlook", "host", "smtp"),
    [
        ("login.microsoftonline.us", "outlook.office365.us", "outlook.office365.us", "smtp.office365.us"),
        ("login.partner.microsoftonline.cn", "partner.outlook.cn", "partner.outlook.cn", "smtp.partner.outlook.cn"),
    ],
)
def test_a_national_cloud_is_microsoft365_with_other_names(login: str, outlook: str, host: str, smtp: str) -> None:
    """As the README shows it."""
    text = (
        f'{ACCOUNT}authority = "https://{login}/organizations"\n'
        f'scopes = ["https://{outlook}/IMAP.AccessAsUser.All", "https://{outlook}/SMTP.Send"]\n'
        f'imap = {{ host = "{host}" }}\nsmtp = {{ host = "{smtp}" }}\n'
    )
    found = settings(text).accounts[0]
    assert (found.tenant, found.imap, found.smtp) == (
        "organizations",
        Server(Protocol.IMAP, host, 993, Security.TLS),
        Server(Protocol.SMTP, smtp, 587, Security.STARTTLS),
    )
    assert admin_consent_url(found.identity).startswith(f"https://{login}/organizations/v2.0/adminconsent?")


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


def test_the_person_who_signs_in_may_have_other_names() -> None:
    text = f'{ACCOUNT}sign_in_as = "meier@firm.example"\naliases = ["Monika@firm.example", "info@firm.example"]'
    identity = settings(text).accounts[0].identity
    assert (identity.person, identity.aliases) == ("meier@firm.example", ("Monika@firm.example", "info@firm.example"))
    text = f'{ACCOUNT}sign_in_as = "meier@firm.example"\naliases = ["MEIER@firm.example"]'
    assert faults(text) == [(7, "account[1].aliases", "fault_alias_is_person")]


def test_only_other_providers_have_names_that_are_no_addresses() -> None:
    elsewhere = f"{without(CUSTOM, 'authority')}\nissuer = 'https://i.example'\n"
    assert settings(f'{elsewhere}aliases = ["meier"]').accounts[0].aliases == ("meier",)
    assert faults(f'{elsewhere}aliases = ["Monika Meier"]') == [(9, "account[1].aliases", "fault_login_name")]
    assert faults(f'{CUSTOM}aliases = ["meier"]') == [(9, "account[1].aliases", "fault_address")]


def test_only_microsoft_s_people_can_be_signed_in_by_the_system() -> None:
    assert settings(f"{ACCOUNT}broker = true").accounts[0].identity.broker
    elsewhere = f"{without(CUSTOM, 'authority')}\nissuer = 'https://i.example'\n"
    assert faults(f"{elsewhere}broker = true") == [(9, "account[1].broker", "fault_broker_not_used")]
    assert not settings(f"{elsewhere}broker = false").accounts[0].broker


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
