"""The article's head: whose it is, what it is called, by whom, when; whether it was withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from watchfloor.events import ArticleLatest, SourceHealth
from watchfloor.store.protocol import Kept
from watchfloor_gateway.pages.article.marks import Piece, Range, draw
from watchfloor_gateway.pages.links import outside

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True)
class Stamp:
    """A time as the article prints it: a moment, or a day without a clock time."""

    at: datetime | date
    timed: bool


@dataclass(frozen=True)
class Withdrawn:
    """When the article was found gone, and why."""

    at: datetime
    reason: str | None


@dataclass(frozen=True)
class Head:
    """What stands above the text. Titles are pieces, since found words are marked in them."""

    source: str | None
    country: str | None
    language: str | None
    direction: str
    """For `dir`: of the article's own words."""
    kind: str
    section: str | None
    address: str | None
    plain_title: str | None
    title: tuple[Piece, ...]
    subtitle: tuple[Piece, ...]
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    published: Stamp | None
    modified: Stamp | None
    """As the article says itself."""
    seen_changed: datetime | None
    """When the latest version was first seen, where there was one before."""
    withdrawn: Withdrawn | None
    paywalled: bool


def head(
    kept: Kept, source: SourceHealth | None, title_hits: Sequence[Range] = (), subtitle_hits: Sequence[Range] = ()
) -> Head:
    """The head of an article. `source` is what is known of whoever published it."""
    article = kept.article
    return Head(
        source=article.publisher or article.site_name or (source.name if source else None),
        country=source.country if source else None,
        language=article.language,
        direction="rtl" if article.language in RIGHT_TO_LEFT else "auto",
        kind=article.article_type,
        section=article.section,
        address=outside(article.canonical_url) or outside(article.url),
        plain_title=article.title,
        title=draw(article.title or "", (), title_hits),
        subtitle=draw(article.subtitle or "", (), subtitle_hits),
        authors=article.authors,
        agencies=article.agencies,
        published=stamp(article.published_at),
        modified=stamp(article.modified_at),
        seen_changed=article.changed_at if article.version > 1 else None,
        withdrawn=Withdrawn(kept.withdrawn_at, kept.withdrawn_reason) if kept.withdrawn_at else None,
        paywalled=article.paywalled,
    )


def stamp(printed: str | None) -> Stamp | None:
    """A printed time as a moment or a day.

    >>> stamp("2026-03-02")
    Stamp(at=datetime.date(2026, 3, 2), timed=False)
    """
    if printed is None:
        return None
    if "T" in printed:
        return Stamp(datetime.fromisoformat(printed).astimezone(UTC), timed=True)
    return Stamp(date.fromisoformat(printed), timed=False)


def counted_from(article: ArticleLatest) -> Stamp:
    """What the times of the article are resolved against."""
    return stamp(article.published_at) or Stamp(article.fetched_at, timed=True)
