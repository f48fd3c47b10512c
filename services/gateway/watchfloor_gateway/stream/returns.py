"""Whether an article was withdrawn before it was fetched again, asked of the store where the topic's past is forgotten."""

import asyncio
import logging

from watchfloor import logs
from watchfloor.errors import WatchfloorError
from watchfloor.events import ArticleLatest
from watchfloor.store.protocol import Store

log = logging.getLogger(__name__)


async def came_back(store: Store, article: ArticleLatest) -> bool:
    """The store's word, or yes where the store is away: told twice is better than never."""
    try:
        return await asyncio.to_thread(was_gone, store, article)
    except WatchfloorError as error:
        log.warning(
            "%s is told, perhaps once more: %s", article.article_id, error, extra=logs.event("withdrawal_unknown")
        )
        return True


def was_gone(store: Store, article: ArticleLatest) -> bool:
    """Whether one of its pages was found gone between the first and the newest fetch of this version."""
    return any(
        step.verdict == "gone" and article.changed_at <= step.at < article.fetched_at
        for page in store.pages_of(article.article_id)
        for step in store.trail(page.page_id)
    )
