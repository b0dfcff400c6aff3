"""How does the OpenAPI document come out of the routes and types?

python -m tray.api.describe    writes it anew; it is kept beside this file, and a test says when it is behind.
"""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.openapi.spec import Server as At
from litestar.openapi.spec.server_variable import ServerVariable

from tray.api import openapi
from tray.api.catalogue import ALWAYS, WITH_BODY, WITH_KEY, by_status, example
from tray.api.event_views import SignInEvent
from tray.api.examples import OF_TYPES, RAW
from tray.api.given import dependencies
from tray.api.problems import MEDIA_TYPE, body_of
from tray.api.routes import routes
from tray.api.types import ProblemBody
from tray.texts import Texts
from tray.version import __version__

_REF = "#/components/schemas/{name}"
_ABOUT = (Path(__file__).parent / "about.md").read_text("utf-8")
_DONE = {"200": "Done.", "201": "Made.", "202": "Begun; it goes on by itself.", "204": "Done; there is nothing to say."}
_NEEDLESS = {"deprecated": False, "allowEmptyValue": False, "allowReserved": False, "headers": {}}


def _camel_case(name: str) -> str:
    """`get_status` is `getStatus` in generated code."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


CONFIG = OpenAPIConfig(
    title="Postwart",
    version=__version__,
    summary="The local API, version 1",
    description=_ABOUT,
    servers=[
        At(
            "http://127.0.0.1:{port}",
            "`url` of api.json",
            {"port": ServerVariable("0", description="another at each start")},
        ),
    ],
    components=Components(
        security_schemes={"secret": SecurityScheme(type="http", scheme="bearer", description="`secret` of api.json")}
    ),
    security=[{"secret": []}],
    operation_id_creator=lambda handler, _method, _path: _camel_case(handler.handler_name),
)


def description() -> dict[str, Any]:
    given = dependencies(*cast("Any", [None] * 5)) | {"events": Provide(lambda: None, sync_to_thread=False)}
    app = Litestar(routes(cast("Any", None)), dependencies=given, openapi_config=CONFIG, logging_config=None)
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(app.openapi_schema.to_schema()))
    _replace_schemas(made, app)
    for method, operation, handler in _operations(made, app):
        if takes := handler.opt.get("takes"):
            operation["requestBody"] = _request_body(takes)
        for parameter in operation.get("parameters", ()):
            _tidy(parameter)
        _tell_what_always_may_go_wrong(method, operation, is_open="rights" not in handler.opt)
        for status, response in operation["responses"].items():
            _complete(status, response)
    made["components"]["examples"] = _problem_examples(made)
    _share_errors(made)
    return cast("dict[str, Any]", _without_needless(made))


def _operations(made: dict[str, Any], app: Litestar) -> Iterator[tuple[str, dict[str, Any], HTTPRouteHandler]]:
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and (path := made["paths"].get(route.path_format)):
                for method in map(str.lower, handler.http_methods):
                    if method in path:
                        yield method, path[method], handler


def _replace_schemas(made: dict[str, Any], app: Litestar) -> None:
    """Msgspec's own schemas, with what the types' docstrings say."""
    kinds: list[Any] = [ProblemBody, SignInEvent]
    for _, _, handler in _operations(made, app):
        kinds += [kind for kind in (handler.opt.get("takes") or {}).values() if kind is not bytes]
        kinds.append(handler.parsed_fn_signature.return_type.annotation)
    structs = {kind for kind in kinds if isinstance(kind, type) and issubclass(kind, msgspec.Struct)}
    _, schemas = msgspec.json.schema_components(sorted(structs, key=lambda kind: kind.__name__), ref_template=_REF)
    examples = {type(each).__name__: each for each in OF_TYPES}
    for name, schema in schemas.items():
        if said := schema.get("description"):
            schema["description"] = inspect.cleandoc(said).replace("\n", " ").replace("  ", "\n\n")
        if name in examples:
            schema["examples"] = [msgspec.to_builtins(examples[name])]
    made["components"]["schemas"] = dict(sorted(schemas.items()))


def _tidy(parameter: dict[str, Any]) -> None:
    """What is left out is not said as null: a query knows none."""
    schema = parameter["schema"]
    schema.pop("description", None)
    if "null" in schema.get("type", ()):
        schema["type"] = next(kind for kind in schema["type"] if kind != "null")
    if "oneOf" in schema:
        schema |= next(each for each in schema.pop("oneOf") if each.get("type") != "null")
    if "enum" in schema:
        schema["enum"] = [each for each in schema["enum"] if each is not None]
    schema |= {name: int(each) for name, each in schema.items() if isinstance(each, float)}


def _request_body(takes: dict[str, Any]) -> dict[str, Any]:
    def schema(media_type: str, kind: Any) -> dict[str, Any]:
        if kind is bytes:
            return {"schema": {"type": "string", "contentMediaType": media_type}, "example": RAW[media_type]}
        return _with_example({"schema": {"$ref": _REF.format(name=kind.__name__)}})

    required = all(
        kind is bytes or any(each.required for each in msgspec.structs.fields(kind)) for kind in takes.values()
    )
    return {"content": {each: schema(each, kind) for each, kind in takes.items()}, "required": required}


def _tell_what_always_may_go_wrong(method: str, operation: dict[str, Any], *, is_open: bool) -> None:
    """Besides what stands at the route: what keys, parameters and bodies bring with them."""
    names = [*ALWAYS] if is_open else [*ALWAYS, *WITH_KEY]
    if any(each["in"] != "path" or "minimum" in each["schema"] for each in operation.get("parameters", ())):
        names.append("wrong_fields")
    if method == "get":
        names.append("body_refused")
    else:
        names += WITH_BODY if "requestBody" in operation else WITH_BODY[-3:]
    responses = operation["responses"]
    for status, codes in by_status(names).items():
        response = responses.setdefault(str(status), {"description": "", "content": {}})
        known = [name for name in response["description"].split(", ") if name.isidentifier()]
        response["description"] = ", ".join(dict.fromkeys([*codes, *known]))
    operation["responses"] = dict(sorted(responses.items()))


def _complete(status: str, response: dict[str, Any]) -> None:
    if status < "400":
        response["description"] = response["description"] if "event" in response["description"] else _DONE[status]
        for media_type, said in response.get("content", {}).items():
            if media_type in RAW:
                said["example"] = RAW[media_type]
            else:
                _with_example(said)
        return
    codes = response["description"].split(", ")
    response["description"] = "`code`: " + ", ".join(f"`{code}`" for code in codes)
    examples = {code: {"$ref": f"#/components/examples/{code}"} for code in codes}
    schema = {"$ref": _REF.format(name=ProblemBody.__name__)}
    response["content"] = {MEDIA_TYPE: {"schema": schema, "examples": examples}}


def _with_example(said: dict[str, Any]) -> dict[str, Any]:
    name = said["schema"]["$ref"].rpartition("/")[2]
    said["example"] = next(msgspec.to_builtins(each) for each in OF_TYPES if type(each).__name__ == name)
    return said


def _problem_examples(made: dict[str, Any]) -> dict[str, Any]:
    texts, named = Texts("en"), set()
    for path in made["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                named |= response.get("content", {}).get(MEDIA_TYPE, {}).get("examples", {}).keys()
    return {name: {"value": msgspec.to_builtins(body_of(example(name), texts))} for name in sorted(named)}


def _share_errors(made: dict[str, Any]) -> None:
    """What most calls answer alike stands there once."""
    all_responses = [each["responses"] for path in made["paths"].values() for each in path.values()]
    made["components"]["responses"] = {}
    for status in sorted({status for responses in all_responses for status in responses if status >= "400"}):
        said = [json.dumps(responses[status]) for responses in all_responses if status in responses]
        usual, times = Counter(said).most_common(1)[0]
        if times > 1:
            name = f"Error{status}"
            made["components"]["responses"][name] = json.loads(usual)
            for responses in all_responses:
                if status in responses and json.dumps(responses[status]) == usual:
                    responses[status] = {"$ref": f"#/components/responses/{name}"}


def _without_needless(part: Any) -> Any:
    if isinstance(part, dict):
        if "enum" in part and "type" not in part:
            part = {"type": "string", **part}
        kept = {name: each for name, each in part.items() if name not in _NEEDLESS or each != _NEEDLESS[name]}
        return {name: _without_needless(each) for name, each in kept.items()}
    return [_without_needless(each) for each in part] if isinstance(part, list) else part


def written() -> bytes:
    return msgspec.json.format(msgspec.json.encode(description()), indent=1) + b"\n"


if __name__ == "__main__":
    Path(__file__).with_name(openapi.NAME).write_bytes(written())
