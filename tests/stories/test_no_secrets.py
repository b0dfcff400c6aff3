"""After a whole run no secret stands anywhere in clear: not in files, logs, outputs, answers or process lists."""

from __future__ import annotations

import base64
import json
import logging
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from auth.sandbox.certificate import issue
from mail.database import Database
from mail.sandbox.post_office import SandboxPostOffice
from tests.rigs import robot_browser
from tests.rigs.desktop import ROOT, Desktop, desktop
from tests.rigs.leaks import Watched, command_lines, files, found_in, sasl, spellings
from tests.rigs.postwart import Postwart, postwart
from tray import config_file
from tray.api.client import ApiRefused
from tray.api.keys import Keys
from tray.api.program_keys import ProgramKeys
from tray.app import utc_now
from tray.memory import MIGRATIONS

pytestmark = [pytest.mark.needs("desktop")]

ADDRESS = "info@office.example"
WRONG = "a-secret-of-somebody-elses_0123456789"
KEY = "from auth.keyring_store import SystemKeyring as S; print((S().get() or b'').hex())"


@dataclass
class Run:
    provider: Watched
    post: SandboxPostOffice
    desk: Desktop
    program: Postwart
    api_secrets: list[str] = field(default_factory=list)
    vault_key: bytes = b""
    answers: list[str] = field(default_factory=list)
    command_lines: set[str] = field(default_factory=set)
    kept: dict[str, bytes] = field(default_factory=dict)  # files at several moments

    def asks(self, method: str, *path: str, **more: Any) -> Any:
        try:
            answer = self.program.api.call(method, path, **more)
        except ApiRefused as refusal:
            answer = {**vars(refusal), "detail": str(refusal)}
        self.answers.append(json.dumps(answer, default=str))
        return answer

    def asks_wrongly(self, target: str, **headers: str) -> None:
        """As a program that knows no better, or a browser that was lured."""
        api = json.loads(self.program.places.api_file.read_text("ascii"))
        request = urllib.request.Request(api["url"] + target, headers=headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10)
        self.answers.append(f"{refused.value.headers}{refused.value.read().decode()}")

    def types(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = self.program.command(*arguments)
        self.answers += [done.stdout if arguments[0] != "token" else "", done.stderr]
        return done

    def keeps_files(self, moment: str) -> None:
        """`api.json` is the one place for the API's secret; gnome-keyring without a password keeps the key in clear."""
        now = files(self.program.home, self.desk.folder, leave_out=("api.json", "keyrings"))
        self.kept |= {f"{moment}: {name}": content for name, content in now.items()}

    def report(self) -> str:
        """The newest file for the hotline."""
        return max((self.program.home / "reports").iterdir()).read_text("utf-8-sig")

    def secrets(self) -> dict[bytes, str]:
        """Each in all the spellings that would give it away → what it is."""
        named = {secret.encode(): name for secret, name in self.provider.secrets.items()}
        named |= {secret.encode(): "the API's secret" for secret in self.api_secrets}
        named |= {WRONG.encode(): "a wrong API secret", self.vault_key: "the vault's key"}
        named |= {base64.b64encode(self.vault_key): "the vault's key"}
        named |= {
            sasl(ADDRESS, token): "XOAUTH2" for token, name in self.provider.secrets.items() if name == "access_token"
        }
        return {spelling: name for secret, name in named.items() for spelling in spellings(secret)}

    def places(self) -> dict[str, bytes]:
        return {**self.kept, "answers": "\n".join(self.answers).encode()}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Two days in the life: the first ends with a power cut, the second as it should."""
    folder = tmp_path_factory.mktemp("secrets")
    with Watched(folder / "idp") as provider:
        pair = issue(provider.ca, ["localhost", "127.0.0.1"], folder / "post")
        browser = robot_browser.command(provider.ca_file, ADDRESS)
        with (
            SandboxPostOffice(folder, (pair.file, pair.key_file), provider.owner_of) as post,
            desktop(keyring=True, tray=False, notify="fake", screen="", BROWSER=browser) as desk,
            postwart(folder / "home", desk.env) as program,
            command_lines() as seen,
        ):
            provider.add_person(ADDRESS, mfa=True)
            post.deliver(ADDRESS, b"Subject: one\r\n\r\nbody\r\n")
            program.home.mkdir()
            for account, address in (("info", ADDRESS), ("other", "other@office.example")):
                config_file.add_account(program.places.config_file, _account(provider, post, account, address))
            done = Run(provider, post, desk, program, command_lines=seen)
            _a_day(done)
            done.keeps_files("while it runs")
            program.kill()
            done.keeps_files("after a power cut")
            _a_day(done)
            program.stop()
            done.keeps_files("after the end")
        yield done


def _account(provider: Watched, post: SandboxPostOffice, account: str, address: str) -> dict[str, Any]:
    servers = {
        server.protocol.value: {"host": server.host, "port": server.port, "security": server.security.value}
        for server in (post.imap, post.smtp)
    }
    return {
        "id": account,
        "address": address,
        "preset": "microsoft365",
        "client_id": provider.client_id,
        "authority": provider.authority,
        "ca_file": str(provider.ca_file),
        "receive": "imap",
        **servers,
    }


def _a_day(run: Run) -> None:
    run.program.start("--no-tray")
    run.api_secrets.append(json.loads(run.program.places.api_file.read_text())["secret"])
    assert run.types("sign-in", "other").returncode != 0, "the wrong person"
    assert run.types("sign-in", "info").returncode == 0
    key = subprocess.run(
        [sys.executable, "-c", KEY], env=run.program.env, cwd=ROOT, capture_output=True, encoding="ascii", check=True
    )
    run.vault_key = bytes.fromhex(key.stdout)
    assert run.asks("POST", "accounts", "info", "check")["state"] == "ok"
    _mail(run)
    _wrong_calls(run)
    _trouble(run)
    for path in (("messages",), ("status",), ("accounts",), ("outbox",)):
        run.asks("GET", *path)
    for account in ("info", "other"):
        run.asks("GET", "accounts", account, "journal")
        run.asks("GET", "accounts", account, "sign-in")
    run.types("status")
    run.asks("POST", "doctor")
    assert "Details for the hotline" in run.types("doctor").stdout + run.report()
    assert json.loads(run.types("doctor", "--json").stdout)["log"]


def _mail(run: Run) -> None:
    run.asks("POST", "accounts", "info", "fetch")
    assert run.types("token", "info").stdout.strip() in run.provider.secrets
    assert run.program.api.get("accounts", "info", "token")["access_token"] in run.provider.secrets
    assert run.types("test-mail", "info").returncode == 0


def _wrong_calls(run: Run) -> None:
    right = run.api_secrets[-1]
    run.asks_wrongly("/v1/status", Authorization=f"Bearer {WRONG}")
    run.asks_wrongly(f"/v1/status?secret={right}")
    run.asks_wrongly(f"/{right}", Authorization=f"Bearer {right}")
    run.asks_wrongly("/v1/status", Authorization=f"Basic {right}")
    run.asks_wrongly("/v1/status", Authorization=f"Bearer {right}", Origin=f"http://evil.example/{WRONG}")
    run.asks("POST", "accounts", "info", "outbox", body=f'{{"to": "{right}"'.encode(), kind="application/json")


def _trouble(run: Run) -> None:
    for protocol in ("imap", "smtp"):
        run.post.refuse(ADDRESS, protocol, "token_refused")
        run.asks("POST", "accounts", "info", "check")
        run.asks("POST", "accounts", "info", "fetch")
        run.asks("POST", "accounts", "info", "test-mail")
        run.post.clear_faults()
    run.provider.fail_next(500)
    run.asks("POST", "accounts", "info", "check")
    run.provider.revoke(ADDRESS)
    assert run.asks("POST", "accounts", "info", "check")["state"] == "sign_in_required"
    with pytest.raises(ApiRefused):
        run.program.api.get("accounts", "info", "token")
    run.types("check", "info")
    run.types("token", "info")


def test_every_kind_of_secret_was_there_to_be_found(run: Run) -> None:
    kinds = set(run.provider.secrets.values())
    assert kinds == {"access_token", "refresh_token", "id_token", "code", "code_verifier", "state"}
    assert len(set(run.api_secrets)) == 2
    assert len(run.vault_key) == 32
    assert {"while it runs: post.db-wal", "after a power cut: post.db-wal", "after the end: logs/postwart.log"} <= set(
        run.kept
    )
    assert any("vault/" in name for name in run.kept)
    assert any(name.startswith("after the end: reports/") for name in run.kept)
    assert any("wrong_person" in answer for answer in run.answers)
    with sqlite3.connect(":memory:") as database:  # what a store keeps as text stands in its file as it is
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (run.api_secrets[0],))
        database.commit()
        assert found_in(database.serialize(), run.secrets()) == ["the API's secret"]


@pytest.mark.parametrize(
    "disguise", [bytes, base64.b64encode, base64.urlsafe_b64encode, lambda secret: secret.hex().encode()]
)
def test_the_search_finds_each_that_is_planted_in_a_file(run: Run, tmp_path: Path, disguise: Any) -> None:
    secrets = run.secrets()
    every = [*run.provider.secrets, *run.api_secrets, WRONG, base64.b64encode(run.vault_key).decode()]
    for number, secret in enumerate(every):
        planted = disguise(b"a line of the log: " + b"x" * (number % 3) + secret.encode() + b" and more")
        (tmp_path / "postwart.log.1").write_bytes(b"something else\n" + planted)
        assert found_in(files(tmp_path)["postwart.log.1"], secrets), secret
    assert not found_in(b"something else", secrets)


def test_no_secret_stands_in_any_file_output_or_answer(run: Run) -> None:
    secrets = run.secrets()
    assert {name: found for name, content in run.places().items() if (found := found_in(content, secrets))} == {}
    assert not run.program.places.api_file.exists()


def test_no_secret_stands_in_a_process_list(run: Run) -> None:
    """The state of a sign-in does: it is in the URL that the browser opens, and worth nothing without the verifier."""
    secrets = {secret: name for secret, name in run.secrets().items() if name != "state"}
    assert any("tray run" in line for line in run.command_lines)
    assert any("robot_browser" in line for line in run.command_lines)
    assert {line for line in run.command_lines if found_in(line.encode(), secrets)} == set()


def test_a_secret_does_not_show_where_an_object_is_printed(tmp_path: Path) -> None:
    with Database(tmp_path / "state.db", MIGRATIONS) as database:
        keys = Keys(ProgramKeys(database, utc_now))
        logging.getLogger(__name__).info("%r", keys)
        assert keys.secret not in repr(keys)
