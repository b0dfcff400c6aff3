"""Where does a submitted letter go? Into the mailboxes of this house, out into the world, and into Sent Items."""

from __future__ import annotations

from collections.abc import Iterable

from mail.sandbox.house import House, Submission
from mail.sandbox.mailboxes import with_crlf


def post(house: House, signed_in_as: str, mail_from: str, recipients: Iterable[str], raw: bytes) -> None:
    outside = []
    addressed = tuple(dict.fromkeys(recipients))
    for recipient in addressed:
        if house.mailboxes.knows(recipient):
            house.mailboxes.open(recipient).folders["INBOX"].add(with_crlf(raw))
        else:
            outside.append(recipient)
    submission = Submission(signed_in_as, mail_from, addressed, tuple(outside), raw)
    with house.lock:
        house.submitted.append(submission)
        house.folder.mkdir(parents=True, exist_ok=True)
        (house.folder / f"{len(house.submitted):04d}.eml").write_bytes(raw)
    kept = house.mailboxes.open(signed_in_as).with_use("\\Sent")
    if kept:  # Exchange keeps a copy of what comes in over SMTP AUTH
        kept.add(with_crlf(raw), ["\\Seen"])
