"""What does IMAP do with messages? FETCH, SEARCH, STORE, COPY, MOVE, EXPUNGE and APPEND, by number and by UID."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from mail.sandbox.imap_fetch import Item, items_of
from mail.sandbox.imap_search import criteria
from mail.sandbox.imap_session import Found, ImapClient, View
from mail.sandbox.imap_words import Bad, No, Word, as_list, keyword, number, read_date_time, set_of, text
from mail.sandbox.mailboxes import SYSTEM_FLAGS, Message, with_crlf

Command = Callable[[ImapClient, list[Word]], str]

NUMBERS_MUST_STAY = ("FETCH", "STORE", "SEARCH")
"""Commands after which no EXPUNGE may be told (RFC 3501, 7.4.1); by UID it is allowed."""


def fetch(client: ImapClient, arguments: list[Word], *, by_uid: bool = False) -> str:
    view = client.selected
    changed_since = _modifier(arguments[2:], "CHANGEDSINCE")
    items = items_of(arguments[1], by_uid=by_uid, with_modseq=changed_since is not None)
    if any(item.name == "MODSEQ" for item in items):
        client.condstore = True
    with view.folder.lock:
        found = [each for each in view.select(arguments[0], by_uid=by_uid) if each[1].modseq > (changed_since or 0)]
    for sequence, message in found:
        _send(client, view, sequence, message, items)
    # expunged by somebody else, and this client has not been told yet
    code = "[EXPUNGEISSUED] " if any(message.gone and item.is_body for _, message in found for item in items) else ""
    return f"OK {code}{_uid(by_uid)}FETCH completed."


def _send(client: ImapClient, view: View, sequence: int, message: Message, items: list[Item]) -> None:
    if any(item.sets_seen for item in items) and not view.read_only and "\\Seen" not in message.flags:
        with view.folder.lock:
            view.folder.set_flags(message, message.flags | {"\\Seen"})
            view.told[message] = message.modseq
        items = [*items, *(() if any(item.name == "FLAGS" for item in items) else items_of(b"FLAGS"))]
    write = client.wire.write
    write(b"* %d FETCH (" % sequence)
    for place, item in enumerate(items):
        write((b" " if place else b"") + item.name.encode() + b" ")
        for piece in item.value(view, message):
            write(piece)
    write(b")\r\n")


def search(client: ImapClient, arguments: list[Word], *, by_uid: bool = False) -> str:
    view = client.selected
    with view.folder.lock:
        matches, asks_modseq = criteria(arguments, view)
        found = [(n, message) for n, message in enumerate(view.messages, 1) if matches(n, message)]
    client.condstore = client.condstore or asks_modseq
    numbers = [str(message.uid if by_uid else sequence) for sequence, message in found]
    modseq = f" (MODSEQ {max(message.modseq for _, message in found)})" if asks_modseq and found else ""
    client.say(f"* SEARCH{''.join(' ' + each for each in numbers)}{modseq}")
    return f"OK {_uid(by_uid)}SEARCH completed."


def store(client: ImapClient, arguments: list[Word], *, by_uid: bool = False) -> str:
    view = client.selected
    rest = arguments[1:]
    unchanged_since = _modifier(rest[:1], "UNCHANGEDSINCE") if isinstance(rest[0], list) else None
    rest = rest[1:] if isinstance(rest[0], list) else rest
    action, silent = keyword(rest[0]).removesuffix(".SILENT"), keyword(rest[0]).endswith(".SILENT")
    if action not in ("FLAGS", "+FLAGS", "-FLAGS"):
        raise Bad("Command Argument Error. 11")
    given = frozenset(_flag(each) for each in (rest[1] if isinstance(rest[1], list) else rest[1:]))
    client.condstore = client.condstore or unchanged_since is not None
    if view.read_only:
        return f"OK {_uid(by_uid)}STORE ignored, the folder is read-only."
    with view.folder.lock:
        found = view.select(arguments[0], by_uid=by_uid)
        too_new = [each for each in found if unchanged_since is not None and each[1].modseq > unchanged_since]
        for sequence, message in found:
            if (sequence, message) not in too_new:
                before = message.flags
                view.folder.set_flags(message, _new_flags(view, message, action, given))
                view.told[message] = message.modseq
                if message.flags != before:
                    _tell_stored(client, view, sequence, message, silent=silent, by_uid=by_uid)
    modified = f"[MODIFIED {set_of([_named(each, by_uid) for each in too_new])}] " if too_new else ""
    return f"OK {modified}{_uid(by_uid)}STORE completed."


def _tell_stored(
    client: ImapClient, view: View, sequence: int, message: Message, *, silent: bool, by_uid: bool
) -> None:
    client.tell_keywords(view)
    if not silent:
        client.say(f"* {sequence} FETCH ({client.flags_words(message, by_uid=by_uid)})")
    elif client.condstore:
        uid = f"UID {message.uid} " if by_uid else ""
        client.say(f"* {sequence} FETCH ({uid}MODSEQ ({message.modseq}))")


def _new_flags(view: View, message: Message, action: str, given: frozenset[str]) -> frozenset[str]:
    flags = view.folder.spelled(given)
    if action == "FLAGS":
        return flags
    return message.flags | flags if action == "+FLAGS" else message.flags - flags


def copy(client: ImapClient, arguments: list[Word], *, by_uid: bool = False) -> str:
    with client.house.mailboxes.lock:
        _, code = _copied(client, arguments, by_uid=by_uid)
    return f"OK {code}{_uid(by_uid)}COPY completed."


def move(client: ImapClient, arguments: list[Word], *, by_uid: bool = False) -> str:
    with client.house.mailboxes.lock:
        folder = client.writable.folder
        found, code = _copied(client, arguments, by_uid=by_uid)
        if found:
            client.say(f"* OK {code}Moved.")
        folder.remove([message for _, message in found])
    return f"OK {_uid(by_uid)}MOVE completed."


def _copied(client: ImapClient, arguments: list[Word], *, by_uid: bool) -> tuple[Found, str]:
    view = client.selected
    found = [each for each in view.select(arguments[0], by_uid=by_uid) if not each[1].gone]
    target = client.folder(text(arguments[1]), "[TRYCREATE] ")
    copies = [target.add(message.raw, message.flags, message.received) for _, message in found]
    if not copies:
        return [], ""
    old, new = set_of([message.uid for _, message in found]), set_of([message.uid for message in copies])
    return found, f"[COPYUID {target.uidvalidity} {old} {new}] "


def expunge(client: ImapClient, _arguments: list[Word]) -> str:
    view = client.selected
    if view.read_only:
        return "OK EXPUNGE ignored, the folder is read-only."
    view.folder.remove([message for message in view.messages if "\\Deleted" in message.flags])
    return "OK EXPUNGE completed."


def uid_expunge(client: ImapClient, arguments: list[Word]) -> str:
    view = client.writable
    chosen = view.select(arguments[0], by_uid=True)
    view.folder.remove([message for _, message in chosen if "\\Deleted" in message.flags])
    return "OK UID EXPUNGE completed."


def close(client: ImapClient, arguments: list[Word]) -> str:
    if not client.selected.read_only:
        expunge(client, arguments)
    client.close_view()
    return "OK CLOSE completed."


def append(client: ImapClient, arguments: list[Word]) -> str:
    folder = client.folder(text(arguments[0]), "[TRYCREATE] ")
    *options, raw = arguments[1:]
    if isinstance(raw, list):
        raise Bad("Command Argument Error. 12")
    if not raw:
        raise No("A message cannot be empty.")
    flags: list[str] = []
    received: datetime | None = None
    for option in options:
        if isinstance(option, list):
            flags = [_flag(each) for each in option]
        else:
            received = read_date_time(text(option))
    message = folder.add(with_crlf(bytes(raw)), flags, received)
    return f"OK [APPENDUID {folder.uidvalidity} {message.uid}] APPEND completed."


def _flag(word: Word) -> str:
    name = text(word)
    if name.startswith("\\") and name.lower() not in {flag.lower() for flag in (*SYSTEM_FLAGS, "\\Recent")}:
        raise Bad(f"Invalid system flag {name}")
    return name


def _modifier(words: list[Word], name: str) -> int | None:
    """The number of `(CHANGEDSINCE 12)`, None where nothing is there."""
    if not words:
        return None
    inside = as_list(words[0])
    if len(inside) != 2 or keyword(inside[0]) != name:  # noqa: PLR2004  the name and its number
        raise Bad("Command Argument Error. 11")
    return number(inside[1])


def _uid(by_uid: bool) -> str:  # noqa: FBT001  one word or none
    return "UID " if by_uid else ""


def _named(found: tuple[int, Message], by_uid: bool) -> int:  # noqa: FBT001
    return found[1].uid if by_uid else found[0]


COMMANDS: dict[str, Command] = {
    "EXPUNGE": expunge, "UID EXPUNGE": uid_expunge, "CLOSE": close, "APPEND": append,
}  # fmt: skip
for _name, _function in {"FETCH": fetch, "SEARCH": search, "STORE": store, "COPY": copy, "MOVE": move}.items():
    COMMANDS[_name] = _function
    COMMANDS[f"UID {_name}"] = partial(_function, by_uid=True)
