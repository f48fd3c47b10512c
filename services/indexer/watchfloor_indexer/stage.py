"""Enriched articles in, the latest version of each out; trails and the health of sources in, for whoever asks.

The order of the work is in index.py.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing

from watchfloor.errors import Rejected
from watchfloor.events import (
    ArticleEnriched,
    ArticleLatest,
    ArticleWithdrawn,
    Event,
    PageDecided,
    PageGone,
    SourceHealth,
)
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor.store.sqlite import SqliteStore
from watchfloor_indexer.batches import Batches
from watchfloor_indexer.index import index
from watchfloor_indexer.turns import Turns

READS = (ArticleEnriched, PageGone, PageDecided, SourceHealth)


def build(settings: Settings) -> Stage:
    """The indexer on the embedded store, which it makes where there is none."""
    store = SqliteStore(settings.store_path)
    batches, turns = Batches(store), Turns()

    async def handle(event: Event) -> AsyncIterator[Event]:
        if not isinstance(event, READS):
            raise Rejected("is nothing that the store keeps", subject=f"{event.type_name} {event.key}")
        async with aclosing(index(event, batches, turns)) as standings:
            async for standing in standings:
                yield standing

    async def close() -> None:
        await batches.close()
        store.close()

    return Stage(
        name="indexer",
        reads=READS,
        writes=(ArticleLatest, ArticleWithdrawn),
        handle=handle,
        close=close,
    )
