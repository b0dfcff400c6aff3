"""What does the test mail look like? A mail from the account to itself."""

from __future__ import annotations

from mail.compose import Envelope, compose
from tray.settings import Account
from tray.texts import Texts


def test_mail(account: Account, texts: Texts) -> Envelope:
    return compose(
        account.address,
        to=(account.address,),
        subject=texts.say("test-mail.subject"),
        text=texts.say("test-mail.text", address=account.address),
    )
