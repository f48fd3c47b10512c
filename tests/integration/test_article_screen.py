"""The article's screen over what parser and enricher make of real pages: nothing is lost, every link arrives."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fixtures.elements import Page
from fixtures.morning import changes

from watchfloor.events import ArticleEnriched
from watchfloor.kafka.publisher import Publisher
from watchfloor.settings import Settings
from watchfloor.store.memory import MemoryStore
from watchfloor_gateway.app import create_app

EVENTS = [change.event for change in changes() if isinstance(change.event, ArticleEnriched)]
LATEST = {event.article_id: event for event in EVENTS}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway over a morning's articles."""
    store, settings = MemoryStore(), Settings(data_folder=tmp_path, kafka_port=1)
    store.apply(changes())
    app = create_app(settings, store, Publisher(settings, "gateway"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8470") as client:
        yield client


@pytest.mark.parametrize("article_id", LATEST, ids=[event.canonical_url for event in LATEST.values()])
async def test_an_article_is_shown_whole_and_every_link_arrives(client: httpx.AsyncClient, article_id: str) -> None:
    event = LATEST[article_id]
    page = Page((await client.get(f"/articles/{article_id}", params={"q": event.text.split()[0]})).text)

    assert page.text("para") == [f"{number}{block.text}" for number, block in enumerate(event.blocks, start=1)]
    assert page.lost() == []
    assert page.doubled() == []
    assert page.nested_links == 0


@pytest.mark.parametrize("article_id", LATEST, ids=[event.canonical_url for event in LATEST.values()])
async def test_every_find_has_its_entry_and_every_entry_its_places(client: httpx.AsyncClient, article_id: str) -> None:
    event = LATEST[article_id]
    page = Page((await client.get(f"/articles/{article_id}")).text)
    ids = set(page.ids())
    numbered = {
        prefix: {name for name in ids if name.startswith(f"{prefix}-") and name.removeprefix(f"{prefix}-").isdigit()}
        for prefix in ("who", "org", "where", "said", "when", "number")
    }

    assert len(numbered["who"]) == sum(entity.kind == "person" for entity in event.entities)
    assert len(numbered["org"]) == sum(entity.kind == "organisation" for entity in event.entities)
    assert len(numbered["where"]) == sum(entity.kind == "place" for entity in event.entities)
    assert len(numbered["said"]) == len(event.quotations)
    assert len(numbered["when"]) == len({time.value for time in event.times})
    assert all(f"#said-{number}-text" in page.links() for number in range(1, len(event.quotations) + 1))
