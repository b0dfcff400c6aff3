"""Which accounts' letters does a server count together? Pure: accounts in, for each count the accounts in it out.

Exchange's limits are a mailbox's and a person's (Microsoft's page *Exchange Online limits*): two accounts on one
mailbox share them, and so do shared mailboxes in which one person works.
"""

from __future__ import annotations

from collections.abc import Iterable

from auth.person import plain
from mail.mailbox import UNLIMITED
from tray.settings import Account


def counts(account: Account) -> tuple[str, ...]:
    """What its letters count against, in an order that is everybody's; nothing where no limit is known."""
    if account.smtp is None or account.limits == UNLIMITED:
        return ()
    names = {plain(account.address), plain(account.person)}
    return tuple(sorted(f"{account.smtp.host.lower()} {name}" for name in names))


def sharing(account: Account, accounts: Iterable[Account]) -> tuple[frozenset[str], ...]:
    """For each of its counts the accounts that are in it."""
    all_counts = {each.id: counts(each) for each in (account, *accounts)}
    return tuple(frozenset(name for name, held in all_counts.items() if count in held) for count in counts(account))
