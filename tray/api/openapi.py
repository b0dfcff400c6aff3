"""What can a main app's developer read about the API? Its OpenAPI description, made from the types."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from tray.api.given import errors
from tray.version import __version__

_REF = "#/components/schemas/{name}"


def _camel_case(name: str) -> str:
    """`get_status` is `getStatus` in generated code."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


CONFIG = OpenAPIConfig(
    title="Postwart",
    version=__version__,
    description=(
        "The local API of Postwart, version 1. Address and secret are in api.json. Times are RFC 3339 in UTC; "
        "Accept-Language chooses German or English; errors are application/problem+json with a `next_step` that can "
        "be shown to the user as it is."
    ),
    components=Components(
        security_schemes={"secret": SecurityScheme(type="http", scheme="bearer", description="`secret` of api.json")}
    ),
    security=[{"secret": []}],
    operation_id_creator=lambda handler, _method, _path: _camel_case(handler.handler_name),
    path="/unused",
    render_plugins=[],
)


@get("/openapi.json", include_in_schema=False, responses=errors())
async def document(request: Request[Any, Any, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(description(request.app)), media_type="application/json")


def description(app: Litestar) -> dict[str, Any]:
    """Litestar's, with the bodies that the routes read themselves, so strictly that all faults are found at once."""
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(app.openapi_schema.to_schema()))
    schemas = made["components"].setdefault("schemas", {})
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and (takes := handler.opt.get("takes")):
                path = made["paths"][route.path_format]
                for method in handler.http_methods:
                    path[method.lower()]["requestBody"] = _request_body(takes, schemas)
    return made


def _request_body(takes: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for media_type, kind in takes.items():
        if kind is bytes:
            content[media_type] = {"schema": {"type": "string", "contentMediaType": media_type}}
            continue
        (schema,), parts = msgspec.json.schema_components((kind,), ref_template=_REF)
        schemas.update(parts)
        content[media_type] = {"schema": schema}
    return {"content": content, "required": False}
