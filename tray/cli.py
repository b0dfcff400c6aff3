"""What can be said on the command line, and with which exit code does it end? The commands themselves are beside it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from auth.problems import Problem
from tray import (
    cli_autostart,
    cli_journal,
    cli_keys,
    cli_output,
    cli_rounds,
    cli_run,
    cli_sign_in,
    cli_store,
    cli_verbs,
)
from tray.autostart.command import AT_LOG_ON
from tray.cli_call import Call, Exit, language
from tray.cli_doctor import doctor
from tray.cli_usage import Parser, Words
from tray.paths import places
from tray.texts import Texts

Command = Callable[[Call], int]


def main(argv: Sequence[str] | None = None) -> int:
    """0 done, 1 failed (one sentence on stderr), 2 usage, 3 a sign-in is required, 4 consent pending, 5 offline."""
    cli_output.never_fail_on_a_character()
    where = places()
    texts = Texts(language(where))
    said = _parser(texts, sys.argv[1:] if argv is None else argv).parse_args(argv)
    if said.home:
        os.environ["POSTWART_HOME"] = said.home  # whoever asks for the folders later gets the same
        where = places()
        texts = Texts(language(where))
    try:
        return int(said.command(Call(said, where, texts)))
    except cli_output.NobodyReads:
        return Exit.DONE
    except KeyboardInterrupt:
        cli_output.complain(texts.say("cli-interrupted"))
        return Exit.FAILED
    except Problem as problem:
        cli_output.complain(cli_output.sentence(problem, texts))
        return cli_output.exit_of(problem)


def _parser(texts: Texts, argv: Sequence[str]) -> argparse.ArgumentParser:
    # mutt asks for a token at each connection: the catalogues are read only where somebody reads them
    words: Words = texts.say if {"-h", "--help"} & set(argv) else str
    Parser.texts, Parser.words = texts, words
    parser = Parser(prog="postwart", description=words("cli-postwart"))
    parser.set_defaults(command=cli_run.run, no_tray=False, at_log_on=False, home=None)
    commands = parser.add_subparsers(metavar=words("cli-command"), parser_class=Parser)

    def add(name: str, command: Command) -> argparse.ArgumentParser:
        summary = words(f"cli-{name}")
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(command=command)
        return added

    def account(of: argparse.ArgumentParser, *, optional: bool = False) -> None:
        of.add_argument("account", metavar="ID", nargs="?" if optional else None, help=words("cli-account"))

    _run(add("run", cli_run.run), words)
    add("demo", cli_run.demo).add_argument("--no-tray", action="store_true", help=words("cli-no-tray"))
    add("stop", cli_run.stop)
    add("open", cli_run.open_page)
    add("status", cli_verbs.status).add_argument("--json", action="store_true", help=words("cli-json"))
    add("doctor", doctor).add_argument("--json", action="store_true", help=words("cli-json"))
    _accounts(add("accounts", cli_verbs.list_accounts), words)
    for name, command in (
        ("sign-out", cli_sign_in.sign_out),
        ("test-mail", cli_verbs.test_mail),
        ("consent-request", cli_verbs.consent_request),
    ):
        account(add(name, command))
    sign_in = add("sign-in", cli_sign_in.sign_in)
    account(sign_in, optional=True)
    sign_in.add_argument("--other-account", action="store_true", help=words("cli-other-account"))
    sign_in.add_argument("--device-code", action="store_true", help=words("cli-device-code"))
    account(add("check", cli_rounds.check), optional=True)
    account(add("fetch", cli_rounds.fetch), optional=True)
    journal = add("journal", cli_journal.journal)
    account(journal)
    journal.add_argument("--limit", type=int, default=50, metavar="N", help=words("cli-journal-limit"))
    journal.add_argument("--json", action="store_true", help=words("cli-json"))
    send = add("send", cli_verbs.send)
    account(send)
    send.add_argument("file", metavar="FILE.eml", help=words("cli-file"))
    token = add("token", cli_verbs.token)
    account(token)
    token.add_argument("--for", dest="protocol", choices=("imap", "pop3", "smtp"), help=words("cli-for"))
    _autostart(add("autostart", cli_autostart.autostart), words)
    add("backup", cli_store.backup).add_argument("file", metavar="FILE", help=words("cli-backup-file"))
    _keys(add("keys", cli_keys.list_keys), words)
    return parser


def _run(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--no-tray", action="store_true", help=words("cli-no-tray"))
    parser.add_argument(AT_LOG_ON, action="store_true", help=argparse.SUPPRESS)  # this and the next are of autostart
    parser.add_argument("--home", help=argparse.SUPPRESS)


def _autostart(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("verb", choices=("on", "off", "status"), nargs="?", default="status", help=words("cli-verb"))


def _keys(parser: argparse.ArgumentParser, words: Words) -> None:
    verbs = parser.add_subparsers(metavar=words("cli-command"), parser_class=Parser)
    verbs.add_parser("list", help=words("cli-keys-list")).set_defaults(command=cli_keys.list_keys)
    add = verbs.add_parser("add", help=words("cli-keys-add"), description=words("cli-keys-add"))
    add.set_defaults(command=cli_keys.add_key)
    add.add_argument("name", metavar="NAME", help=words("cli-key-name"))
    add.add_argument(
        "--for", dest="rights", required=True, metavar="token,send,read,manage,gateway", help=words("cli-key-for")
    )
    remove = verbs.add_parser("remove", help=words("cli-keys-remove"))
    remove.set_defaults(command=cli_keys.remove_key)
    remove.add_argument("name", metavar="NAME", help=words("cli-key-name"))


def _accounts(parser: argparse.ArgumentParser, words: Words) -> None:
    verbs = parser.add_subparsers(metavar=words("cli-command"), parser_class=Parser)
    listing = verbs.add_parser("list", help=words("cli-accounts-list"))
    listing.set_defaults(command=cli_verbs.list_accounts)
    add = verbs.add_parser("add", help=words("cli-accounts-add"), description=words("cli-accounts-add"))
    add.set_defaults(command=cli_verbs.add_account)
    add.add_argument("account", metavar="ID", help=words("cli-account"))
    add.add_argument("--address", required=True, help=words("cli-address"))
    add.add_argument("--preset", required=True, help=words("cli-preset"))
    add.add_argument("--client-id", required=True, help=words("cli-client-id"))
    add.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help=words("cli-set"))
    remove = verbs.add_parser("remove", help=words("cli-accounts-remove"))
    remove.set_defaults(command=cli_verbs.remove_account)
    remove.add_argument("account", metavar="ID", help=words("cli-account"))
