"""Does each message come once and unchanged, whatever the line does? A dose of tests/campaigns/faults.py."""

from __future__ import annotations

from itertools import count

import pytest

from tests.mail.faults import cases, small_batches, some, survives
from tests.rigs.dovecot import Dovecot
from tests.rigs.tokens import TokenMaker

_numbers = count(1)


@pytest.mark.needs("dovecot")
def test_a_fault_anywhere_loses_nothing_and_doubles_nothing(dovecot: Dovecot, maker: TokenMaker, address: str) -> None:
    with small_batches():
        every = cases(dovecot, maker.token, address)
        assert len(every) > 400
        for case in some(every, 12, seed=20261124):
            try:
                survives(dovecot, maker.token, f"fault{next(_numbers)}-{address}", case)
            except Exception as error:
                raise AssertionError(str(case)) from error
