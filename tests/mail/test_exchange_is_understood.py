"""Is everything understood that Exchange says, as the sandbox's post office says it too?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mail.mailbox import Mailbox, Protocol
from mail.probe import probe
from mail.problems import MailboxRefused
from mail.sandbox.faults import ANSWERS, Moment
from mail.send import Envelope, Result, deliver
from tests.mail.sandbox_rig import Opened, opened
from tests.rigs.tokens import TokenMaker

ADDRESS = "info@hausverwaltung.example"
IMAP, POP3, SMTP = Protocol.IMAP, Protocol.POP3, Protocol.SMTP
CODES = {
    (IMAP, "token_refused"): "token_refused",
    (IMAP, "not_connected"): "imap_not_connected",
    (IMAP, "imap_disabled"): "imap_not_connected",
    (IMAP, "throttled"): "server_throttled",
    (IMAP, "throttled_sign_in"): "server_throttled",
    (IMAP, "too_many_connections"): "server_throttled",
    (IMAP, "unavailable"): "server_fault",
    (IMAP, "unavailable_later"): "server_fault",
    (IMAP, "google_refused"): "google_refused",
    (IMAP, "google_browser_wanted"): "google_browser_wanted",
    (IMAP, "google_imap_off"): "protocol_disabled",
    (IMAP, "google_throttled"): "server_throttled",
    (IMAP, "unreachable"): "connection_lost",
    (POP3, "token_refused"): "token_refused",
    (POP3, "not_connected"): "token_refused",
    (POP3, "pop_disabled"): "token_refused",
    (POP3, "throttled"): "server_throttled",
    (POP3, "unavailable"): "server_fault",
    (POP3, "in_use"): "server_fault",
    (POP3, "sys_temp"): "server_fault",
    (POP3, "login_too_long"): "login_too_long",
    (POP3, "google_pop_off"): "protocol_disabled",
    (POP3, "unreachable"): "connection_lost",
    (SMTP, "token_refused"): "token_refused",
    (SMTP, "not_connected"): "token_refused",
    (SMTP, "smtp_auth_disabled_tenant"): "smtp_auth_disabled_tenant",
    (SMTP, "smtp_auth_disabled_mailbox"): "smtp_auth_disabled_mailbox",
    (SMTP, "security_defaults"): "security_defaults",
    (SMTP, "authentication_policy"): "authentication_policy",
    (SMTP, "federation_failed"): "federation_failed",
    (SMTP, "basic_retired"): "authentication_policy",
    (SMTP, "not_authenticated"): "smtp_auth_disabled_mailbox",
    (SMTP, "google_refused"): "google_refused",
    (SMTP, "blocked_sender"): "sender_blocked",
    (SMTP, "tenant_blocked"): "sender_blocked",
    (SMTP, "connection_limit"): "server_throttled",
    (SMTP, "try_later"): "server_fault",
    (SMTP, "unavailable"): "server_fault",
    (SMTP, "unreachable"): "connection_lost",
}
LETTERS = {
    "connection_limit": (Result.LATER, "server_throttled"),
    "blocked_sender": (Result.NEVER, "sender_blocked"),
    "try_later": (Result.LATER, "server_fault"),
    "throttled": (Result.LATER, "server_throttled"),
    "quota": (Result.LATER, "sending_limit"),
    "daily_limit": (Result.LATER, "sending_limit"),
    "mailbox_full": (Result.NEVER, "mailbox_full"),
    "too_large": (Result.NEVER, "message_too_large"),
    "tenant_blocked": (Result.NEVER, "sender_blocked"),
    "send_as_denied": (Result.NEVER, "send_as_denied"),
    "rejected": (Result.NEVER, "delivery_refused"),
}
PASSING = {"server_throttled", "server_fault", "connection_lost"}


@pytest.fixture
def office(tmp_path: Path, maker: TokenMaker) -> Iterator[Opened]:
    with opened(tmp_path, maker) as running:
        running.office.add_mailbox(ADDRESS)
        yield running


def mailbox(office: Opened) -> Mailbox:
    return Mailbox("info", ADDRESS, office.office.imap, office.office.smtp, ca_file=office.ca_file)


@pytest.fixture
def token(maker: TokenMaker) -> Callable[[], str]:
    return lambda: maker.token(ADDRESS)


def test_a_mailbox_that_works_is_ok(office: Opened, token: Callable[[], str]) -> None:
    for receive in (office.office.imap, office.office.pop3):
        results = probe(replace(mailbox(office), receive=receive), token)
        assert all(result.ok for result in results.values()), results


@pytest.mark.parametrize(("protocol", "kind"), CODES)
def test_what_is_said_to_a_login_is_named(
    office: Opened, token: Callable[[], str], protocol: Protocol, kind: str
) -> None:
    everybody = ANSWERS[protocol][kind].moment is Moment.CONNECT
    office.office.refuse("*" if everybody else ADDRESS, protocol, kind)
    receive = office.office.pop3 if protocol is POP3 else office.office.imap
    results = probe(replace(mailbox(office), receive=receive), token)
    result = results.pop(protocol.value)
    assert (result.ok, result.code) == (False, CODES[protocol, kind])
    assert result.reachable == (result.code not in PASSING)
    assert all(other.ok for other in results.values())


@pytest.mark.parametrize("kind", LETTERS)
def test_what_is_said_to_a_letter_is_named(office: Opened, token: Callable[[], str], kind: str) -> None:
    office.office.refuse(ADDRESS, SMTP, kind)
    letter = Envelope(ADDRESS, ("you@example.net",), b"Subject: x\r\n\r\ntext\r\n")
    delivery = deliver(mailbox(office), token, letter)
    assert (delivery.result, delivery.code) == LETTERS[kind]


def test_a_letter_from_somebody_else_is_refused(office: Opened, token: Callable[[], str]) -> None:
    raw = b"From: other@hausverwaltung.example\r\nSubject: x\r\n\r\ntext\r\n"
    letter = Envelope("other@hausverwaltung.example", ("you@example.net",), raw)
    assert deliver(mailbox(office), token, letter).code == "send_as_denied"


def test_a_shared_mailbox_is_for_those_with_the_right(office: Opened, maker: TokenMaker) -> None:
    office.office.add_mailbox("shared@hausverwaltung.example")
    shared = replace(mailbox(office), address="shared@hausverwaltung.example")
    results = probe(shared, lambda: maker.token("m.meier@hausverwaltung.example"))
    assert results["imap"].ok
    results = probe(shared, lambda: maker.token("somebody@hausverwaltung.example"))
    assert results["imap"].code in ("imap_not_connected", "token_refused")


@pytest.mark.parametrize("taken", [True, False])
def test_a_line_cut_after_the_final_dot_is_unconfirmed(
    office: Opened,
    token: Callable[[], str],
    taken: bool,  # noqa: FBT001  a column of the table
) -> None:
    office.office.drop_after_dot(ADDRESS, taken=taken)
    letter = Envelope(ADDRESS, ("you@example.net",), b"Subject: x\r\n\r\ntext\r\n")
    assert deliver(mailbox(office), token, letter).result is Result.UNCONFIRMED


def test_every_answer_is_in_one_of_both_tables() -> None:
    there = {(protocol, kind) for protocol, answers in ANSWERS.items() for kind in answers}
    assert there == set(CODES) | {(SMTP, kind) for kind in LETTERS}


def test_a_refused_login_is_raised_to_who_wants_to_send(office: Opened, token: Callable[[], str]) -> None:
    office.office.refuse(ADDRESS, SMTP, "smtp_auth_disabled_mailbox")
    with pytest.raises(MailboxRefused):
        deliver(mailbox(office), token, Envelope(ADDRESS, ("you@example.net",), b"x\r\n"))
