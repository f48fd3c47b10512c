"""What the versions of an article in a list did to its numbers, for its row."""

from collections.abc import Sequence
from functools import partial

from watchfloor.events import ArticleLatest
from watchfloor.store.protocol import Hit, Store
from watchfloor_gateway.differences.digest import digests_of
from watchfloor_gateway.differences.model import Step

MOST = 2
"""Steps in a row."""


def number_steps(store: Store, hits: Sequence[Hit]) -> dict[str, tuple[Step, ...]]:
    """By article, the heaviest numbers that its first version had otherwise than its latest.

    What was compared once is not read again, while neither of the two versions is another.
    """
    changed = [hit.kept.article for hit in hits if hit.kept.article.version > 1]
    digests = digests_of(store)
    found = {new.article_id: digests.of(_identity(new), partial(_with_first, store, new)) for new in changed}
    return {article_id: digest.steps[:MOST] for article_id, digest in found.items() if digest}


def _identity(article: ArticleLatest) -> tuple[object, ...]:
    """What another first or another latest version would change."""
    return article.article_id, article.first_fetched_at, article.version, article.content_hash, article.fetched_at


def _with_first(store: Store, new: ArticleLatest) -> tuple[ArticleLatest, ArticleLatest] | None:
    first = store.version(new.article_id, 1)
    return (first.article, new) if first else None
