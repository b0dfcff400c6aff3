"""Which checks are made, and what comes out of them all?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from auth.provider import Clock
from mail.mailbox import Security
from mail.offer import encrypted
from tray.doctor import accounts, databases, desktop, encryption, hosts, names, proxy, servers, sign_in_service, this_pc
from tray.doctor.conclusions import conclude
from tray.doctor.examination import DEADLINE, Task, examine
from tray.doctor.finding import Finding, note
from tray.doctor.log_tail import log_tail
from tray.doctor.report import Report, report
from tray.paths import Places
from tray.runtime import is_running
from tray.settings import Settings
from tray.texts import Texts

Own = Callable[[], Iterator[Finding]]


def utc_now() -> datetime:
    return datetime.now(UTC)


def examined(
    places: Places, texts: Texts, *, own: Own | None = None, clock: Clock = utc_now, seconds: float = DEADLINE
) -> Report:
    """`own` says how Postwart and its accounts are where this is the running Postwart; else it is asked from outside.

    Takes `seconds` at most. Raises nothing that is a finding.
    """
    settings, findings = this_pc.configuration(places, texts)
    known = settings or Settings(texts.language)
    of_accounts = own or partial(accounts.from_outside, places, settings, texts, clock)
    tasks = [
        Task(of_accounts, accounts.hangs()),
        *_on_this_pc(places, known, running=own is not None),
        *_in_the_network(known, clock),
    ]
    concluded = conclude([*findings, *examine(tasks, seconds)])
    return report(concluded, texts, clock(), this_pc.versions(), log_tail(places.logs))


def _on_this_pc(places: Places, settings: Settings, *, running: bool) -> Iterator[Task]:
    yield Task(partial(this_pc.folders, places), _silent("folder"))
    yield Task(partial(this_pc.disk, places), _silent("disk"))
    yield Task(partial(databases.databases, places), databases.silence())
    yield Task(this_pc.keyring, this_pc.keyring_fault("keyring_slow"))
    yield Task(this_pc.loopback, _silent("loopback"))
    yield Task(desktop.tray, _silent("tray"))
    yield Task(desktop.notifications, _silent("notifications"))
    yield Task(desktop.browser, _silent("browser"))
    if settings.api_port and not running:
        yield Task(partial(_port, places, settings.api_port), _silent("port"))


def _port(places: Places, number: int) -> Iterator[Finding]:
    return iter(()) if is_running(places.data) else this_pc.port(number)


def _in_the_network(settings: Settings, clock: Clock) -> Iterator[Task]:
    services = hosts.sign_in_services(settings.accounts)
    mail = hosts.mail_servers(settings.accounts)

    def proxied(host: str) -> bool:
        """Asked only where it matters, and on the check's own thread: Windows may ask the DNS for it."""
        direct = host in {each.server.host for each in mail}
        return not direct and any(proxy.for_url(service.url) for service in services if service.host == host)

    for host in hosts.names(services, mail):
        yield Task(partial(names.resolves, host, proxied=partial(proxied, host)), names.silence(host))
    for service in services:
        yield Task(partial(proxy.proxy, service.url), _silent("proxy", service.host))
        yield Task(partial(sign_in_service.discovery, service, clock), sign_in_service.silence(service))
        connect = partial(sign_in_service.certificate_of, service)
        yield _seen(
            service.host, service.host, partial(encryption.encryption, connect=connect, ca_file=service.ca_file)
        )
    for each in mail:
        yield Task(partial(servers.answers, each), servers.silence(each))
        if each.server.security is not Security.NONE:
            look = partial(encryption.encryption, connect=partial(encrypted, each.server), ca_file=each.mailbox.ca_file)
            yield _seen(each.name, each.server.host, look)


def _seen(name: str, host: str, look: Callable[[str, str], Iterator[Finding]]) -> Task:
    return Task(partial(look, name, host), encryption.silence(name, host))


def _silent(check: str, subject: str = "") -> Finding:
    return note(check, "no_answer", subject)
