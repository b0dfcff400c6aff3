"""How does the OpenAPI document read as a page? Pure: JSON in, HTML out; all that is in it is taken for text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from tray.texts import Texts

_HEAD = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<header><h1>{title}</h1><p>{about}</p></header>
"""


def page(document: dict[str, Any], texts: Texts) -> str:
    return "".join(_parts(document, texts))


def _parts(document: dict[str, Any], texts: Texts) -> Iterator[str]:
    calls = [(method, path, each) for path, methods in document["paths"].items() for method, each in methods.items()]
    about = texts.say("docs-about", version=document["info"]["version"], address="/openapi.json")
    yield _HEAD.format(language=texts.language, title=escape(texts.say("docs-title")), about=escape(about))
    yield f'<nav aria-label="{escape(texts.say("docs-calls"))}" lang="en"><ul>'
    yield from (
        f'<li><a href="#{escape(each["operationId"])}">{_call(method, path)}</a></li>' for method, path, each in calls
    )
    yield '</ul></nav><main><section lang="en">' + _prose(document["info"]["description"]) + "</section>"
    yield _title("docs-calls", texts)
    for method, path, operation in calls:
        yield from _operation(method, path, operation, document, texts)
    yield _title("docs-types", texts)
    for name, schema in document["components"]["schemas"].items():
        yield from _schema(name, schema, texts)
    yield _title("docs-errors", texts)
    for name, each in document["components"]["examples"].items():
        yield f'<h3 id="error-{escape(name)}" lang="en"><code>{escape(name)}</code></h3>{_sample(each["value"])}'
    yield "</main></body></html>\n"


def _title(key: str, texts: Texts) -> str:
    return f"<h2>{escape(texts.say(key))}</h2>"


def _call(method: str, path: str) -> str:
    return f'<span class="method">{escape(method.upper())}</span> <code>{escape(path)}</code>'


def _operation(
    method: str, path: str, operation: dict[str, Any], document: dict[str, Any], texts: Texts
) -> Iterator[str]:
    is_open = operation.get("security") == [{}]
    tag = f' <span class="tag">{escape(texts.say("docs-open"))}</span>' if is_open else ""
    yield f'<section><h3 id="{escape(operation["operationId"])}">{_call(method, path)}{tag}</h3>'
    yield f'<div lang="en">{_prose(operation["summary"])}{_prose(operation.get("description", ""))}</div>'
    if parameters := operation.get("parameters"):
        rows = [(each["name"], _kind(each["schema"]), each) for each in parameters]
        yield _table("docs-parameters", [_parameter(name, kind, each, texts) for name, kind, each in rows], texts)
    if body := operation.get("requestBody"):
        yield _table("docs-body", [_content(media, said, texts) for media, said in body["content"].items()], texts)
    answers = [(status, _resolved(each, document)) for status, each in operation["responses"].items()]
    yield _table("docs-answers", [_answer(status, each, texts) for status, each in answers], texts)
    yield "</section>"


def _table(key: str, rows: list[tuple[str, str]], texts: Texts) -> str:
    lines = "".join(f"<tr><th scope=row>{head}</th><td lang=en>{text}</td></tr>" for head, text in rows)
    return f"<h4>{escape(texts.say(key))}</h4><table>{lines}</table>"


def _parameter(name: str, kind: str, said: dict[str, Any], texts: Texts) -> tuple[str, str]:
    needed = f" <em>{escape(texts.say('docs-required'))}</em>" if said["required"] else ""
    return f"<code>{escape(name)}</code>", f"{escape(said['in'])}, {kind}{needed}{_prose(said.get('description', ''))}"


def _answer(status: str, said: dict[str, Any], texts: Texts) -> tuple[str, str]:
    if status >= "400":
        codes = said["content"]["application/problem+json"]["examples"]
        links = ", ".join(f'<a href="#error-{escape(code)}"><code>{escape(code)}</code></a>' for code in codes)
        return escape(status), links
    content = "".join(_content(media, each, texts)[1] for media, each in said.get("content", {}).items())
    return escape(status), _prose(said["description"]) + content


def _content(media_type: str, said: dict[str, Any], texts: Texts) -> tuple[str, str]:
    kind = f"<code>{escape(media_type)}</code>"
    example = f"<details><summary>{escape(texts.say('docs-example'))}</summary>{_sample(said['example'])}</details>"
    return kind, f"{kind}: {_kind(said['schema'])}{example}"


def _schema(name: str, schema: dict[str, Any], texts: Texts) -> Iterator[str]:
    yield f'<section><h3 id="type-{escape(name)}"><code>{escape(name)}</code></h3>'
    yield f'<div lang="en">{_prose(schema.get("description", ""))}</div>'
    required = f" <em>{escape(texts.say('docs-required'))}</em>" if schema.get("additionalProperties") is False else ""
    lines = [
        f"<tr><th scope=row><code>{escape(field)}</code></th>"
        f"<td>{_kind(said)}{required if field in schema['required'] else ''}</td></tr>"
        for field, said in schema["properties"].items()
    ]
    yield f"<table>{''.join(lines)}</table></section>"


def _kind(schema: dict[str, Any]) -> str:
    """In a word or two."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#type-{name}"><code>{name}</code></a>'
    if "anyOf" in schema:
        return " / ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " / ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    kind = escape(str(schema.get("format") or schema.get("contentEncoding") or schema.get("type", "")))
    limits = [f"{sign} {schema[key]}" for key, sign in _LIMITS.items() if key in schema]
    return " ".join([kind, *limits])


_LIMITS = {
    "minimum": "≥",
    "maximum": "≤",
    "minLength": "≥",
    "maxLength": "≤",
    "minItems": "≥",
    "default": "=",
}


def _resolved(said: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in said:
        return said
    found: dict[str, Any] = document["components"]["responses"][said["$ref"].rpartition("/")[2]]
    return found


def _sample(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)
    return f"<pre lang=en tabindex=0><code>{escape(text)}</code></pre>"


def _prose(text: str) -> str:
    """Paragraphs, `code` and **bold**."""
    paragraphs = [escape(each) for each in text.split("\n\n") if each.strip()]
    marked = [
        re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", re.sub(r"`([^`]+)`", r"<code>\1</code>", each)) for each in paragraphs
    ]
    return "".join(f"<p>{each}</p>" for each in marked)
