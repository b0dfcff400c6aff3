"""Who in the office hears by mail of what nobody answers at the PC, through which account, in which words? Pure."""

from __future__ import annotations

from mail.compose import Envelope, compose
from tray.health import State
from tray.notice import Notice
from tray.notify.content import content
from tray.picture import AccountPicture, Picture, words
from tray.texts import Texts


def healthy_sender(picture: Picture, troubled: str) -> AccountPicture | None:
    """An account whose last login at its mail server for sending went well; None: there is none."""

    def sends(account: AccountPicture) -> bool:
        login = account.health.checks.get("smtp")
        return account.id != troubled and login is not None and login.ok

    able = [account for account in picture.accounts if sends(account)]
    return next(
        (each for state in (State.OK, State.EXPIRING) for each in able if each.health.state is state),
        None,
    )


def contact_mail(notice: Notice, troubled: AccountPicture, sender: str, contact: str, texts: Texts) -> Envelope:
    """Raises LetterUnfit."""
    notification = content(notice, texts)
    advice = words(troubled.health, texts)
    parts = [
        texts.say("contact-mail.begin", address=troubled.address),
        notification.body,
        texts.say("contact-mail.why", title=advice.title.rstrip(".")) if advice else "",
        texts.say("contact-mail.todo"),
        texts.say("contact-mail.admin", help=advice.admin_help) if advice and advice.admin_help else "",
        texts.say("contact-mail.end"),
    ]
    subject = texts.say("contact-mail.subject", title=notification.title)
    return compose(sender, to=(contact,), subject=subject, text="\n\n".join(filter(None, parts)) + "\n")
