"""Where does sent mail go? An SMTP server that keeps every message and can misbehave at each step."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.rigs.dovecot import free_ports


@dataclass(frozen=True)
class Received:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    options: tuple[str, ...] = ()


@dataclass
class Behaviour:
    """What the server does otherwise than well. Change it at any time."""

    refuse: dict[str, str] = field(default_factory=dict)  # recipient → answer
    refuse_sender: str = ""  # answer to MAIL FROM
    refuse_data: str = ""  # answer after the final dot
    refuse_login: str = ""
    drop_at: str = ""  # "rcpt", "data" (instead of 354) or "dot" (after the final dot, the message kept)
    slow_seconds: float = 0.0  # before the answer to the final dot


class SmtpSink:
    """On loopback, in the clear or (with a certificate) on STARTTLS. `owner_of` says whose token it is, or None."""

    def __init__(
        self,
        *,
        owner_of: Callable[[str], str | None] | None = None,
        certificate: tuple[str, str] | None = None,
        size_limit: int = 35_000_000,
        smtputf8: bool = True,
    ) -> None:
        self.behaviour = Behaviour()
        self.received: list[Received] = []
        self.logins: list[str] = []
        self.connections = 0
        (self.port,) = free_ports(1)
        self._owner_of = owner_of
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
        self._controller = _Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=context,
            require_starttls=context is not None,
            auth_required=owner_of is not None,
            auth_require_tls=context is not None or owner_of is None,  # where nobody logs in, none is offered
            data_size_limit=size_limit,
            enable_SMTPUTF8=smtputf8,
            timeout=60,
        )

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802  aiosmtpd's name
        assert len(args) == 1, "the token has to come in a second line"
        text = await server.challenge_auth("", encode_to_b64=False)
        assert isinstance(text, bytes)
        fields = dict(part.partition("=")[::2] for part in text.decode().split("\x01") if part)
        token = fields.get("auth", "").removeprefix("Bearer ")
        if self.behaviour.refuse_login:
            await server.push(self.behaviour.refuse_login)
            return AuthResult(success=False, handled=True)
        if self._owner_of and self._owner_of(token) == fields.get("user"):
            self.logins.append(fields["user"])
            return AuthResult(success=True, auth_data=fields["user"])
        await server.challenge_auth(base64.b64encode(b'{"status":"401"}').decode(), encode_to_b64=False)
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.behaviour.refuse_sender:
            return self.behaviour.refuse_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.behaviour.drop_at == "rcpt":
            return self._dropped(server)
        if address in self.behaviour.refuse:
            return self.behaviour.refuse[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        if self.behaviour.slow_seconds:
            await asyncio.sleep(self.behaviour.slow_seconds)
        if self.behaviour.refuse_data:
            return self.behaviour.refuse_data
        raw = envelope.original_content or b""
        options = tuple(str(option) for option in envelope.mail_options)
        self.received.append(Received(str(envelope.mail_from), tuple(envelope.rcpt_tos), raw, options))
        if self.behaviour.drop_at == "dot":
            return self._dropped(server)
        return f"250 2.0.0 kept as {len(self.received)}"

    def _dropped(self, server: SMTP) -> str:
        _abort(server)
        return "421 4.3.2 never seen"

    def start(self) -> Self:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()


def _abort(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


class _Session(SMTP):
    """With lines as long as tokens are, and the drop that handlers cannot do."""

    line_length_limit = 65_536
    command_size_limit = 65_536

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  aiosmtpd's name
        if self.event_handler.behaviour.drop_at == "data":
            _abort(self)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> Any:
        session = _Session(self.handler, **self.SMTP_kwargs)
        session.command_size_limits.clear()
        return session
