"""The command line against an API that answers from memory; the stories run it against all of Postwart."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from mail.database import Database
from mail.inbox import Arrival, Inbox
from mail.schema import MIGRATIONS
from tests.tray.api.hub import OFFLINE, SIGNED_OUT, WELL, Hub, open_hub
from tray.api.server import ApiServer
from tray.cli import main
from tray.cli_call import Exit
from tray.cli_output import first_to_act_on
from tray.health import State
from tray.paths import places
from tray.problems import AccountNotReady
from tray.runtime import single_instance

Run = tuple[int, str, str]


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """The hub of a Postwart that runs."""
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    where = places()
    where.create()
    with (
        open_hub(where.data) as answering,
        single_instance(where.data),
        ApiServer(cast("Any", answering), where, answering.program_keys, answering.feed),
    ):
        yield answering


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*said: str) -> Run:
        code = main(said)
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


def once_it_is_asked_for(hub: Hub, ends: Callable[[], None], *, after: float) -> None:
    """The sign-in of `info` ends so many seconds after it has begun, however long this machine takes to begin it."""

    def wait() -> None:
        while "info" not in hub.signing_in:
            time.sleep(0.02)
        time.sleep(after)
        ends()

    threading.Thread(target=wait, daemon=True).start()


def test_status_shows_every_account_and_what_to_do(hub: Hub, run: Any) -> None:
    code, out, err = run("status")
    assert "info@hausverwaltung.example" in out
    assert "in Ordnung" in out
    assert "Nächste Anmeldung" in out
    assert "AADSTS50173" in out
    assert "2 neue E-Mails" in out
    assert err == ""
    assert code == 3
    assert hub.did == []


def test_status_as_json_is_the_api_s_own(hub: Hub, run: Any) -> None:
    code, out, _ = run("status", "--json")
    assert json.loads(out)["accounts"][1]["health"]["code"] == "AADSTS50173"
    assert code == 3
    assert hub.did == []


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.OK, 0),
        (State.EXPIRING, 0),
        (State.UNKNOWN, 0),
        (State.MAILBOX_REFUSED, 1),
        (State.SIGN_IN_REQUIRED, 3),
        (State.CONSENT_PENDING, 4),
        (State.OFFLINE, 5),
    ],
)
def test_a_check_ends_with_the_state_s_exit_code(hub: Hub, run: Any, state: State, code: int) -> None:
    hub.healths["info"] = replace(WELL, state=state)
    assert run("check", "info")[0] == code
    assert hub.did == [("check", "info")]


def test_a_check_of_all_accounts_ends_with_the_worst(hub: Hub, run: Any) -> None:
    assert run("check")[0] == 3
    assert hub.did == [("check", "info"), ("check", "rent")]


def test_a_token_stands_alone_on_stdout(hub: Hub, run: Any) -> None:
    assert run("token", "info", "--for", "smtp") == (0, "made-up-token\n", "")
    assert run("token", "info") == (0, "made-up-token\n", "")
    assert hub.did == [("token", "info", "smtp"), ("token", "info", "imap")]


@pytest.mark.usefixtures("hub")
def test_no_token_without_a_sign_in_and_the_exit_code_says_so(run: Any) -> None:
    code, out, err = run("token", "rent")
    assert code == 3
    assert out == ""
    assert err.count("\n") == 1


def test_an_unknown_account_is_one_sentence_on_stderr(hub: Hub, run: Any) -> None:
    for command in (("token", "nobody"), ("check", "nobody"), ("fetch", "nobody"), ("sign-out", "nobody")):
        code, out, err = run(*command)
        assert code == 1
        assert out == ""
        assert "nobody" in err
        assert err.count("\n") == 1
    assert hub.settings.account("nobody") is None


def test_fetch_tells_how_many_came(hub: Hub, run: Any) -> None:
    code, out, _ = run("fetch", "info")
    assert (code, out) == (0, "info: 3 neue E-Mails\n")
    assert hub.did == [("fetch", "info")]


def test_an_account_that_cannot_be_fetched_stops_no_other(hub: Hub, run: Any) -> None:
    hub.unfetched["info"] = OFFLINE
    code, out, err = run("fetch")
    assert (code, out) == (5, "rent: 3 neue E-Mails\n")
    assert err.startswith("info: ")
    hub.unfetched["rent"] = AccountNotReady.because(SIGNED_OUT)
    code, out, err = run("fetch")
    assert (code, out) == (3, "")
    assert len(err.splitlines()) >= 2


def test_of_several_ends_the_one_that_somebody_can_act_on_counts() -> None:
    ends = (Exit.DONE, Exit.OFFLINE, Exit.FAILED, Exit.CONSENT_PENDING, Exit.SIGN_IN_REQUIRED)
    for number in range(1, len(ends) + 1):
        assert first_to_act_on(ends[:number]) is ends[number - 1]
    assert first_to_act_on([]) is Exit.DONE


def test_a_backup_is_one_file(run: Any, tmp_path: Path, hub: Hub) -> None:
    hub.inbox.add("info", [Arrival("INBOX", 7, "1", b"x")])
    code, out, _ = run("backup", str(tmp_path / "copy.db"))
    assert (code, str(tmp_path / "copy.db") in out) == (0, True)
    with Database(tmp_path / "copy.db", MIGRATIONS) as copy:
        assert Inbox(copy).raw(1) == b"x"
    assert hub.did == []
    code, _, err = run("backup", str(tmp_path / "none" / "copy.db"))
    assert (code, err.count("\n")) == (1, 1)


def test_a_server_that_does_not_answer_is_told(hub: Hub, run: Any) -> None:
    hub.trouble = OFFLINE
    code, out, err = run("fetch", "info")
    assert code == 5
    assert out == ""
    assert err


def test_sign_in_waits_until_it_has_ended(hub: Hub, run: Any) -> None:
    once_it_is_asked_for(hub, lambda: hub.ends_sign_in("info", "signed_in"), after=0.8)
    code, out, _ = run("sign-in", "info")
    assert code == 0
    assert "Das Konto „info“ ist angemeldet." in out


def test_a_sign_in_that_waits_for_approval_ends_with_its_own_code(hub: Hub, run: Any) -> None:
    once_it_is_asked_for(hub, lambda: hub.ends_sign_in("info", "consent_pending"), after=0.2)
    code, _, err = run("sign-in", "info")
    assert code == 4
    assert "Administrator" in err


def test_a_sign_in_that_failed_says_why(hub: Hub, run: Any) -> None:
    once_it_is_asked_for(hub, lambda: hub.ends_sign_in("info", "failed"), after=0.2)
    code, _, err = run("sign-in", "info")
    assert code == 1
    assert err.count("\n") == 1


def test_a_sign_in_by_code_shows_the_code_its_time_and_a_warning(hub: Hub, run: Any) -> None:
    once_it_is_asked_for(hub, lambda: hub.ends_sign_in("info", "signed_in"), after=0.8)
    code, out, err = run("sign-in", "info", "--device-code")
    assert (code, err) == (0, "")
    assert out.count("BCDF-GHJK") == 1
    assert "https://login/device" in out
    assert "Der Code gilt bis" in out
    assert "Geben Sie nie einen Code ein, den Ihnen jemand geschickt hat." in out
    assert "█" not in out, "this is no terminal"
    assert hub.did[0] == ("sign_in_by_code", "info")


def test_a_code_that_ran_out_names_the_command_for_another(hub: Hub, run: Any) -> None:
    once_it_is_asked_for(hub, lambda: hub.ends_sign_in("info", "failed", "device_code_expired"), after=0.2)
    code, _, err = run("sign-in", "info", "--device-code")
    assert code == 1
    assert "Der Code ist abgelaufen." in err
    assert "„postwart sign-in info --device-code“" in err


@pytest.mark.parametrize("how", [(), ("--device-code",)])
def test_ctrl_c_cancels_the_sign_in(hub: Hub, run: Any, how: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tray.cli_sign_in.time.sleep", interrupted)
    code, _, err = run("sign-in", "info", *how)
    assert code == 1
    assert err == "Abgebrochen.\n"
    assert hub.did[-1] == ("cancel_sign_in", "info")


def test_accounts_are_listed_added_and_removed(hub: Hub, run: Any) -> None:
    assert run("accounts")[1] == run("accounts", "list")[1]
    assert "rent@hausverwaltung.example" in run("accounts")[1]
    added = run(
        *("accounts", "add", "info", "--address", "info@x.example", "--preset", "custom", "--client-id", "abc"),
        *("--set", "receive=pop3", "--set", "pop3.port=1995", "--set", "idle=false", "--set", 'folders=["INBOX"]'),
    )
    assert added[0] == 0
    assert hub.values == {
        "id": "info",
        "address": "info@x.example",
        "preset": "custom",
        "client_id": "abc",
        "receive": "pop3",
        "pop3": {"port": 1995},
        "idle": False,
        "folders": ["INBOX"],
    }
    assert run("accounts", "remove", "info")[0] == 0
    assert hub.did[-1] == ("remove_account", "info")


def test_a_second_run_says_that_one_runs_and_is_content(hub: Hub, run: Any) -> None:
    for said in ((), ("run",), ("run", "--no-tray")):
        code, out, err = run(*said)
        assert code == 0
        assert "läuft schon" in out
        assert err == ""
    assert hub.did == []


def test_the_page_is_opened_with_a_code_that_works_once(hub: Hub, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    code, out, _ = run("open")
    assert (code, out) == (0, "")
    assert opened[0].startswith("http://127.0.0.1:")
    assert "/#k=" in opened[0]
    assert hub.did == []


@pytest.mark.parametrize(
    "said",
    [
        ("nonsense",),
        ("token",),
        ("token", "info", "--for", "http"),
        ("status", "--xml"),
        ("accounts", "add", "info"),
        ("send", "info"),
    ],
)
def test_a_wrong_call_is_exit_code_2_and_one_sentence(
    hub: Hub, capsys: pytest.CaptureFixture[str], said: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(said)
    written = capsys.readouterr()
    assert ended.value.code == 2
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert hub.did == []


@pytest.mark.parametrize("language", ["de_DE.UTF-8", "en_GB.UTF-8"])
def test_every_command_explains_itself_in_the_system_s_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("POSTWART_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", language)
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    written = capsys.readouterr().out
    assert ("BEFEHL" in written) is language.startswith("de")
    for command in ("run", "demo", "stop", "status", "accounts", "sign-in", "sign-out", "check", "fetch", "send"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert f"postwart {command}" in capsys.readouterr().out


def test_the_configuration_s_language_wins_over_the_system_s(hub: Hub, run: Any) -> None:
    places().config_file.write_text('language = "en"\n', "utf-8")
    hub.healths["info"] = replace(SIGNED_OUT, texts=("account_not_found", "unexpected"), facts={"account": "x"})
    assert "There is no account “x”" in run("check", "info")[1]


@pytest.mark.usefixtures("hub")
def test_a_program_gets_a_key_which_alone_stands_on_stdout_and_loses_it_again(run: Any) -> None:
    code, key, remark = run("keys", "add", "WIN-OFFICE", "--for", "token,read")
    assert (code, key.startswith("pw_"), len(key.splitlines())) == (0, True, 1)
    assert "Das ist der Schlüssel für „WIN-OFFICE“" in remark
    assert run("keys")[1].split()[:2] == ["WIN-OFFICE", "token,read"]
    assert key.strip() not in run("keys", "list")[1]
    assert run("keys", "remove", "WIN-OFFICE")[:2] == (0, "Der Schlüssel von „WIN-OFFICE“ gilt nicht mehr.\n")
    assert "Kein Programm hat einen eigenen Schlüssel" in run("keys")[1]


@pytest.mark.usefixtures("hub")
def test_a_script_may_call_the_commands_with_a_key_of_its_own(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    key = run("keys", "add", "script", "--for", "token")[1].strip()
    monkeypatch.setenv("POSTWART_KEY", key)
    assert run("token", "info") == (0, "made-up-token\n", "")
    code, out, err = run("status")
    assert (code, out) == (1, "")
    assert "Verwenden Sie einen Schlüssel mit dem Recht „read“" in err


@pytest.mark.usefixtures("hub")
def test_rights_that_do_not_exist_are_told_with_those_that_do(run: Any) -> None:
    code, out, err = run("keys", "add", "x", "--for", "everything")
    assert (code, out) == (1, "")
    assert "token, send, read, manage" in err


def test_the_request_to_the_administrator_is_printed_to_be_sent_on(hub: Hub, run: Any) -> None:
    assert run("consent-request", "info") == (0, "Betreff: Bitte (de)\n\nGuten Tag,\n…\n", "")
    assert hub.did == [("consent_request", "info")]


def test_a_date_that_is_only_assumed_is_not_told_as_certain(hub: Hub, run: Any) -> None:
    hub.healths["info"] = replace(WELL, due_confidence="assumed")
    assert "voraussichtlich nicht vor " in run("status")[1]
    hub.healths["info"] = replace(WELL, due_confidence="known")
    assert "noch 60 Tage" in run("status")[1]
