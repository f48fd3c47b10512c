"""Whatever goes wrong, the answer is a problem that says what and how to mend it."""

import logging
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.errors import Stop, TryLater
from watchfloor.events import ArticleEnriched
from watchfloor_gateway.errors import Problem, broken

QUERY_LIKE = st.lists(
    st.sampled_from(
        ["(", ")", '"', "-", "AND ", "OR ", "NOT ", "*", "title:", "published:[", " TO now]", "place:", "~5km", "язык "]
    )
    | st.text(max_size=6)
).map("".join)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1/articles/", 404),
        ("POST", "/v1/articles", 405),
        ("DELETE", "/v1/pages", 405),
        ("GET", "/v1/articles/a/versions/0", 422),
        ("GET", "/v1/articles/a/versions/99999999999999999999", 422),
        ("GET", "/v1/articles?cursor=x", 400),
    ],
)
async def test_every_refusal_is_a_problem_of_its_status(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert Problem.model_validate(answer.json()).status == status


async def test_a_method_that_is_not_taken_is_answered_with_those_that_are(client: httpx.AsyncClient) -> None:
    assert (await client.delete("/healthz")).headers["allow"] == "GET"


def failing(app: FastAPI, error: Exception) -> None:
    @app.get("/fails")
    async def fails() -> None:
        raise error


async def test_an_unforeseen_error_is_a_problem_and_its_traceback_stays_in_the_log(
    app: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    failing(app, ZeroDivisionError("a secret of the inside"))
    with caplog.at_level(logging.ERROR):
        answer = await client.get("/fails")
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (500, "nosniff")
    assert "secret of the inside" not in answer.text
    assert "secret of the inside" in caplog.text


async def test_what_may_mend_itself_is_503_with_the_time_to_come_again(app: FastAPI, client: httpx.AsyncClient) -> None:
    failing(app, TryLater("is locked", subject="store", remedy="wait"))
    answer = await client.get("/fails")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["detail"] == "store: is locked (wait)"
    assert broken(app) is None


async def test_what_cannot_go_on_is_answered_and_then_ends_the_process(app: FastAPI, client: httpx.AsyncClient) -> None:
    error = Stop("is broken", subject="store")
    failing(app, error)
    assert (await client.get("/fails")).status_code == 503
    assert broken(app) is error


@FEW
@given(q=QUERY_LIKE, cursor=st.text(max_size=40), limit=st.text(max_size=5), since=st.text(max_size=30))
async def test_no_query_string_is_a_fault_of_ours(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched], q: str, cursor: str, limit: str, since: str
) -> None:
    keep(1)
    for parameters in ({"q": q}, {"q": "harbour", "cursor": cursor}, {"limit": limit}, {"from": since, "source": q}):
        answer = await client.get("/v1/articles", params=parameters)
        assert answer.status_code in (200, 400, 422), answer.text


@FEW
@given(raw=st.binary(max_size=60))
async def test_no_bytes_in_an_address_are_a_fault_of_ours(client: httpx.AsyncClient, raw: bytes) -> None:
    text = "".join(f"%{byte:02x}" for byte in raw)
    for address in (f"/v1/articles?q={text}", f"/v1/articles?{text}", f"/v1/articles/{text}", f"/{text}"):
        answer = await client.get(httpx.URL(f"http://localhost:8470{address}"))
        assert answer.status_code < 500, answer.text


@FEW
@given(
    body=st.binary()
    | st.recursive(st.none() | st.text() | st.floats() | st.integers(), st.lists).map(lambda it: str(it).encode())
)
async def test_no_body_is_a_fault_of_ours(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/v1/pages", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
