"""The gateway as a process, on a real broker and a real store."""

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fixtures.gateway import running
from fixtures.system import free_ports
from fixtures.working import on_topic

from watchfloor import status, tracing
from watchfloor.events import ArticleEnriched, Block, PageFetched, PageRequested
from watchfloor.identity import article_id, content_hash, page_id
from watchfloor.kafka import admin
from watchfloor.kafka.claim_checks import CLAIM
from watchfloor.kafka.records import Received
from watchfloor.settings import Settings
from watchfloor.store.protocol import Change
from watchfloor.store.sqlite import SqliteStore
from watchfloor.topics import PAGES_FETCHED, PAGES_REQUESTED

pytestmark = pytest.mark.integration
ARTICLES = 600
URL = "https://tidewatch.example/7-harbour-report"
SECONDS = 20
"""Within which a gateway must have stopped; on an idle machine it takes three and a bit at most."""


def enriched(number: int) -> ArticleEnriched:
    url, title, text = f"https://tidewatch.example/{number}-report", f"Report {number}", f"Convoy {number} left."
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=number)
    block = Block(kind="paragraph", text=text, start=0, end=len(text))
    given = {
        "article_id": article_id(url), "page_id": page_id(url), "url": url, "canonical_url": url, "fetched_at": at,
        "content_hash": content_hash(title, [block], []), "origin": "live", "title": title, "site_name": "Tidewatch",
        "language": "en", "published_at": at.isoformat(), "article_type": "news", "paywalled": False,
        "blocks": (block,), "text": text,
    }  # fmt: skip
    nothing = {
        name: () if field.annotation and getattr(field.annotation, "__origin__", None) is tuple else None
        for name, field in ArticleEnriched.model_fields.items()
    }
    weight = ("x" * 30_000,)  # so that all of them are more than a socket's buffers hold
    return ArticleEnriched.model_validate({**nothing, **given, "tags": weight})


@pytest.fixture(scope="module")
def settings(broker: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store of some articles, and the topics."""
    settings = Settings(
        broker=broker, data_folder=tmp_path_factory.mktemp("gateway"), http_port=free_ports(1)[0], page_max_mb=5
    )
    store = SqliteStore(settings.store_path)
    store.apply([Change(enriched(number), tracing.begin(str(number))) for number in range(ARTICLES)])
    store.close()
    asyncio.run(admin.create_topics(settings))
    return settings


@pytest.fixture(scope="module")
def address(settings: Settings) -> Iterator[str]:
    with running(settings):
        yield f"http://127.0.0.1:{settings.http_port}"


def push(address: str, **page: Any) -> httpx.Response:
    return httpx.post(f"{address}/v1/pages", json={"url": URL, **page}, timeout=30)


def record_of(settings: Settings, url: str) -> Received:
    """The one record of a page; of several with one id, the last."""
    found = asyncio.run(on_topic(settings, PAGES_FETCHED))
    (record,) = {record.ce_id: record for record in found if record.key == page_id(url).encode()}.values()
    return record


def test_it_is_ready_while_store_and_broker_answer_and_says_where_it_listens(settings: Settings, address: str) -> None:
    assert httpx.get(f"{address}/readyz").json()["checks"] == {"store": "answers", "broker": "answers"}
    told = status.read(settings.status_folder, "gateway")
    assert told is not None
    assert (told.state, told.detail) == ("ready", address)


def test_a_page_that_was_accepted_lies_on_the_topic_under_the_trace_that_was_answered(
    settings: Settings, address: str
) -> None:
    answer = push(address, html="<p>Гавань</p>", fetched_at="2026-03-02T08:00:00Z")
    assert answer.status_code == 202, answer.text
    assert answer.json() == {"page_id": page_id(URL)}
    record = record_of(settings, URL)
    page = PageFetched.read(record.value or b"")
    assert (page.content().decode(), page.origin, page.url) == ("<p>Гавань</p>", "pushed", URL)
    assert record.traceparent == answer.headers["traceparent"]
    assert record.header["ce_time"] == "2026-03-02T08:00:00Z"


def test_the_same_page_handed_over_twice_has_the_same_id(settings: Settings, address: str) -> None:
    url = f"{URL}-twice"
    for _ in range(2):
        push(address, url=url, html="<p>twice</p>", fetched_at="2026-03-02T08:00:00Z")
    assert record_of(settings, url).ce_id.startswith(f"{page_id(url)}:2026-03-02T08:00:00Z:")


def test_a_page_without_html_lies_on_the_topic_of_what_is_to_be_fetched(settings: Settings, address: str) -> None:
    url = f"{URL}-wanted"
    answer = push(address, url=f"{url}?utm_source=x")
    assert (answer.status_code, answer.json()) == (202, {"page_id": page_id(url)})
    (record,) = asyncio.run(on_topic(settings, PAGES_REQUESTED))
    assert PageRequested.read(record.value or b"").url == url
    assert record.traceparent == answer.headers["traceparent"]


def test_it_explains_what_the_store_has_and_what_it_has_not(address: str) -> None:
    known = httpx.get(f"{address}/v1/explain", params={"url": f"{enriched(3).url}#top"}).json()
    assert (known["verdict"], known["article_id"]) == ("here", enriched(3).article_id)
    unknown = httpx.get(f"{address}/v1/explain", params={"url": "https://nobody.example/a"}).json()
    assert (unknown["verdict"], unknown["reason"]) == ("unknown", "no_source")
    assert httpx.get(f"{address}/v1/sources").json() == {"items": [], "states": {}}


def test_a_large_page_travels_by_claim_check_and_a_larger_one_is_refused(settings: Settings, address: str) -> None:
    url, noise = f"{URL}-large", os.urandom(1024 * 1024).hex()
    assert push(address, url=url, html=noise).status_code == 202
    record = record_of(settings, url)
    assert CLAIM in record.header
    answer = push(address, url=url, html="x" * 20 * 1024 * 1024)
    assert (answer.status_code, "5 MB" in answer.json()["detail"]) == (413, True)


def test_the_cursor_leads_through_the_whole_store_and_the_export_gives_the_same(address: str) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        answer = httpx.get(f"{address}/v1/articles", params={"q": "convoy", "limit": 500, "cursor": cursor}).json()
        seen += [item["article_id"] for item in answer["items"]]
        if not (cursor := answer["next"] or ""):
            break
    lines = httpx.get(f"{address}/v1/articles.jsonl", params={"q": "convoy"}).text.splitlines()
    assert [json.loads(line)["article_id"] for line in lines] == seen
    assert len(set(seen)) == len(seen) == answer["total"] == ARTICLES


def test_one_article_carries_the_trace_that_its_page_began(address: str) -> None:
    answer = httpx.get(f"{address}/v1/articles/{enriched(3).article_id}")
    expected = tracing.trace_id(tracing.begin("3"))
    assert (answer.json()["trace_id"], tracing.trace_id(answer.headers["traceparent"])) == (expected, expected)


def test_a_port_in_use_ends_it_with_port_and_variable_named(settings: Settings) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running(changed(settings, http_port=port, data_folder=settings.data / "other")) as process:
            assert process.wait() == 1
            assert process.stderr is not None
            said = process.stderr.read().decode()
    assert f"port {port} is in use" in said
    assert "WATCHFLOOR_HTTP_PORT" in said
    assert "Traceback" not in said


def changed(settings: Settings, **more: Any) -> Settings:
    return Settings(**{**settings.model_dump(), **more})


def alone(settings: Settings, folder: Path, **more: Any) -> Settings:
    """The same store and broker for a gateway of a test's own."""
    folder.mkdir(exist_ok=True)
    (folder / "store.sqlite").symlink_to(settings.store_path)
    return changed(settings, data_folder=folder, http_port=free_ports(1)[0], **more)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_also_while_answers_are_under_way(settings: Settings, tmp_path: Path, number: int) -> None:
    own = alone(settings, tmp_path / "own")
    with running(own) as process, contextlib.ExitStack() as connections:
        for request in (
            b"GET /v1/articles.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n",  # an answer that nobody reads
            b"POST /v1/pages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length:9\r\n\r\n",
            b"",  # a connection that asks for nothing
        ):
            connection = connections.enter_context(socket.create_connection(("127.0.0.1", own.http_port)))
            connection.sendall(request)
        process.send_signal(number)
        assert process.wait(SECONDS) == 0
    told = status.read(own.status_folder, "gateway")
    assert told is not None
    assert told.state == "stopping"


def test_it_answers_from_the_store_while_the_broker_is_away_and_says_so(settings: Settings, tmp_path: Path) -> None:
    own = alone(settings, tmp_path / "own", broker=f"127.0.0.1:{free_ports(1)[0]}")
    with running(own):
        address = f"http://127.0.0.1:{own.http_port}"
        assert httpx.get(f"{address}/v1/articles").json()["total"] == ARTICLES
        readiness = httpx.get(f"{address}/readyz")
        assert (readiness.status_code, "broker" in readiness.json()["detail"]) == (503, True)
        answer = push(address, html="<p>later</p>")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_it_waits_for_a_store_that_is_not_there_yet(settings: Settings, tmp_path: Path) -> None:
    own = changed(settings, data_folder=tmp_path, http_port=free_ports(1)[0])
    with running(own):
        address = f"http://127.0.0.1:{own.http_port}"
        assert httpx.get(f"{address}/v1/articles").status_code == 503
        SqliteStore(own.store_path).close()
        assert httpx.get(f"{address}/v1/articles").json()["total"] == 0
