"""Fetched pages in, articles out, and of each page what was decided about it. The thinking is in parse.py."""

from collections.abc import AsyncIterator

from watchfloor.errors import Rejected
from watchfloor.events import NO_ARTICLES, ArticleParsed, Event, PageDecided, PageFetched, PageGone
from watchfloor.metrics import PAGES_ENDED
from watchfloor.pool import KillablePool
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor_parser.decision import decision
from watchfloor_parser.parse import parse_event

PRELOAD = ("watchfloor_parser.warm",)


def build(settings: Settings) -> Stage:
    """The stage. Pages that hold no article are counted by their kind, and end here."""
    pool = KillablePool.of(settings, preload=PRELOAD)

    async def handle(event: Event) -> AsyncIterator[Event]:
        if isinstance(event, PageGone):
            yield event
            return
        if not isinstance(event, PageFetched):
            raise Rejected(f"the parser reads no {type(event).__name__}", subject=event.key)
        article = await pool.run(parse_event, event)
        if article.article_type in NO_ARTICLES:
            PAGES_ENDED.labels(article.article_type).inc()
        else:
            yield article
        yield decision(article)

    return Stage("parser", (PageFetched, PageGone), (ArticleParsed, PageGone, PageDecided), handle, pool.close)
