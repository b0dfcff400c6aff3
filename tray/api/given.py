"""What is a route given besides its path and body? The hub, the workers and the caller's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, cast

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, SkipValidation

from tray.api.catalogue import by_status
from tray.api.keys import Keys
from tray.api.languages import choose
from tray.api.problems import MEDIA_TYPE, Refusal
from tray.api.rights import Caller, Right
from tray.api.types import ProblemBody
from tray.api.workers import Workers
from tray.program import Program
from tray.texts import Texts

if TYPE_CHECKING:
    from tray.helper import Helper
else:
    Helper = Any  # Litestar looks at the name only

_PROGRAM_LENGTH = 80

MOST = 2**62
"""No row of SQLite has a larger number."""

Hub: TypeAlias = NamedDependency[SkipValidation[Helper]]
Work: TypeAlias = NamedDependency[SkipValidation[Workers]]
InWords: TypeAlias = NamedDependency[SkipValidation[Texts]]
Calling: TypeAlias = NamedDependency[SkipValidation[Caller]]
Asking: TypeAlias = NamedDependency[SkipValidation[Program]]
TheKeys: TypeAlias = NamedDependency[SkipValidation[Keys]]
PageLink: TypeAlias = NamedDependency[SkipValidation[Callable[[], str]]]
AccountId: TypeAlias = Annotated[str, PathParameter(description="The account's `id`, as config.toml has it")]
Number: TypeAlias = Annotated[int, PathParameter(ge=0, le=MOST, description="As the listing has it")]
Order = Literal["arrival", "newest"]


def dependencies(
    hub: Helper, workers: Workers, keys: Keys, page_link: Callable[[], str], texts_of: Callable[[str], Texts]
) -> dict[str, Provide]:
    """Those that most calls ask for stand in a row, each asking for the one before: what does not, Litestar resolves in
    a task group of its own, and that takes as long as the rest of its work for a call.
    """

    def pools(hub: Hub) -> Workers:
        del hub
        return workers

    def texts(request: Request[Any, Any, Any], work: Work) -> Texts:
        del work
        return texts_of(request.headers.get("accept-language", ""))

    def caller(request: Request[Any, Any, Any]) -> Caller:
        return cast(Caller, request.scope["state"]["caller"])

    def program(request: Request[Any, Any, Any], work: Work) -> Program:
        """By its key, else as it calls itself (RFC 9110's User-Agent): for the journal, nothing is decided on it."""
        del work
        said = request.headers.get("user-agent", "")[:_PROGRAM_LENGTH]
        itself = "".join(letter for letter in said if letter.isprintable())
        client, server = request.scope["client"], request.scope["server"]
        ends = (client[1], server[1]) if client and server and server[1] else None
        return Program(request.scope["state"]["caller"].name or itself, ends)

    return {
        "hub": Provide(lambda: hub, sync_to_thread=False),
        "work": Provide(pools, sync_to_thread=False),
        "keys": Provide(lambda: keys, sync_to_thread=False),
        "page_link": Provide(lambda: page_link, sync_to_thread=False),
        "texts": Provide(texts, sync_to_thread=False),
        "caller": Provide(caller, sync_to_thread=False),
        "program": Provide(program, sync_to_thread=False),
    }


def texts_of(hub: Helper) -> Callable[[str], Texts]:
    return lambda accept_language: hub.texts_in(choose(accept_language, hub.settings.language))


def needs(*rights: Right) -> dict[str, object]:
    """For a route's `opt`: one of them."""
    return {"rights": frozenset(rights)}


async def may(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A Litestar guard, async so that it costs no thread. A route without a right is open, or the same for all."""
    rights: frozenset[Right] | None = handler.opt.get("rights")
    caller: Caller | None = connection.scope["state"]["caller"]
    if rights is not None and (caller is None or not rights & caller.rights):
        raise Refusal(code="not_allowed", rights=", ".join(sorted(rights - {Right.OWN})) or "none")


def errors(*names: str) -> dict[int, ResponseSpec]:
    """For a route's `responses`: what may go wrong besides what always may, by the names of the catalogue."""
    return {
        status: ResponseSpec(ProblemBody, generate_examples=False, description=", ".join(codes), media_type=MEDIA_TYPE)
        for status, codes in by_status(names).items()
    }
