"""Which tests do not run on Windows, and why? Apart from those that need a program of Linux (`needs(…)`)."""

from __future__ import annotations

import sys
from collections.abc import Mapping

CHROMIUM = "Chromium is driven on Linux; what it shows is the same everywhere"
SLOW = "counts in seconds, of which Wine takes some for itself"
NO_PATHS = "Wine 8 tells no process's path"

FILES: Mapping[str, str] = {
    "tests/auth/test_sandbox_peers.py": CHROMIUM,
    "tests/auth/test_sandbox_plain_pages.py": CHROMIUM,
    "tests/auth/test_sign_in_in_chromium.py": CHROMIUM,
    "tests/bench": "measures on Linux, by /proc",
    "tests/campaigns": "long; what they look for does not depend on the system",
    "tests/mail/test_postfix.py": "Postfix is a program of Linux",
    "tests/mail/test_sandbox_as_dovecot.py": "Dovecot is a program of Linux",
    "tests/pictures": "a desktop of Linux is shown",
    "tests/stories/test_bad_input_damage.py": "looks into Linux' keyring",
    "tests/stories/test_consent.py": CHROMIUM,
    "tests/stories/test_desktop.py": CHROMIUM,
    "tests/stories/test_every_answer_end_to_end.py": CHROMIUM,
    "tests/stories/test_real_servers.py": CHROMIUM,
    "tests/stories/test_demo.py": "without display and keyring, which Windows always has",
    "tests/test_house_rules.py": "about the text of the program, which is the same everywhere",
    "tests/tray/page": CHROMIUM,
    "tests/tray/test_demo_control.py": CHROMIUM,
    "tests/windows": "uses the Windows PC from outside",
}

ON_WINDOWS: Mapping[str, str] = {
    "tests/auth/test_keyring_store.py::test_only_the_systems_own_keyrings_are_accepted": "Windows always has one",
    "tests/mail/test_sandbox_post_office.py::test_it_costs_nothing_while_nobody_talks": "Windows counts no waking up",
    "tests/tray/doctor/test_desktop.py::test_without_a_screen_there_is_no_icon_and_that_is_no_fault": "it has a screen",
    "tests/tray/doctor/test_encryption.py::test_a_virus_scanner_that_the_system_trusts_is_named": "no test's own store",
    "tests/tray/doctor/test_network.py::test_an_automatic_proxy_is_told_since_postwart_follows_none": "registry",
    "tests/tray/doctor/test_report.py::test_its_folder_is_shown": "Explorer shows it",
    "tests/tray/doctor/test_this_pc.py::test_no_keyring_is_a_fault_for_the_administrator": "Windows always has one",
    "tests/tray/test_cli_alone.py::test_the_secret_is_in_no_process_list_no_log_and_no_output": "reads /proc",
    "tests/tray/test_cli_alone.py::test_the_system_s_signal_ends_it_cleanly": "there is none; windows get messages",
}

IN_WINE: Mapping[str, str] = {
    "tests/auth/test_loopback.py::test_a_connection_that_dribbles_is_cut_off": "shutdown() wakes no recv(): 5 s later",
    "tests/stories/test_many_accounts.py": SLOW,
    "tests/stories/test_many_sign_ins.py": SLOW,
    "tests/stories/test_throttled.py::test_the_watch_on_the_mailbox_keeps_the_pause_too": SLOW,
    "tests/tray/api/test_events.py::test_when_postwart_ends_its_streams_end_at_once": SLOW,
    "tests/tray/test_config_file.py::test_a_link_to_the_file_stays_one": "Wine 8 makes links that it does not follow",
    "tests/tray/test_program.py::test_the_journal_says_which_program_took_a_token_and_which_sent_a_mail": NO_PATHS,
    "tests/tray/test_program.py::test_the_process_at_the_other_end_of_a_connection_is_named_with_its_path": NO_PATHS,
}


def reasons() -> dict[str, str]:
    """By the name of a test or of its file, on the system that runs now."""
    if sys.platform != "win32":
        return {}
    import ctypes

    in_wine = hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
    return {**ON_WINDOWS, **(IN_WINE if in_wine else {})}
