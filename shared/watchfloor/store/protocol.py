"""The door to the store. What every body behind it promises is held by one suite of laws (tests/store_laws.py)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, Protocol

from watchfloor.events import (
    ArticleEnriched,
    ArticleLatest,
    ArticleWithdrawn,
    Instant,
    PageDecided,
    PageGone,
    Precision,
    Record,
    SourceHealth,
)
from watchfloor.query.tree import Everything, Node

Sort = Literal["newest", "oldest", "relevance", "changed"]
"""`newest` and `oldest` go by the time of publication; `changed` by when the latest version was first seen, or the article
withdrawn, the newest first."""
FacetName = Literal["source", "language", "type", "section", "country", "person", "organisation", "place"]


@dataclass(frozen=True)
class Change:
    """Something that happened to a page or a source, and whose way it belongs to."""

    event: ArticleEnriched | PageGone | PageDecided | SourceHealth
    traceparent: str | None = None


Standing = ArticleLatest | ArticleWithdrawn
"""What the store now says of an article: its latest version, or that it was withdrawn."""


class Kept:
    """An article as the store has it, given as it is or as its JSON, which is read when `article` is first asked for."""

    def __init__(
        self,
        article: ArticleLatest | bytes,
        withdrawn_at: datetime | None,
        withdrawn_reason: str | None,
        trace_id: str | None,
    ) -> None:
        self._given = article
        self.withdrawn_at = withdrawn_at
        self.withdrawn_reason = withdrawn_reason
        self.trace_id = trace_id

    @cached_property
    def article(self) -> ArticleLatest:
        """The article."""
        return ArticleLatest.read(self._given) if isinstance(self._given, bytes) else self._given

    @cached_property
    def written(self) -> bytes:
        """The article as ArticleLatest.write writes it."""
        return self._given if isinstance(self._given, bytes) else self._given.write()

    def _said(self) -> tuple[object, ...]:
        return self.written, self.withdrawn_at, self.withdrawn_reason, self.trace_id

    def __eq__(self, other: object) -> bool:
        """Whether both say the same of the same article."""
        return isinstance(other, Kept) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self._said())

    def __repr__(self) -> str:
        return f"Kept{self._said()!r}"


class VersionSummary(Record):
    """One version in an article's history."""

    version: int
    first_fetched_at: Instant
    last_fetched_at: Instant
    content_hash: str
    title: str | None


class Address(Record):
    """A page that led to an article."""

    page_id: str
    url: str
    first_fetched_at: Instant
    last_fetched_at: Instant


@dataclass(frozen=True)
class Position:
    """Where a page of results ends: the sort value and id of its last article. Opaque to the client."""

    sort_value: float
    article_id: str


@dataclass(frozen=True)
class Search:
    """What is asked for. `facets`, `histogram` and `spots` count all that match, not the page of results alone."""

    query: Node = field(default_factory=Everything)
    sort: Sort = "newest"
    limit: int = 50
    after: Position | None = None
    facets: tuple[FacetName, ...] = ()
    histogram: bool = False
    spots: bool = False
    total: bool = True
    """Whether `Found.total` is wanted: an export, which takes page after page, would have all counted for each."""
    highlights: bool = True
    """Whether found words are to be marked; without, hits have no passages, and their titles no marks."""

    @property
    def counts(self) -> bool:
        """Whether anything is to be counted."""
        return self.total or self.histogram or self.spots or bool(self.facets)

    @property
    def marked(self) -> Node:
        """The query whose words are to be marked."""
        return self.query if self.highlights else Everything()


@dataclass(frozen=True)
class Spot:
    """A point on the map, and how many matching articles name it."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    precision: Precision
    count: int


@dataclass(frozen=True)
class Hit:
    """An article that matches: passages, and its title whole, in which found words stand between U+0002 and U+0003."""

    kept: Kept
    highlights: tuple[str, ...]
    title: str | None


@dataclass(frozen=True)
class Found:
    """The answer to a search."""

    hits: tuple[Hit, ...]
    total: int
    """How many articles match; where that was not asked for, how many hits these are."""
    next: Position | None
    facets: dict[FacetName, tuple[tuple[str, int], ...]]
    histogram: tuple[tuple[date, int], ...]
    spots: tuple[Spot, ...] = ()
    """Those of most articles first, as many as a map can show; see `spots.ordered`."""


class Store(Protocol):
    """Where articles are kept, in all their versions.

    `apply` alone writes. It may be given the same change again, and changes in any order: what the store says in the
    end depends only on the set of changes. A fetch is known by its page and `fetched_at`; the same one read again
    replaces what was read before. Versions are numbered by `fetched_at`, runs of equal `content_hash` being one, by
    `versions.number`. The trail of a page is bounded, by `trail.kept`; a store may drop what came in more than 30 days
    ago. Any method may raise errors.TryLater where the store is away.
    """

    def apply(self, changes: Sequence[Change]) -> list[tuple[Standing, ...]]:
        """Keep the changes, all or none, durably; answer for each what the articles it touches now are.

        A decision about a page and the health of a source touch none.
        """
        ...

    def article(self, article_id: str) -> Kept | None:
        """The latest version; a withdrawn article too, with its `withdrawn_at`. None where it was never seen."""
        ...

    def versions(self, article_id: str) -> tuple[VersionSummary, ...]:
        """Its history, oldest first; empty where it was never seen."""
        ...

    def version(self, article_id: str, number: int) -> Kept | None:
        """One version whole, as it was last read."""
        ...

    def search(self, search: Search) -> Found:
        """The articles that match, withdrawn ones included, by the order asked for; stable under new arrivals."""
        ...

    def newest(self) -> datetime | None:
        """When the newest article was fetched; None in an empty store."""
        ...

    def arrivals(self, since: datetime, until: datetime, buckets: int) -> tuple[int, ...]:
        """How many articles came in, in each of so many equal stretches from `since` up to, not including, `until`.

        An article comes in when it is first fetched, as it appears or handed over; not out of an archive. Raises
        ValueError where there is no such stretch.
        """
        ...

    def pages_of(self, article_id: str) -> tuple[Address, ...]:
        """The pages that led to an article, the first fetched first; empty where it was never seen."""
        ...

    def article_of_page(self, page_id: str) -> str | None:
        """The id of the article that the newest fetch of a page led to; None where none did."""
        ...

    def trail(self, page_id: str) -> tuple[PageDecided, ...]:
        """What was decided about a page, in the order of time; empty where nothing is known of it."""
        ...

    def sources(self) -> tuple[SourceHealth, ...]:
        """How each source is by its latest word, in the order of their ids; not those that were removed."""
        ...

    def source(self, source_id: str) -> SourceHealth | None:
        """How one source is; None where there is none of this id, or no more."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
