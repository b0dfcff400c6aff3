"""The cause is a fault; what only follows from it is told as that."""

from __future__ import annotations

import pytest

from tray.doctor.conclusions import ORDER, conclude
from tray.doctor.finding import Finding, Level, fault, note, ok
from tray.health import Who


def wrong(check: str, code: str, host: str = "", **facts: str) -> Finding:
    return Finding(check, Level.FAULT, (code,), host, Who.ADMIN, {"host": host, **facts})


CLOCK = fault("clock", "clock-ahead", who=Who.USER)
NAME = wrong("dns", "doctor-dns-not_found", "mail.example")
PROXY = wrong("proxy", "doctor-proxy-unreachable", "login.example")
PORTAL = wrong("provider", "captive_portal", "login.example")
INSPECTED = wrong("tls", "doctor-tls-untrusted", "login.example")
KEYRING = Finding("keyring", Level.FAULT, ("keyring_locked",))


@pytest.mark.parametrize(
    ("cause", "consequence"),
    [
        (CLOCK, wrong("mail", "server_certificate_date", "mail.example")),
        (CLOCK, wrong("provider", "certificate", "login.example")),
        (NAME, wrong("mail", "server_not_found", "mail.example")),
        (PROXY, wrong("provider", "network", "login.example")),
        (PORTAL, wrong("mail", "server_silent", "mail.example")),
        (INSPECTED, wrong("provider", "certificate", "login.example")),
        (KEYRING, Finding("account", Level.FAULT, ("doctor-account-unknown",), facts={"code": "keyring_locked"})),
    ],
)
def test_a_consequence_is_a_note_that_names_its_cause(cause: Finding, consequence: Finding) -> None:
    first, second = conclude([consequence, cause])
    assert first == cause
    assert (second.level, second.explained_by) == (Level.NOTE, cause)


@pytest.mark.parametrize(
    "other",
    [
        wrong("mail", "server_silent", "mail.example"),
        wrong("mail", "server_not_found", "another.example"),
        wrong("disk", "doctor-disk-full"),
    ],
)
def test_what_has_a_cause_of_its_own_stays_a_fault(other: Finding) -> None:
    found = conclude([CLOCK, other, wrong("dns", "doctor-dns-not_found", "third.example"), ok("dns", "dns-ok")])
    assert other in found


def test_where_no_name_at_all_is_found_the_network_is_the_one_fault() -> None:
    names = [wrong("dns", "doctor-dns-not_found", f"{name}.example") for name in "ab"]
    lost = wrong("mail", "server_silent", "203.0.113.9")
    found = conclude([*names, lost])
    assert [each.code for each in found if each.level is Level.FAULT] == ["doctor-network-none"]
    assert all(each.explained_by for each in found[1:])


def test_one_name_that_is_not_found_says_nothing_of_the_network() -> None:
    assert conclude([NAME, ok("dns", "dns-ok", "login.example")])[0] == NAME
    assert conclude([NAME]) == [NAME]


def test_faults_come_first_then_notes_each_in_the_order_of_causes() -> None:
    given = [ok("dns", "dns-ok"), note("tray", "tray-no_screen"), KEYRING, note("config", "config-none"), CLOCK]
    assert [each.check for each in conclude(given)] == ["clock", "keyring", "config", "tray", "dns"]
    assert len(set(ORDER)) == len(ORDER)
