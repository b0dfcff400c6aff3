"""What does IMAP say about folders? LIST, SELECT, STATUS and what makes, renames and removes them."""

from __future__ import annotations

import re
from collections.abc import Callable

from mail.sandbox.imap_session import ImapClient, View
from mail.sandbox.imap_words import Bad, No, Word, as_list, keyword, quoted, text
from mail.sandbox.mailboxes import Folder, MailboxContent

SEPARATOR = "/"


def select(client: ImapClient, arguments: list[Word]) -> str:
    return _open(client, "SELECT", arguments, read_only=False)


def examine(client: ImapClient, arguments: list[Word]) -> str:
    return _open(client, "EXAMINE", arguments, read_only=True)


def _open(client: ImapClient, command: str, arguments: list[Word], *, read_only: bool) -> str:
    if client.view:
        client.say("* OK [CLOSED] The folder selected before is closed.")
    client.close_view()
    folder = client.folder(text(arguments[0]))
    if len(arguments) > 1:
        if [keyword(each) for each in as_list(arguments[1])] != ["CONDSTORE"]:
            raise Bad("Command Argument Error. 12")
        client.condstore = True
    view = client.open_view(folder, read_only=read_only)
    with folder.lock:
        _tell_state(client, view)
    return f"OK [{'READ-ONLY' if read_only else 'READ-WRITE'}] {command} completed."


def _tell_state(client: ImapClient, view: View) -> None:
    folder = view.folder
    flags = view.permanent_flags()
    client.say(f"* FLAGS ({flags})")
    permanent = "" if view.read_only else rf"{flags} \*"
    client.say(f"* OK [PERMANENTFLAGS ({permanent})] Permanent flags.")
    client.say(f"* {len(view.messages)} EXISTS")
    view.recent_told = len(view.recent)
    client.say(f"* {view.recent_told} RECENT")
    unseen = next((n for n, message in enumerate(view.messages, 1) if "\\Seen" not in message.flags), None)
    if unseen:
        client.say(f"* OK [UNSEEN {unseen}] Is the first unseen message.")
    client.say(f"* OK [UIDVALIDITY {folder.uidvalidity}] UIDVALIDITY value.")
    client.say(f"* OK [UIDNEXT {folder.uidnext}] The next unique identifier value.")
    client.say(f"* OK [HIGHESTMODSEQ {folder.highest_modseq}] The highest modification sequence.")


def list_folders(client: ImapClient, arguments: list[Word]) -> str:
    special_only = [keyword(each) for each in as_list(arguments[0])] == ["SPECIAL-USE"]
    if isinstance(arguments[0], list):
        arguments = arguments[1:]
    if not text(arguments[1]):
        client.say(f'* LIST (\\Noselect) "{SEPARATOR}" ""')
    for name, folder in _matching(client.mailbox, arguments):
        if not special_only or folder.special_use:
            client.say(f'* LIST ({_attributes(client.mailbox, folder)}) "{SEPARATOR}" {quoted(name)}')
    return "OK LIST completed."


def lsub(client: ImapClient, arguments: list[Word]) -> str:
    for name, _ in _matching(client.mailbox, arguments):
        if name in client.mailbox.subscribed:
            client.say(f'* LSUB () "{SEPARATOR}" {quoted(name)}')
    return "OK LSUB completed."


def _matching(mailbox: MailboxContent, arguments: list[Word]) -> list[tuple[str, Folder]]:
    """`*` stands for anything, `%` for anything within one level."""
    wanted = text(arguments[0]) + text(arguments[1])
    wildcards = {"*": ".*", "%": f"[^{SEPARATOR}]*"}
    pattern = "".join(wildcards.get(char, re.escape(char)) for char in wanted)
    if pattern.upper() == "INBOX":
        pattern = "INBOX"
    return [(name, folder) for name, folder in sorted(mailbox.folders.items()) if re.fullmatch(pattern, name)]


def _attributes(mailbox: MailboxContent, folder: Folder) -> str:
    has_children = any(name.startswith(folder.name + SEPARATOR) for name in mailbox.folders)
    children = "\\HasChildren" if has_children else "\\HasNoChildren"
    return f"{children} {folder.special_use}".rstrip()


_STATUS: dict[str, Callable[[Folder], int]] = {
    "MESSAGES": lambda folder: len(folder.messages),
    "RECENT": lambda folder: sum(message.uid >= folder.recent_from for message in folder.messages),
    "UIDNEXT": lambda folder: folder.uidnext,
    "UIDVALIDITY": lambda folder: folder.uidvalidity,
    "UNSEEN": lambda folder: folder.unseen(),
    "HIGHESTMODSEQ": lambda folder: folder.highest_modseq,
}


def status(client: ImapClient, arguments: list[Word]) -> str:
    folder = client.folder(text(arguments[0]))
    items = [keyword(each) for each in as_list(arguments[1])]
    if not items or not _STATUS.keys() >= set(items):
        raise Bad("Command Argument Error. 11")
    client.condstore = client.condstore or "HIGHESTMODSEQ" in items
    with folder.lock:
        values = " ".join(f"{item} {_STATUS[item](folder)}" for item in items)
    client.say(f"* STATUS {quoted(folder.name)} ({values})")
    return "OK STATUS completed."


def create(client: ImapClient, arguments: list[Word]) -> str:
    name = text(arguments[0]).rstrip(SEPARATOR)
    with client.house.mailboxes.lock:
        if client.mailbox.find(name) or not name:
            raise No(f"[ALREADYEXISTS] Folder {name} already exists.")
        client.mailbox.folders[name] = client.house.mailboxes.new_folder(name)
    return "OK CREATE completed."


def delete(client: ImapClient, arguments: list[Word]) -> str:
    folder = client.folder(text(arguments[0]), "[NONEXISTENT] ")
    if folder.name == "INBOX":
        raise No("The Inbox cannot be deleted.")
    with client.house.mailboxes.lock:
        del client.mailbox.folders[folder.name]
        folder.remove(folder.messages)
    return "OK DELETE completed."


def rename(client: ImapClient, arguments: list[Word]) -> str:
    folder, name = client.folder(text(arguments[0])), text(arguments[1])
    with client.house.mailboxes.lock:
        if client.mailbox.find(name) or folder.name == "INBOX":
            raise No(f"[ALREADYEXISTS] {folder.name} cannot become {name}.")
        for old in [each for each in client.mailbox.folders if each == folder.name or _within(each, folder.name)]:
            moved = client.mailbox.folders.pop(old)
            moved.name = name + old.removeprefix(text(arguments[0]))
            client.mailbox.folders[moved.name] = moved
    return "OK RENAME completed."


def _within(name: str, parent: str) -> bool:
    return name.startswith(parent + SEPARATOR)


def subscribe(client: ImapClient, arguments: list[Word]) -> str:
    client.mailbox.subscribed.add(client.folder(text(arguments[0])).name)
    return "OK SUBSCRIBE completed."


def unsubscribe(client: ImapClient, arguments: list[Word]) -> str:
    client.mailbox.subscribed.discard(text(arguments[0]))
    return "OK UNSUBSCRIBE completed."


def namespace(client: ImapClient, _arguments: list[Word]) -> str:
    client.say(f'* NAMESPACE (("" "{SEPARATOR}")) NIL NIL')
    return "OK NAMESPACE completed."


def enable(client: ImapClient, arguments: list[Word]) -> str:
    enabled = [each for each in map(keyword, arguments) if each == "CONDSTORE"]
    client.condstore = client.condstore or bool(enabled)
    if enabled:
        client.say("* ENABLED CONDSTORE")
    return "OK ENABLE completed."


def check(client: ImapClient, _arguments: list[Word]) -> str:
    client.must_have_selected()
    return "OK CHECK completed."


def unselect(client: ImapClient, _arguments: list[Word]) -> str:
    client.must_have_selected()
    client.close_view()
    return "OK UNSELECT completed."


COMMANDS = {
    "SELECT": select, "EXAMINE": examine, "LIST": list_folders, "LSUB": lsub, "STATUS": status, "CREATE": create,
    "DELETE": delete, "RENAME": rename, "SUBSCRIBE": subscribe, "UNSUBSCRIBE": unsubscribe, "NAMESPACE": namespace,
    "ENABLE": enable, "CHECK": check, "UNSELECT": unselect,
}  # fmt: skip
