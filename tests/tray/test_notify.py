"""Notifications reach a real daemon, their buttons reach us, and nothing breaks where there is none."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from tests.rigs.desktop import Desktop, desktop, wait_until
from tests.tray.pictures import NOW, account, picture
from tray.health import State
from tray.menu import Action
from tray.notice import Answer, Notice
from tray.notify import Notifier, content
from tray.reminders import reminders
from tray.texts import Texts

pytestmark = pytest.mark.needs("desktop")

TEXTS = Texts("de", "Müller & Söhne")
NOTICE = reminders(None, picture(account(state=State.SIGN_IN_REQUIRED)), frozenset(), NOW)[0]
OTHER = reminders(None, picture(account("buero", State.CONSENT_PENDING)), frozenset(), NOW)[0]
CONTENT = content(NOTICE, TEXTS)


@contextmanager
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Person:
    """A notifier and what came of it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, folder: Path) -> None:
        self.clicks: Queue[tuple[Action, str]] = Queue()
        self.answers: Queue[tuple[str, Answer]] = Queue()
        self.balloons: Queue[tuple[str, str]] = Queue()
        self.notifier = Notifier(
            loop,
            lambda action, account_id: self.clicks.put((action, account_id)),
            self._balloon,
            folder=folder,
            on_answer=lambda key, answer: self.answers.put((key, answer)),
        )

    def _balloon(self, title: str, body: str, on_click: Callable[[], None]) -> bool:
        self.balloons.put((title, body))
        self.clicks_balloon = on_click
        return True

    def gets(self, notice: Notice = NOTICE) -> None:
        self.notifier.show(notice.key, content(notice, TEXTS))


@contextmanager
def person(here: Desktop, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Person]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", here.env["DBUS_SESSION_BUS_ADDRESS"])
    with running_loop() as loop:
        somebody = Person(loop, folder)
        try:
            yield somebody
        finally:
            somebody.notifier.close()


@pytest.fixture(scope="module")
def fake() -> Iterator[Desktop]:
    with desktop(screen="", notify="fake") as running:
        yield running


@pytest.fixture
def here(fake: Desktop) -> Desktop:
    (fake.folder / "notifications.jsonl").unlink(missing_ok=True)
    return fake


def newest(here: Desktop) -> dict[str, object]:
    wait_until(here.notifications, "no notification")
    return here.notifications()[-1]


def test_the_daemon_is_given_title_text_buttons_picture_and_urgency(
    here: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        seen = newest(here)
    assert seen["app"] == "Postwart"
    assert seen["summary"] == "Bitte anmelden: info@haus.example"
    assert str(seen["body"]).startswith("Müller &amp; Söhne kann für info@haus.example keine E-Mails")
    assert seen["actions"] == ["default", "", "main", "Anmelden", "later", "Später"]
    assert seen["icon"] == (tmp_path / "sign_in_required.png").as_uri()
    hints = seen["hints"]
    assert isinstance(hints, dict)
    assert hints["urgency"] == 2


@pytest.mark.parametrize("label", ["Anmelden", "default"])
def test_the_button_and_the_body_lead_to_the_sign_in(
    here: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, label: str
) -> None:
    with person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        newest(here)
        here.press(label)
        assert somebody.clicks.get(timeout=5) == (Action.SIGN_IN, "info")
        assert somebody.answers.get(timeout=5) == (NOTICE.key, Answer.MAIN)


def test_later_and_dismissing_do_nothing_but_are_known(
    here: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        newest(here)
        here.press("Später")
        assert somebody.answers.get(timeout=5) == (NOTICE.key, Answer.LATER)
        somebody.gets()
        here.dismiss()
        assert somebody.answers.get(timeout=5) == (NOTICE.key, Answer.DISMISSED)
        assert somebody.clicks.empty()


def test_what_is_mended_is_taken_from_the_screen_and_the_rest_at_the_end(
    here: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        somebody.gets(OTHER)
        wait_until(lambda: len(here.notifications()) == 2, "not both")
        somebody.notifier.withdraw(NOTICE.key)
        somebody.notifier.withdraw("never/shown/before")
        wait_until(lambda: len(here.notifications("closed")) == 1, "not withdrawn")
    assert [entry["id"] for entry in here.notifications("closed")] == [e["id"] for e in here.notifications()]


def test_what_is_told_again_takes_its_own_place(here: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        somebody.gets()
        wait_until(lambda: len(here.notifications()) == 2, "not told again")
        assert len(here.notifications("closed")) == 1
        here.press("Anmelden")
        assert somebody.clicks.get(timeout=5) == (Action.SIGN_IN, "info")
    assert len(here.notifications()) == 2
    assert somebody.balloons.empty()


def test_without_a_daemon_the_icon_says_it_and_a_new_daemon_is_found(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with desktop(screen="", notify="fake") as here, person(here, monkeypatch, tmp_path) as somebody:
        here.end("fake")
        somebody.gets()
        assert somebody.balloons.get(timeout=5) == (CONTENT.title, CONTENT.body)
        here.start_notify()
        somebody.gets()
        newest(here)
        here.end("fake")
        somebody.gets()
        assert somebody.balloons.get(timeout=5) == (CONTENT.title, CONTENT.body)
        here.start_notify()
        somebody.gets()
        wait_until(lambda: len(here.notifications()) == 2, "not shown by the new daemon")
        here.press("Anmelden")
        assert somebody.clicks.get(timeout=5) == (Action.SIGN_IN, "info")


@pytest.mark.parametrize("address", ["unix:path=/nonexistent", "nonsense", ""])
def test_without_a_session_bus_the_icon_says_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")
    with running_loop() as loop:
        somebody = Person(loop, tmp_path)
        somebody.gets()
        assert somebody.balloons.get(timeout=5) == (CONTENT.title, CONTENT.body)
        somebody.clicks_balloon()
        assert somebody.clicks.get(timeout=5) == (Action.SIGN_IN, "info")
        assert somebody.answers.get(timeout=5) == (NOTICE.key, Answer.MAIN)
        somebody.notifier.close()


def test_where_nothing_can_show_it_the_log_has_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    with running_loop() as loop:
        notifier = Notifier(loop, lambda _action, _account: None)
        notifier.show(NOTICE.key, CONTENT)
        wait_until(lambda: "no desktop to notify" in caplog.text, "not logged", 5)
    assert NOTICE.key in caplog.text


def test_a_program_that_ends_does_not_stumble_over_its_notifications() -> None:
    with running_loop() as loop:
        notifier = Notifier(loop, lambda _action, _account: None)
    notifier.show(NOTICE.key, CONTENT)
    notifier.withdraw(NOTICE.key)
    notifier.close()


def test_dunst_shows_it_and_its_button_opens_the_sign_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with desktop(notify="dunst", tray=False) as here, person(here, monkeypatch, tmp_path) as somebody:
        somebody.gets()
        wait_until(lambda: here.shown_by_dunst() == 1, "nothing on the screen")
        colours = here.screenshot().crop((20, 20, 360, 200)).getcolors(1 << 20) or []
        assert any(
            isinstance(c, tuple) and all(abs(a - b) < 12 for a, b in zip(c, (211, 32, 47), strict=True))
            for _, c in colours
        )
        here.press("Anmelden")
        assert somebody.clicks.get(timeout=5) == (Action.SIGN_IN, "info")
        somebody.gets(OTHER)
        wait_until(lambda: here.shown_by_dunst() == 2, "the second is not on the screen")
        somebody.notifier.withdraw(OTHER.key)
        wait_until(lambda: here.shown_by_dunst() == 1, "the second is still on the screen")
