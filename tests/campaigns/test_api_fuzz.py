"""A small dose of the fuzzing campaign."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.campaigns.api_fuzz import fuzz


@pytest.mark.timeout(240)
def test_a_few_hundred_made_up_requests_find_nothing_that_is_not_described(tmp_path: Path) -> None:
    fuzzed = fuzz(tmp_path, 60, seed=1, dose=3)
    assert not fuzzed.faults, "\n".join(fuzzed.faults)
    assert int(fuzzed.cases.split()[0]) > 100, fuzzed.output
