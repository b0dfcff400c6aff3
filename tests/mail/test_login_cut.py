"""Is a connection that breaks during the login told from a refusal, wherever it breaks?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from auth.problems import Problem
from mail import connect
from mail.mailbox import Mailbox, Protocol
from mail.problems import MailboxRefused, ServerUnreachable
from tests.rigs.proxy import BrokenLine
from tests.rigs.scripted import Script, ScriptedServer

OPEN = {Protocol.IMAP: connect.imap, Protocol.POP3: connect.pop3, Protocol.SMTP: connect.smtp}
REFUSING: dict[Protocol, tuple[str, Script, int]] = {
    # greeting, script, and how much of the last line has to be there to be a refusal
    Protocol.IMAP: (
        "* OK ready",
        (
            ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\n{tag} OK done"),
            ("AUTHENTICATE", "+ "),
            ("^[A-Za-z0-9+/=]{20,}$", "+ e30="),
            ("^$", "{tag} NO [AUTHENTICATIONFAILED] no"),
        ),
        2,
    ),
    Protocol.POP3: (
        "+OK ready",
        (
            ("CAPA", "+OK\nSASL XOAUTH2\n."),
            ("AUTH", "+ "),
            ("^[A-Za-z0-9+/=]{20,}$", "+ e30="),
            ("^$", "-ERR [AUTH] no"),
        ),
        2,
    ),
    Protocol.SMTP: (
        "220 ready",
        (
            ("EHLO", "250-ready\n250 AUTH XOAUTH2"),
            ("AUTH", "334 "),
            ("^[A-Za-z0-9+/=]{20,}$", "334 e30="),
            ("^$", "535 5.7.3 no"),
        ),
        len("5 5.7.3 no\r\n"),
    ),
}


@pytest.mark.parametrize("protocol", list(Protocol))
def test_only_a_whole_answer_is_a_refusal(protocol: Protocol) -> None:
    greeting, script, last = REFUSING[protocol]
    with ScriptedServer(protocol, greeting, script) as server, BrokenLine(server.server.port) as line:
        mailbox = Mailbox("info", "info@example.org", replace(server.server, port=line.port), None)
        assert isinstance(login(mailbox, protocol), MailboxRefused)
        for cut in range(0, line.passed - last + 1, 3):
            line.cut_after = cut
            problem = login(mailbox, protocol)
            assert isinstance(problem, ServerUnreachable), f"cut after {cut} bytes: {problem!r}"
            assert problem.code == "connection_lost"


def login(mailbox: Mailbox, protocol: Protocol) -> Problem:
    assert mailbox.receive
    with pytest.raises(Problem) as ended, OPEN[protocol](mailbox, mailbox.receive, lambda: "token-of-some-length"):
        pass
    return ended.value
