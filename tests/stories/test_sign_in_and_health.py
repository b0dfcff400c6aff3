"""From a click to a healthy mailbox, and what becomes of it when something ends it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from auth.sandbox.robot import Person
from tests.office import Office, wait_until
from tray.cli import main
from tray.health import State
from tray.sign_ins import Stage


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office(tmp_path) as opened:
        yield opened


def test_a_new_account_asks_for_a_sign_in_and_is_healthy_after_it(office: Office) -> None:
    office.has_account("info")
    office.opens()
    assert office.health("info").state is State.UNKNOWN
    office.checks()
    assert (office.health("info").state, office.health("info").checks) == (State.SIGN_IN_REQUIRED, {})
    assert office.signs_in("info") is Stage.SIGNED_IN
    health = office.health("info")
    assert health.state is State.OK
    assert {name: check.ok for name, check in health.checks.items()} == {"token": True, "imap": True, "smtp": True}
    assert (health.days_left, health.due_because) == (90, "sign_in_frequency")
    assert wait_until(lambda: "Ihr Programm" in office.last_page or "Your program" in office.last_page)


def test_a_revoked_session_is_noticed_at_the_next_check_and_told_once(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    office.tenant.revoke("info@office.example")
    office.waits(minutes=15)
    office.waits(minutes=15)
    health = office.health("info")
    assert (health.state, health.code) == (State.SIGN_IN_REQUIRED, "AADSTS50173")
    assert wait_until(lambda: [notice.kind for notice in office.notices] == ["sign_in_required"])
    office.reopens()
    office.waits(minutes=15)
    assert [notice.kind for notice in office.notices] == ["sign_in_required"]
    assert office.signs_in("info") is Stage.SIGNED_IN
    assert office.health("info").state is State.OK


def test_the_wrong_person_is_refused_with_both_addresses_and_the_old_session_stays(office: Office) -> None:
    office.has_account("info")
    office.tenant.add_person("meier@office.example")
    office.opens()
    office.signs_in("info")
    assert office.signs_in("info", by=Person("meier@office.example")) is Stage.FAILED
    problem = office.helper.sign_in_status("info").problem
    assert problem
    advice = office.helper.texts_in("en").problem(problem)
    assert "meier@office.example" in advice.title + advice.next_step
    assert "info@office.example" in advice.title + advice.next_step
    office.checks()
    assert office.health("info").state is State.OK


def test_another_account_is_chosen_from_command_line_and_api(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    office.has_account("info")
    office.tenant.add_person("meier@office.example")
    office.opens()
    assert office.signs_in("info", by=Person("meier@office.example")) is Stage.FAILED
    assert office.api.get("accounts", "info", "sign-in")["code"] == "wrong_person"
    for ask in (
        lambda: main(["sign-in", "info", "--other-account"]),
        lambda: office.api.post("accounts", "info", "sign-in", json_body={"select_account": True}),
    ):
        monkeypatch.setattr("tray.cli.places", lambda: office.places)
        office.is_at_the_browser("info@office.example")
        ask()
        assert office.helper.wait_for_sign_in("info", 30).stage is Stage.SIGNED_IN
        assert "prompt=select_account" in office.opened[-1]
    assert "info" in capsys.readouterr().out


def test_a_changed_address_is_told_on_page_and_api_and_mail_goes_on(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    office.tenant.rename("info@office.example", "post@office.example")
    assert office.signs_in("info", by=Person("post@office.example")) is Stage.SIGNED_IN
    told = office.api.get("accounts", "info", "sign-in")
    assert (told["stage"], told["code"]) == ("signed_in", "renamed")
    assert "post@office.example" in told["title"]
    assert wait_until(lambda: "post@office.example" in office.last_page)
    health = office.health("info")
    assert (health.state, health.signed_in_as) == (State.OK, "post@office.example")
    newest = office.api.get("accounts", "info", "journal")["entries"]
    assert {"code": "renamed", "facts": {"signed_in": "post@office.example"}}.items() <= next(
        entry for entry in newest if entry["kind"] == "signed_in"
    ).items()


def test_a_network_fault_is_never_taken_for_an_ended_session(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    for trouble in ("offline", "captive_portal"):
        getattr(office.tenant, trouble)()
        office.waits(minutes=15)
        office.waits(minutes=15)
        assert office.health("info").state is State.OFFLINE
        office.tenant.online()
        office.checks()
        assert office.health("info").state is State.OK
    for number in (429, 500, 503, 90033):
        office.tenant.fail_next(number, times=2)
        office.waits(minutes=15)
        assert office.health("info").state in {State.OK, State.OFFLINE}
        office.tenant.online()
        office.checks()
    assert office.health("info").state is State.OK
    office.closes()  # every notice that is on its way is shown now
    assert "sign_in_required" not in [notice.kind for notice in office.notices]


def test_a_missing_approval_is_a_state_of_its_own_and_ends_by_itself(office: Office) -> None:
    office.has_account("info", person={"consent": "admin"})
    office.opens()
    assert office.signs_in("info") is Stage.CONSENT_PENDING
    office.checks()
    health = office.health("info")
    assert (health.state, health.who, health.code) == (State.CONSENT_PENDING, "admin", "AADSTS65001")
    request = office.helper.consent_request("info", "de")
    assert "/organizations/v2.0/adminconsent?" in request.url
    office.tenant.grant_consent()
    office.waits(minutes=30)
    assert office.health("info").state is State.OK
    assert "consent_granted" in [entry.kind for entry in office.helper.journal.read("info")]
    assert wait_until(lambda: [notice.kind for notice in office.notices] == ["consent_pending", "consent_granted"]), (
        office.notices
    )


def test_where_nobody_may_sign_in_without_approval_that_stays_so_until_somebody_tries_again(office: Office) -> None:
    office.has_account("info", person={"consent": "none"})
    office.opens()
    assert office.signs_in("info") is Stage.FAILED
    for _ in range(3):
        office.waits(minutes=30)
        assert (office.health("info").state, office.health("info").code) == (State.CONSENT_PENDING, "access_denied")
    office.tenant.add_person("info@office.example")
    assert office.signs_in("info") is Stage.SIGNED_IN
    assert office.health("info").state is State.OK


def test_who_declines_the_access_to_the_mailbox_is_asked_again_and_not_the_administrator(office: Office) -> None:
    office.has_account("info")
    office.tenant.grant_consent("info@office.example", ["openid", "profile", "offline_access"])
    office.opens()
    assert office.signs_in("info", by=Person("info@office.example", accepts=False)) is Stage.FAILED
    problem = office.helper.sign_in_status("info").problem
    assert problem
    assert problem.code == "AADSTS65004"
    office.waits(minutes=30)
    health = office.health("info")
    assert (health.state, health.who, health.code) == (State.SIGN_IN_REQUIRED, "user", "AADSTS65004")


def test_a_sign_in_that_is_cancelled_elsewhere_than_at_microsofts_waits_for_no_approval(office: Office) -> None:
    office.has_account("info", preset="custom", issuer=office.tenant.issuer, authority=None, scopes=["mail"])
    office.opens()
    assert office.signs_in("info", by=Person("info@office.example", accepts=False)) is Stage.FAILED
    office.checks()
    assert office.health("info").state is State.SIGN_IN_REQUIRED


def test_news_from_many_threads_never_shows_an_older_picture_after_a_newer_one(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    shown: list[int] = []
    office.helper.board.watch(lambda picture: shown.append(picture.outbox.get("sent", 0) + picture.outbox["queued"]))
    letters = [
        Thread(target=office.helper.send, args=("info", office.letter("info", "a@b.example"))) for _ in range(20)
    ]
    for each in letters:
        each.start()
    for each in letters:
        each.join()
    assert shown == sorted(shown)
    assert shown[-1] == 20


def test_a_token_out_of_memory_shows_that_the_keyring_is_open_again(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    account = office.helper.account("info")
    office.app.helper._ledger.took_vault(account, 1, "keyring_locked")
    assert office.health("info").state is State.UNKNOWN
    assert office.helper.token("info", "imap").access_token
    assert office.health("info").state is State.OK


def test_a_token_is_noted_once_for_each_program_and_not_at_each_question(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    tokens = {office.helper.token("info", protocol).access_token for protocol in ("imap", "imap", "smtp", "smtp")}
    given = [entry.facts["protocol"] for entry in office.helper.journal.read("info") if entry.kind == "token_given"]
    assert len(tokens) == 1
    assert given == ["smtp", "imap"]


def test_a_sign_in_that_runs_out_is_told_14_7_3_and_1_days_before_and_at_last_daily(office: Office) -> None:
    office.has_account("info", sign_in_every="30d")
    office.opens()
    office.signs_in("info")
    told: list[tuple[int, object]] = []
    for day in range(1, 31):
        office.waits(days=1)
        wait_until(partial(_news, office, len(told)), 0.2)
        told += [(30 - day, notice.facts["days"]) for notice in office.notices[len(told) :]]
    assert told == [(14, 14), (7, 7), (3, 3), (2, 2), (1, 1), (0, 0)]
    assert office.health("info").state is State.EXPIRING


def _news(office: Office, known: int) -> bool:
    return len(office.notices) > known


def test_an_offline_start_raises_nothing_and_mends_itself(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.signs_in("info")
    office.closes()
    office.tenant.offline()
    office.opens()
    office.waits(minutes=1)
    office.waits(minutes=5)
    assert office.health("info").state is State.OFFLINE
    office.tenant.online()
    office.checks()
    assert office.health("info").state is State.OK


def test_a_mailbox_that_refuses_is_told_apart_and_names_the_administrators_step(office: Office) -> None:
    address = office.has_account("info")
    office.opens()
    office.signs_in("info")
    office.post.refuse(address, "smtp", "smtp_auth_disabled_tenant")
    office.waits(minutes=15)
    health = office.health("info")
    assert (health.state, health.code) == (State.MAILBOX_REFUSED, "5.7.139")
    advice = office.helper.texts_in("en").advise(health.texts, health.facts)
    assert "Set-TransportConfig -SmtpClientAuthenticationDisabled $false" in advice.admin_help
    office.post.clear_faults()
    office.waits(minutes=15)
    assert office.health("info").state is State.OK


def test_a_sign_in_that_was_cancelled_can_be_begun_again_from_the_menu(office: Office) -> None:
    office.has_account("info")
    office.opens()
    office.checks()
    office.has_nobody_at_the_browser()
    office.helper.sign_in("info")
    office.helper.cancel_sign_in("info")
    assert wait_until(lambda: not office.helper.board.picture.accounts[0].sign_in_running)
    assert office.health("info").state is State.SIGN_IN_REQUIRED
