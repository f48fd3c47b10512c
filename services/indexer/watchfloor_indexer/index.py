"""The conductor: keep the change, then say of every article that it touches what the store now says.

That is said even where nothing changed: had the process been killed between the two, it would never be said otherwise.
"""

from collections.abc import AsyncGenerator

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, PageDecided, PageGone, SourceHealth
from watchfloor.store.protocol import Change, Standing
from watchfloor_indexer.batches import Batches
from watchfloor_indexer.turns import Turns

Happening = ArticleEnriched | PageGone | PageDecided | SourceHealth


async def index(event: Happening, batches: Batches, turns: Turns) -> AsyncGenerator[Standing, None]:
    """Keep one event; give what follows from it, article by article, each in its turn.

    Nothing follows from a decision about a page, or from the health of a source: they are kept to be asked for.
    """
    applied = await batches.apply(Change(event, tracing.current()))
    async with turns.take(applied) as standings:
        for standing in standings:
            yield standing
