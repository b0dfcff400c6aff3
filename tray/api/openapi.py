"""What can a main app's developer read about the API? Its OpenAPI document, a file that is made from the types."""

from __future__ import annotations

from importlib.resources import files

from litestar import Response, get

NAME = "openapi.json"


@get(f"/{NAME}", include_in_schema=False)
async def document() -> Response[bytes]:
    return Response(content(), media_type="application/json")


def content() -> bytes:
    """Rarely asked for: not kept in memory."""
    return (files(__package__) / NAME).read_bytes()
