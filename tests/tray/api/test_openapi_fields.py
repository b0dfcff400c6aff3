"""Every call that is described answers as described, and every field that is described is really sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from auth.problems import Problem
from mail.inbox import Arrival
from mail.send import Delivery, Result
from tests.tray.api.description import call_of, calls, document
from tests.tray.api.hub import NOW, SIGNED_OUT, WELL
from tests.tray.api.listener import listening
from tests.tray.api.office import Answer, Office
from tests.tray.api.test_messages import mail
from tray.fetching import Fetching
from tray.health import Check
from tray.reminders import standing
from tray.sign_ins import SignInStatus, Stage

ASK = Callable[..., Answer]
REFUSED = Delivery(
    Result.NEVER, "delivery_refused", server_code="5.1.1", answer="no such user", refused={"a@example.org": "550"}
)
CHECKS = {name: Check(ok=True) for name in ("token", "imap", "pop3")} | {"smtp": Check(ok=False, code="5.7.139")}


def fields(schema: dict[str, Any], body: Any) -> Iterator[tuple[str, str]]:
    """Type and name of each field that is in the body, all the way down."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        described = document()["components"]["schemas"][name]
        for key, value in body.items():
            yield name, key
            yield from fields(described["properties"].get(key, {}), value)
    elif isinstance(body, list):
        for each in body:
            yield from fields(schema.get("items", {}), each)
    elif body is not None:
        for choice in schema.get("anyOf", ()):
            if "$ref" in choice:
                yield from fields(choice, body)


def test_every_call_answers_as_described_and_every_field_is_sent(office: Office) -> None:
    seen: set[tuple[str, str]] = set()
    done: set[tuple[str, int]] = set()

    def call(method: str, target: str, body: Any = None, key: str | None = None) -> Answer:
        answer = office.call(method, target, body, key=key)
        described = call_of(method, target)
        assert described
        done.add((described.name, answer.status))
        if answer.content and answer.headers["content-type"].partition(";")[0].endswith("json"):
            kind = answer.headers["content-type"].partition(";")[0]
            seen.update(fields(described.response(answer.status)["content"][kind]["schema"], answer.json))
        return answer

    everything(office, call)
    with listening(office.host, office.server.keys.secret, "0-0-0"):
        done.add(("streamEvents", 200))
    succeed = {(each.name, status) for each in calls() for status in each.statuses if status < 400}
    assert done >= succeed, succeed - done
    answered = {
        (name, field)
        for name, schema in document()["components"]["schemas"].items()
        if not name.endswith(("In", "Change")) and name != "SignInEvent"
        for field in schema["properties"]
    }
    assert answered <= seen | {("ProblemBody", "type")}, answered - seen


def everything(office: Office, call: ASK) -> None:
    """A whole day at the office: all is well here, a sign-in is missing there, and some things are refused."""
    hub = office.hub
    hub.healths["info"] = replace(WELL, checks=CHECKS)
    hub.healths["rent"] = replace(SIGNED_OUT, texts=("refused-consent",))
    for target in ("/v1/status", "/v1/accounts", "/v1/accounts/info", "/v1/hello?nonce=1"):
        call("GET", target)
    for account in ("info", "rent"):
        call("POST", f"/v1/accounts/{account}/check")
    call("GET", "/v1/accounts/rent/token")  # 409, with what the administrator does
    call("POST", "/v1/accounts", {"id": "info"})
    call("PATCH", "/v1/accounts/info", {"idle": False})
    mail_comes(office, call)
    letters_go(office, call)
    people_sign_in(office, call)
    for verb in ("fetch", "test-mail"):
        call("POST", f"/v1/accounts/info/{verb}")
    hub.healths["rent"] = SIGNED_OUT
    call("POST", "/v1/accounts/rent/test-mail")
    call("GET", "/v1/accounts/rent/token")  # 409, with the account's state
    for what in ("token", "consent-request", "journal", "timeline"):
        call("GET", f"/v1/accounts/info/{what}")
    programs_get_keys(call)
    hub.warnings, hub.fetching = ("post_set_aside",), Fetching(3, 10, 1.5)
    hub.ignored = tuple(standing(hub.picture(), NOW).values())
    call("GET", "/v1/status")
    settings_change(call)
    call("POST", "/v1/doctor")
    call("GET", "/v1/messages?limit=0")  # 400, with the field
    call("DELETE", "/v1/accounts/info")
    call("POST", "/v1/stop")


def mail_comes(office: Office, call: ASK) -> None:
    office.hub.inbox.add("info", [Arrival("INBOX", 1, "1", mail(1, attached=b"<p>"))])
    for target in ("", "/1", "/1/raw", "/1/attachments/0"):
        call("GET", f"/v1/messages{target}")
    call("PUT", "/v1/messages/1/done")


def letters_go(office: Office, call: ASK) -> None:
    outbox = office.hub.outbox
    for _ in range(2):
        call("POST", "/v1/accounts/info/outbox", {"to": ["a@example.org"], "text": "x"})
    outbox.mark_sending(1)
    outbox.settle(1, REFUSED)
    call("GET", "/v1/outbox")
    call("GET", "/v1/outbox/1")
    call("POST", "/v1/outbox/1/resend")
    call("DELETE", "/v1/outbox/2")


def people_sign_in(office: Office, call: ASK) -> None:
    call("POST", "/v1/accounts/info/sign-in", {"device_code": True})
    call("GET", "/v1/accounts/info/sign-in")
    call("DELETE", "/v1/accounts/info/sign-in")
    call("POST", "/v1/accounts/info/sign-in", {})
    office.hub.signing_in.clear()
    office.hub.ended["info"] = SignInStatus("info", Stage.FAILED, problem=Problem(code="refused-consent"))
    call("GET", "/v1/accounts/info/sign-in")
    call("POST", "/v1/sign-in")
    call("GET", "/v1/sign-in")
    call("DELETE", "/v1/accounts/info/session")


def settings_change(call: ASK) -> None:
    for target in ("/v1/presets", "/v1/settings", "/v1/autostart"):
        call("GET", target)
    call("PATCH", "/v1/settings", {"language": "de"})
    call("PUT", "/v1/autostart", {"on": False})


def programs_get_keys(call: ASK) -> None:
    call("POST", "/v1/keys", {"name": "WIN-OFFICE", "rights": ["read"]})
    call("GET", "/v1/keys")
    call("DELETE", "/v1/keys/WIN-OFFICE")
    url = call("POST", "/v1/page-code").json["url"]
    call("POST", "/v1/page-session", {"code": url.partition("#k=")[2]}, key="")
