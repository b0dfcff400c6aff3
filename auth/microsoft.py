"""How does Microsoft sign people in? Through MSAL; this is the only file that knows it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import msal

from auth.by_code import refused_poll
from auth.client import STILL_GOOD_FOR, CodeRequest, Held, Request, up_to_a_day
from auth.http import Line, NoToken
from auth.identity import Identity
from auth.keeper import Keeper
from auth.loopback import Answer
from auth.microsoft_broker import ask_broker, told_plainly, with_broker
from auth.outcome import Cure, Granted, Outcome, Refused, Unreachable
from auth.provider import Clock
from auth.refusals import refusal_in
from auth.vault import Vault

_log = logging.getLogger(__name__)
for _name in ("msal", "msal.oauth2cli"):  # at DEBUG it logs the code, at ERROR whole answers
    logging.getLogger(_name).setLevel(logging.CRITICAL)

SPURIOUS = "AADSTS70000"
"""Seen for good refresh tokens too; the second try tells (BingAds-Python-SDK#279)."""

_MSAL_RAISES = (ValueError, KeyError, TypeError, AttributeError, RuntimeError, msal.exceptions.MsalError)
"""What MSAL throws at an answer that is JSON and makes no sense."""

T = TypeVar("T")


def MicrosoftProvider(identity: Identity, vault: Vault, clock: Clock) -> Keeper:  # noqa: N802  reads as a class
    return Keeper(identity, vault, clock, MicrosoftClient)


class MicrosoftClient:
    """One account's tokens in a cache of its own. Implements auth.client.Client."""

    asks_identity_first = True

    def __init__(self, identity: Identity, line: Line, clock: Clock, kept: str = "") -> None:
        self._identity = identity
        self._line = line
        self._clock = clock
        self._cache = _Cache(clock, kept)
        self._http_cache: dict[str, object] = {}
        self._app: Any = None
        self._granted: Granted | None = None

    def begin(self, scopes: tuple[str, ...], redirect_uri: str, state: str, login_hint: str) -> Request:
        flow = self._msal(
            lambda app: app.initiate_auth_code_flow(
                list(scopes),
                redirect_uri=redirect_uri,
                state=state,
                login_hint=login_hint or None,  # Entra refuses a hint together with select_account
                prompt=None if login_hint else "select_account",
                response_mode="form_post",
            )
        )
        return Request(flow["auth_uri"], flow)

    def redeem(self, request: Request, answer: Answer) -> Mapping[str, object]:
        if "error" in answer:
            raise NoToken(refusal_in(answer))
        result = self._msal(lambda app: app.acquire_token_by_auth_code_flow(request.flow, dict(answer)))
        return self._taken(result, request.flow["scope"])

    def _taken(self, result: Mapping[str, Any], asked: Collection[str]) -> Mapping[str, object]:
        """The claims of an answer with tokens, which are in the cache already. Raises NoToken."""
        outcome = self._outcome(result)
        if not isinstance(outcome, Granted):
            raise NoToken(outcome)
        if asked and set(self._identity.scopes) <= set(asked):
            self._granted = outcome
        claims: Mapping[str, object] = result.get("id_token_claims") or {}
        return claims

    def begin_code(self, scopes: tuple[str, ...]) -> CodeRequest:
        flow = self._msal(lambda app: app.initiate_device_flow(list(scopes)))
        return self._msal(lambda _app: _code_request(flow, scopes))

    def redeem_code(self, request: CodeRequest) -> Mapping[str, object]:
        once = {**request.flow, "interval": 1}  # of 0, MSAL would make a loop without end
        result = self._msal(lambda app: app.acquire_token_by_device_flow(once, exit_condition=lambda _: True))
        if "error" in result:
            raise refused_poll(result)
        return self._taken(result, request.flow["scope"])

    def by_system(self, login_hint: str) -> Mapping[str, object] | None:
        if not self._identity.broker:
            return None
        result = self._msal(lambda app: ask_broker(app, self._identity.scopes, login_hint))
        return None if result is None else self._taken(result, self._identity.scopes)

    def refresh(self) -> Outcome | None:
        outcome = self._refresh()
        if isinstance(outcome, Refused) and outcome.code == SPURIOUS:
            outcome = self._refresh()
        if isinstance(outcome, Granted):
            self._granted = outcome
        return outcome

    def cached(self) -> Granted | None:
        granted = self._granted or self._cache.access_token(self._identity.scopes)
        return granted if granted and granted.expires_at - self._clock() >= STILL_GOOD_FOR else None

    def held(self) -> Held | None:
        return self._cache.held()

    def export(self) -> str:
        return str(self._cache.serialize())

    def _refresh(self) -> Outcome | None:
        self._http_cache.clear()  # else MSAL answers a repeated question itself for a minute
        try:
            result = self._msal(self._ask_for_mail)
        except NoToken as none:
            return none.outcome
        return None if result is None else self._outcome(result)

    def _ask_for_mail(self, app: Any) -> Any:
        account = next(iter(app.get_accounts()), None)
        return app.acquire_token_silent_with_error(list(self._identity.scopes), account, force_refresh=True)

    def _msal(self, ask: Callable[[Any], T]) -> T:
        """Raises NoToken and nothing else."""
        try:
            if self._app is None:  # its constructor asks the network
                self._app = self._new_app()
            return ask(self._app)
        except _MSAL_RAISES as error:
            _log.warning("MSAL could not make sense of an answer: %s", type(error).__name__)
            code = "clock_wrong" if self._line.clock_error else "service_fault"  # it may have looked at times
            raise NoToken(Unreachable(code, f"MSAL: {type(error).__name__}")) from None

    def _new_app(self) -> Any:
        authority = self._identity.authority
        try:
            msal.authority.canonicalize(authority)
        except ValueError:
            raise NoToken(Refused("invalid_tenant", Cure.VENDOR, detail=f"not an authority: {authority}")) from None
        make = partial(
            msal.PublicClientApplication,
            self._identity.client_id,
            authority=authority,
            token_cache=self._cache,
            http_client=self._line,
            http_cache=self._http_cache,
            instance_discovery=False,  # the configuration says whom to trust, and offline starts ask for less
        )
        return with_broker(make) if self._identity.broker else make()

    def _outcome(self, result: Mapping[str, Any]) -> Outcome:
        if "error" in result:
            return refusal_in(told_plainly(result))
        token, seconds = result.get("access_token"), result.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int | str):
            return Unreachable("service_fault", "an answer without a token")
        return Granted(token, self._clock() + timedelta(seconds=int(seconds)))


def _code_request(flow: dict[str, Any], scopes: tuple[str, ...]) -> CodeRequest:
    """Raises NoToken; ValueError, KeyError or TypeError for an answer that makes no sense."""
    if "error" in flow:
        raise NoToken(refusal_in(flow))
    url = str(flow["verification_uri"])
    return CodeRequest(
        str(flow["user_code"]),
        url,
        str(flow.get("verification_uri_complete") or url),
        up_to_a_day(flow["expires_in"]),
        up_to_a_day(flow["interval"]),
        {**flow, "scope": list(scopes)},
    )


class _Cache(msal.SerializableTokenCache):  # type: ignore[misc]  # MSAL has no annotations
    """MSAL's cache, on our clock. Raises ValueError for content of another shape."""

    def __init__(self, clock: Clock, kept: str) -> None:
        super().__init__()
        self._now = clock
        if kept:
            content = json.loads(kept)
            if not isinstance(content, dict) or not all(isinstance(each, dict) for each in content.values()):
                raise ValueError("not a token cache")
            self.deserialize(kept)

    def add(self, event: Any, **options: Any) -> None:
        super().add(event, **{**options, "now": int(self._now().timestamp())})
        self._keep_newest()

    def update_rt(self, rt_item: Any, new_rt: str | None) -> None:
        if not new_rt:  # none came, written down as null
            return
        changes = {"secret": new_rt, "last_modification_time": str(int(self._now().timestamp()))}
        self.modify(self.CredentialType.REFRESH_TOKEN, rt_item, changes)

    def search(self, credential_type: str, target: Any = None, query: Any = None, *, now: Any = None) -> Any:
        moment = self._now().timestamp() if now is None else now
        return super().search(credential_type, target=target, query=query, now=moment)

    def held(self) -> Held | None:
        tokens = self._newest_first()
        people = list(self.search(self.CredentialType.ACCOUNT))
        if not people or not (tokens or people[0].get("account_source") == "broker"):
            return None
        if not tokens:
            return Held(people[0]["username"], self._renewed_at(), by_system=True)
        return Held(people[0]["username"], _moment(tokens[0]["last_modification_time"]))

    def _renewed_at(self) -> datetime:
        """The newest access token's time: more is not to be seen where the system keeps the rest."""
        found = self.search(self.CredentialType.ACCESS_TOKEN)
        return max((_moment(each["cached_at"]) for each in found), default=self._now())

    def access_token(self, scopes: tuple[str, ...]) -> Granted | None:
        """One that was kept over a restart; none from the future, as a clock that was set wrong leaves them."""
        found = self.search(self.CredentialType.ACCESS_TOKEN, target=list(scopes))
        now = self._now()
        fitting = [each for each in found if _moment(each["cached_at"]) <= now]
        newest = max(fitting, key=lambda each: int(each["expires_on"]), default=None)
        return newest and Granted(newest["secret"], _moment(newest["expires_on"]))

    def _newest_first(self) -> list[Any]:
        found = self.search(self.CredentialType.REFRESH_TOKEN)
        return sorted(found, key=lambda each: int(each["last_modification_time"]), reverse=True)

    def _keep_newest(self) -> None:
        """MSAL would try the older ones too and report the last one's error."""
        for older in self._newest_first()[1:]:
            self.remove_rt(older)


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
