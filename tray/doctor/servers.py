"""Does each mail server answer, and does it take sign-ins in the browser?"""

from __future__ import annotations

from collections.abc import Iterator

from auth.problems import Fact
from mail.offer import offer
from mail.problems import MailProblem
from tray.doctor.finding import Finding, Level, ok
from tray.doctor.hosts import MailServer
from tray.health import Who

_MENDED_BY = {"server_throttled": Who.NOBODY, "server_fault": Who.NOBODY, "connection_lost": Who.NOBODY}
"""All others last until the administrator opens a port or mends a name."""


def answers(each: MailServer) -> Iterator[Finding]:
    try:
        offered = offer(each.mailbox, each.server)
    except MailProblem as trouble:
        yield _failed(each, trouble.code, dict(trouble.facts))
        return
    ways = ", ".join(offered.mechanisms)
    facts = {**_facts(each), "answer": ways, "tls": offered.tls, "greeting": offered.greeting}
    if offered.takes_tokens:
        yield ok("mail", "mail-ok", each.name, **facts)
    else:
        yield _failed(each, "oauth_missing", facts)


def silence(each: MailServer) -> Finding:
    return _failed(each, "server_silent", {**_facts(each), "answer": ""})


def _failed(each: MailServer, code: str, facts: dict[str, Fact]) -> Finding:
    who = _MENDED_BY.get(code, Who.ADMIN)
    # a port that only this PC cannot reach looks like a server that is down: the doctor says which one it is
    return Finding("mail", Level.FAULT, (f"doctor-mail-{code}", code, "mail_failed"), each.name, who, facts)


def _facts(each: MailServer) -> dict[str, Fact]:
    return {
        "protocol": each.server.protocol.value,
        "host": each.server.host,
        "port": str(each.server.port),
        "address": each.mailbox.address,
    }
