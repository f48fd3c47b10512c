"""What a feed or a sitemap lists."""

from dataclasses import dataclass
from typing import Literal

from watchfloor.errors import Rejected

FeedKind = Literal["rss", "atom", "json", "sitemap", "sitemap_index"]
MAX_ENTRIES = 50_000
"""The sitemap protocol's own limit for one file; what a longer one lists after that is left out."""
MAX_GUID = 2_000
"""Characters of a guid; a longer one identifies nothing that is worth its memory, and is left out."""


@dataclass(frozen=True)
class NamedSource:
    """Where an entry says that it was taken from: `source` of RSS 2.0, `source` or `via` of Atom."""

    title: str | None
    url: str | None
    """Absolute: the feed that it came from, or the site of that; None where the entry gives only a name."""


@dataclass(frozen=True)
class Entry:
    """One item of a feed, or one address of a sitemap."""

    url: str
    """Absolute, http or https, otherwise as the feed gives it: not canonicalised."""
    title: str | None
    """Plain text, white space folded; None where the feed gives none."""
    published_at: str | None
    """ISO 8601 in UTC; a bare date where the feed gives no clock time; None where unknown."""
    updated_at: str | None = None
    """When it says that it was changed last, written as `published_at` is: Atom's `updated`, a sitemap's `lastmod`."""
    guid: str | None = None
    """What the feed calls it by. A hint: feeds use one for several articles, and several for one."""
    source: NamedSource | None = None
    """Where it was taken from, where it says so."""


@dataclass(frozen=True)
class FeedHints:
    """What a feed says of itself. Hints: a feed may be wrong about all of it."""

    update_seconds: int | None = None
    """Seconds between two changes: RSS `ttl`, else the syndication module's period and frequency."""
    skip_hours: frozenset[int] = frozenset()
    """Hours of the day, in UTC, in which nothing is published (RSS 2.0, `skipHours`)."""
    next_url: str | None = None
    """The next page of the list: `next_url` of JSON Feed, `rel=next` of Atom (RFC 5005, section 3)."""
    older_url: str | None = None
    """The archive before this document: `rel=prev-archive` of Atom (RFC 5005, section 4)."""


@dataclass(frozen=True)
class Feed:
    """All that a feed or sitemap lists, in its order. The entries of a sitemap index are sitemaps."""

    kind: FeedKind
    entries: tuple[Entry, ...]
    complete: bool
    """False where it lists more than `MAX_ENTRIES`, or is longer than a document is read (markup.MAX_PARTS)."""
    hints: FeedHints = FeedHints()


class NotAFeed(Rejected):
    """The document is none of the kinds of feed and sitemap that are read."""
