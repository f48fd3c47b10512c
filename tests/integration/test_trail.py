"""From the parser over the broker into the store: what became of a page can be explained by the store alone."""

from datetime import UTC, datetime

import pytest
from fixtures.fetched import fetched_page
from fixtures.working import finished, running, send

from watchfloor.events import PageFetched
from watchfloor.explanation.explain import explain
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.store.sqlite import SqliteStore
from watchfloor_indexer.stage import build as build_indexer
from watchfloor_parser.stage import build as build_parser

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TEXT = "<p>The harbour was closed on Tuesday night after a patrol found two drifting mines, the authority said.</p>"
CARDS = "".join(f'<div><a href="/a{n}"><h2>Story {n}</h2><p>What it says.</p></a></div>' for n in range(6))
PAGES = {
    "article": f"<h1>Mines</h1><article>{TEXT * 4}</article>",
    "index": f"<h1>Sea</h1>{CARDS}",
    "broken": "%PDF-1.7",
}


def fetched(name: str, content: str) -> PageFetched:
    url = f"https://harbour.example/{name}"
    return fetched_page(url, content.encode(), AT, source_id="harbour")


async def run(stage: Stage, kafka: Settings) -> None:
    async with running(stage, kafka):
        await finished(kafka, stage.name)


async def test_the_store_alone_explains_what_the_parser_made_of_each_page_and_what_it_rejected(kafka: Settings) -> None:
    await send(kafka, *(fetched(name, content) for name, content in PAGES.items()))
    await run(build_parser(kafka.model_copy(update={"page_cpu_seconds": 20.0})), kafka)
    await run(build_indexer(kafka), kafka)
    store = SqliteStore(kafka.store_path, read_only=True)
    found = {name: explain(f"https://harbour.example/{name}", store, AT) for name in PAGES}
    store.close()
    assert {name: (each.verdict, each.reason) for name, each in found.items()} == {
        "article": ("under_way", "unindexed"),
        "index": ("missing", "index"),
        "broken": ("missing", "rejected"),
    }
    assert "watchfloor dlq retry --stage parser" in (found["broken"].remedy or "")
