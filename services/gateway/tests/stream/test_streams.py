"""The streams over HTTP: what is asked, what is refused, what is answered."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from watchfloor.kafka.tail import START
from watchfloor_gateway.stream import router
from watchfloor_gateway.stream.hub import Hub

from .invented import Topic, events, latest, withdrawn

TURNS = 500
"""Of the event loop: as many as a stream of a few events needs, and more."""


@pytest.fixture
def hub(app: FastAPI) -> Hub:
    hub: Hub = app.state.parts.hub
    return hub


async def streamed(client: httpx.AsyncClient, hub: Hub, path: str, **headers: str) -> bytes:
    """What a stream gives until the hub closes, which it does once all was read."""
    asking = asyncio.create_task(client.get(path, headers=headers))
    while not hub.clients and not asking.done():  # noqa: ASYNC110 - a test may look
        await asyncio.sleep(0.01)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    hub.close()
    answer = await asking
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert hub.clients == 0
    return answer.content


async def begun(hub: Hub) -> Topic:
    topic = Topic()
    hub.begin(START, START)
    for event in (latest(1), latest(2), withdrawn(1)):
        await hub.take(topic.put(event))
    return topic


async def test_an_article_is_streamed_as_the_store_answers_it(client: httpx.AsyncClient, hub: Hub) -> None:
    topic = await begun(hub)
    first, second, gone = events(await streamed(client, hub, "/v1/stream?last_event_id=0:0,1:0,2:0"))
    article = latest(1).model_dump(mode="json")
    assert first.data == {**article, "withdrawn_at": None, "withdrawn_reason": None, "trace_id": first.data["trace_id"]}
    assert second.data["trace_id"] in topic.records[1].traceparent
    assert (gone.name, set(gone.data)) == ("withdrawn", {"article_id", "withdrawn_at"})


async def test_the_page_is_told_which_articles_changed(client: httpx.AsyncClient, hub: Hub) -> None:
    await begun(hub)
    first, *_ = events(await streamed(client, hub, "/live/events?last_event_id=0:0,1:0,2:0"))
    assert first.data == {
        "article_id": f"{1:032x}",
        "version": 1,
        "changed_at": "2026-03-02T07:00:00Z",
        "origin": "live",
    }


async def test_the_header_goes_before_the_parameter(client: httpx.AsyncClient, hub: Hub) -> None:
    topic = await begun(hub)
    header = str(topic.records[1].position)
    content = await streamed(client, hub, "/v1/stream?last_event_id=0:0,1:0,2:0", **{"Last-Event-ID": header})
    assert [each.name for each in events(content)] == ["withdrawn"]


@pytest.mark.parametrize("text", ["x", "0:1,", "9:1", "0:-1", "0:1:2", "0"])
async def test_a_place_that_is_none_is_refused_by_name(client: httpx.AsyncClient, text: str) -> None:
    for name, asked in (
        ("Last-Event-ID", client.get("/v1/stream", headers={"Last-Event-ID": text})),
        ("last_event_id", client.get("/v1/stream", params={"last_event_id": text})),
    ):
        answer = await asked
        assert answer.status_code == 400
        assert answer.json()["type"] == "urn:watchfloor:problem:invalid-position"
        assert answer.json()["detail"].startswith(f"{name}: {text!r}: ")
    assert (await client.get("/live/events", params={"last_event_id": text})).status_code == 400


async def test_a_query_that_cannot_be_read_is_refused_with_its_position(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/stream", params={"q": "ship AND ("})
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:watchfloor:problem:invalid-query")
    assert isinstance(answer.json()["position"], int)
    assert (await client.get("/v1/stream", params={"query": "ship"})).status_code == 422


async def test_head_answers_at_once(client: httpx.AsyncClient) -> None:
    answer = await client.head("/v1/stream")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_a_client_too_many_is_asked_to_come_later(
    client: httpx.AsyncClient, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "MOST_CLIENTS", 0)
    answer = await client.get("/v1/stream")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


async def test_events_and_gaps_are_counted(client: httpx.AsyncClient, hub: Hub) -> None:
    await begun(hub)
    await streamed(client, hub, "/v1/stream?last_event_id=0:0,1:0,2:0")
    text = (await client.get("/metrics")).text
    assert 'watchfloor_stream_clients{form="whole"} 0.0' in text
    assert 'watchfloor_stream_events_total{event="withdrawn"}' in text
    assert 'watchfloor_stream_ring{unit="records"} 3.0' in text


async def test_the_delay_is_the_median_of_live_articles_of_the_last_hour(hub: Hub) -> None:
    assert hub.delay() is None
    topic, now = Topic(), datetime.now(UTC)
    hub.begin(START, START)
    seconds = [2.0, 3.0, 40.0, None, None, None]
    for number, delay in enumerate(seconds):
        at = now - timedelta(minutes=5) if delay else now - timedelta(hours=3)
        article = latest(number, fetched_at=at, changed_at=at)
        await hub.take(topic.put(article, at + timedelta(seconds=delay or 1)))
    await hub.take(topic.put(latest(7, fetched_at=now, changed_at=now, origin="backfill"), now))
    await hub.take(topic.put(latest(8, fetched_at=now, changed_at=now - timedelta(days=1)), now))
    assert hub.delay() == 3.0


async def test_the_description_names_the_stream(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]["/v1/stream"]["get"]
    assert {each["name"] for each in described["parameters"]} == {"q", "last_event_id", "Last-Event-ID"}
    assert list(described["responses"]["200"]["content"]) == ["text/event-stream"]
    assert "/live/events" not in json.dumps(described)
