"""The office's contact gets one mail that says what happened and what to do, through an account that works."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from mail.compose import Envelope
from tests.tray.pictures import NOW, account, picture
from tray.contact_mail import contact_mail, healthy_sender
from tray.health import Check, State, Who
from tray.picture import AccountPicture
from tray.reminders import reminders
from tray.texts import Texts

WELL = {"smtp": Check(ok=True)}
BROKEN = account(state=State.SIGN_IN_REQUIRED, who=Who.USER, code="AADSTS700082", checks=WELL)


def worded(each: AccountPicture, *texts: str) -> AccountPicture:
    facts = {"address": each.address, "account": each.id, "host": "smtp.example"}
    return replace(each, health=replace(each.health, texts=texts, facts=facts))


def written(each: AccountPicture, texts: Texts) -> tuple[Envelope, str]:
    notice = reminders(None, picture(each), frozenset(), NOW)[0]
    letter = contact_mail(notice, each, "rent@haus.example", "chef@haus.example", texts)
    return letter, str(message_from_bytes(letter.raw, policy=policy.default).get_content())


@pytest.mark.parametrize(
    ("others", "sender"),
    [
        ([], None),
        ([account("rent", checks=WELL)], "rent"),
        ([account("late", State.EXPIRING, checks=WELL), account("rent", checks=WELL)], "rent"),
        ([account("late", State.EXPIRING, checks=WELL)], "late"),
        ([account("reads"), account("off", State.OFFLINE, checks=WELL)], None),
        ([account("bad", checks={"smtp": Check(ok=False, code="5.7.60")})], None),
    ],
)
def test_the_mail_goes_through_an_account_that_can_send(others: list[AccountPicture], sender: str | None) -> None:
    found = healthy_sender(picture(BROKEN, *others), "info")
    assert (found.id if found else None) == sender


def test_it_says_what_happened_and_what_to_do_in_german() -> None:
    letter, text = written(worded(BROKEN, "not_signed_in"), Texts("de", "WIN-OFFICE"))
    assert (letter.sender, letter.recipients) == ("rent@haus.example", ("chef@haus.example",))
    headers = message_from_bytes(letter.raw, policy=policy.default)
    assert headers["Subject"] == "Postwart: Bitte anmelden: info@haus.example"
    assert "Postwart hat am PC mehrmals auf das Postfach info@haus.example hingewiesen" in text
    assert "Grund: Für dieses Postfach ist noch niemand angemeldet." in text
    assert "WIN-OFFICE kann für info@haus.example keine E-Mails abrufen und senden, bis Sie sich anmelden." in text
    assert "Klicken Sie an diesem PC auf das Symbol von Postwart" in text


def test_it_has_the_administrators_part_where_only_they_can_mend_it() -> None:
    refused = account(state=State.MAILBOX_REFUSED, who=Who.ADMIN, code="5.7.139", checks=WELL)
    _, text = written(worded(refused, "smtp_auth_disabled_tenant"), Texts("en", "WIN-OFFICE"))
    assert "the mail server does not allow everything" in text
    assert "For your administrator: " in text
    assert "nobody has answered" in text
