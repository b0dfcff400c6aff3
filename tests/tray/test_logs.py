"""The log: rotating, in UTC, useful to a hotline, and without secrets wherever they came in."""

from __future__ import annotations

import base64
import logging
import re
import secrets
from pathlib import Path

import pytest

from tray import logs
from tray.logs import logging_to
from tray.redaction import MASK, redact

log = logging.getLogger("tray.somewhere")

JWT = (
    "eyJ0eXAiOiJKV1QiLCJub25jZSI6IkFRQUJBQUEiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJodHRwczovL291dGxvb2sub2ZmaWNlLmNvbSIs"
    "ImlzcyI6Imh0dHBzIn0.c2lnbmF0dXJlLXdpdGgtXy1hbmQtLQ"
)
ENTRA_REFRESH = "1.AXoAabcDEF123-_xyz." + "AgABAwEAAABlMNzVhAPUTrARzfQjWPtK" * 8
ENTRA_CODE = "1.AXoA9q2-Zk3_abcdefghijKLMNOPQRSTUV.AgABBAIAAABlMNzVhAPUTrARzfQjWPtKAwDs_wUA9P8"
GOOGLE_REFRESH = "1//0gabcdefGHIJKL-mnop_QRSTuvw123456789"
SASL = base64.b64encode(f"user=info@firm.example\x01auth=Bearer {JWT}\x01\x01".encode()).decode()
OAUTHBEARER = base64.b64encode(f"n,a=info@firm.example,\x01auth=Bearer {JWT}\x01\x01".encode()).decode()
SECRET = secrets.token_urlsafe(32)
STATE = "Q7" + secrets.token_urlsafe(16)
PERSONAL_REFRESH = "M.C107_BAY.0.U.-CqL*9xPq!abcdefghijklmnopqrstuvwxyz0123456789$$"

SECRETS = {
    "an access token": (JWT, JWT),
    "a bearer header": (f"Authorization: Bearer {SECRET}", SECRET),
    "a bearer header in a repr": (f"{{'Authorization': 'Bearer {SECRET}'}}", SECRET),
    "the redirect of a sign-in": (f"GET /?code={ENTRA_CODE}&state={STATE}&session_state=x HTTP/1.1", ENTRA_CODE),
    "the state of a sign-in": (f"GET /?code={ENTRA_CODE}&state={STATE}&session_state=x HTTP/1.1", STATE),
    "a short code": ("GET /?code=M.x9-7", "M.x9-7"),
    "a form": (f"grant_type=refresh_token&refresh_token={ENTRA_REFRESH}&client_id=x", ENTRA_REFRESH),
    "an answer in JSON": (f'{{"token_type":"Bearer","access_token":"{SECRET}","refresh_token": "{SECRET}"}}', SECRET),
    "an answer in a repr": (f"{{'refresh_token': '{SECRET}', 'id_token': b'{SECRET}'}}", SECRET),
    "a secret that begins with a b": ("client_secret=bGVhayBtZQ", "GVhayBtZQ"),
    "a client secret": (f"client_secret = {SECRET}", SECRET),
    "a client secret of Google's alone": (f"GOCSPX-{SECRET}", SECRET),
    "a SASL string": (f"> AUTHENTICATE XOAUTH2 {SASL}", SASL),
    "a SASL string alone": (SASL, SASL),
    "the other SASL string": (f"AUTH OAUTHBEARER {OAUTHBEARER}", OAUTHBEARER),
    "the other SASL string alone": (f"+ {OAUTHBEARER}", OAUTHBEARER),
    "a refresh token of Entra's alone": (f"kept {ENTRA_REFRESH}", ENTRA_REFRESH),
    "a refresh token of Google's alone": (GOOGLE_REFRESH, GOOGLE_REFRESH),
    "an access token of Google's alone": (f"ya29.a0Af{SECRET}", SECRET),
    "a refresh token of a personal account": (PERSONAL_REFRESH, PERSONAL_REFRESH),
    "the API's secret": (f'{{"url": "http://127.0.0.1:1", "secret": "{SECRET}"}}', SECRET),
    "a long random string": (f"what is a1B{SECRET}{SECRET}?", SECRET),
    "a code that is typed": ("user_code: FJK3-QW9Z", "FJK3-QW9Z"),
}
HARMLESS = [
    "info: refused AADSTS700082: The refresh token has expired due to inactivity.",
    "info: code=AADSTS700082 error=invalid_grant suberror=token_expired",
    "exit code: 3, HTTP code=404, server code 5.7.139, code='SmtpClientAuthentication', code: AUTHENTICATIONFAILED",
    "problem code=smtp_auth_disabled_mailbox",
    "opened /home/m.meier/.local/share/Postwart/Accounts2026/tokens/info-and-some-longer-name.vault (1234 bytes)",
    "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/adminconsent?client_id=1111-22",
    "Message-ID: <AM0PR05MB4945A1B2C3D4E5F6@AM0PR05MB4945.eurprd05.prod.outlook.com> fetched",
    "sign-in for info@hausverwaltung.example begun, 3 more to go",
    "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
    "info: state=ok, was sign_in_required",
]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_masked_in_a_message_an_argument_and_an_exception(name: str, tmp_path: Path) -> None:
    text, secret = SECRETS[name]
    with logging_to(tmp_path, level=logging.DEBUG) as file:
        log.info("plain " + text.replace("%", "%%"))  # noqa: G003  as a careless caller would
        log.info("argument %s", text)
        log.info("mapping %(it)r", {"it": text})
        log.info("raised", exc_info=ValueError(text))
    written = file.read_text("utf-8")
    assert written.count(MASK) >= 4
    for part in (secret[:8], secret[len(secret) // 2 :], secret[-8:]):
        assert part not in written.replace(text[: text.find(secret)], "")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_hotline_needs_stays(text: str) -> None:
    assert redact(text) == text


def test_masking_twice_changes_nothing_more() -> None:
    once = redact("\n".join(text for text, _ in SECRETS.values()))
    assert redact(once) == once


def test_each_line_begins_with_the_time_in_utc(tmp_path: Path) -> None:
    with logging_to(tmp_path) as file:
        log.info("hello")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO    tray\.somewhere \[MainThread\] hello\n",
        file.read_text("utf-8"),
    )


def test_a_message_cannot_write_lines_of_its_own(tmp_path: Path) -> None:
    with logging_to(tmp_path) as file:
        log.info("subject %s", "Hello\r\n2026-01-01 ERROR forged")
    assert file.read_text("utf-8").count("\n") == 1


def test_whatever_characters_a_mail_brings_can_be_written(tmp_path: Path) -> None:
    with logging_to(tmp_path) as file:
        log.info("subject %s", "Grüße \ud800 📬")
    assert "Grüße \\ud800 📬" in file.read_text("utf-8")


def test_the_log_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_SIZE", 20_000)
    with logging_to(tmp_path):
        for _ in range(20):
            log.info("%s", "lorem ipsum " * 10_000)
    files = list(tmp_path.iterdir())
    assert len(files) == 6
    assert all(file.stat().st_size < 20_000 for file in files)


def test_libraries_only_warn(tmp_path: Path) -> None:
    with logging_to(tmp_path, level=logging.DEBUG) as file:
        for name in (
            "msal.token_cache",
            "urllib3.connectionpool",
            "imapclient.imaplib",
            "litestar",
            "apscheduler",
        ):
            logging.getLogger(name).info("chatter")
            logging.getLogger(name).warning("heed %s", name)
    written = file.read_text("utf-8")
    assert "chatter" not in written
    assert written.count("heed") == 5


def test_warnings_are_repeated_on_the_console_without_secrets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_to(tmp_path, console=True):
        log.info("quiet")
        log.warning("Bearer %s", SECRET)
    said = capsys.readouterr().err
    assert MASK in said
    assert SECRET not in said
    assert "quiet" not in said


def test_at_the_end_everything_is_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), logging.getLogger("msal").level)
    with logging_to(tmp_path):
        pass
    assert (root.level, list(root.handlers), logging.getLogger("msal").level) == before
