"""Nobody answers, or somebody else does: the account is offline, says why and who mends it, and no sign-in is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auth.sandbox.certificate import ServerCertificate, issue, make_ca
from mail.mailbox import Protocol, Server
from mail.sandbox.post_office import SandboxPostOffice
from tests.office import Office
from tests.rigs.scripted import ScriptedServer
from tests.stories.mishaps import ADDRESS, Place
from tray.api.client import ApiClient, ApiRefused
from tray.health import State

LETTER = {"to": ["a@b.example"], "subject": "x", "text": "y"}

pytestmark = pytest.mark.needs("desktop")


@dataclass(frozen=True)
class Trouble:
    """What is wrong with one server, what is said of it, and who can mend it."""

    name: str
    protocol: str
    code: str
    who: str
    en: str
    de: str


TROUBLES = [
    Trouble("nobody", "imap", "server_unreachable", "nobody", "127.0.0.1 cannot be reached", "ist nicht zu erreichen"),
    Trouble("nowhere", "imap", "server_not_found", "nobody", "called nowhere.invalid", "gibt es unter diesem Namen"),
    Trouble("stranger", "imap", "server_certificate", "admin", "this PC does not trust", "dem dieser PC nicht traut"),
    Trouble("stranger", "smtp", "server_certificate", "admin", "Issuer: Somebody", "Aussteller: Somebody"),
    Trouble("misnamed", "imap", "server_certificate_name", "admin", "does not belong to", "gehört nicht zu 127.0.0.1"),
    Trouble("plain", "imap", "starttls_missing", "admin", "offers no encryption", "bietet keine Verschlüsselung an"),
    Trouble("plain", "smtp", "starttls_missing", "admin", "Nothing was sent to it", "wurde nichts übermittelt"),
    Trouble("plain_tls", "smtp", "server_tls", "admin", "port and encryption fit", "Port und Verschlüsselung"),
]


@pytest.fixture(scope="module")
def servers(around: tuple[Any, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Any]]]:
    """`name` or `name protocol` → a server that is wrong in that way; `heard` of it is what a client told it."""
    world, _ = around
    folder = tmp_path_factory.mktemp("others")
    with ExitStack() as running:

        def post_office(name: str, certificate: ServerCertificate) -> SandboxPostOffice:
            pair = (certificate.file, certificate.key_file)
            (folder / name).mkdir(exist_ok=True)
            office = SandboxPostOffice(folder / name, pair, world.provider.owner_of, world.provider.may)
            return running.enter_context(office)

        stranger = post_office("stranger", issue(make_ca(folder, "Somebody"), ["127.0.0.1"], folder / "stranger"))
        misnamed = post_office("misnamed", issue(world.provider.ca, ["mail.example"], folder / "misnamed"))
        imap = ScriptedServer(
            Protocol.IMAP, "* OK hello", [("CAPABILITY", "* CAPABILITY IMAP4rev1\n{tag} OK done"), ("", "{tag} BAD no")]
        )
        smtp = ScriptedServer(Protocol.SMTP, "220 hello", [("^(EHLO|HELO)", "250 plain"), ("", "502 no")])
        found = {
            "nobody imap": {"host": "127.0.0.1", "port": 9, "security": "tls"},
            "nowhere imap": {"host": "nowhere.invalid", "port": 993, "security": "tls"},
            "stranger imap": _values(stranger.imap),
            "stranger smtp": _values(stranger.smtp),
            "misnamed imap": _values(misnamed.imap),
            "plain imap": _values(running.enter_context(imap).server, security="starttls"),
            "plain smtp": _values(running.enter_context(smtp).server, security="starttls"),
            "plain_tls smtp": _values(smtp.server, security="tls"),
        }
        yield found
        assert not any("AUTH" in line.upper() for server in (imap, smtp) for line in server.heard)


def _values(server: Server, **values: str) -> dict[str, Any]:
    return {"host": server.host, "port": server.port, "security": server.security.value, **values}


def test_a_server_that_is_not_there_or_not_the_right_one_is_told_and_nothing_is_shown_to_it(
    place: Place, servers: dict[str, dict[str, Any]]
) -> None:
    in_english = place.signed_in()
    in_german = ApiClient.discover(place.program.places, "de")
    assert in_german
    there = place.world.post.messages(ADDRESS)
    for trouble in TROUBLES:
        wrong = {trouble.protocol: servers[f"{trouble.name} {trouble.protocol}"]}
        change = json.dumps({**_good(place), **wrong}).encode()
        in_english.call("PATCH", ("accounts", "info"), body=change, kind="application/json")
        health = in_english.post("accounts", "info", "check")
        assert (health["state"], health["code"], health["who"]) == ("offline", trouble.code, trouble.who), trouble
        assert trouble.en in " ".join([health["title"], health["next_step"], health["admin_help"]]), health
        health = in_german.get("accounts", "info")["health"]
        assert trouble.de in " ".join([health["title"], health["next_step"], health["admin_help"]]), health
        if trouble.protocol == "imap":
            with pytest.raises(ApiRefused) as refused:
                in_english.post("accounts", "info", "fetch")
            assert (refused.value.status, refused.value.code) == (503, trouble.code)
    place.says("check", "info", code=5, en=TROUBLES[-1].en, de=TROUBLES[-1].de)
    assert place.world.post.messages(ADDRESS) == there
    in_english.call("PATCH", ("accounts", "info"), body=json.dumps(_good(place)).encode(), kind="application/json")
    assert in_english.post("accounts", "info", "check")["state"] == "ok"


def test_the_command_line_ends_with_5_where_a_server_is_away(place: Place) -> None:
    place.signed_in(imap={"host": "127.0.0.1", "port": 9, "security": "tls"})
    en, de = "The mail server 127.0.0.1 cannot be reached", "Der Mailserver 127.0.0.1 ist nicht zu erreichen"
    for command in (("check",), ("fetch", "info"), ("status",)):
        place.says(*command, code=5, en=en, de=de)
    place.says("check", code=5, en="For your administrator: Is port 9", de="Für Ihren Administrator: Ist Port 9")


def _good(place: Place) -> dict[str, Any]:
    values = place.world.account("x", ADDRESS)
    return {name: values[name] for name in ("imap", "smtp")}


def test_a_provider_that_is_not_there_or_not_the_right_one_costs_no_sign_in(place: Place) -> None:
    api = place.signed_in()
    for go_wrong, code, en, de in (
        (place.world.provider.offline, "network", "can reach the internet", "ob dieser PC ins Internet kommt"),
        (place.world.provider.captive_portal, "captive_portal", "Open any web page", "irgendeine Webseite"),
    ):
        before = place.kept()
        go_wrong()
        place.says("check", "info", code=5, en=en, de=de)
        place.says("status", code=5, en="goes on by itself", de="geht es von selbst weiter")
        assert place.program.health("info")["code"] == code
        assert place.types("token", "info")[0] == 0  # the one it has is still good
        place.says("sign-in", "info", code=5, en="click “Sign in” once more", de="noch einmal auf „Anmelden“")
        assert place.kept() == before
        place.world.provider.online()
        assert api.post("accounts", "info", "check")["state"] == "ok"


def test_without_a_usable_token_main_apps_are_told_to_try_again_later(tmp_path: Path) -> None:
    with Office(tmp_path) as office:
        office.has_account("info")
        office.opens()
        office.signs_in("info")
        office.tenant.offline()
        office.waits(hours=2)  # its access token has run out
        for ask, verb in ((office.api.get, "token"), (office.api.post, "fetch")):
            with pytest.raises(ApiRefused) as refused:
                ask("accounts", "info", verb)
            assert (refused.value.status, refused.value.state) == (503, "offline")
            assert "can reach the internet" in refused.value.next_step
        assert office.api.post("accounts", "info", "outbox", json_body=LETTER)["state"] == "queued"
        office.tenant.online()
        office.turns(seconds=16)  # who is silent is not asked again at once
        assert office.api.get("accounts", "info", "token")["access_token"]
        office.checks()
        assert office.health("info").state is State.OK


def test_a_provider_whose_certificate_nobody_knows_is_told_before_a_browser_opens(place: Place, tmp_path: Path) -> None:
    other = make_ca(tmp_path)
    place.account(receive="imap", ca_file=str(other.file))
    place.program.start("--no-tray")
    before = len(place.world.provider.requests)
    en, de = "Check this PC's date and time.", "Prüfen Sie Datum und Uhrzeit dieses PCs."
    place.says("sign-in", "info", code=5, en=en, de=de)
    place.says("sign-in", "info", code=5, en="certlm.msc", de="certlm.msc")
    place.says("token", "info", code=3, en="Nobody has signed in", de="noch niemand angemeldet")
    assert len(place.world.provider.requests) == before
