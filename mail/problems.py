"""What can go wrong with a mailbox, a server or the store? Problems with a code; the sentences are in tray/texts."""

from __future__ import annotations

from datetime import timedelta

from auth.problems import Fact, Problem


class MailProblem(Problem):
    code = "mail_failed"


class MailboxRefused(MailProblem):
    """The server is there and does not let this mailbox or protocol in. Facts: protocol, host, answer (its words)."""

    code = "mailbox_refused"

    def __init__(self, detail: str = "", *, code: str = "", server_code: str = "", **facts: Fact) -> None:
        """`server_code` is the server's own, where it gives one: `5.7.139`, `AUTHENTICATIONFAILED`."""
        super().__init__(detail, code=code, **facts)
        self.server_code = server_code


class ServerUnreachable(MailProblem):
    """No definite answer of the server. Facts: protocol, host.

    `code`: server_unreachable, server_not_found, server_silent, server_certificate (also _name and _date), server_tls,
    starttls_missing, connection_lost, server_throttled, server_fault.
    """

    code = "server_unreachable"

    def __init__(
        self, detail: str = "", *, code: str = "", retry_after: timedelta | None = None, **facts: Fact
    ) -> None:
        super().__init__(detail, code=code, **facts)
        self.retry_after = retry_after


class StoreProblem(MailProblem):
    """The local store cannot take or give what was asked: disk_full, database_damaged, not_found."""

    code = "store_unusable"
