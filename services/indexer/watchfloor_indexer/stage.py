"""Enriched articles in, the latest version of each out. The order of the work is in index.py."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from watchfloor.errors import Rejected
from watchfloor.events import ArticleEnriched, ArticleLatest, ArticleWithdrawn, Event, PageGone
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.store.sqlite import SqliteStore
from watchfloor_indexer.batches import Batches
from watchfloor_indexer.index import index
from watchfloor_indexer.turns import Turns


def build(settings: Settings) -> Stage:
    """The indexer on the embedded store, which it makes where there is none."""
    store = SqliteStore(settings.store_path)
    batches, turns = Batches(store), Turns()

    async def handle(event: Event) -> AsyncIterator[Event]:
        if not isinstance(event, ArticleEnriched | PageGone):
            raise Rejected("is neither an article nor the end of one", subject=f"{event.type_name} {event.key}")
        async with aclosing(index(event, batches, turns)) as standings:
            async for standing in standings:
                yield standing

    async def close() -> None:
        await batches.close()
        store.close()

    return Stage(
        name="indexer",
        reads=(ArticleEnriched, PageGone),
        writes=(ArticleLatest, ArticleWithdrawn),
        handle=handle,
        close=close,
    )
