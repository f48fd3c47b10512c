"""What a feed or a sitemap lists."""

from dataclasses import dataclass
from typing import Literal

from watchfloor.errors import Rejected

FeedKind = Literal["rss", "atom", "json", "sitemap", "sitemap_index"]
MAX_ENTRIES = 50_000
"""The sitemap protocol's own limit for one file; what a longer one lists after that is left out."""


@dataclass(frozen=True)
class Entry:
    """One item of a feed, or one address of a sitemap."""

    url: str
    """Absolute, http or https, otherwise as the feed gives it: not canonicalised."""
    title: str | None
    """Plain text, white space folded; None where the feed gives none."""
    published_at: str | None
    """ISO 8601 in UTC; a bare date where the feed gives no clock time; None where unknown."""


@dataclass(frozen=True)
class Feed:
    """All that a feed or sitemap lists, in its order. The entries of a sitemap index are sitemaps."""

    kind: FeedKind
    entries: tuple[Entry, ...]
    complete: bool
    """False where it lists more than `MAX_ENTRIES`, or is longer than a document is read (markup.MAX_PARTS)."""


class NotAFeed(Rejected):
    """The document is none of the kinds of feed and sitemap that are read."""
