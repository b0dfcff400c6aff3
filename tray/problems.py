"""What can the application not do for a caller? Problems of the hub, beyond those of auth and mail."""

from __future__ import annotations

from auth.outcome import Unreachable
from auth.problems import Fact, Problem
from tray.health import State
from tray.picture import Health


class AccountNotFound(Problem):
    """Facts: account."""

    code = "account_not_found"


class AccountNotReady(Problem):
    """Nothing can be done for the account as it stands: it needs a sign-in, an approval or the network."""

    def __init__(self, state: State, code: str, texts: tuple[str, ...], /, **facts: Fact) -> None:
        super().__init__(f"{state}: {code}", code=code)
        self.facts = facts  # the code is one of them
        self.state = state
        self._texts = texts

    @classmethod
    def because(cls, health: Health) -> AccountNotReady:
        return cls(health.state, health.code, health.texts, **health.facts)

    @classmethod
    def offline(cls, answer: Unreachable, **facts: Fact) -> AccountNotReady:
        """Even where the outage is too short to be shown as the account's state."""
        return cls(State.OFFLINE, answer.code, (answer.code, "offline"), **facts)

    @property
    def texts(self) -> tuple[str, ...]:
        return self._texts


class ProtocolNotUsed(Problem):
    """The account has no such server. Facts: account, protocol."""

    code = "protocol_not_used"


class SignInNotRunning(Problem):
    """Facts: account."""

    code = "sign_in_not_running"


class SignInRunning(Problem):
    """One that is not the one wished for, and that does not end at once. Facts: account."""

    code = "sign_in_running"


class FetchRunning(Problem):
    """A round of fetching has been running for some time. Facts: account."""

    code = "fetch_running"
