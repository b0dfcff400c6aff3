"""One sign-in at a time per account: joined, cancelled, and remembered how it ended."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from auth.outcome import Cure, Granted, Outcome, Refused
from auth.problems import Problem, SignInProblem, WrongPerson
from auth.provider import Attempt, Session, SignedIn
from tests.office import wait_until
from tray.problems import SignInRunning
from tray.settings import Account
from tray.sign_ins import Renamed, SignIns, Stage

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ACCOUNT = Account("info", "info@office.example", "microsoft365", "client", ("scope",))
SESSION = Session("info@office.example", NOW, NOW)


class Waiting:
    """A provider whose person takes until `go` is set."""

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.go = threading.Event()
        self.begun = 0
        self.attempts: list[Attempt] = []
        self._outcome = outcome or Granted("token", NOW + timedelta(hours=1))

    def sign_in(self, attempt: Attempt) -> SignedIn:
        self.begun += 1
        self.attempts.append(attempt)
        attempt.url = "https://sign-in.example/authorize"
        while not self.go.wait(0.01):
            if attempt.cancelled.is_set():
                raise SignInProblem(code="sign_in_cancelled")
        return SignedIn(SESSION, self._outcome)

    def session(self) -> Session | None:
        return None

    def token(self) -> Outcome | None:
        return None

    def refresh(self) -> Outcome | None:
        return None

    def sign_out(self) -> None: ...

    def retire(self) -> None: ...

    @property
    def clock_error(self) -> timedelta:
        return timedelta()


def begin(sign_ins: SignIns, provider: Waiting, ended: list[SignedIn | Problem]) -> Stage:
    return sign_ins.begin(ACCOUNT, provider, lambda _: "page", ended.append).stage


def test_a_second_click_joins_the_sign_in_that_runs() -> None:
    sign_ins, provider, ended = SignIns(lambda _: True, lambda: NOW), Waiting(), list[SignedIn | Problem]()
    assert begin(sign_ins, provider, ended) is Stage.RUNNING
    assert begin(sign_ins, provider, ended) is Stage.RUNNING
    provider.go.set()
    assert sign_ins.wait("info", 5).stage is Stage.SIGNED_IN
    assert (provider.begun, len(ended)) == (1, 1)


def test_a_wish_for_a_code_or_for_another_account_takes_the_place_of_what_runs_and_a_plain_click_joins() -> None:
    sign_ins, provider, ended = SignIns(lambda _: True, lambda: NOW), Waiting(), list[SignedIn | Problem]()

    def begins(**wish: bool) -> None:
        assert sign_ins.begin(ACCOUNT, provider, lambda _: "page", ended.append, **wish).stage is Stage.RUNNING

    for wish in ({}, {"by_code": True}, {"by_code": True}, {}, {"select_account": True}, {"select_account": True}, {}):
        begins(**wish)
    assert wait_until(lambda: provider.begun == 3)
    assert [(each.by_code, each.select_account) for each in provider.attempts] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert [each.code for each in ended if isinstance(each, Problem)] == ["sign_in_cancelled"] * 2
    provider.go.set()
    assert sign_ins.wait("info", 5).stage is Stage.SIGNED_IN


def test_what_does_not_end_at_once_is_not_joined_by_somebody_who_wishes_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Deaf(Waiting):
        def sign_in(self, _attempt: Attempt) -> SignedIn:
            assert self.go.wait(10)
            return SignedIn(SESSION, self._outcome)

    monkeypatch.setattr("tray.sign_ins.ENDING", 0.05)
    sign_ins, deaf = SignIns(lambda _: True, lambda: NOW), Deaf()
    begin(sign_ins, deaf, [])
    with pytest.raises(SignInRunning):
        sign_ins.begin(ACCOUNT, deaf, lambda _: "page", lambda _: None, by_code=True)
    deaf.go.set()
    sign_ins.wait("info", 5)


def test_one_that_came_too_late_ended_as_that() -> None:
    def too_late(_: SignedIn | Problem) -> None:
        raise SignInProblem(code="sign_in_cancelled")

    sign_ins, provider = SignIns(lambda _: True, lambda: NOW), Waiting()
    provider.go.set()
    sign_ins.begin(ACCOUNT, provider, lambda _: "page", too_late)
    status = sign_ins.wait("info", 5)
    assert (status.stage, status.problem and status.problem.code) == (Stage.FAILED, "sign_in_cancelled")


def test_a_cancelled_sign_in_says_so_and_the_next_one_can_begin() -> None:
    sign_ins, provider, ended = SignIns(lambda _: True, lambda: NOW), Waiting(), list[SignedIn | Problem]()
    begin(sign_ins, provider, ended)
    assert sign_ins.cancel("info")
    status = sign_ins.wait("info", 5)
    assert status.stage is Stage.FAILED
    assert status.problem
    assert status.problem.code == "sign_in_cancelled"
    assert not sign_ins.cancel("info")
    assert begin(sign_ins, provider, ended) is Stage.RUNNING
    provider.go.set()
    assert sign_ins.wait("info", 5).stage is Stage.SIGNED_IN


def test_while_it_runs_the_page_to_sign_in_on_is_told_but_not_in_its_repr() -> None:
    sign_ins, provider = SignIns(lambda _: True, lambda: NOW), Waiting()
    begin(sign_ins, provider, [])
    while not sign_ins.status("info").url:
        pass
    assert "sign-in.example" not in repr(sign_ins.status("info"))
    sign_ins.stop()
    assert sign_ins.status("info").url == ""


def test_an_approval_that_is_missing_is_told_apart() -> None:
    sign_ins, provider = SignIns(lambda _: True, lambda: NOW), Waiting(Refused("AADSTS65001", Cure.CONSENT))
    begin(sign_ins, provider, [])
    provider.go.set()
    assert sign_ins.wait("info", 5).stage is Stage.CONSENT_PENDING


def test_a_fault_of_ours_ends_the_sign_in_instead_of_leaving_it_running_for_ever() -> None:
    class Broken(Waiting):
        def sign_in(self, attempt: Attempt) -> SignedIn:
            raise RuntimeError(f"no {attempt.time_limit}")

    sign_ins, ended = SignIns(lambda _: True, lambda: NOW), list[SignedIn | Problem]()
    begin(sign_ins, Broken(), ended)
    status = sign_ins.wait("info", 5)
    assert status.stage is Stage.FAILED
    assert isinstance(ended[0], Problem)


def test_after_the_wrong_person_the_next_sign_in_lets_choose() -> None:
    class Stranger(Waiting):
        def sign_in(self, attempt: Attempt) -> SignedIn:
            self.attempts.append(attempt)
            raise WrongPerson(expected="info@office.example", signed_in="meier@office.example")

    sign_ins, stranger, right = SignIns(lambda _: True, lambda: NOW), Stranger(), Waiting()
    right.go.set()
    for provider in (stranger, stranger, right, right):
        begin(sign_ins, provider, [])
        sign_ins.wait("info", 5)
    assert [attempt.select_account for attempt in stranger.attempts] == [False, True]
    assert [attempt.select_account for attempt in right.attempts] == [True, False]


def test_a_changed_address_is_part_of_how_it_ended() -> None:
    class Married(Waiting):
        def sign_in(self, _attempt: Attempt) -> SignedIn:
            return SignedIn(Session("schulz@office.example", NOW, NOW), self._outcome, renamed=True)

    sign_ins = SignIns(lambda _: True, lambda: NOW)
    begin(sign_ins, Married(), [])
    ended = sign_ins.wait("info", 5)
    assert ended.stage is Stage.SIGNED_IN
    assert ended.renamed == Renamed("info@office.example", "schulz@office.example")
