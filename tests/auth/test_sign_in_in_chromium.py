"""Does a real browser go all the way: to loopback, on to the mail scopes in the same tab, and to the last page?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from auth.outcome import Cure, Granted, Refused
from auth.problems import Problem
from auth.provider import Attempt, SignedIn
from auth.providers import provider_for
from auth.sandbox import SandboxProvider
from auth.vault import MemoryKey, Vault
from tests.auth.signing_in import INFO, MEIER, identity
from tests.rigs.browser import sign_in
from tests.rigs.program import Watch


def last_page(ended: SignedIn | Problem) -> str:
    return f"<!doctype html><html><body data-page=done>{'signed in' if isinstance(ended, SignedIn) else ended.code}"


@pytest.mark.needs("chromium")
@pytest.mark.parametrize(("person", "cure"), [(MEIER, None), (INFO, Cure.CONSENT)])
def test_a_real_browser_goes_all_the_way(
    idp: SandboxProvider, tmp_path: Path, watch: Watch, person: str, cure: Cure | None
) -> None:
    idp.grant_consent(person, ["openid", "profile", "offline_access"])
    keeper = provider_for(identity(idp, person), Vault(tmp_path / "vault", MemoryKey()), watch)
    with ThreadPoolExecutor() as pool:
        shown = []

        def browse(url: str) -> bool:
            shown.append(pool.submit(sign_in, url, person, consent="accept" if cure is None else "back"))
            return True

        ended = keeper.sign_in(Attempt(browse, last_page, timedelta(seconds=60)))
        assert [page.result() for page in shown] == ["signed in"]
    assert ended.session.username == person
    if cure is None:
        assert isinstance(ended.outcome, Granted)
    else:
        assert isinstance(ended.outcome, Refused)
        assert ended.outcome.cure is cure
