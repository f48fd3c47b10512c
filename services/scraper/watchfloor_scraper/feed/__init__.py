"""Feeds and sitemaps to entries. Pure: bytes in, entries out."""

from watchfloor_scraper.feed.entries import Entry, Feed, FeedHints, FeedKind, NamedSource, NotAFeed
from watchfloor_scraper.feed.reading import read_feed

__all__ = ["Entry", "Feed", "FeedHints", "FeedKind", "NamedSource", "NotAFeed", "read_feed"]
