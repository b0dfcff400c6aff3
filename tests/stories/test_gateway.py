"""Programs that cannot be changed come in through local doors, with an address and a key for a password."""

from __future__ import annotations

import imaplib
import smtplib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest

from mail.doors.caller import ascii_words
from tests.office import Office
from tests.rigs.dovecot import free_ports
from tray.api.rights import MAIN
from tray.picture import words

ADDRESS = "info@office.example"


@dataclass
class Doors:
    office: Office
    imap: int
    smtp: int
    key: str


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    imap, smtp = free_ports(2)
    with Office(tmp_path, schedule=True) as office:
        office.has_account("info", idle=False, fetch_every="1h")
        config = office.places.config_file
        config.write_text(f"{config.read_text('utf-8')}\n[gateway]\nimap = {imap}\nsmtp = {smtp}\n", "utf-8")
        office.opens()
        key = office.app.api.keys.programs.add("Thunderbird", ["gateway"], MAIN)
        yield Doors(office, imap, smtp, key)


@pytest.mark.needs("mbsync")
def test_mbsync_fetches_all_mail_with_a_password(doors: Doors, tmp_path: Path) -> None:
    doors.office.signs_in("info")
    for number in range(30):
        doors.office.post.deliver(ADDRESS, b"Subject: %d\r\n\r\nx\r\n" % number)
    (tmp_path / "maildir").mkdir()
    (tmp_path / "mbsyncrc").write_text(
        f"""
IMAPAccount door
Host 127.0.0.1
Port {doors.imap}
User {ADDRESS}
Pass {doors.key}
SSLType None
AuthMechs PLAIN

IMAPStore far
Account door

MaildirStore near
Path {tmp_path}/maildir/
Inbox {tmp_path}/maildir/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Near
SyncState *
""",
        "utf-8",
    )
    command = ["mbsync", "-c", str(tmp_path / "mbsyncrc"), "all"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "maildir" / "INBOX" / "new").iterdir())) == 30


def test_a_mail_goes_out_and_the_journal_names_the_program(doors: Doors) -> None:
    doors.office.signs_in("info")
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = ADDRESS, "a@b.example", "through the door"
    letter.set_content("x")
    with smtplib.SMTP("127.0.0.1", doors.smtp, timeout=20) as client:
        client.login(ADDRESS, doors.key)
        client.send_message(letter)
    assert len(doors.office.post.submitted) == 1
    given = [each for each in doors.office.helper.journal.read("info") if each.kind == "token_given"]
    assert [(each.facts["program"], each.facts["protocol"]) for each in given] == [("Thunderbird", "smtp")]


def test_who_waits_for_a_sign_in_is_told_so_and_the_user_is_reminded(doors: Doors) -> None:
    doors.office.signs_in("info")
    doors.office.tenant.revoke(ADDRESS)
    doors.office.helper.check("info")
    with imaplib.IMAP4("127.0.0.1", doors.imap, timeout=20) as client, pytest.raises(imaplib.IMAP4.error) as told:
        client.login(ADDRESS, doors.key)
    assert "[UNAVAILABLE]" in str(told.value)
    advice = words(doors.office.health("info"), doors.office.helper.texts)
    assert advice
    assert ascii_words(advice.next_step) in str(told.value)


@pytest.mark.parametrize("rights", [["token", "send", "read", "manage"], []])
def test_only_a_key_made_for_it_opens_a_door(doors: Doors, rights: list[str]) -> None:
    doors.office.signs_in("info")
    other = (
        doors.office.app.api.keys.programs.add("other", rights, MAIN) if rights else doors.office.app.api.keys.secret
    )
    for address, password in (
        (ADDRESS, other),
        (ADDRESS, ""),
        ("info@elsewhere.example", doors.key),
        ("info", doors.key),
    ):
        with imaplib.IMAP4("127.0.0.1", doors.imap, timeout=20) as client, pytest.raises(imaplib.IMAP4.error) as told:
            client.login(address, password or '""')
        assert "[AUTHENTICATIONFAILED]" in str(told.value)


def test_a_key_taken_away_opens_no_door_any_more(doors: Doors) -> None:
    doors.office.signs_in("info")
    doors.office.app.api.keys.programs.remove("Thunderbird")
    with imaplib.IMAP4("127.0.0.1", doors.imap, timeout=20) as client, pytest.raises(imaplib.IMAP4.error):
        client.login(ADDRESS, doors.key)
