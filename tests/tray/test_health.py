"""What was seen becomes a verdict: the root cause, never a consequence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from auth.outcome import Cure, Granted, Refused, Unreachable
from auth.provider import Session
from tray.health import Check, Facts, State, Who, assess, worst
from tray.learning import believe_outage, learn, learn_mailbox, learn_vault
from tray.texts import Texts

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HELD = Session("info@office.example", NOW, NOW)
GRANTED = Granted("secret-token", NOW + timedelta(hours=1))
EXPIRED = Refused("AADSTS700082", Cure.SIGN_IN, "invalid_grant")

HEALTHY = learn_mailbox(learn(Facts(), GRANTED, HELD, NOW), {"imap": Check(ok=True), "smtp": Check(ok=True)}, NOW)


def state(facts: Facts, now: datetime = NOW, *, expiring: bool = False) -> State:
    return assess(facts, now, expiring=expiring).state


def test_an_account_never_looked_at_is_unknown() -> None:
    assert state(Facts()) is State.UNKNOWN


def test_what_an_older_access_token_still_opens_says_nothing_once_the_sign_in_was_refused() -> None:
    refused = learn(HEALTHY, EXPIRED, HELD, NOW)
    assert learn_mailbox(refused, {"imap": Check(ok=True)}, NOW) == refused
    silent = learn_mailbox(refused, {"imap": Check(ok=False, text="server_silent", reachable=False)}, NOW)
    assert (silent.checks, silent.outages) == ({}, {})
    again = learn_mailbox(learn(refused, GRANTED, HELD, NOW), {"imap": Check(ok=True)}, NOW)
    assert state(again) is State.OK


def test_nobody_signed_in_asks_for_a_sign_in() -> None:
    verdict = assess(learn(Facts(), None, None, NOW), NOW, expiring=False)
    assert (verdict.state, verdict.who, verdict.code) == (State.SIGN_IN_REQUIRED, Who.USER, "not_signed_in")


def test_token_and_mailbox_together_make_ok() -> None:
    assert state(HEALTHY) is State.OK


@pytest.mark.parametrize(
    ("cure", "expected", "who"),
    [
        (Cure.SIGN_IN, State.SIGN_IN_REQUIRED, Who.USER),
        (Cure.CONSENT, State.CONSENT_PENDING, Who.ADMIN),
        (Cure.ADMIN, State.SIGN_IN_REQUIRED, Who.ADMIN),
        (Cure.VENDOR, State.SIGN_IN_REQUIRED, Who.VENDOR),
    ],
)
def test_a_refusal_names_the_state_and_who_can_mend_it(cure: Cure, expected: State, who: Who) -> None:
    verdict = assess(learn(HEALTHY, Refused("AADSTS1", cure), HELD, NOW), NOW, expiring=False)
    assert (verdict.state, verdict.who, verdict.code) == (expected, who, "AADSTS1")
    assert verdict.texts == ("AADSTS1", f"refused-{cure.value}")


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("AADSTS90094", "consent_unknown"),
        ("AADSTS90095", "consent_unknown"),
        ("access_denied", "consent_unknown_or_declined"),
        ("consent_required", "consent_unknown_or_declined"),
    ],
)
def test_where_nobody_may_even_sign_in_it_says_that_only_a_try_can_tell(code: str, first: str) -> None:
    verdict = assess(learn(Facts(), Refused(code, Cure.CONSENT), None, NOW), NOW, expiring=False)
    assert (verdict.state, verdict.texts[0]) == (State.CONSENT_PENDING, first)
    for language in ("de", "en"):
        advice = Texts(language).advise(verdict.texts, {})
        assert {"de": "kann Postwart nicht selbst sehen", "en": "cannot see by itself"}[language] in advice.next_step
        assert advice.admin_help


def test_a_network_fault_says_nothing_about_the_sign_in() -> None:
    facts = learn(HEALTHY, Unreachable("network"), HELD, NOW)
    assert facts.refused is None
    assert facts.held == HELD


def test_a_short_outage_stays_unseen_and_a_longer_one_is_offline() -> None:
    facts = learn(HEALTHY, Unreachable("network"), HELD, NOW)
    assert state(facts) is State.OK
    assert state(facts, now=NOW + timedelta(minutes=2)) is State.OFFLINE


def test_a_repeated_outage_keeps_its_beginning() -> None:
    facts = learn(HEALTHY, Unreachable("network"), HELD, NOW)
    facts = learn(facts, Unreachable("network"), HELD, NOW + timedelta(minutes=1))
    assert facts.outage_since == NOW


def test_an_account_that_was_never_reached_is_offline_at_once() -> None:
    assert state(learn(Facts(), Unreachable("network"), None, NOW)) is State.OFFLINE


def test_a_network_fault_does_not_hide_a_known_refusal() -> None:
    facts = learn(HEALTHY, EXPIRED, HELD, NOW)
    facts = learn(facts, Unreachable("network"), HELD, NOW)
    assert state(facts, now=NOW + timedelta(hours=1)) is State.SIGN_IN_REQUIRED


def test_a_mailbox_that_lets_nobody_in_is_refused_though_the_token_is_good() -> None:
    refused = Check(ok=False, code="5.7.139", text="smtp_auth_disabled_tenant", facts={"protocol": "SMTP"})
    verdict = assess(learn_mailbox(HEALTHY, {"smtp": refused}, NOW), NOW, expiring=False)
    assert (verdict.state, verdict.who, verdict.code) == (State.MAILBOX_REFUSED, Who.ADMIN, "5.7.139")
    assert verdict.texts[0] == "smtp_auth_disabled_tenant"


def test_asking_one_server_keeps_what_is_known_of_the_other() -> None:
    facts = learn_mailbox(HEALTHY, {"smtp": Check(ok=False, code="535", text="token_refused")}, NOW)
    facts = learn_mailbox(facts, {"imap": Check(ok=True)}, NOW)
    assert not facts.checks["smtp"].ok


def test_a_server_that_does_not_answer_keeps_its_last_answer_and_is_offline_later() -> None:
    silent = Check(ok=False, text="server_unreachable", reachable=False)
    facts = learn_mailbox(HEALTHY, {"imap": silent}, NOW)
    facts = learn_mailbox(facts, {"smtp": Check(ok=True)}, NOW + timedelta(minutes=1))
    assert facts.checks["imap"].ok
    assert state(facts) is State.OK
    assert state(facts, now=NOW + timedelta(minutes=5)) is State.OFFLINE


def test_a_date_that_is_near_enough_to_be_told_is_expiring() -> None:
    verdict = assess(HEALTHY, NOW, expiring=True)
    assert (verdict.state, verdict.texts[0]) == (State.EXPIRING, "expiring")


def test_a_locked_keyring_is_said_and_is_no_sign_in_required() -> None:
    facts = learn_vault(HEALTHY, "keyring_locked")
    verdict = assess(facts, NOW, expiring=False)
    assert (verdict.state, verdict.code) == (State.UNKNOWN, "keyring_locked")
    assert state(learn(facts, GRANTED, HELD, NOW)) is State.OK


@pytest.mark.parametrize("code", ["vault_damaged", "vault_key_missing"])
def test_a_stored_sign_in_that_is_lost_asks_for_a_new_one(code: str) -> None:
    verdict = assess(learn_vault(HEALTHY, code), NOW, expiring=False)
    assert (verdict.state, verdict.who, verdict.code) == (State.SIGN_IN_REQUIRED, Who.USER, code)


def test_somebody_who_asks_is_told_of_an_outage_at_once() -> None:
    facts = learn(HEALTHY, Unreachable("network"), HELD, NOW)
    assert state(believe_outage(facts, NOW)) is State.OFFLINE
    assert believe_outage(HEALTHY, NOW) == HEALTHY


def test_the_overall_state_is_the_worst_accounts() -> None:
    assert worst([State.OK, State.CONSENT_PENDING, State.EXPIRING]) is State.CONSENT_PENDING
    assert worst([]) is State.UNKNOWN


def test_an_approval_that_is_missing_for_the_sign_in_itself_does_not_pass_by_itself() -> None:
    waiting = learn(Facts(), Refused("AADSTS90094", Cure.CONSENT, "access_denied"), None, NOW)
    again = learn(waiting, None, None, NOW + timedelta(minutes=30))
    assert (state(again), again.checked_at) == (State.CONSENT_PENDING, NOW + timedelta(minutes=30))
    assert state(learn(learn(again, GRANTED, HELD, NOW), None, None, NOW)) is State.SIGN_IN_REQUIRED


def test_who_declined_is_asked_again_and_not_the_administrator() -> None:
    facts = learn(HEALTHY, Refused("AADSTS65004", Cure.SIGN_IN, "access_denied"), HELD, NOW)
    facts = learn(facts, Refused("AADSTS65001", Cure.CONSENT, "invalid_grant"), HELD, NOW)
    assert assess(facts, NOW, expiring=False).code == "AADSTS65004"
    assert state(learn(facts, GRANTED, HELD, NOW)) is State.OK
