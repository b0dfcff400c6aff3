"""What is a Problem? Something a person has to be told, as a code with facts; the sentences are in tray/texts."""

from __future__ import annotations

from datetime import datetime, timedelta

from auth.outcome import Refused
from auth.wording import facts_of, words_of

Fact = str | int | float | datetime | timedelta


class Problem(Exception):  # noqa: N818  an expected trouble with a next step, told to a person; not a bug
    """A request that could not be met, and why.

    `code` is stable and names the sentences of the catalogue; `facts` fill their places. Neither ever holds a secret.
    """

    code = "unexpected"

    def __init__(self, detail: str = "", *, code: str = "", **facts: Fact) -> None:
        """`detail` is for the log: English, technical, without secrets."""
        if code:
            self.code = code
        self.detail = detail
        self.facts = facts
        super().__init__(detail or self.code)

    @property
    def texts(self) -> tuple[str, ...]:
        """The catalogue's keys for it, most specific first."""
        return (self.code,)


class VaultProblem(Problem):
    """The token store cannot be used as it is; nothing in it was changed."""

    code = "vault_unusable"


class AccountChanged(Problem):
    """The account was changed or removed while something was done for it as it was before. Facts: account."""

    code = "account_changed"


class SignInProblem(Problem):
    """A sign-in attempt ended without one; what was there before it is kept.

    `refused` is the provider's answer, where it was one that ended the attempt.
    """

    code = "sign_in_failed"

    def __init__(self, detail: str = "", *, code: str = "", refused: Refused | None = None, **facts: Fact) -> None:
        super().__init__(detail, code=code, **facts, **(facts_of(refused) if refused else {}))
        self.refused = refused

    @property
    def texts(self) -> tuple[str, ...]:
        """An outage that a check waits out ends a sign-in: it has sentences of its own for that."""
        return (f"sign_in-{self.code}", *(words_of(self.refused) if self.refused else (self.code,)))


def mail_refused(refused: Refused) -> SignInProblem:
    """The right person signed in, and got no token for mail."""
    return SignInProblem(refused.detail, code=refused.code, refused=refused)


class WrongPerson(SignInProblem):
    """Somebody else signed in. Facts: expected, signed_in."""

    code = "wrong_person"
