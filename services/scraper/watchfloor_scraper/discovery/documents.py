"""The conductor: what kind of list it is, then hand over. One form for what feeds, sitemaps, sections and home pages list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal

from watchfloor_scraper.discovery.listings import Found, Listing, of_feed, of_section
from watchfloor_scraper.discovery.page_links import read_page_links
from watchfloor_scraper.discovery.sections import read_section
from watchfloor_scraper.discovery.sitemap_walk import SitemapWalk
from watchfloor_scraper.feed import Feed, read_feed
from watchfloor_scraper.feed.entries import MAX_ENTRIES

ListKind = Literal["feed", "sitemap", "section", "home"]
MAX_SITEMAPS_OF_INDEX = 200
"""The first in the order of the walk: those of news, then the newest."""


@dataclass(frozen=True)
class ListDocument:
    """What one list says, read whole."""

    found: tuple[Found, ...]
    """Pages, the newest or likeliest first."""
    complete: bool
    sitemaps: tuple[str, ...] = ()
    """Further sitemaps that it names."""
    feeds: tuple[str, ...] = ()
    """Feeds that a home page names."""
    next_url: str | None = None
    """Where the list goes on with what is older."""
    update_seconds: int | None = None
    skip_hours: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RawList:
    """The bytes of a list, and what is needed to read them."""

    kind: ListKind
    content: bytes
    url: str
    home: str | None
    now: datetime
    link_headers: tuple[str, ...] = ()


def read_list(raw: RawList) -> ListDocument:
    """Read a list. Raises NotAFeed where it should be a feed or sitemap and is none."""
    if raw.kind in ("feed", "sitemap"):
        return _of_feed(read_feed(raw.content, raw.url), raw)
    return _of_page(raw)


def _of_feed(feed: Feed, raw: RawList) -> ListDocument:
    if feed.kind == "sitemap_index":
        return ListDocument((), feed.complete, sitemaps=_in_order(feed, raw.url))
    listing = of_feed(feed, now=raw.now, most=MAX_ENTRIES)  # who knows which are new says how many are taken
    hints = feed.hints
    return ListDocument(
        listing.found,
        listing.complete,
        next_url=hints.next_url or hints.older_url,
        update_seconds=hints.update_seconds,
        skip_hours=hints.skip_hours,
    )


def _in_order(index: Feed, url: str) -> tuple[str, ...]:
    walk = SitemapWalk([url])
    root = walk.take()
    walk.read(root or url, index)
    return tuple(islice(iter(walk.take, None), MAX_SITEMAPS_OF_INDEX))


def _of_page(raw: RawList) -> ListDocument:
    listing: Listing = of_section(read_section(raw.content, raw.url, outlet_home=raw.home))
    links = read_page_links(raw.content, raw.url, link_headers=raw.link_headers)
    feeds: Iterable[str] = (feed.url for feed in links.feeds) if raw.kind == "home" else ()
    return ListDocument(listing.found, listing.complete, feeds=tuple(feeds), next_url=links.next)
