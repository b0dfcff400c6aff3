"""A shared mailbox on a real server: its own address is the user, the token a person's, and the server decides."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from mail.fetch import fetch_round
from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol
from mail.probe import probe
from mail.problems import MailboxRefused
from mail.send import Envelope, Result, deliver
from tests.mail.letters import letter
from tests.rigs.dovecot import Dovecot
from tests.rigs.smtp_sink import SmtpSink
from tests.rigs.tokens import TokenMaker

pytestmark = pytest.mark.needs("dovecot")

SHARED = "info@hausverwaltung.example"
MEIER, MUELLER = "m.meier@hausverwaltung.example", "a.mueller@hausverwaltung.example"

FULL_ACCESS = """
passdb {{
  driver = passwd-file
  mechanisms = xoauth2 oauthbearer
  args = username_format=%Lu {file}
}}
"""


@pytest.fixture(scope="module")
def meiers(maker: TokenMaker) -> str:
    return maker.token(MEIER)


@pytest.fixture(scope="module")
def office(maker: TokenMaker, outside: SmtpSink, meiers: str) -> Iterator[Dovecot]:
    """Everybody may into their own mailbox; Meier, by her token, also into the shared one."""
    server = Dovecot(keys=maker.keys, issuer=maker.issuer, relay_port=outside.port)
    file = server.folder / "full_access"
    file.write_text(f"{SHARED}:{{PLAIN}}{meiers}\n", "utf-8")
    file.chmod(0o644)
    with (server.folder / "dovecot.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(FULL_ACCESS.format(file=file))
    with server:
        yield server


@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_mail_of_the_shared_mailbox_is_fetched_with_a_persons_token(
    office: Dovecot, inbox: Inbox, meiers: str, receive: Protocol
) -> None:
    office.fill(SHARED, [letter(1)])
    office.fill(MEIER, [letter(2)])
    mailbox = office.mailbox(SHARED, receive)
    there = len(office.raws(SHARED))
    assert fetch_round(mailbox, lambda: meiers, inbox, stop=threading.Event()).new == there
    assert {row.account for row in inbox.list()} == {"info"}
    assert all(inbox.raw(row.id) == letter(1) for row in inbox.list())


def test_a_letter_goes_out_from_the_shared_address(office: Dovecot, outside: SmtpSink, meiers: str) -> None:
    mailbox = office.mailbox(SHARED)
    envelope = Envelope(SHARED, ("tenant@elsewhere.example",), letter(3), "<shared-3@hausverwaltung.example>")
    before = len(outside.received)
    assert deliver(mailbox, lambda: meiers, envelope).result is Result.SENT
    assert [found.sender for found in outside.received[before:]] == [SHARED]


def test_all_protocols_are_proven_with_the_persons_token(office: Dovecot, meiers: str) -> None:
    assert {name: result.ok for name, result in probe(office.mailbox(SHARED), lambda: meiers).items()} == {
        "imap": True,
        "smtp": True,
    }


@pytest.mark.parametrize("receive", [Protocol.IMAP, Protocol.POP3])
def test_somebody_who_may_not_is_refused_everywhere_and_nothing_is_fetched(
    office: Dovecot, inbox: Inbox, maker: TokenMaker, receive: Protocol
) -> None:
    mailbox: Mailbox = office.mailbox(SHARED, receive)
    muellers = maker.token(MUELLER)
    results = probe(mailbox, lambda: muellers)
    assert {name: (result.ok, result.code) for name, result in results.items()} == {
        receive.value: (False, "token_refused"),
        "smtp": (False, "token_refused"),
    }
    with pytest.raises(MailboxRefused):
        fetch_round(mailbox, lambda: muellers, inbox, stop=threading.Event())
    assert not inbox.list()
