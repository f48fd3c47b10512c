"""What every store says of an article, made of its versions and of the word that its pages are gone."""

from datetime import datetime

from watchfloor.events import ArticleEnriched, ArticleLatest, ArticleWithdrawn
from watchfloor.store.protocol import VersionSummary
from watchfloor.store.versions import Gone, Version

MOVED = "its only page was read again as another article's"


def latest(event: ArticleEnriched, version: int, first: datetime, changed: datetime) -> ArticleLatest:
    """A version of an article, spoken for by its newest fetch.

    `first` is when the article was first fetched, `changed` when this version was.
    """
    known = {name: getattr(event, name) for name in ArticleEnriched.model_fields}
    return ArticleLatest.model_validate({**known, "version": version, "first_fetched_at": first, "changed_at": changed})


def withdrawn(article_id: str, gone: Gone) -> ArticleWithdrawn:
    """The article is at none of its addresses any more."""
    return ArticleWithdrawn(article_id=article_id, fetched_at=gone.fetched_at, reason=gone.reason)


def left_without_page(article_id: str, at: datetime) -> ArticleWithdrawn:
    """A better reading gave the article's last fetch, of that moment, to another article."""
    return ArticleWithdrawn(article_id=article_id, fetched_at=at, reason=MOVED)


def summary(version: Version, title: str | None) -> VersionSummary:
    """One line of an article's history."""
    return VersionSummary(
        version=version.number,
        first_fetched_at=version.first.fetched_at,
        last_fetched_at=version.last.fetched_at,
        content_hash=version.last.content_hash,
        title=title,
    )
