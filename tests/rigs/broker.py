"""What would the system's broker answer to MSAL? Stands in for the library `pymsalruntime`, which needs real Windows.

It has the functions that MSAL 1.39 calls and nothing of what Windows does behind them.
"""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

from auth.sandbox import SandboxProvider
from auth.sandbox.scopes import asked_of_microsoft

Callback = Callable[[Any], None]


class CallbackData:
    def __init__(self, *, is_interactive: bool = False) -> None:
        self.is_interactive = is_interactive
        self.signal = threading.Event()
        self.result: Any = None

    def complete(self, result: Any) -> None:
        self.result = result
        self.signal.set()


class Parameters:
    def __init__(self, client_id: str, authority: str) -> None:
        self.client_id, self.authority = client_id, authority
        self.scopes: list[str] = []

    def set_requested_scopes(self, scopes: list[str]) -> None:
        self.scopes = list(scopes)

    def set_additional_parameter(self, name: str, value: str) -> None: ...

    def set_redirect_uri(self, uri: str) -> None: ...


@dataclass
class Broker:
    """Windows, where `address` is signed in. `status` makes each request fail with it; `asked` are the requests."""

    idp: SandboxProvider
    address: str
    status: str = ""
    context: str = ""
    never_closed: bool = False
    knows_account: bool = True
    asked: list[tuple[str, str]] = field(default_factory=list)

    def module(self) -> ModuleType:
        made = ModuleType("pymsalruntime")
        statuses = ("Status_AccountUnusable", "Status_InteractionRequired", "Status_UserCanceled", "Status_Unexpected")
        made.__dict__.update(
            CallbackData=CallbackData,
            MSALRuntimeAuthParameters=Parameters,
            Response_Status=SimpleNamespace(**{name: f"Response_Status.{name}" for name in statuses}),
            LogLevel=SimpleNamespace(TRACE=1, DEBUG=2, INFO=3, WARNING=4, ERROR=5, FATAL=6),
            register_logging_callback=lambda _callback: None,
            get_console_window=lambda: 0,
            get_desktop_window=lambda: 1,
            signin_silently=lambda parameters, _id, done: self._answer("silently", "", parameters, done),
            signin_interactively=self._interactively,
            acquire_token_silently=lambda parameters, _id, _who, done: self._answer("renew", "", parameters, done),
            read_account_by_id=self._read_account,
        )
        return made

    def _interactively(self, window: int, parameters: Parameters, _id: str, hint: str, done: Callback) -> None:
        assert window, "a dialog without a parent"
        if not self.never_closed:
            self._answer("dialog", hint or "", parameters, done)

    def _read_account(self, _account: str, _id: str, done: Callback) -> None:
        account = object() if self.knows_account else None
        done(SimpleNamespace(get_error=lambda: None, get_account=lambda: account))

    def _answer(self, how: str, hint: str, parameters: Parameters, done: Callback) -> None:
        self.asked.append((how, hint))
        silent = how == "silently" and not self.status  # nobody signed in to Windows itself here
        status = "Status_InteractionRequired" if silent else self.status
        done(self._failure(status) if status else self._tokens(parameters))

    def _failure(self, status: str) -> Any:
        error = SimpleNamespace(
            get_context=lambda: self.context,
            get_status=lambda: f"Response_Status.{status}",
            get_error_code=lambda: 1,
            get_tag=lambda: 2,
        )
        return SimpleNamespace(get_error=lambda: error, get_telemetry_data=dict)

    def _tokens(self, parameters: Parameters) -> Any:
        tenant = self.idp.tenant
        with tenant.lock:
            person, asked, now = (
                tenant.person(self.address),
                asked_of_microsoft(" ".join(parameters.scopes)),
                tenant.clock(),
            )
            access = tenant.mint.access(person, parameters.client_id, asked.resource, asked.permissions, now)
            identity = tenant.mint.identity(person, parameters.client_id, self.idp.authority, now)
        claims = base64.urlsafe_b64decode(identity.split(".")[1] + "==").decode()
        info = base64.urlsafe_b64encode(json.dumps({"uid": person.id, "utid": tenant.id}).encode()).decode().rstrip("=")
        account = SimpleNamespace(get_client_info=lambda: info, get_account_id=lambda: person.id)
        return SimpleNamespace(
            get_error=lambda: None,
            get_telemetry_data=dict,
            get_id_token=lambda: claims,
            get_raw_id_token=lambda: identity,
            get_account=lambda: account,
            is_pop_authorization=lambda: False,
            get_access_token=lambda: access.token,
            get_access_token_expiry_time=lambda: int(time.time()) + access.lifetime,
            get_granted_scopes=lambda: parameters.scopes,
        )
