"""What does a caller get to read when something cannot be done? problem+json (RFC 9457) in their language."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import UNSET, UnsetType

from auth.problems import Problem, SignInProblem, VaultProblem
from mail.addressing import LetterUnfit
from mail.problems import MailProblem, ServerUnreachable, StoreProblem
from tray.api.fields import FieldFault, NotJson, WrongFields, explain
from tray.api.types import FieldError, ProblemBody, StateName
from tray.config_faults import ConfigProblem
from tray.health import State
from tray.problems import AccountNotReady
from tray.texts import Advice, Texts

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
AnyRequest = Request[Any, Any, Any]
TextsOf = Callable[[str], Texts]
"""The sentences for an Accept-Language header."""


class Refusal(Problem):
    """A request that is turned away before anybody looks at what it wants."""


_STATUS = {
    "account_not_found": 404,
    "not_found": 404,
    "message_not_found": 404,
    "letter_not_found": 404,
    "no_such_call": 404,
    "attachment_not_found": 404,
    "key_not_found": 404,
    "protocol_not_used": 404,
    "not_authorized": 401,
    "code_not_valid": 401,
    "host_refused": 403,
    "origin_refused": 403,
    "not_allowed": 403,
    "managed": 403,
    "method_refused": 405,
    "body_too_slow": 408,
    "account_changed": 409,
    "account_exists": 409,
    "key_name_taken": 409,
    "key_name_unfit": 400,
    "rights_unfit": 403,
    "autostart_failed": 409,
    "autostart_switched_off": 409,
    "autostart_path_long": 409,
    "fetch_running": 409,
    "sign_in_not_running": 409,
    "sign_in_running": 409,
    "consent_not_needed": 409,
    "letter_not_cancellable": 409,
    "letter_not_changeable": 409,
    "idempotency_key_reused": 422,
    "body_too_large": 413,
    "content_type_unknown": 415,
    "version_refused": 505,
    "postwart_ending": 503,
    "disk_full": 507,
    "config_wrong": 409,
    "config_unreadable": 409,
    "config_changed_meanwhile": 409,
    "config_layout_unusual": 409,
    "config_not_writable": 507,
}
"""By code where it says more than the class does."""

_STATUS_OF_CLASS: tuple[tuple[type[Problem], int], ...] = (
    (Refusal, 400),
    (WrongFields, 400),
    (NotJson, 400),
    (ConfigProblem, 400),
    (ServerUnreachable, 503),
    (LetterUnfit, 422),
    (StoreProblem, 507),
    (VaultProblem, 409),
    (SignInProblem, 409),
    (MailProblem, 409),
)


def status_of(problem: Problem) -> int:
    if isinstance(problem, AccountNotReady):
        # nothing the caller's user could do about a network that is not there: try again later
        return 503 if problem.state in {State.OFFLINE, State.UNKNOWN} else 409
    if status := _STATUS.get(problem.code):
        return status
    return next((status for kind, status in _STATUS_OF_CLASS if isinstance(problem, kind)), 500)


def body_of(problem: Problem, texts: Texts) -> ProblemBody:
    """`next_step` can be shown to the user as it is; `detail` is for the main app's developer and never a secret."""
    advice = _advice(problem, texts)
    return ProblemBody(
        title=advice.title,
        status=status_of(problem),
        code=problem.code,
        detail=problem.detail,
        next_step=advice.next_step,
        admin_help=advice.admin_help or UNSET,
        state=_state(problem),
        errors=_errors(problem, texts) or UNSET,
    )


def _advice(problem: Problem, texts: Texts) -> Advice:
    """A sentence that lacks a fact is a fault of ours; the caller still learns the code."""
    try:
        return texts.problem(problem)
    except KeyError:
        log.exception("no sentence for %s", problem.code)
        return texts.advise(("unexpected",), {})


def _state(problem: Problem) -> StateName | UnsetType:
    if isinstance(problem, AccountNotReady):
        return problem.state.value
    return State.OFFLINE.value if isinstance(problem, ServerUnreachable) else UNSET


def say(problem: Problem, texts: Texts) -> tuple[int, bytes]:
    body = body_of(problem, texts)
    return body.status, msgspec.json.encode(body)


def exception_handlers(texts_of: TextsOf) -> dict[type[Exception] | int, Callable[[AnyRequest, Any], Response[bytes]]]:
    """What Litestar calls when something was raised; each ends as problem+json."""

    def answer(request: AnyRequest, problem: Problem) -> Response[bytes]:
        status, content = say(problem, texts_of(request.headers.get("accept-language", "")))
        return Response(content, status_code=status, media_type=MEDIA_TYPE)

    def framework(request: AnyRequest, fault: HTTPException) -> Response[bytes]:
        return answer(request, _refusal_of(fault, _parameters(request)))

    def unexpected(request: AnyRequest, fault: Exception) -> Response[bytes]:
        log.error("%s %s failed", request.method, request.url.path, exc_info=fault)
        return answer(request, Problem(type(fault).__name__))

    return {Problem: answer, HTTPException: framework, Exception: unexpected}


def _parameters(request: AnyRequest) -> Mapping[str, Any]:
    """The route's own, by their Python names, with their types; none where no route was found."""
    handler = request.scope.get("route_handler")
    parameters = handler.parsed_fn_signature.parameters if handler else {}
    return {name: parameter.annotation for name, parameter in parameters.items()}


def _refusal_of(fault: HTTPException, parameters: Mapping[str, Any]) -> Problem:
    if isinstance(fault, ValidationException):
        return WrongFields(_wrong_parameters(fault, parameters))
    codes = {404: "no_such_call", 405: "method_refused", 413: "body_too_large"}
    return Refusal(code=codes.get(fault.status_code, "bad_request"))


def _wrong_parameters(fault: ValidationException, parameters: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    """Litestar tells a missing parameter in its sentence only, wrong ones in a list."""
    if missing := re.match(r"Missing required \w+ parameter '([^']+)'", fault.detail):
        return (FieldFault(missing[1], "field_missing", {}),)
    extra = fault.extra if isinstance(fault.extra, list) else []
    names = [str(each.get("key", "")) for each in extra]
    return tuple(
        explain(str(each["message"]), parameters.get(name), name.rstrip("_"))
        for each, name in zip(extra, names, strict=True)
    )


def _errors(problem: Problem, texts: Texts) -> list[FieldError]:
    if isinstance(problem, WrongFields):
        return [_error(fault, texts) for fault in problem.faults]
    if isinstance(problem, ConfigProblem):
        return [FieldError(fault.key, fault.code, texts.say(fault.code, **fault.facts)) for fault in problem.faults]
    return []


def _error(fault: FieldFault, texts: Texts) -> FieldError:
    return FieldError(fault.field, fault.code, texts.say(fault.code, **fault.facts))
