"""The scan of config.toml's lines, where the spelling is unusual."""

from __future__ import annotations

import itertools
import tomllib

from tray.config_lines import line_of, lines, statements

TEXT = """# a = 1
"language" = "de" # b = 2
text = '''
c = 3
[d]
'''
list = [ # [e]
  "x = 1",
  { y = 2 },
]
[ checks ] # f
every = "#]"
'remind_days' = [1]
[[account]]
id = 'a'
imap.host = "h"
imap.port = 1
[account.smtp]
host = "s"
[[account]]
id = "b"
smtp = { host = "t", port = 2 }
"""


def test_each_key_has_its_line_whatever_stands_in_strings_lists_and_comments() -> None:
    tomllib.loads(TEXT)
    assert lines(TEXT) == {
        "language": 2,
        "text": 3,
        "list": 7,
        "checks": 11,
        "checks.every": 12,
        "checks.remind_days": 13,
        "account[1]": 14,
        "account[1].id": 15,
        "account[1].imap.host": 16,
        "account[1].imap.port": 17,
        "account[1].smtp": 18,
        "account[1].smtp.host": 19,
        "account[2]": 20,
        "account[2].id": 21,
        "account[2].smtp": 22,
    }


def test_windows_line_ends_change_nothing() -> None:
    assert lines(TEXT.replace("\n", "\r\n")) == lines(TEXT)


def test_what_has_no_line_of_its_own_has_that_of_what_is_around_it() -> None:
    places = lines(TEXT)
    assert line_of("account[2].smtp.port", places) == 22
    assert line_of("account[2].address", places) == 20
    assert line_of("account[1].imap", {"account": 9}) == 9
    assert line_of("nothing", places) == 0


def test_a_statement_knows_where_its_value_stands() -> None:
    values = {each.path: TEXT[each.value_start : each.value_end] for each in statements(TEXT) if not each.header}
    assert values["language"] == '"de"'
    assert values["checks.every"] == '"#]"'
    assert values["account[2].smtp"] == '{ host = "t", port = 2 }'
    assert values["list"].endswith("},\n]")


def test_the_statements_and_what_is_between_them_make_up_the_text() -> None:
    found = statements(TEXT)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert TEXT[found[-1].start : found[-1].end] == 'smtp = { host = "t", port = 2 }\n'
