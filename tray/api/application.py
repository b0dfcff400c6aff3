"""How do routes and guard become one? The ASGI application, made for one hub."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from litestar import Litestar
from litestar.di import Provide

from tray.api import docs
from tray.api.events import Events
from tray.api.given import dependencies, may, texts_of
from tray.api.guard import Doors, Guard
from tray.api.keys import Keys
from tray.api.problems import exception_handlers, say
from tray.api.routes import routes
from tray.api.workers import Workers
from tray.page import paths
from tray.paths import Places

if TYPE_CHECKING:
    from tray.helper import Helper


def application(
    helper: Helper,
    keys: Keys,
    workers: Workers,
    news: Events,
    *,
    places: Places,
    port: int,
    page_link: Callable[[], str],
) -> Guard:
    in_words = texts_of(helper)
    app = Litestar(
        routes(places),
        dependencies=dependencies(helper, workers, keys, page_link, in_words)
        | {"events": Provide(lambda: news, sync_to_thread=False)},
        exception_handlers=exception_handlers(in_words),
        guards=[may],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # the guard counts
        debug=False,
    )
    hosts = frozenset({f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()})
    open_doors = frozenset(("GET", path) for path in (*paths(), *docs.PATHS)) | {
        ("GET", "/v1/hello"),
        ("POST", "/v1/page-session"),
    }
    return Guard(app, Doors(hosts, open_doors), keys, lambda refusal, language: say(refusal, in_words(language)))
