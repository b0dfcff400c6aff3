"""Who comes in through the local doors, and to which account? Programs that cannot be changed to ask for tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from auth.problems import Problem
from mail.doors.door import Door, WrongPassword
from mail.doors.upstream import Admitted
from mail.mailbox import Protocol
from tray.api.program_keys import ProgramKeys
from tray.api.rights import Right, digest
from tray.helper import Helper
from tray.program import Program


@contextmanager
def gateway(helper: Helper, keys: ProgramKeys) -> Iterator[None]:
    """The doors that the configuration opens are open meanwhile. Raises DoorPortTaken."""

    def admit(protocol: Protocol, address: str, password: str) -> Admitted:
        caller = keys.caller(digest(password.encode()))
        accounts = [each for each in helper.settings.accounts if each.address.lower() == address.strip().lower()]
        if caller is None or Right.GATEWAY not in caller.rights or not accounts:
            raise WrongPassword
        # a mailbox may be two accounts, one that receives and one that sends
        uses = [each for each in accounts if any(server.protocol is protocol for server in each.mailbox.servers)]
        account = (uses or accounts)[0]
        token = helper.token(account.id, protocol.value, Program(caller.name))
        return Admitted(account.mailbox, token.server, token.access_token)

    def words(problem: Problem) -> str:
        advice = helper.texts.problem(problem)
        return f"{advice.title}. {advice.next_step}"

    with ExitStack() as doors:
        for protocol, port in helper.settings.gateway.items():
            doors.enter_context(Door(protocol, port, admit, words))
        yield
