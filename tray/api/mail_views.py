"""How do messages and letters of the store become the API's? Pure: rows and bytes in, wire types out."""

from __future__ import annotations

import logging

from msgspec import UNSET

from auth.problems import Fact
from mail import message as parsing
from mail.inbox import MessageRow
from mail.letter import Letter, LetterState
from tray.api import mail_types as types
from tray.settings import Account
from tray.texts import Advice, Texts

log = logging.getLogger(__name__)


def listed(row: MessageRow) -> types.MessageListed:
    return types.MessageListed(
        id=row.id,
        account=row.account,
        folder=row.folder,
        sender=str(row.sender or ""),
        to=[str(each) for each in row.recipients],
        subject=row.subject,
        date=row.date,
        arrived_at=row.arrived_at,
        size=row.size,
        attachments=list(row.attachments),
        done=row.done,
    )


def message(row: MessageRow, raw: bytes) -> types.Message:
    said = parsing.parse(raw)
    return types.Message(
        id=row.id,
        account=row.account,
        folder=row.folder,
        sender=str(said.sender or ""),
        to=[str(each) for each in said.to],
        cc=[str(each) for each in said.cc],
        reply_to=[str(each) for each in said.reply_to],
        subject=said.subject,
        date=said.date,
        arrived_at=row.arrived_at,
        message_id=said.message_id,
        size=row.size,
        done=row.done,
        text=said.text,
        html=said.html,
        headers=[types.Header(name, value) for name, value in said.headers],
        attachments=[
            types.Attachment(each.number, each.name, each.content_type, each.size, each.inline, each.content_id)
            for each in said.attachments
        ],
    )


def letter(letter: Letter, account: Account | None, texts: Texts) -> types.Letter:
    """`account` is None where it was removed meanwhile."""
    advice = _why(letter, account, texts) if letter.code else None
    return types.Letter(
        id=letter.id,
        account=letter.account,
        state=letter.state.value,
        to=list(letter.recipients),
        message_id=letter.message_id,
        size=letter.size,
        accepted_at=letter.accepted_at,
        attempts=letter.attempts,
        next_try_at=letter.next_attempt_at,
        ended_at=letter.ended_at,
        refused=dict(letter.refused),
        code=letter.code or UNSET,
        server_code=letter.server_code or UNSET,
        answer=letter.answer or UNSET,
        title=advice.title if advice else UNSET,
        next_step=advice.next_step if advice else UNSET,
        admin_help=(advice.admin_help or UNSET) if advice else UNSET,
    )


def _why(letter: Letter, account: Account | None, texts: Texts) -> Advice:
    smtp = account.smtp if account else None
    facts: dict[str, Fact] = {
        "address": account.address if account else letter.sender,
        "answer": letter.answer,
        "protocol": "SMTP",
        "host": smtp.host if smtp else "",
        "port": str(smtp.port) if smtp else "",
    }
    looking = letter.state is LetterState.UNCONFIRMED and letter.next_attempt_at
    codes = ("letter_looked_up",) if looking else (letter.code, f"letter_{letter.state.value}", "unexpected")
    try:
        return texts.advise(codes, facts)
    except KeyError:  # a sentence that lacks a fact is a fault of ours; the listing is still of use
        log.exception("no sentence for %s", letter.code)
        return texts.advise(("unexpected",), {})
