"""The conductor: what kind of document it is, then hand over."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from watchfloor_scraper.feed.decoding import decode
from watchfloor_scraper.feed.entries import MAX_ENTRIES, Entry, Feed, FeedHints, FeedKind, NotAFeed
from watchfloor_scraper.feed.hints import read_hints
from watchfloor_scraper.feed.json_feed import read_json_feed
from watchfloor_scraper.feed.sitemap import names_other, read_sitemap, read_sitemap_index, read_text_sitemap
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
WEAK_ROOTS = frozenset({"feed", "channel"})
"""Roots that a page may have for elements of its own."""
READERS: dict[FeedKind, Callable[[str, str], Iterator[Entry]]] = {
    "rss": read_syndication,
    "atom": read_syndication,
    "sitemap": read_sitemap,
    "sitemap_index": read_sitemap_index,
}
NO_HINTS = FeedHints()
FIRST_LINE = re.compile(r"\s*(https?://\S+)[^\S\n]*(?:\r?\n|$)", re.IGNORECASE)


def read_feed(content: bytes, url: str) -> Feed:
    """Read a feed or sitemap as it was served from `url`, plain or gzip.

    Raises NotAFeed where it is none that is known, and where it unpacks to more than decoding.MAX_BYTES.

    >>> found = read_feed(b"<urlset><url><loc>https://news.example/a</loc></url></urlset>", "https://news.example/map.xml")
    >>> found.kind, [entry.url for entry in found.entries], found.complete
    ('sitemap', ['https://news.example/a'], True)
    """
    text = FORBIDDEN.sub("", decode(content, url)).lstrip("\ufeff")
    if FIRST_LINE.match(text):
        return _collect("sitemap", read_text_sitemap(text, url))
    kind = _kind(text, url)
    if kind == "json":
        return _collect(kind, *read_json_feed(text.strip(), url))
    hints = read_hints(text, url) if kind in ("rss", "atom") else NO_HINTS
    return _collect(kind, READERS[kind](text.strip(), url), hints)


def _collect(kind: FeedKind, entries: Iterator[Entry], hints: FeedHints = NO_HINTS) -> Feed:
    kept: list[Entry] = []
    try:
        kept.extend(islice(entries, MAX_ENTRIES))  # extend keeps what came before an error
        complete = next(entries, None) is None
    except TooManyParts:
        complete = False
    return Feed(kind, tuple(kept), complete, hints)


def _kind(text: str, url: str) -> FeedKind:
    if text.lstrip()[:1] in ("{", "["):
        return "json"
    in_page = False
    for part in tags_and_text(text[:SEARCHED_CHARACTERS]):
        if not isinstance(part, Tag) or part.closes:
            continue
        kind = None if in_page and part.local in WEAK_ROOTS else ROOTS.get(part.local)
        if kind is not None:
            return _true_kind(kind, text)
        in_page = in_page or part.name == "html"
    if not text.strip():
        raise NotAFeed("is empty", subject=url)
    reason = "is an HTML page" if "<html" in text[:SEARCHED_CHARACTERS].lower() else "has no root element of a feed"
    raise NotAFeed(reason, subject=url, remedy="give the address of RSS, Atom, JSON Feed or a sitemap")


def _true_kind(kind: FeedKind, text: str) -> FeedKind:
    """The kind by what it lists, where a sitemap and an index were taken for one another."""
    try:
        mistaken = kind in ("sitemap", "sitemap_index") and names_other(kind, text)
    except TooManyParts:
        mistaken = False
    if not mistaken:
        return kind
    return "sitemap_index" if kind == "sitemap" else "sitemap"
