"""Faults of the network, each a real one: no name, no proxy, a hotel's page, a wrong clock, silent and odd servers."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from auth.sandbox.certificate import make_ca
from mail.mailbox import Mailbox, Protocol, Security, Server
from tests.office import Clock
from tests.rigs.scripted import ScriptedServer
from tests.tray.api.hub import account
from tray.demo_world import World
from tray.doctor import doctor, names, proxy, servers, sign_in_service
from tray.doctor.examination import Task, examine
from tray.doctor.finding import Finding, Level
from tray.doctor.hosts import MailServer, SignInService, mail_servers, sign_in_services
from tray.health import Who
from tray.settings import Settings

VARIABLES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def service(world: World, ca_file: Path | None = None) -> SignInService:
    url = f"{world.provider.authority}/v2.0/.well-known/openid-configuration"
    return SignInService(url, ca_file or world.ca_file)


def at(server: Server, ca_file: Path | None = None) -> MailServer:
    mailbox = Mailbox("info", "info@office.example", server, None, ca_file=ca_file)
    return MailServer(server, mailbox)


def only(findings: list[Finding]) -> tuple[Level, str]:
    (finding,) = findings
    return finding.level, finding.code


# names


def test_a_name_that_nobody_has_is_a_fault_unless_a_proxy_finds_it() -> None:
    assert only([*names.resolves("mail.invalid", proxied=lambda: False)]) == (Level.FAULT, "doctor-dns-not_found")
    assert only([*names.resolves("mail.invalid", proxied=lambda: True)]) == (Level.NOTE, "doctor-dns-left_to_proxy")
    (found,) = names.resolves("localhost", proxied=lambda: False)
    assert "127.0.0.1" in str(found.facts["addresses"])


def test_a_name_that_no_name_can_be_is_a_fault_and_no_crash() -> None:
    assert only([*names.resolves("a" * 64 + ".example", proxied=lambda: False)])[0] is Level.FAULT


# proxy

URL = "https://login.example/x"


def test_without_a_proxy_it_goes_straight() -> None:
    assert only([*proxy.proxy(URL, {})]) == (Level.OK, "doctor-proxy-none")


def test_a_proxy_that_does_not_answer_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://max:geheim@127.0.0.1:{port}")
    (finding,) = proxy.proxy(URL)
    assert (finding.level, finding.code, finding.who) == (Level.FAULT, "doctor-proxy-unreachable", Who.ADMIN)
    assert finding.facts["proxy"] == f"http://127.0.0.1:{port}"
    assert "geheim" not in repr(finding)


def test_a_proxy_that_answers_is_in_order_and_what_needs_none_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as there:
        monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{there.getsockname()[1]}")
        assert only([*proxy.proxy(URL)]) == (Level.OK, "doctor-proxy-ok")
        monkeypatch.setenv("NO_PROXY", "login.example")
        assert only([*proxy.proxy(URL)]) == (Level.OK, "doctor-proxy-none")
    assert proxy.for_url("https://localhost:1/x") is None


def test_an_automatic_proxy_is_told_since_postwart_follows_none() -> None:
    _, automatic = proxy.proxy(URL, {"auto_proxy": "http://pac.example/proxy.pac"})
    assert (automatic.level, automatic.code) == (Level.NOTE, "doctor-proxy-automatic")
    assert automatic.facts["pac"] == "http://pac.example/proxy.pac"


# the sign-in service and the clock


def test_a_service_that_answers_names_its_issuer_and_endpoints_and_the_clock_is_right(world: World) -> None:
    clock, provider = sign_in_service.discovery(service(world), world.provider.tenant.clock)
    assert (clock.code, clock.level) == ("doctor-clock-ok", Level.OK)
    assert provider.level is Level.OK
    assert str(provider.facts["token_endpoint"]).startswith(world.provider.url)
    assert "{tenantid}" in str(provider.facts["issuer"])


@pytest.mark.parametrize(
    ("off", "code", "minutes"),
    [
        (timedelta(minutes=4, seconds=59), "doctor-clock-ok", 5),
        (timedelta(minutes=6), "doctor-clock-ahead", 6),
        (timedelta(days=-1), "doctor-clock-behind", 1440),
    ],
)
def test_a_clock_more_than_five_minutes_off_is_a_fault(
    world: World, clock: Clock, off: timedelta, code: str, minutes: int
) -> None:
    now = clock()
    finding = next(iter(sign_in_service.discovery(service(world), lambda: now + off)))
    assert finding.code == code
    assert finding.facts.get("minutes", minutes) == minutes


def test_the_clock_is_read_where_the_certificate_is_not_trusted(world: World, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "other").mkdir()
    wrong = make_ca(tmp_path / "other").file
    now = clock() + timedelta(days=400)
    provider, theirs = sign_in_service.discovery(service(world, wrong), lambda: now)
    assert (provider.level, provider.codes[1], provider.who) == (Level.FAULT, "certificate", Who.ADMIN)
    assert theirs.code == "doctor-clock-ahead"


def test_a_hotels_page_a_fault_of_the_service_and_a_refused_port_are_told_apart(world: World, clock: Clock) -> None:
    world.provider.captive_portal()
    assert only([*sign_in_service.discovery(service(world), clock)])[1] == "doctor-provider-captive_portal"
    world.provider.faults.clear()
    world.provider.fail_next(503, endpoint="*")
    (busy,) = sign_in_service.discovery(service(world), clock)
    assert (busy.codes[1], busy.who) == ("service_fault", Who.NOBODY)
    world.provider.offline()
    assert only([*sign_in_service.discovery(service(world), clock)])[1] == "doctor-provider-network"


def test_an_unknown_tenant_is_the_services_refusal(world: World, clock: Clock) -> None:
    there = service(world)
    (finding,) = sign_in_service.discovery(replace(there, url=there.url.replace("organizations", "nobody")), clock)
    assert finding.level is Level.FAULT
    assert finding.codes[-1] == "doctor-provider-refused"


# mail servers


def test_each_server_of_the_sandbox_answers_and_takes_tokens(world: World) -> None:
    for server in (world.post.imap, world.post.pop3, world.post.smtp):
        (finding,) = servers.answers(at(server, world.ca_file))
        assert (finding.level, finding.code) == (Level.OK, "doctor-mail-ok"), finding
        assert "XOAUTH2" in str(finding.facts["answer"])
        assert str(finding.facts["tls"]).startswith("TLSv1.")


def test_a_server_without_sign_in_in_the_browser_is_a_fault_that_lists_what_it_has() -> None:
    script = [("CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN\n{tag} OK done")]
    with ScriptedServer(Protocol.IMAP, "* OK here", script) as server:
        (finding,) = servers.answers(at(server.server))
    assert (finding.level, finding.codes[1], finding.who) == (Level.FAULT, "oauth_missing", Who.ADMIN)
    assert finding.facts["answer"] == "PLAIN, LOGIN"


def test_a_blocked_port_and_an_untrusted_server_are_told_apart(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (blocked,) = servers.answers(at(Server(Protocol.IMAP, "127.0.0.1", port, Security.TLS)))
    assert blocked.code == "doctor-mail-server_unreachable"
    (untrusted,) = servers.answers(at(world.post.imap))
    assert untrusted.codes[1] == "server_certificate"
    assert untrusted.facts["issuer"] == "Postwart sandbox"


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        each = at(Server(Protocol.SMTP, "127.0.0.1", silent.getsockname()[1], Security.STARTTLS))
        (finding,) = examine([Task(lambda: servers.answers(each), servers.silence(each))], seconds=0.5)
    assert (finding.level, finding.code) == (Level.FAULT, "doctor-mail-server_silent")


# which of them are needed


def test_without_accounts_microsofts_hosts_are_looked_at() -> None:
    assert [each.host for each in sign_in_services(())] == ["login.microsoftonline.com"]
    assert [each.name for each in mail_servers(())] == ["IMAP outlook.office365.com:993", "SMTP smtp.office365.com:587"]


def test_accounts_that_share_a_server_have_it_looked_at_once() -> None:
    settings = Settings("en", accounts=(account("info"), account("rent")))
    assert len(mail_servers(settings.accounts)) == 2
    assert [each.url for each in sign_in_services(settings.accounts)] == [
        "https://login.example/.well-known/openid-configuration"
    ]
    asked = [task.silence.check for task in doctor._in_the_network(settings, Clock())]
    assert asked == ["dns", "dns", "dns", "proxy", "provider", "tls", "mail", "tls", "mail", "tls"]


def test_the_demos_own_pages_need_no_encryption_on_this_pc(tmp_path: Path) -> None:
    with World(tmp_path, Clock(), hints=True) as world:
        codes = {finding.code: finding.level for finding in sign_in_service.discovery(service(world), Clock())}
    assert codes["doctor-provider-ok"] is Level.OK
