"""The conductor: keep the change, then say of every article that it touches what the store now says.

That is said even where nothing changed: had the process been killed between the two, it would never be said otherwise.
"""

from collections.abc import AsyncGenerator

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, PageGone
from watchfloor.store.protocol import Change, Standing
from watchfloor_indexer.batches import Batches
from watchfloor_indexer.turns import Turns


async def index(event: ArticleEnriched | PageGone, batches: Batches, turns: Turns) -> AsyncGenerator[Standing, None]:
    """Keep one event; give what follows from it, article by article, each in its turn."""
    applied = await batches.apply(Change(event, tracing.current()))
    async with turns.take(applied) as standings:
        for standing in standings:
            yield standing
