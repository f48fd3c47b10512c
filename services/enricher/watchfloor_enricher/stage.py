"""Articles in, the same with their annotations out. The thinking is in enrich.py."""

from collections.abc import AsyncIterator

from watchfloor.errors import Rejected
from watchfloor.events import ArticleEnriched, ArticleParsed, Event, PageGone
from watchfloor.gazetteer import open_gazetteer
from watchfloor.pool import KillablePool
from watchfloor.settings import Settings
from watchfloor.stage import Stage
from watchfloor_enricher.enrich import enrich


def build(settings: Settings) -> Stage:
    """The enricher: ArticleParsed becomes ArticleEnriched, PageGone passes unchanged."""
    open_gazetteer(settings.cache)  # a first start compiles it, which takes more than a worker of the pool may spend
    pool = KillablePool.of(settings, preload=[enrich.__module__])

    async def handle(event: Event) -> AsyncIterator[Event]:
        if isinstance(event, PageGone):
            yield event
        elif isinstance(event, ArticleParsed):
            yield await pool.run(enrich_event, event, subject=f"article {event.article_id} ({event.url})")
        else:
            raise Rejected("is neither an article nor the end of one", subject=f"{event.type_name} {event.key}")

    return Stage(
        name="enricher",
        reads=(ArticleParsed, PageGone),
        writes=(ArticleEnriched, PageGone),
        handle=handle,
        close=pool.close,
    )


def enrich_event(article: ArticleParsed) -> ArticleEnriched:
    """An article with its annotations; runs in a worker process."""
    return ArticleEnriched.model_validate({**dict(article), **dict(enrich(article))})
