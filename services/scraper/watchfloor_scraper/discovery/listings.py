"""From what a feed, sitemap or section lists to what may be fetched: one address a page, dates that can be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from watchfloor.errors import InvalidAddress
from watchfloor.events import utc_text
from watchfloor.identity import canonical_url, registrable_domain
from watchfloor_scraper.discovery.sections import THRESHOLD, Candidate
from watchfloor_scraper.feed import Entry, Feed, NamedSource

MAX_FOUND = 5_000
"""At one reading of a list: more than the largest outlet publishes in a week, less than keeps a host busy for a day."""
MAX_OF_SECTION = 200
MAX_PAGES = 5
"""Pages of one list that are read, one leading to the next."""
FUTURE = timedelta(days=1)
"""How far ahead a date may lie, for clocks and zones that are wrong."""


@dataclass(frozen=True)
class Found:
    """A page that a list names."""

    url: str
    """Canonical."""
    title: str | None = None
    published_at: str | None = None
    """ISO 8601 in UTC or a bare date; None where the list gives none, or one that lies ahead."""
    updated_at: str | None = None
    source: NamedSource | None = None
    """Where the feed says that it was taken from."""


@dataclass(frozen=True)
class Listing:
    """What came of one list."""

    found: tuple[Found, ...]
    """The newest first, those without a date after those with one, else in the order of the list."""
    complete: bool
    """False where the list was longer than it was read, or than is kept."""


def of_feed(feed: Feed, *, now: datetime, most: int = MAX_FOUND) -> Listing:
    """The pages of a feed or sitemap, each once, at most `most`: the newest.

    An address that no page can have is dropped. What is said twice of a page adds up: the first title and date win.
    """
    folded: dict[str, Found] = {}
    latest = utc_text(now.astimezone(UTC) + FUTURE)
    for entry in feed.entries:
        found = _found(entry, latest)
        if found is not None:
            known = folded.get(found.url)
            folded[found.url] = _merge(known, found) if known else found
    newest = sorted(folded.values(), key=_age, reverse=True)
    return Listing(tuple(newest[:most]), feed.complete and len(newest) <= most)


def of_section(candidates: Sequence[Candidate], *, most: int = MAX_OF_SECTION) -> Listing:
    """The likely articles of a section page, each once, the likeliest first; at most `most`."""
    folded: dict[str, Found] = {}
    for candidate in candidates:
        url = _canonical(candidate.url)
        if candidate.score >= THRESHOLD and url is not None:
            folded.setdefault(url, Found(url, title=candidate.text or None))
    return Listing(tuple(folded.values())[:most], len(folded) <= most)


def following_page(following: str | None, read: Sequence[str]) -> str | None:
    """The next page of a list, where it may be read: not read yet, of the same outlet, no further than `MAX_PAGES`.

    `read` are the addresses of this list's pages so far, its first page first; canonical or not.

    >>> following_page("https://news.example/world?page=2", ["https://news.example/world"])
    'https://news.example/world?page=2'
    """
    url = _canonical(following or "")
    if url is None or not read or len(read) >= MAX_PAGES or url in map(_canonical, read):
        return None
    return url if registrable_domain(url) == registrable_domain(read[0]) else None


def _found(entry: Entry, latest: str) -> Found | None:
    url = _canonical(entry.url)
    if url is None:
        return None
    return Found(url, entry.title, _past(entry.published_at, latest), _past(entry.updated_at, latest), entry.source)


def _canonical(address: str) -> str | None:
    try:
        return canonical_url(address)
    except InvalidAddress:
        return None


def _past(moment: str | None, latest: str) -> str | None:
    """None where it lies ahead; texts in UTC compare as times do."""
    return moment if moment is not None and moment[: len("2026-04-30T08:57:00")] <= latest else None


def _merge(known: Found, again: Found) -> Found:
    return replace(
        known,
        title=known.title or again.title,
        published_at=known.published_at or again.published_at,
        updated_at=max(filter(None, (known.updated_at, again.updated_at)), default=None),
        source=known.source or again.source,
    )


def _age(found: Found) -> str:
    return found.published_at or found.updated_at or ""
