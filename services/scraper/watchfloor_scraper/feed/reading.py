"""The conductor: what kind of document it is, then hand over."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from watchfloor_scraper.feed.decoding import decode
from watchfloor_scraper.feed.entries import MAX_ENTRIES, Entry, Feed, FeedKind, NotAFeed
from watchfloor_scraper.feed.json_feed import read_json_feed
from watchfloor_scraper.feed.sitemap import read_sitemap, read_sitemap_index, read_text_sitemap
from watchfloor_scraper.feed.syndication import read_syndication
from watchfloor_scraper.markup import FORBIDDEN, Tag, TooManyParts, tags_and_text

SEARCHED_CHARACTERS = 256 * 1024
"""How far into a document its root element is looked for: warnings of a broken server may stand before it."""
ROOTS: dict[str, FeedKind] = {
    "rss": "rss",
    "rdf": "rss",
    "channel": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap_index",
}
READERS: dict[FeedKind, Callable[[str, str], Iterator[Entry]]] = {
    "rss": read_syndication,
    "atom": read_syndication,
    "json": read_json_feed,
    "sitemap": read_sitemap,
    "sitemap_index": read_sitemap_index,
}
FIRST_LINE = re.compile(r"\s*(https?://\S+)[^\S\n]*(?:\r?\n|$)", re.IGNORECASE)


def read_feed(content: bytes, url: str) -> Feed:
    """Read a feed or sitemap as it was served from `url`, plain or gzip.

    Raises NotAFeed where it is none that is known, and where it unpacks to more than decoding.MAX_BYTES.

    >>> read_feed(b"<urlset><url><loc>https://news.example/a</loc></url></urlset>", "https://news.example/map.xml")
    Feed(kind='sitemap', entries=(Entry(url='https://news.example/a', title=None, published_at=None),), complete=True)
    """
    text = FORBIDDEN.sub("", decode(content, url)).lstrip("\ufeff")
    if FIRST_LINE.match(text):
        return _collect("sitemap", read_text_sitemap(text, url))
    kind = _kind(text, url)
    return _collect(kind, READERS[kind](text.strip(), url))


def _collect(kind: FeedKind, entries: Iterator[Entry]) -> Feed:
    kept: list[Entry] = []
    try:
        kept.extend(islice(entries, MAX_ENTRIES))  # extend keeps what came before an error
        complete = next(entries, None) is None
    except TooManyParts:
        complete = False
    return Feed(kind, tuple(kept), complete)


def _kind(text: str, url: str) -> FeedKind:
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    for part in tags_and_text(text[:SEARCHED_CHARACTERS]):
        if isinstance(part, Tag) and not part.closes and (kind := ROOTS.get(part.local)):
            return kind
    if not text.strip():
        raise NotAFeed("is empty", subject=url)
    reason = "is an HTML page" if "<html" in text[:SEARCHED_CHARACTERS].lower() else "has no root element of a feed"
    raise NotAFeed(reason, subject=url, remedy="give the address of RSS, Atom, JSON Feed or a sitemap")
