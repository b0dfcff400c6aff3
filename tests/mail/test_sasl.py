"""Does a token become the login that servers expect?"""

from __future__ import annotations

import base64

import pytest

from mail.sasl import Conversation, mechanism


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (["PLAIN", "OAUTHBEARER", "XOAUTH2"], "XOAUTH2"),
        (["PLAIN", "OAUTHBEARER"], "OAUTHBEARER"),
        ([], "XOAUTH2"),
        (["PLAIN", "LOGIN"], ""),
    ],
)
def test_the_mechanism_is_one_the_server_offers(offered: list[str], chosen: str) -> None:
    assert mechanism(offered) == chosen


def test_xoauth2_is_as_microsoft_and_google_document_it() -> None:
    talk = Conversation("XOAUTH2", "info@example.org", "mail.example.org", 993, "ya29.token")
    assert talk.answer() == b"user=info@example.org\x01auth=Bearer ya29.token\x01\x01"
    assert talk.answer(b'{"status":"401"}') == b""


def test_oauthbearer_is_as_rfc_7628_has_it() -> None:
    talk = Conversation("OAUTHBEARER", "a,b=c@example.org", "mail.example.org", 993, "token")
    expected = b"n,a=a=2Cb=3Dc@example.org,\x01host=mail.example.org\x01port=993\x01auth=Bearer token\x01\x01"
    assert base64.b64decode(talk.line()) == expected
    assert talk.answer(b"{}") == b"\x01"


def test_the_token_shows_nowhere() -> None:
    talk = Conversation("XOAUTH2", "info@example.org", "mail.example.org", 993, "very-secret")
    assert "very-secret" not in repr(talk)
    assert "very-secret" not in talk.without_secrets("500 unknown: very-secret")
    line = talk.line()
    assert talk.without_secrets(f"500 unknown: {line}") == "500 unknown: …"
