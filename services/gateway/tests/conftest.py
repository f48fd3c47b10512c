"""A gateway over a store in memory, without a broker: what most of its promises can be shown on."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, Block
from watchfloor.identity import article_id, content_hash, page_id
from watchfloor.kafka.publisher import Publisher
from watchfloor.settings import Settings
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.app import create_app

ADDRESS = "http://localhost:8470"
MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
Keep = Callable[..., ArticleEnriched]


def written(number: int = 1, text: str = "A harbour pilot saw the convoy.", **fields: object) -> ArticleEnriched:
    """An article of an invented outlet; `number` sets its address, and how many hours after MORNING it came out."""
    url = f"https://tidewatch.example/{number}-harbour-report-{number}"
    at = MORNING + timedelta(hours=number)
    block = Block(kind="paragraph", text=text, start=0, end=len(text))
    title = f"Harbour report {number}"
    nothing = dict.fromkeys(("source_id", "subtitle", "publisher", "section", "modified_at", "main_place"))
    empty = dict.fromkeys(
        (
            "authors",
            "agencies",
            "tags",
            "images",
            "evidence",
            "entities",
            "places",
            "quotations",
            "times",
            "quantities",
        ),
        (),
    )
    given = {
        "article_id": article_id(url),
        "page_id": page_id(url),
        "url": url,
        "canonical_url": url,
        "fetched_at": at,
        "content_hash": content_hash(title, [block], []),
        "origin": "live",
        "title": title,
        "site_name": "Tidewatch",
        "language": "en",
        "published_at": at.isoformat(),
        "article_type": "news",
        "paywalled": False,
        "blocks": (block,),
        "text": text,
    }
    return ArticleEnriched.model_validate({**nothing, **empty, **given, **fields})


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def keep(store: MemoryStore) -> Keep:
    """Put an article into the store, as the indexer does."""

    def keep(number: int = 1, text: str = "A harbour pilot saw the convoy.", **fields: object) -> ArticleEnriched:
        event = written(number, text, **fields)
        store.apply([Change(event, tracing.begin(f"{event.page_id}:{event.fetched_at}"))])
        return event

    return keep


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path,
        cursor_secret="of the tests alone",  # noqa: S106
        kafka_port=1,
        page_max_mb=1,
        http_allowed_hosts="watch.example, Newsroom.example",
    )


@pytest.fixture
def app(settings: Settings, store: MemoryStore) -> FastAPI:
    return create_app(settings, store, Publisher(settings, "gateway"))


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client
