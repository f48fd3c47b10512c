"""A row of a list: what is shown of an article before it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from watchfloor.events import ArticleLatest, SourceHealth
from watchfloor.identity import registrable_domain
from watchfloor.query.country_domains import country_of
from watchfloor.query.document import moment
from watchfloor.store.protocol import Hit, Kept
from watchfloor_gateway.differences.model import Step
from watchfloor_gateway.pages import wording
from watchfloor_gateway.pages.drawing.spots import ids_of
from watchfloor_gateway.pages.links import outside
from watchfloor_gateway.pages.rows import times
from watchfloor_gateway.pages.rows.chips import Chip, chips
from watchfloor_gateway.pages.rows.pieces import Piece, marked
from watchfloor_gateway.pages.rows.snippets import opening, snippet

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
TITLE_OF_TEXT = 90
"""Characters of the text that stand for a title where there is none."""


@dataclass(frozen=True)
class Row:
    """An article in a list. Texts of the article are in `language`, all else is ours."""

    article_id: str
    href: str
    source: str | None
    """The article where it came from; None where its address is none of the web."""
    edge: times.Edge
    beneath: tuple[str, ...]
    outlet: str
    country: str | None
    language: str | None
    right_to_left: bool
    kind: str
    title: tuple[Piece, ...]
    lost: str | None
    """What is said before the text of an article that was withdrawn."""
    snippet: tuple[Piece, ...]
    chips: tuple[Chip, ...]
    versions: int
    steps: tuple[Step, ...]
    withdrawn: str | None
    paywalled: bool
    spots: str
    """Ids of the dots on the map that the article names, a space between them."""


@dataclass(frozen=True)
class Around:
    """What a row is seen in: the query, the sources by their ids, the numbers that changed by ids of articles."""

    q: str = ""
    sought: frozenset[str] = frozenset()
    sources: Mapping[str, SourceHealth] = field(default_factory=dict)
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    by_change: bool = False
    """The order is that of changes, not of publication."""


def row(hit: Hit, around: Around, day: date | None = None) -> Row:
    """The row of an article that stands under the heading of `day`, or under none."""
    kept, article = hit.kept, hit.kept.article
    edge = times.edge_by_change(kept) if around.by_change else times.edge(article)
    query = f"?{urlencode({'q': around.q})}" if around.q else ""
    return Row(
        article_id=article.article_id,
        href=f"/articles/{article.article_id}{query}",
        source=outside(article.canonical_url) or outside(article.url),
        edge=edge,
        beneath=times.beneath(kept, edge, day),
        outlet=_outlet(article, around.sources),
        country=_country(article, around.sources),
        language=article.language,
        right_to_left=article.language in RIGHT_TO_LEFT,
        kind=article.article_type,
        title=_title(hit),
        lost=_lost(kept),
        snippet=snippet(hit),
        chips=chips(article, around.sought),
        versions=article.version,
        steps=around.steps.get(article.article_id, ()),
        withdrawn=times.gone(kept, edge),
        paywalled=article.paywalled,
        spots=ids_of(article),
    )


def _title(hit: Hit) -> tuple[Piece, ...]:
    if hit.title and hit.title.strip():
        return marked(hit.title)
    words = opening(hit.kept.article)[:TITLE_OF_TEXT].strip()
    return marked(words or hit.kept.article.canonical_url)


def _outlet(article: ArticleLatest, sources: Mapping[str, SourceHealth]) -> str:
    known = sources.get(article.source_id) if article.source_id else None
    printed = article.publisher or article.site_name
    return printed or (known.name if known else registrable_domain(article.canonical_url))


def _country(article: ArticleLatest, sources: Mapping[str, SourceHealth]) -> str | None:
    """Where the source is, by its operator's word, else by its address."""
    known = sources.get(article.source_id) if article.source_id else None
    return (known.country if known else None) or country_of(article.url)


def _lost(kept: Kept) -> str | None:
    """Said of an article that is gone, with how long it stood as far as we saw."""
    if kept.withdrawn_at is None:
        return None
    stood = duration(_appeared(kept.article), kept.withdrawn_at)
    return f"Withdrawn by the source {stood} after it appeared. The last text is kept:"


def _appeared(article: ArticleLatest) -> datetime:
    """A bare date says no more of the hour than when we saw it first."""
    printed = article.published_at
    return moment(article) if printed and "T" in printed else article.first_fetched_at


def duration(since: datetime, until: datetime) -> str:
    """How long something lasted, in its largest unit of which there are two.

    >>> from datetime import timedelta
    >>> now = datetime(2026, 11, 24, 12)
    >>> duration(now, now + timedelta(minutes=45)), duration(now, now + timedelta(days=1, hours=2))
    ('45 minutes', '26 hours')
    """
    seconds = max(0, int((until - since).total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length:
            return wording.count(seconds // length, unit)
    return "less than two minutes"
