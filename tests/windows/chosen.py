"""Which tests are run in Wine? Those whose outcome can be another on Windows; by what it can depend on.

What is the same sum anywhere is left to Linux: facts in, verdict out; texts and tables; what servers and people are
told. A real Windows runs that too (`.github/workflows/tests.yml`), and so does `python -m tests.windows tests`.
"""

from __future__ import annotations

from collections.abc import Mapping

CHOSEN: Mapping[str, tuple[str, ...]] = {
    "the keyring, which is the Credential Manager": (
        "tests/auth/test_keyring_store.py",
        "tests/auth/test_vault.py",
    ),
    "files: names, locks, replacing one that is open, ends of lines, encodings": (
        "tests/mail/test_backup.py",
        "tests/mail/test_database.py",
        "tests/mail/test_export.py",
        "tests/mail/test_inbox.py",
        "tests/mail/test_outbox.py",
        "tests/mail/test_schema.py",
        "tests/tray/test_config.py",
        "tests/tray/test_config_file.py",
        "tests/tray/test_config_file_refused.py",
        "tests/tray/test_config_notify.py",
        "tests/tray/test_feed.py",
        "tests/tray/test_journal.py",
        "tests/tray/test_ledger.py",
        "tests/tray/test_logs.py",
        "tests/tray/test_memory.py",
        "tests/tray/test_paths.py",
        "tests/tray/test_runtime.py",
    ),
    "processes: how they start, are told to end, are killed, and what a console prints": (
        "tests/tray/test_cli.py",
        "tests/tray/test_cli_alone.py",
        "tests/tray/test_cli_journal.py",
        "tests/tray/test_program.py",
    ),
    "sockets: who may have a port, how a connection ends, what a network error is called": (
        "tests/auth/test_http.py",
        "tests/auth/test_loopback.py",
        "tests/mail/test_certificates.py",
        "tests/mail/test_connect.py",
        "tests/mail/test_corpus.py",
        "tests/mail/test_imap_fetch.py",
        "tests/mail/test_login_cut.py",
        "tests/mail/test_pop3_wire.py",
        "tests/mail/test_send.py",
        "tests/tray/api/test_events.py",
        "tests/tray/api/test_limits.py",
        "tests/tray/api/test_server.py",
    ),
    "the sign-in's browser and its way back": (
        "tests/auth/test_microsoft_broker.py",
        "tests/auth/test_microsoft_sign_in.py",
        "tests/auth/test_person_sign_in.py",
    ),
    "clock, time zone, waiting": (
        "tests/auth/test_clock_check.py",
        "tests/tray/test_clockwork.py",
        "tests/tray/test_notify_content.py",
        "tests/tray/test_office_hours.py",
    ),
    "the desktop: icon, balloon, autostart": (
        "tests/tray/autostart",
        "tests/tray/test_artwork.py",
        "tests/tray/test_balloon_windows.py",
        "tests/tray/test_early_balloon.py",
        "tests/tray/test_icon_windows.py",
    ),
    "what the doctor asks the system": ("tests/tray/doctor",),
    "all of it together": (
        "tests/stories/test_accounts_change.py",
        "tests/stories/test_sign_in_and_health.py",
    ),
}


def chosen() -> list[str]:
    return [file for files in CHOSEN.values() for file in files]
