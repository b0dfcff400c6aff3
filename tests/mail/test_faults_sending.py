"""Does each letter arrive once, whatever the line does? A dose of tests/campaigns/faults_sending.py."""

from __future__ import annotations

import random

import pytest

from tests.mail.faults_sending import sending_place
from tests.office import wait_until
from tests.rigs.tokens import TokenMaker


@pytest.mark.needs("dovecot", "postfix")
def test_a_fault_anywhere_sends_no_letter_twice_and_loses_none_in_silence(maker: TokenMaker) -> None:
    with sending_place(maker) as place:
        every = place.cases()
        assert len(every) > 150
        for fault in random.Random(20261124).sample(every, 12):
            try:
                place.survives(fault)
            except Exception as error:
                raise AssertionError(str(fault)) from error
        assert place.check(wait_until)["sent"] >= 3 * 12 - 12
