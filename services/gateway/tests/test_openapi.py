"""The committed description is the true one."""

import json
from pathlib import Path

from watchfloor_gateway.app import routes
from watchfloor_gateway.openapi import describe
from watchfloor_gateway.write_openapi import written

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_committed_description_is_what_the_code_says() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == written(), "python -m watchfloor_gateway.write_openapi docs"


def test_every_reference_leads_somewhere() -> None:
    document = describe(routes())
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(document["components"]["schemas"])


def test_every_error_is_described_as_a_problem() -> None:
    for methods in describe(routes())["paths"].values():
        for operation in methods.values():
            assert "422" not in operation["responses"]
            assert list(operation["responses"]["default"]["content"]) == ["application/problem+json"]
