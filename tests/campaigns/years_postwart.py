"""Postwart over years in one office: the real deciding code, asked at the times at which it would be."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import msgspec

from auth.outcome import Granted, Outcome, Unreachable
from auth.provider import Session
from mail.mailbox import Protocol as MailProtocol
from mail.mailbox import Security, Server
from tests.campaigns.years_world import BERLIN, DAY, HOUR, Login, Place
from tray import agenda
from tray.health import Check, Facts, State
from tray.learning import learn_mailbox
from tray.lessons import take_in
from tray.notice import Kind, Notice
from tray.picture import AccountPicture, Health, Picture
from tray.reminders import ended, reminders
from tray.retry import silence_in
from tray.settings import Account
from tray.standing import standing

REMIND_DAYS = (14, 7, 3, 1)
SMTP = Server(MailProtocol.SMTP, "smtp.office365.com", 587, Security.STARTTLS)


@dataclass(frozen=True)
class Said:
    """A notice that the sign-in runs out."""

    at: datetime
    due: datetime


@dataclass
class Life:
    """One sign-in: what was true, and what was said of it."""

    login: Login
    warnings: list[Said] = field(default_factory=list)
    known: timedelta | None = None  # the limit that earlier evidence or the configuration tells
    ended: str = ""  # how it was seen to end: AADSTS…, or renewed before
    until: datetime | None = None


class Desk:
    """One account of one office. `step` lets time pass until something happens there."""

    def __init__(self, place: Place, begin: datetime, seed: int) -> None:
        self.place = place
        self.account = Account(
            place.id, f"{place.id}@office.example", "microsoft365-send", "c", (), smtp=SMTP,
            sign_in_every=place.tenant.configured,
        )  # fmt: skip
        self.lives: list[Life] = []
        self.lost = 0  # sessions that Postwart gave up although the tenant did not
        self._facts = Facts()
        self._since, self._state = begin, State.UNKNOWN
        self._shown: frozenset[str] = frozenset()
        self._before: Picture | None = None
        self._chance = random.Random(f"{seed}/{place.id}/desk")
        self._intends: datetime | None = None
        self._evidence: timedelta | None = None
        self._sign_in(begin)

    def run(self, begin: datetime, end: datetime) -> None:
        now, ran = begin, True
        while now < end:
            runs = self.place.office.pc_runs(now)
            if runs and not ran:
                self._restart()
            if runs:
                now = self._look(now)
            else:
                self._intends = None if self._intends is None else max(self._intends, now)
                now = self._at(now + HOUR)
            ran = runs
        self.lives[-1].until = end

    def _look(self, now: datetime) -> datetime:
        """A check, what follows from it, and when the next one is."""
        if self._intends and now >= self._intends and self.place.office.works(now):
            if self.place.office.online(now):
                self._sign_in(now)
            else:
                self._intends = now + HOUR
        health = self._check(now)
        self._remind(health, now)
        every = HOUR if self._short else 6 * HOUR
        after = agenda.next_check(health, silence_in(self._facts), every, now, self._chance.random())
        next_look = [max(after, now + HOUR / 2)]
        if self._intends:
            next_look.append(max(self._intends, now + HOUR / 4))
        return self._at(min(next_look))

    @property
    def _short(self) -> bool:
        return any(rule.limit and rule.limit <= 2 * DAY for rule in self.place.tenant.rules)

    def _at(self, when: datetime) -> datetime:
        """Not in the middle of the time that the PC is off: then when it is switched on."""
        while not self.place.office.pc_runs(when):
            local = (when.astimezone(BERLIN) + HOUR).replace(minute=self._chance.randrange(30), second=0, microsecond=0)
            when = local.astimezone(UTC)
        return when

    # what the tenant and Postwart do

    def _check(self, now: datetime) -> Health:
        life = self.lives[-1]
        for change in self.place.passwords:
            if life.login.at < change <= now and life.login.revoked is None:
                life.login.revoked = change
        answer = self._answer(life.login, now)
        refreshed = isinstance(answer, Granted)
        if refreshed:
            life.login.renewed = now
        held = Session(self.account.address, life.login.at, life.login.renewed)
        self._facts = take_in(self._facts, answer, held, now, self.account.sign_in_every)
        if refreshed:
            self._facts = learn_mailbox(self._facts, {"smtp": Check(ok=True)}, now)
        health = self._health(now)
        if health.state is State.SIGN_IN_REQUIRED:
            self._is_over(life, health, now)
        return health

    def _answer(self, login: Login, now: datetime) -> Outcome:
        if not self.place.office.online(now):
            return Unreachable(self._chance.choice(["network", "service_fault", "throttled"]))
        return self.place.tenant.refusal(login, now) or Granted("token", now + HOUR)

    def _is_over(self, life: Life, health: Health, now: datetime) -> None:
        if life.ended:
            return
        life.ended = health.code
        if self.place.tenant.refusal(life.login, now) is None or (life.ended == "AADSTS700082" and self._idle(life)):
            self.lost += 1
        limit = self.place.tenant.limit(now)
        if life.ended == "AADSTS70043":
            seen_alive = life.login.renewed - life.login.at
            narrow = limit is not None and limit - 6 * HOUR <= seen_alive < limit
            self._evidence = limit if self.place.tenant.states_limits or narrow else self._evidence

    def _idle(self, life: Life) -> bool:
        """Whether the session could have been renewed in time, since the PC ran and was online, and was not."""
        hours = range(7, self.place.tenant.inactivity // HOUR)
        moments = (life.login.renewed + n * HOUR for n in hours)
        return any(self.place.office.pc_runs(each) and self.place.office.online(each) for each in moments)

    def _health(self, now: datetime) -> Health:
        health = standing(self.account, self._facts, REMIND_DAYS, now, BERLIN)
        if health.state is not self._state:
            self._state, self._since = health.state, now
        return replace(health, since=self._since)

    def _restart(self) -> None:
        """All that is known has been on the disk."""
        self._facts = msgspec.json.decode(msgspec.json.encode(self._facts), type=Facts)
        self._before = None

    # what people see and do

    def _remind(self, health: Health, now: datetime) -> None:
        picture = Picture(health.state, (AccountPicture(self.account.id, self.account.address, "", health),))
        notices = reminders(self._before, picture, self._shown, now)
        over = ended(picture, self._shown)
        self._shown = self._shown - frozenset(over) | {notice.key for notice in notices}
        self._before = picture
        for notice in notices:
            self._told(notice, health, now)

    def _told(self, notice: Notice, health: Health, now: datetime) -> None:
        reacts = self.place.reacts
        if notice.kind is Kind.EXPIRING and health.sign_in_due:
            self.lives[-1].warnings.append(Said(now, health.sign_in_due))
            if reacts == "at_once" or (reacts == "late" and (health.told or 0) <= 1):
                self._intends = self._intends or now + self._chance.uniform(0.1, 6) * HOUR
        elif notice.kind is Kind.SIGN_IN_REQUIRED:
            self._intends = now + self._chance.uniform(0.1, 5) * HOUR

    def _sign_in(self, now: datetime) -> None:
        if self.lives:
            self.lives[-1].until = now
            self.lives[-1].ended = self.lives[-1].ended or "renewed"
        self._intends = None
        login = Login(now, now)
        self.lives.append(Life(login, known=self._evidence or self.place.tenant.configured))
        held = Session(self.account.address, now, now)
        afresh = Facts(session=self._facts.session + 1, experience=self._facts.experience)
        self._facts = take_in(afresh, Granted("token", now + HOUR), held, now, self.account.sign_in_every)


def desks(places: Iterable[Place], begin: datetime, end: datetime, seed: int) -> Iterator[Desk]:
    """Each office's years, one after the other."""
    for place in places:
        chance = random.Random(f"{seed}/{place.id}/begin")
        first = begin + timedelta(
            hours=chance.randrange(9, 16), days=chance.randrange(20), minutes=chance.randrange(60)
        )
        while not place.office.works(first):
            first += DAY if place.office.pc == "always" else HOUR
        desk = Desk(place, first, seed)
        desk.run(first, end)
        yield desk
