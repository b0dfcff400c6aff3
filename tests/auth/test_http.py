"""How is each trouble on the way to an identity provider told?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from auth.http import Line, NoToken
from auth.outcome import Refused, Unreachable
from auth.sandbox import SandboxProvider
from auth.sandbox.certificate import make_ca


def discovery(idp: SandboxProvider) -> str:
    return f"{idp.authority}/v2.0/.well-known/openid-configuration"


def trouble(ask: Callable[[], object]) -> Refused | Unreachable:
    with pytest.raises(NoToken) as none:
        ask()
    return none.value.outcome


def test_the_extra_certificate_is_trusted(idp: SandboxProvider) -> None:
    assert Line(idp.ca_file).get(discovery(idp)).json()["token_endpoint"].startswith(idp.url)


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
@pytest.mark.parametrize("exists", [True, False])
def test_it_wins_over_what_the_environment_says(
    idp: SandboxProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, *, exists: bool
) -> None:
    wrong = make_ca(tmp_path / "wrong").file if exists else tmp_path / "missing.pem"
    monkeypatch.setenv(variable, str(wrong))
    assert Line(idp.ca_file).get(discovery(idp)).ok
    assert Line(idp.ca_file).post(f"{idp.authority}/oauth2/v2.0/token", data={}).status_code == 400


def test_what_the_environment_trusts_is_not_trusted_for_that(
    idp: SandboxProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(idp.ca_file))
    answer = trouble(lambda: Line(None).get(discovery(idp)))
    assert isinstance(answer, Unreachable)
    assert answer.code == "certificate"


def test_without_an_extra_certificate_the_systems_own_count(idp: SandboxProvider) -> None:
    """The system's store can be changed for a process of its own, where OpenSSL is the system's TLS."""
    if sys.platform == "linux":
        script = f"from auth.http import Line; print(Line(None).get({discovery(idp)!r}).status_code)"
        environment = {**os.environ, "SSL_CERT_FILE": str(idp.ca_file)}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment
        )
        assert done.stdout.strip() == "200"


def test_a_wrong_certificate_is_told_apart_from_a_dead_network(idp: SandboxProvider, tmp_path: Path) -> None:
    for ca_file in (None, make_ca(tmp_path / "wrong").file, tmp_path / "missing.pem", idp.ca_file.with_name("x")):
        answer = trouble(lambda ca_file=ca_file: Line(ca_file).get(discovery(idp)))  # type: ignore[misc]
        assert isinstance(answer, Unreachable)
        assert answer.code == "certificate"


def test_rubbish_for_a_certificate_is_a_matter_of_certificates(idp: SandboxProvider, tmp_path: Path) -> None:
    (tmp_path / "rubbish.pem").write_text("no certificate", "utf-8")
    answer = trouble(lambda: Line(tmp_path / "rubbish.pem").get(discovery(idp)))
    assert answer.code == "certificate"


def test_a_name_that_nobody_has_is_the_network() -> None:
    assert trouble(lambda: Line(None).get("https://no-such-host.invalid/x")).code == "network"
    assert trouble(lambda: Line(None).get("https://127.0.0.1:1/x")).code == "network"
    assert trouble(lambda: Line(None).get("not a url")).code == "network"


def test_a_server_that_says_nothing_is_given_up(idp: SandboxProvider) -> None:
    idp.hang(1)
    answer = trouble(lambda: Line(idp.ca_file).post(f"{idp.authority}/oauth2/v2.0/token", timeout=(1, 0.3)))
    assert answer.code == "network"


def test_a_connection_that_breaks_is_the_network(idp: SandboxProvider) -> None:
    idp.close_connections(1)
    assert trouble(lambda: Line(idp.ca_file).get(discovery(idp))).code == "network"


def test_a_page_in_place_of_an_answer_is_somebody_in_between(idp: SandboxProvider) -> None:
    idp.captive_portal(1)
    assert trouble(lambda: Line(idp.ca_file).get(discovery(idp))).code == "captive_portal"


def test_how_long_to_wait_is_read(idp: SandboxProvider) -> None:
    idp.throttle(7200)
    answer = trouble(lambda: Line(idp.ca_file).post(f"{idp.authority}/oauth2/v2.0/token"))
    assert isinstance(answer, Unreachable)
    assert (answer.code, answer.retry_after) == ("throttled", timedelta(hours=1))


@pytest.mark.parametrize("number", [429, 503])
def test_a_document_is_not_waited_for_however_politely_the_server_asks(idp: SandboxProvider, number: int) -> None:
    idp.fail_next(number, endpoint="discovery")
    began = time.monotonic()
    assert trouble(lambda: Line(idp.ca_file).get(discovery(idp))).code in {"throttled", "service_fault"}
    assert time.monotonic() - began < 2


def test_a_refusal_in_place_of_a_document_is_one(idp: SandboxProvider) -> None:
    answer = trouble(lambda: Line(idp.ca_file).get(f"{idp.url}/nowhere.example/v2.0/.well-known/openid-configuration"))
    assert isinstance(answer, Refused)
    assert answer.code == "AADSTS90002"


def test_a_proxy_is_not_asked_for_what_is_on_this_pc(idp: SandboxProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    assert Line(idp.ca_file).get(discovery(idp)).ok
    assert trouble(lambda: Line(None).get("https://login.example/x")).code == "network"


def test_a_login_for_the_host_in_netrc_is_not_sent(
    idp: SandboxProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine localhost login me password secret\n", "utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    sent = Line(idp.ca_file).get(discovery(idp)).request
    assert "Authorization" not in sent.headers
