"""Faults of this PC, each a real one: settings, folders, disk, databases, keyring, ports."""

from __future__ import annotations

import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from mail.database import Database
from tests.rigs.desktop import ROOT, desktop
from tray import config_file
from tray.doctor import databases, this_pc
from tray.doctor.finding import Finding, Level
from tray.doctor.log_tail import LINES, log_tail
from tray.health import Who
from tray.memory import MIGRATIONS
from tray.paths import Places
from tray.texts import Texts

EN = Texts("en")


def codes(findings: object) -> list[tuple[Level, str]]:
    assert not isinstance(findings, Finding)
    return [(each.level, each.code) for each in findings]  # type: ignore[attr-defined]  # any iterable


# settings


def test_no_settings_yet_are_a_remark(here: Places) -> None:
    settings, findings = this_pc.configuration(here, EN)
    assert settings is not None
    assert codes(findings) == [(Level.NOTE, "doctor-config-none")]


def test_wrong_settings_are_a_fault_with_each_line(here: Places) -> None:
    here.config_file.write_text('[checks]\nevery = "soon"\ncolour = "red"\n', "utf-8")
    settings, (finding,) = this_pc.configuration(here, EN)
    assert settings is None
    assert (finding.level, finding.code, finding.who) == (Level.FAULT, "config_wrong", Who.USER)
    assert len(finding.lines) == 2
    assert "line 2" in finding.lines[0]


def test_settings_that_cannot_be_read_are_a_fault_for_the_administrator(here: Places) -> None:
    here.config_file.mkdir()
    settings, (finding,) = this_pc.configuration(here, EN)
    assert settings is None
    assert (finding.level, finding.code, finding.who) == (Level.FAULT, "config_unreadable", Who.ADMIN)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are no three digits there")
def test_settings_that_others_may_change_are_a_remark(here: Places) -> None:
    here.config_file.write_text('language = "en"\n', "utf-8")
    here.config_file.chmod(0o666)
    assert codes(this_pc.configuration(here, EN)[1])[0] == (Level.NOTE, "doctor-config-open")
    here.config_file.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert codes(this_pc.configuration(here, EN)[1]) == [(Level.OK, "doctor-config-ok")]


# folders and disk


def test_folders_are_tried_and_one_that_is_none_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "data").mkdir()
    there = Places(tmp_path / "file" / "c.toml", tmp_path / "data", tmp_path / "new", tmp_path / "data")
    assert sorted(codes(this_pc.folders(there))) == [
        (Level.FAULT, "doctor-folder-unusable"),
        (Level.OK, "doctor-folder-none"),
        (Level.OK, "doctor-folder-ok"),
    ]
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((0, 0), (Level.OK, "doctor-disk-ok")),
        ((0, 1e18), (Level.NOTE, "doctor-disk-little")),
        ((1e18, 1e18), (Level.FAULT, "doctor-disk-full")),
    ],
)
def test_the_room_on_the_disk(
    here: Places, monkeypatch: pytest.MonkeyPatch, limits: tuple[float, float], expected: tuple[Level, str]
) -> None:
    monkeypatch.setattr(this_pc, "NEARLY_FULL", limits[0])
    monkeypatch.setattr(this_pc, "LITTLE_ROOM", limits[1])
    assert codes(this_pc.disk(here)) == [expected]


# databases


def test_databases_are_sound_not_there_yet_damaged_or_aside(here: Places) -> None:
    assert codes(databases.databases(here)) == [(Level.OK, "doctor-database-none")] * 2
    with Database(here.data / "state.db", MIGRATIONS):
        (here.data / "post.db").write_bytes(b"this is no database, whatever it may be called" * 100)
        (here.data / "post.db.damaged-20261124-080000").write_bytes(b"x")
        (here.data / "post.db.damaged-20261124-080000-wal").write_bytes(b"x")
        before = (here.data / "post.db").read_bytes()
        assert codes(databases.databases(here)) == [
            (Level.FAULT, "doctor-database-damaged"),
            (Level.NOTE, "doctor-database-aside"),
            (Level.OK, "doctor-database-ok"),
        ]
    assert (here.data / "post.db").read_bytes() == before
    assert not (here.data / "post.db.suspect").exists()


def test_a_database_too_large_to_be_read_in_time_is_a_remark(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(here.data / "post.db")) as large:
        large.execute("CREATE TABLE t (x)")
        large.executemany("INSERT INTO t VALUES (?)", [(bytes(200),)] * 20_000)
        large.commit()
    monkeypatch.setattr(databases, "LOOK_SECONDS", 0)
    monkeypatch.setattr(databases, "_STEPS", 10)
    assert codes(databases.databases(here))[0] == (Level.NOTE, "doctor-database-large")


def test_a_database_that_cannot_be_opened_is_a_fault(here: Places) -> None:
    (here.data / "post.db").mkdir()
    assert codes(databases.databases(here))[0] == (Level.FAULT, "doctor-database-unreadable")


# connections inside the PC


def test_this_pc_reaches_itself() -> None:
    assert codes(this_pc.loopback()) == [(Level.OK, "doctor-loopback-ok")]


def test_where_it_cannot_reach_itself_nobody_can_sign_in() -> None:
    (finding,) = this_pc.loopback("192.0.2.1")  # an address that this PC does not have
    assert (finding.level, finding.code, finding.who) == (Level.FAULT, "doctor-loopback-blocked", Who.ADMIN)


def test_a_port_that_another_program_holds_is_a_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert codes(this_pc.port(number)) == [(Level.FAULT, "port_taken")]
    assert codes(this_pc.port(number)) == [(Level.OK, "doctor-port-ok")]


# keyring


def test_no_keyring_is_a_fault_for_the_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    (finding,) = this_pc.keyring()
    assert (finding.level, finding.code, finding.who) == (Level.FAULT, "keyring_missing", Who.ADMIN)


_TRIAL = "from tray.doctor.this_pc import keyring; print([(f.level.value, f.code, dict(f.facts)) for f in keyring()])"


@pytest.mark.needs("desktop")
def test_the_systems_keyring_is_written_read_and_left_as_it_was() -> None:
    with desktop(keyring=True, tray=False, notify="none", screen="") as desk:
        found = subprocess.run(
            [sys.executable, "-c", _TRIAL], env=desk.env, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        ).stdout
        assert "('ok', 'doctor-keyring-ok'" in found
        assert "SecretService" in found
        left = "".join(file.read_text("latin-1") for file in (desk.folder / "data" / "keyrings").rglob("*.keyring"))
        assert "test entry" not in left


@pytest.mark.needs("desktop")
def test_a_keyring_that_does_not_answer_is_a_fault_and_told_in_time() -> None:
    look = (
        "from tray.doctor.examination import Task, examine; from tray.doctor import this_pc as p;"
        "print(examine([Task(p.keyring, p.keyring_fault('keyring_slow'))], 1)[0].code)"
    )
    with desktop(keyring=True, tray=False, notify="none", screen="") as desk:
        desk._processes["keyring"].send_signal(signal.SIGSTOP)
        begun = time.monotonic()
        code = subprocess.run(
            [sys.executable, "-c", f"{look}\nimport os, sys; sys.stdout.flush(); os._exit(0)"],
            env=desk.env,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
        desk._processes["keyring"].send_signal(signal.SIGCONT)
    assert code == "keyring_slow"
    assert time.monotonic() - begun < 10


# the log


def test_the_end_of_the_log_is_there_and_no_more(here: Places) -> None:
    assert log_tail(here.logs) == []
    (here.logs / "postwart.log").write_text("\n".join(f"line {n}" for n in range(20_000)), "utf-8")
    assert len(log_tail(here.logs)) == LINES
    assert log_tail(here.logs)[-1] == "line 19999"


def test_an_account_in_the_settings_is_counted(here: Places) -> None:
    account = {"id": "info", "address": "info@x.example", "preset": "microsoft365"}
    config_file.add_account(here.config_file, {**account, "client_id": "11111111-2222-4333-8444-555555555555"})
    (*_, finding) = this_pc.configuration(here, EN)[1]
    assert finding.facts["count"] == 1
