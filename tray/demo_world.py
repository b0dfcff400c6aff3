"""What does the demo run against? An identity provider and a post office of its own, on loopback."""

from __future__ import annotations

import itertools
from datetime import UTC
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from auth.provider import Clock
from auth.sandbox.certificate import issue, make_ca
from auth.sandbox.provider import SandboxProvider
from auth.sandbox.robot import Robot
from mail.mailbox import Server
from mail.sandbox.post_office import SandboxPostOffice


class World:
    """Both sandboxes under one authority; the post office lets in whoever has a token of the provider."""

    def __init__(self, folder: Path, clock: Clock, *, hints: bool = False) -> None:
        """`hints`: a person will be at the pages: they show what is to be typed, and no certificate is warned of."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        authority = make_ca(folder)
        certificate = issue(authority, ["localhost", "127.0.0.1", "::1"], folder / "post")
        self.ca_file = authority.file
        self.provider = SandboxProvider(folder, clock, ca=authority, hints=hints, plain_pages=hints)
        self.post = SandboxPostOffice(
            folder, (certificate.file, certificate.key_file), self.provider.owner_of, self.provider.may
        )
        self.robot = Robot(authority.file)

    def __enter__(self) -> Self:
        self.provider.start()
        self.post.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.post.stop()
        self.provider.stop()

    def account(self, account_id: str, address: str, **values: Any) -> dict[str, Any]:
        """The values of an [[account]] that finds its servers here."""
        self.post.add_mailbox(address)
        return {
            "id": account_id,
            "address": address,
            "preset": "microsoft365",
            "client_id": self.provider.client_id,
            "authority": self.provider.authority,
            "ca_file": str(self.ca_file),
            "imap": _server(self.post.imap),
            "pop3": _server(self.post.pop3),
            "smtp": _server(self.post.smtp),
            **values,
        }


def _server(server: Server) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value}


class Letters:
    """Made-up mail of tenants, one after the other."""

    _SENDERS = (
        "Anna Vogel <a.vogel@mieter.example>",
        "Jörg Maier <j.maier@mieter.example>",
        "Stadtwerke <rechnung@stadtwerke.example>",
    )
    _SUBJECTS = (
        "Heizung im 2. OG ist kalt",
        "Nebenkosten 2025: Rückfrage",
        "Schlüssel verloren",
        "Abschlag Dezember",
        "Termin für die Wohnungsübergabe",
    )

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = itertools.count(1)

    def next(self, to: str) -> bytes:
        number = next(self._numbers)
        letter = EmailMessage()
        letter["From"] = self._SENDERS[number % len(self._SENDERS)]
        letter["To"] = to
        letter["Subject"] = self._SUBJECTS[number % len(self._SUBJECTS)]
        letter["Date"] = format_datetime(self._clock().astimezone(UTC))
        letter["Message-ID"] = make_msgid(domain="mieter.example")
        letter.set_content(
            f"Guten Tag,\n\ndies ist die {number}. Nachricht der Vorführung.\n\nMit freundlichen Grüßen\n"
        )
        if number % 3 == 0:
            letter.add_attachment(
                b"%PDF-1.4 demo\n", maintype="application", subtype="pdf", filename=f"Rechnung {number}.pdf"
            )
        return letter.as_bytes()
