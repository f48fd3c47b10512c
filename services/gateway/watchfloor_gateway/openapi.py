"""The description of the HTTP interface; `write_openapi.py` writes it down."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from watchfloor_gateway.errors import MEDIA_TYPE, Problem

PROBLEM = {
    "description": "An error, as RFC 9457 writes it",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The interface as OpenAPI 3.1, its errors being problems throughout."""
    document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= problem.pop("$defs") | {"Problem": problem}
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = PROBLEM
    return document
