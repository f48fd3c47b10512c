"""The whole interface against its own description, by generated requests: no 5xx, no answer outside its schema."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from fixtures.gateway import running
from fixtures.morning import changes, healths
from fixtures.system import free_ports
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from watchfloor.kafka import admin
from watchfloor.settings import Settings
from watchfloor.store.sqlite import SqliteStore

pytestmark = pytest.mark.integration
STREAM = "/v1/stream"
DESCRIPTION = Path(__file__).parents[2] / "docs" / "openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXAMPLES, WAYS = 60, 40
"""Requests of each operation, and ways through several of them."""
USUAL = hypothesis.settings(
    deadline=None, database=None, derandomize=True, suppress_health_check=list(hypothesis.HealthCheck)
)
schema = schemathesis.openapi.from_path(DESCRIPTION)


@pytest.fixture(scope="module")
def gateway(broker: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a gateway answers that has a broker, and a morning's articles."""
    settings = Settings(
        broker=broker, data_folder=tmp_path_factory.mktemp("described"), http_port=free_ports(1)[0], page_max_mb=1
    )
    store = SqliteStore(settings.store_path)
    store.apply([*changes(), *healths()])
    store.close()
    asyncio.run(admin.create_topics(settings))
    with running(settings):
        yield f"http://127.0.0.1:{settings.http_port}"


@schema.parametrize()
@hypothesis.settings(USUAL, max_examples=EXAMPLES)
def test_every_answer_is_as_described(case: schemathesis.Case[Any], gateway: str) -> None:
    if case.path == STREAM:
        hold_stream(case, gateway)
    else:
        case.call_and_validate(base_url=gateway, checks=CHECKS, timeout=30)


def hold_stream(case: schemathesis.Case[Any], gateway: str) -> None:
    """A stream has no end: that it begins is enough; where it is refused, the refusal is an answer like all others."""
    with requests.request(**case.as_transport_kwargs(base_url=gateway), stream=True, timeout=30) as answer:
        if answer.status_code == 200:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert next(answer.iter_content(64)).startswith((b"retry:", b":", b"id:", b"event:"))
        else:
            case.validate_response(answer, checks=CHECKS)


def test_every_way_through_the_interface_is_as_described(gateway: str) -> None:
    class Ways(schema.exclude(path=STREAM).as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, _: schemathesis.Case[Any]) -> dict[str, Any]:
            return {"base_url": gateway, "timeout": 30}

        def validate_response(self, response: Any, case: schemathesis.Case[Any], **_: Any) -> None:
            case.validate_response(response, checks=CHECKS)

    run_state_machine_as_test(Ways, settings=hypothesis.settings(USUAL, max_examples=WAYS, stateful_step_count=8))
