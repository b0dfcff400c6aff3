"""An account is changed or removed while something is under way: nothing of the former one is kept or told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auth.problems import VaultProblem
from tests.office import Office, wait_until
from tray import config
from tray.health import State
from tray.sign_ins import Stage

INFO, OTHER = "info@office.example", "other@office.example"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        opened.has_account("info")
        opened.opens()
        yield opened


def vaults(office: Office) -> list[str]:
    return [file.name for file in (office.places.data / "vault").glob("account-*")]


def test_a_sign_in_that_is_open_ends_when_its_account_is_removed_and_leaves_nothing(office: Office) -> None:
    office.has_nobody_at_the_browser()
    office.helper.sign_in("info")
    office.helper.remove_account("info")
    assert not [thread.name for thread in threading.enumerate() if thread.name == "sign-in info"]
    assert vaults(office) == []
    assert office.app.memory.recall("info") is None


def test_a_token_that_comes_after_its_account_was_removed_is_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person has signed in, the provider takes its time with the token."""
    monkeypatch.setattr("tray.sign_ins.ENDING", 0.1)
    office.tenant.slow(1.5, endpoint="token")
    office.begins_to_sign_in("info")
    assert wait_until(lambda: len(office.tenant.requests) and office.tenant.requests[-1].endpoint != "token")
    office.helper.remove_account("info")
    assert wait_until(lambda: not [t for t in threading.enumerate() if t.name == "sign-in info"], 20)
    assert vaults(office) == []
    assert office.app.memory.recall("info") is None


def test_who_signs_out_stays_signed_out_though_a_sign_in_was_under_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person has signed in, and the provider's answer comes after they have signed out."""
    monkeypatch.setattr("tray.sign_ins.ENDING", 0.1)
    office.signs_in("info")
    office.tenant.slow(1.5, endpoint="token")
    office.begins_to_sign_in("info")
    assert wait_until(lambda: len(office.opened) == 2)
    office.api.delete("accounts", "info", "session")
    assert wait_until(lambda: not [t for t in threading.enumerate() if t.name == "sign-in info"], 20)
    assert office.helper.sign_in_status("info").stage is Stage.FAILED
    assert office.health("info").state is State.SIGN_IN_REQUIRED
    office.tenant.well()
    assert office.helper.check("info").state is State.SIGN_IN_REQUIRED
    assert vaults(office) == []


def test_a_sign_in_that_is_open_is_not_taken_for_the_changed_accounts(office: Office) -> None:
    office.tenant.add_person(OTHER)
    office.has_nobody_at_the_browser()
    office.helper.sign_in("info")
    office.helper.change_account("info", {"address": OTHER})
    assert office.helper.sign_in_status("info").stage is Stage.FAILED
    assert office.signs_in("info") is Stage.SIGNED_IN
    assert office.health("info").signed_in_as == OTHER


def test_what_was_known_of_the_former_address_says_nothing_of_the_new_one(office: Office) -> None:
    office.signs_in("info")
    office.helper.change_account("info", {"address": OTHER})
    assert office.health("info").state is State.UNKNOWN
    office.checks()
    assert (office.health("info").state, office.health("info").code) == (State.SIGN_IN_REQUIRED, "not_signed_in")


def test_another_mailbox_of_the_same_person_is_not_taken_for_proved(office: Office) -> None:
    office.signs_in("info")
    office.helper.change_account("info", {"address": OTHER, "sign_in_as": INFO})
    assert office.health("info").state is State.UNKNOWN
    assert office.helper.check("info").state is State.MAILBOX_REFUSED  # the sign-in itself lives on


def test_a_protocol_that_is_not_used_any_more_judges_no_longer(office: Office) -> None:
    office.signs_in("info")
    office.post.refuse(INFO, "imap", "not_connected")
    assert office.helper.check("info").state is State.MAILBOX_REFUSED
    office.helper.change_account("info", {"receive": "none"})
    health = office.health("info")
    assert (health.state, set(health.checks)) == (State.OK, {"token", "smtp"})


def test_an_account_is_out_of_the_file_though_its_stored_sign_in_cannot_be_deleted(office: Office) -> None:
    office.signs_in("info")
    letter = office.helper.send("info", office.letter("info", "a@b.example"))
    (file,) = (office.places.data / "vault").glob("account-info.vault")
    file.unlink()
    file.mkdir()  # what unlink refuses on every system
    with pytest.raises(VaultProblem) as problem:
        office.helper.remove_account("info")
    assert problem.value.code == "vault_not_removed"
    assert config.read(office.places.config_file).accounts == office.helper.settings.accounts == ()
    assert office.helper.outbox.get(letter.id).state == "failed"
    assert office.app.memory.recall("info") is None
