"""Why an article is here or not, and how the sources are: what an operator asks first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from watchfloor.events import ArticleEnriched, PageDecided, SourceHealth
from watchfloor.explanation.explain import explain
from watchfloor.explanation.model import Explanation
from watchfloor.identity import page_id
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change

AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
URL = "https://tidewatch.example/1-harbour-report-1"


def decided(verdict: str, reason: str, url: str = URL) -> PageDecided:
    known = {"page_id": page_id(url), "url": url, "source_id": "tidewatch", "origin": "live", "by": "scraper"}
    return PageDecided.model_validate({**known, "verdict": verdict, "reason": reason, "detail": "as it was", "at": AT})


def health(source_id: str, state: str, at: datetime = AT) -> SourceHealth:
    nothing = dict.fromkeys(("country", "language", "reliability", "last_fetched_at", "next_fetch_at", "usual_24h"))
    given: dict[str, Any] = {
        "source_id": source_id, "name": source_id, "home": f"https://{source_id}.example/", "tags": (), "reasons": (),
        "state": state, "since": AT, "at": at, "last_article_at": None, "known_pages": 1, "articles_24h": 0,
        "articles_6h": (), "words_daily": (),
    }  # fmt: skip
    return SourceHealth.model_validate({**nothing, **given})


async def test_an_explanation_is_the_one_that_the_store_gives(
    client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched], store: MemoryStore
) -> None:
    keep(1)
    store.apply([Change(decided("found", "feed"))])
    answer = await client.get("/v1/explain", params={"url": URL})
    assert answer.status_code == 200
    assert Explanation.model_validate_json(answer.content) == explain(URL, store, datetime.now(UTC))
    assert (answer.json()["verdict"], answer.json()["reason"]) == ("here", "here")


async def test_what_is_not_here_is_an_answer_and_no_error(client: httpx.AsyncClient, store: MemoryStore) -> None:
    store.apply([Change(decided("refused", "robots", "https://tidewatch.example/kept-out"))])
    answer = await client.get("/v1/explain", params={"url": "https://tidewatch.example/kept-out?utm_source=x"})
    assert (answer.status_code, answer.json()["verdict"], answer.json()["reason"]) == (200, "missing", "robots")
    assert [step["code"] for step in answer.json()["steps"] if step["decisive"]] == ["robots"]
    unknown = await client.get("/v1/explain", params={"url": "https://nobody.example/"})
    assert (unknown.json()["verdict"], unknown.json()["reason"]) == ("unknown", "no_source")


@pytest.mark.parametrize("parameters", [{}, {"url": "mailto:desk@tidewatch.example"}, {"url": "x" * 9000}])
async def test_an_address_that_cannot_be_read_is_refused_by_name(
    client: httpx.AsyncClient, parameters: dict[str, str]
) -> None:
    answer = await client.get("/v1/explain", params=parameters)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["url"]


async def test_sources_are_listed_by_id_and_counted_by_their_state(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    assert (await client.get("/v1/sources")).json() == {"items": [], "states": {}}
    told = [health("tidewatch", "well"), health("coast", "down"), health("harbour", "well")]
    store.apply([Change(event) for event in (*told, health("old", "removed"))])
    answer = (await client.get("/v1/sources")).json()
    assert [item["source_id"] for item in answer["items"]] == ["coast", "harbour", "tidewatch"]
    assert answer["states"] == {"down": 1, "well": 2}


async def test_one_source_is_answered_whole_and_one_that_is_not_configured_is_404(
    client: httpx.AsyncClient, store: MemoryStore
) -> None:
    told = health("tidewatch", "silent")
    store.apply([Change(told), Change(health("old", "removed"))])
    assert SourceHealth.model_validate_json((await client.get("/v1/sources/tidewatch")).content) == told
    for absent in ("old", "nobody"):
        answer = await client.get(f"/v1/sources/{absent}")
        assert answer.status_code == 404
        assert absent in answer.json()["detail"]


@pytest.mark.parametrize("path", [f"/v1/explain?url={URL}", "/v1/sources", "/v1/sources/tidewatch"])
async def test_asking_again_for_what_has_not_changed_is_answered_without_a_body(
    client: httpx.AsyncClient, store: MemoryStore, keep: Callable[..., ArticleEnriched], path: str
) -> None:
    keep(1)
    store.apply([Change(health("tidewatch", "well"))])
    etag = (await client.get(path)).headers["etag"]
    assert (await client.get(path, headers={"if-none-match": etag})).status_code == 304
    store.apply([Change(health("tidewatch", "down", AT + timedelta(minutes=1)))])
    assert (await client.get(path, headers={"if-none-match": etag})).status_code == 200
