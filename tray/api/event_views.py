"""How does an event look on the wire? The words of one language, the types of the other routes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from mail.inbox import MessageRow
from mail.letter import Letter
from tray.api import mail_views, views
from tray.api.types import Moment
from tray.feed import Cursor, Event, Feed
from tray.journal import Entry, Happened
from tray.texts import Texts

if TYPE_CHECKING:
    from tray.helper import Helper


class SignInEvent(msgspec.Struct, frozen=True):
    account: str
    stage: Literal["running", "signed_in", "failed", "signed_out"]
    at: Moment
    code: str | UnsetType = UNSET


_STAGES: dict[str, Literal["running", "signed_in", "failed", "signed_out"]] = {
    Happened.SIGN_IN_BEGUN: "running",
    Happened.SIGNED_IN: "signed_in",
    Happened.SIGN_IN_ENDED: "failed",
    Happened.SIGNED_OUT: "signed_out",
}


def page(hub: Helper, feed: Feed, cursor: Cursor, limit: int, texts: Texts) -> tuple[Cursor, bytes]:
    """The next events as text, and the place behind them."""
    events = feed.after(cursor, limit)
    picture = hub.picture() if any(isinstance(event.what, Entry) for event in events) else None
    accounts = {each.id: views.account_status(each, texts) for each in picture.accounts} if picture else {}

    def data(event: Event) -> Any:
        match event.what:
            case MessageRow() as row:
                return mail_views.listed(row)
            case Letter() as letter:
                return mail_views.letter(letter, hub.settings.account(letter.account), texts)
            case Entry(kind=Happened.STATE) as entry:
                return accounts.get(entry.account)  # None: it was removed meanwhile
            case entry:
                return SignInEvent(entry.account, _STAGES[entry.kind], entry.at, entry.code or UNSET)

    said = [(event, what) for event in events if (what := data(event)) is not None]
    text = b"".join(written(event.kind.value, event.cursor, what) for event, what in said)
    return (events[-1].cursor if events else cursor), text


def written(kind: str, cursor: Cursor, data: Any) -> bytes:
    """JSON has no line breaks of its own, so one `data:` line holds it."""
    return b"event: %s\nid: %s\ndata: %s\n\n" % (kind.encode(), str(cursor).encode(), msgspec.json.encode(data))
