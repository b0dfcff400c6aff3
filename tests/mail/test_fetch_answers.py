"""Is it understood what servers answer in the middle of fetching?"""

from __future__ import annotations

import pytest

from mail.inbox import Inbox
from mail.mailbox import Mailbox, Protocol
from mail.problems import MailboxRefused, MailProblem, ServerUnreachable
from tests.mail.rounds import fetched, scripted, stored
from tests.rigs.scripted import ScriptedServer

IMAP_IN = (
    ("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 UIDPLUS\n{tag} OK done"),
    ("AUTHENTICATE XOAUTH2", "+ "),
    ("^[A-Za-z0-9+/=]{20,}$", "{tag} OK in"),
    ("STATUS", '* STATUS "INBOX" (UIDVALIDITY 7 UIDNEXT 4 MESSAGES 3)\n{tag} OK done'),
    ("EXAMINE", "* 3 EXISTS\n* OK [UIDVALIDITY 7] ok\n{tag} OK [READ-ONLY] done"),
    ("LOGOUT", "* BYE\n{tag} OK bye"),
)


def test_one_message_the_server_cannot_give_does_not_stop_the_others(inbox: Inbox) -> None:
    sizes = "".join(f"* {n} FETCH (UID {n} RFC822.SIZE 3)\n" for n in (1, 2, 3))
    one, three = "* 1 FETCH (UID 1 BODY[] {3}\na\n)\n", '* 3 FETCH (BODY[] "\\"c\\\\" UID 3 FLAGS (\\Seen))\n'
    script = (
        *IMAP_IN,
        ("RFC822.SIZE", f"{sizes}{{tag}} OK done"),
        ("FETCH 1:3", f"{one}* 2 FETCH (FLAGS (\\Seen))\n{{tag}} NO The requested message could not be converted."),
        ("FETCH 2:2", "{tag} BAD Command Error. 10"),
        ("FETCH 3:3", f"{three}{{tag}} OK done"),
    )
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server:
        result = fetched(scripted(server), lambda: "token", inbox)
    assert (result.new, result.skipped) == (2, 1)
    assert stored(inbox) == [b"a\r\n", b'"c\\']


def test_a_throttled_fetch_says_how_long_to_wait(inbox: Inbox) -> None:
    answer = "{tag} BAD Request is throttled. Suggested Backoff Time: 60000 milliseconds"
    script = (*IMAP_IN, ("RFC822.SIZE", "* 1 FETCH (UID 1 RFC822.SIZE 3)\n{tag} OK done"), ("FETCH 1:1", answer))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server, pytest.raises(ServerUnreachable) as throttled:
        fetched(scripted(server), lambda: "token", inbox)
    assert throttled.value.code == "server_throttled"
    assert throttled.value.retry_after
    assert throttled.value.retry_after.total_seconds() == 60


def test_a_token_that_runs_out_in_the_middle_is_no_refusal(inbox: Inbox) -> None:
    script = (*IMAP_IN, ("RFC822.SIZE", "* BYE Session invalidated - AccessTokenExpired"))
    with ScriptedServer(Protocol.IMAP, "* OK ready", script) as server, pytest.raises(ServerUnreachable) as ended:
        fetched(scripted(server), lambda: "token", inbox)
    assert ended.value.code == "connection_lost"


def test_a_pop3_server_without_uidl_is_told_so(inbox: Inbox) -> None:
    script = (("CAPA", "+OK\nSASL XOAUTH2\n."), ("AUTH", "+ "), ("UIDL", "-ERR unknown command"), (".", "+OK in"))
    with ScriptedServer(Protocol.POP3, "+OK ready", script) as server, pytest.raises(MailboxRefused) as refused:
        fetched(scripted(server), lambda: "token", inbox)
    assert refused.value.code == "pop3_uidl_missing"


def test_an_account_that_only_sends_has_nothing_to_fetch(inbox: Inbox) -> None:
    with pytest.raises(MailProblem) as problem:
        fetched(Mailbox("info", "info@example.org", None, None), lambda: "token", inbox)
    assert problem.value.code == "no_receive_server"
