"""A store in memory: the protocol said as plainly as it can be. For tests, and to hold the other stores against."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, PageDecided, PageGone, SourceHealth
from watchfloor.query.distance import Locate, nowhere
from watchfloor.query.matching import matches
from watchfloor.query.stemming import candidates
from watchfloor.store import arrivals, standing
from watchfloor.store.highlights import Highlighter
from watchfloor.store.memory_searching import answer
from watchfloor.store.memory_trails import Trails
from watchfloor.store.protocol import Address, Change, Found, Hit, Kept, Search, Standing, VersionSummary
from watchfloor.store.versions import Fetch, Gone, Version, number, withdrawal

Key = tuple[str, datetime]


class MemoryStore:
    """Articles for as long as the object lives. Relevance is how many sought words are there, the title's first."""

    def __init__(self, *, locate: Locate = nowhere) -> None:
        self._locate = locate
        self._fetches: dict[Key, tuple[ArticleEnriched, str | None]] = {}
        self._gones: dict[str, Gone] = {}
        self._left: dict[Key, set[str]] = {}
        self._trails = Trails()

    def apply(self, changes: Sequence[Change]) -> list[tuple[Standing, ...]]:
        """Keep the changes; see Store."""
        touched = [self._keep(change) for change in changes]
        return [tuple(map(self._standing, ids)) for ids in touched]

    def article(self, article_id: str) -> Kept | None:
        """The latest version; see Store."""
        versions = self._history(article_id)
        return self._kept(article_id, versions, versions[-1]) if versions else None

    def versions(self, article_id: str) -> tuple[VersionSummary, ...]:
        """The history; see Store."""
        return tuple(standing.summary(version, self._event(version).title) for version in self._history(article_id))

    def version(self, article_id: str, number: int) -> Kept | None:
        """One version whole; see Store."""
        versions = self._history(article_id)
        return self._kept(article_id, versions, versions[number - 1]) if 0 < number <= len(versions) else None

    def search(self, search: Search) -> Found:
        """The articles that match; see Store."""
        hits = [hit for hit in self._hits(search) if matches(search.query, hit.kept.article, locate=self._locate)]
        return answer(hits, search)

    def newest(self) -> datetime | None:
        """When the newest article was fetched; see Store."""
        return max((event.fetched_at for event, _ in self._fetches.values()), default=None)

    def arrivals(self, since: datetime, until: datetime, buckets: int) -> tuple[int, ...]:
        """How many articles came in; see Store."""
        firsts: dict[str, ArticleEnriched] = {}
        for _, (event, _) in sorted(self._fetches.items(), key=lambda item: item[0][::-1]):
            firsts.setdefault(event.article_id, event)
        came = (event.fetched_at for event in firsts.values() if event.origin in arrivals.COMES_IN)
        return arrivals.counted(came, since, until, buckets)

    def pages_of(self, article_id: str) -> tuple[Address, ...]:
        """The pages that led to an article; see Store."""
        pages: dict[str, list[ArticleEnriched]] = {}
        for _, (event, _) in sorted(self._fetches.items(), key=lambda item: item[0][::-1]):
            if event.article_id == article_id:
                pages.setdefault(event.page_id, []).append(event)
        return tuple(
            Address(
                page_id=page_id,
                url=events[0].url,
                first_fetched_at=events[0].fetched_at,
                last_fetched_at=events[-1].fetched_at,
            )
            for page_id, events in pages.items()
        )

    def article_of_page(self, page_id: str) -> str | None:
        """Where a page led last; see Store."""
        newest = max((key for key in self._fetches if key[0] == page_id), default=None)
        return self._fetches[newest][0].article_id if newest else None

    def trail(self, page_id: str) -> tuple[PageDecided, ...]:
        """What was decided about a page; see Store."""
        return self._trails.trail(page_id)

    def sources(self) -> tuple[SourceHealth, ...]:
        """How each source is; see Store."""
        return self._trails.sources()

    def source(self, source_id: str) -> SourceHealth | None:
        """How one source is; see Store."""
        return next((health for health in self.sources() if health.source_id == source_id), None)

    def rest(self) -> None:
        """Nothing is written anywhere."""

    def close(self) -> None:
        """Nothing is held open."""

    def _keep(self, change: Change) -> list[str]:
        if isinstance(change.event, PageDecided | SourceHealth):
            self._trails.keep(change.event)
            return []
        if isinstance(change.event, PageGone):
            return self._keep_gone(change.event)
        return self._keep_fetch(change.event, change.traceparent)

    def _keep_gone(self, event: PageGone) -> list[str]:
        gone = Gone(event.fetched_at, event.page_id, event.reason)
        known = self._gones.get(event.page_id, gone)
        self._gones[event.page_id] = max(gone, known, key=lambda word: (word.fetched_at, word.reason))
        fetched = [fetched for fetched, _ in self._fetches.values()]
        return sorted({each.article_id for each in fetched if event.page_id in (each.page_id, each.article_id)})

    def _keep_fetch(self, event: ArticleEnriched, traceparent: str | None) -> list[str]:
        key = (event.page_id, event.fetched_at)
        left = self._left.setdefault(key, set())
        if key in self._fetches:
            left.add(self._fetches[key][0].article_id)
        left.discard(event.article_id)
        self._fetches[key] = (event, traceparent)
        return [event.article_id, *sorted(left)]

    def _standing(self, article_id: str) -> Standing:
        versions = self._history(article_id)
        if not versions:
            at = max(at for (_, at), articles in self._left.items() if article_id in articles)
            return standing.left_without_page(article_id, at)
        gone = self._withdrawal(article_id, versions)
        return standing.withdrawn(article_id, gone) if gone else self._kept(article_id, versions, versions[-1]).article

    def _history(self, article_id: str) -> tuple[Version, ...]:
        events = (event for event, _ in self._fetches.values() if event.article_id == article_id)
        return number(Fetch(event.fetched_at, event.page_id, event.content_hash) for event in events)

    def _withdrawal(self, article_id: str, versions: tuple[Version, ...]) -> Gone | None:
        fetches = [fetch for version in versions for fetch in version.fetches]
        pages = {fetch.page_id for fetch in fetches} | {article_id}
        return withdrawal(fetches, [gone for page, gone in self._gones.items() if page in pages])

    def _event(self, version: Version) -> ArticleEnriched:
        return self._fetches[version.last.page_id, version.last.fetched_at][0]

    def _kept(self, article_id: str, versions: tuple[Version, ...], version: Version) -> Kept:
        event, traceparent = self._fetches[version.last.page_id, version.last.fetched_at]
        gone = self._withdrawal(article_id, versions)
        return Kept(
            article=standing.latest(event, version.number, versions[0].first.fetched_at, version.first.fetched_at),
            withdrawn_at=gone.fetched_at if gone else None,
            withdrawn_reason=gone.reason if gone else None,
            trace_id=tracing.trace_id(traceparent),
        )

    def _hits(self, search: Search) -> Iterator[Hit]:
        highlighter = Highlighter(search.marked, candidates)
        for article_id in {event.article_id for event, _ in self._fetches.values()}:
            versions = self._history(article_id)
            kept = self._kept(article_id, versions, versions[-1])
            yield Hit(kept, highlighter.passages(kept.article), highlighter.title(kept.article))
