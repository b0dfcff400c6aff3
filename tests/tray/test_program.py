from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import psutil

from tests.office import Office
from tray.program import NOBODY, Program


def test_the_process_at_the_other_end_of_a_connection_is_named_with_its_path() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as theirs, listener.accept()[0]:
            facts = Program("WIN-OFFICE", (theirs.getsockname()[1], port)).facts()
    me = psutil.Process(os.getpid())
    assert facts == {"program": "WIN-OFFICE", "process": me.name(), "path": me.exe()}


def test_a_connection_that_is_gone_names_nobody() -> None:
    assert Program("WIN-OFFICE", (1, 2)).facts() == {"program": "WIN-OFFICE"}
    assert NOBODY.facts() == {}


def test_the_journal_says_which_program_took_a_token_and_which_sent_a_mail(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        office.signs_in("info")
        api = office.api
        api.get("accounts", "info", "token", **{"for": "imap"})
        api.post("accounts", "info", "outbox", json_body={"to": ["a@b.example"], "subject": "x", "text": "y"})
        kinds = {entry.kind: entry.facts for entry in office.helper.journal.read("info")}
    for kind in ("token_given", "accepted"):
        assert str(kinds[kind]["program"]).startswith("postwart/")
        assert Path(str(kinds[kind]["path"])).resolve() == Path(sys.executable).resolve()
