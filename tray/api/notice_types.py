"""What does the API say of a notice that nobody answers?"""

from __future__ import annotations

from typing import Literal

import msgspec


class Banner(msgspec.Struct, frozen=True):
    """A notice that was shown at this PC again and again, and that nobody answered: show `title` and `text` where your
    users look, with a button `button` that does `action` (`sign_in`: POST …/sign-in; else: open the status page).
    """

    account: str
    title: str
    text: str
    action: Literal["sign_in", "ask_admin", "open_page"]
    button: str
