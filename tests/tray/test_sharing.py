"""Whose letters does a server count together?"""

from __future__ import annotations

from dataclasses import replace

from mail.mailbox import UNLIMITED, Limits, Protocol, Security, Server
from tray.settings import Account
from tray.sharing import counts, sharing

EXCHANGE = Server(Protocol.SMTP, "smtp.office365.com", 587, Security.STARTTLS)
MEIER = "m.meier@firm.example"


def account(name: str, address: str = "", person: str = "") -> Account:
    own = Account(name, address or f"{name}@firm.example", "microsoft365", "client", ("scope",), sign_in_as=person)
    return replace(own, smtp=EXCHANGE, limits=Limits(30, 10_000))


INFO, RENT = account("info", person=MEIER), account("rent", person=MEIER.upper())
OWN, OTHER = account("meier", address=MEIER), account("other")


def test_a_mailbox_of_ones_own_has_one_count_and_it_is_its_own() -> None:
    assert sharing(OTHER, [INFO, RENT, OWN, OTHER]) == (frozenset({"other"}),)


def test_shared_mailboxes_count_for_themselves_and_together_for_the_person_who_works_in_them() -> None:
    together = frozenset({"info", "rent", "meier"})
    assert set(sharing(INFO, [INFO, RENT, OWN, OTHER])) == {frozenset({"info"}), together}
    assert sharing(OWN, [INFO, RENT, OWN, OTHER]) == (together,)


def test_two_accounts_on_one_mailbox_count_together_whoever_signs_in() -> None:
    second = account("second", address="Info@Firm.example", person="s.schulz@firm.example")
    assert frozenset({"info", "second"}) in sharing(INFO, [INFO, second])


def test_the_same_address_on_another_server_is_another_count() -> None:
    elsewhere = replace(account("elsewhere", address=MEIER), smtp=replace(EXCHANGE, host="smtp.gmail.com"))
    assert sharing(OWN, [OWN, elsewhere]) == (frozenset({"meier"}),)


def test_where_no_limit_is_known_nothing_is_counted() -> None:
    assert counts(replace(OWN, limits=UNLIMITED)) == counts(replace(OWN, smtp=None)) == ()
    assert sharing(replace(OWN, limits=UNLIMITED), [INFO, OWN]) == ()
