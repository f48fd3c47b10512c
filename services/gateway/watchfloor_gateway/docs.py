"""The page at /docs: the OpenAPI document for a reader, made here, without a script and without a request elsewhere."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

Json = Mapping[str, Any]
router = APIRouter(include_in_schema=False)
STYLE = Path(__file__).with_name("static") / "docs.css"
CODE = re.compile(r"`([^`]+)`")
KEPT = {"cache-control": "private, no-cache"}


@router.get("/docs")
async def docs(request: Request) -> Response:
    """The interface for a reader; questions without a path parameter can be asked from the page."""
    return HTMLResponse(page(request.app.openapi()), headers=KEPT)


@router.get("/docs.css")
async def style() -> Response:
    """The page's style."""
    return Response(STYLE.read_bytes(), media_type="text/css", headers=KEPT)


def page(document: Json) -> str:
    """The whole page."""
    info = document["info"]
    operations = "".join(
        _operation(path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )
    schemas = "".join(_schema(name, schema) for name, schema in document["components"]["schemas"].items())
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Watchfloor: HTTP interface</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/docs.css"></head><body><main>'
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1><p>{escape(info['description'])}</p>"
        '<p>For machines: <a href="/openapi.json">/openapi.json</a>. Every error is a '
        f'<a href="#schema-Problem">Problem</a>.</p>{operations}<h2>Forms of the answers</h2>{schemas}'
        "</main></body></html>"
    )


def _operation(path: str, method: str, operation: Json) -> str:
    parameters, name = operation.get("parameters", []), operation["operationId"]
    asks = method == "get" and not any(parameter["in"] == "path" for parameter in parameters)
    table = _table(_parameter(parameter, form=name if asks else None) for parameter in parameters)
    if asks:
        table = f'<form action="{escape(path)}">{table}<button>Ask</button></form>'
    return (
        f'<section id="{escape(name)}"><h2><code><b>{method.upper()}</b> {escape(path)}</code></h2>'
        f"<p>{escape(operation['summary'])}. {_text(operation)}</p>"
        f"{table}{_body(path, operation)}<p>Answers {_answers(operation)}</p></section>"
    )


def _parameter(parameter: Json, *, form: str | None) -> str:
    """A row of the table; in a form, with a field to fill in."""
    name, schema = escape(parameter["name"]), parameter["schema"]
    if form is None:
        return f"<tr><th>{name}</th><td>{escape(_type(schema))}</td><td>{_text(schema)}</td></tr>"
    field = _input(name, f"{form}-{name}", schema)
    return f'<tr><th><label for="{form}-{name}">{name}</label></th><td>{field}</td><td>{_text(schema)}</td></tr>'


def _input(name: str, label: str, schema: Json) -> str:
    several = schema.get("type") == "array"
    values = (schema["items"] if several else schema).get("enum")
    if not values:
        return f'<input name="{name}" id="{label}" placeholder="{escape(str(schema.get("default") or ""))}">'
    options = "".join(f"<option>{escape(value)}</option>" for value in ([] if several else [""]) + values)
    return f'<select name="{name}" id="{label}"{" multiple" if several else ""}>{options}</select>'


def _text(described: Json) -> str:
    return CODE.sub(r"<code>\1</code>", escape(described.get("description", "")))


def _table(rows: Iterable[str]) -> str:
    body = "".join(rows)
    return f"<table>{body}</table>" if body else ""


def _body(path: str, operation: Json) -> str:
    if "requestBody" not in operation:
        return ""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    example = f"curl -H 'content-type: application/json' -d @page.json http://127.0.0.1:8470{path}"
    return f"<p>The body is JSON:</p>{_fields(schema)}<pre>{escape(example)}</pre>"


def _answers(operation: Json) -> str:
    return ", ".join(
        f"<code>{escape(status)}</code> {_forms(answer.get('content', {}))}"
        for status, answer in operation["responses"].items()
        if status != "default"
    )


def _forms(content: Json) -> str:
    return " or ".join(f"{escape(media)} {_linked(form.get('schema', {}))}" for media, form in content.items())


def _schema(name: str, schema: Json) -> str:
    return (
        f'<section id="schema-{escape(name)}"><h3>{escape(name)}</h3><p>{_text(schema)}</p>{_fields(schema)}</section>'
    )


def _fields(schema: Json) -> str:
    fields = schema.get("properties", {}).items()
    return _table(f"<tr><th>{escape(name)}</th><td>{_linked(it)}</td><td>{_text(it)}</td></tr>" for name, it in fields)


def _linked(schema: Json) -> str:
    """A schema in words, with links to the named ones."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[1])
        return f'<a href="#schema-{name}">{name}</a>'
    if "anyOf" in schema:
        return _or(map(_linked, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_linked(schema.get('items', {}))}"
    return escape(_type(schema))


def _type(schema: Json) -> str:
    if "enum" in schema:
        return _or(map(str, schema["enum"]))
    return str(schema.get("const") or schema.get("format") or schema.get("type", ""))


def _or(words: Iterable[str]) -> str:
    return " or ".join(words)
