"""What can the application not do for a caller? Problems of the hub, beyond those of auth and mail."""

from __future__ import annotations

from auth.problems import Problem
from tray.health import State
from tray.picture import Health


class AccountNotFound(Problem):
    """Facts: account."""

    code = "account_not_found"


class AccountNotReady(Problem):
    """Nothing can be done for the account in its state: it needs a sign-in, an approval or the network."""

    def __init__(self, health: Health) -> None:
        super().__init__(f"state {health.state}", code=health.code or health.state.value, **health.facts)
        self.health = health

    @property
    def state(self) -> State:
        return self.health.state

    @property
    def texts(self) -> tuple[str, ...]:
        return (*self.health.texts, "unexpected")


class ProtocolNotUsed(Problem):
    """The account has no such server. Facts: account, protocol."""

    code = "protocol_not_used"
