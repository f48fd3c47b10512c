"""In which order the sitemaps of an outlet are read in one round, and which are not. Pure: who fetches says what came."""

import heapq
import re
from collections.abc import Iterable
from itertools import count

from watchfloor.errors import InvalidAddress
from watchfloor.identity import canonical_url, registrable_domain
from watchfloor_scraper.feed import Feed

MAX_SITEMAPS = 1_000
"""Sitemaps that are read in one round; at one in two seconds that is half an hour."""
MAX_DEPTH = 3
"""Indexes in one another. The protocol allows one; outlets have two, one for each year over one for each month."""
OF_NEWS = re.compile(r"news", re.IGNORECASE)
OF_OTHERS = re.compile(r"author|categor|taxonom|\btags?\b|post_tag|image|video|galler|static|\bpages?\b", re.IGNORECASE)
DATE_IN_NAME = re.compile(r"((?:19|20)\d{2})(?:[-_/.]?(0?[1-9]|1[0-2])(?!\d))?(?:[-_/.]?(0?[1-9]|[12]\d|3[01])(?!\d))?")
Rank = tuple[int, str, int]


class SitemapWalk:
    """Gives one sitemap after the other: those of news first, then the newest; those of authors and pictures last.

    `since` is when the round before began: what an index says is unchanged since the day before that is passed over.
    A sitemap is read once a round whatever names it, and only where it is of the domain of the roots.

    >>> from watchfloor_scraper.feed import read_feed
    >>> index = b"<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/news.xml</loc></sitemap></sitemapindex>"
    >>> walk = SitemapWalk(["https://news.example/sitemap.xml"])
    >>> walk.take()
    'https://news.example/sitemap.xml'
    >>> walk.read("https://news.example/sitemap.xml", read_feed(index, "https://news.example/sitemap.xml"))
    >>> walk.take(), walk.take(), walk.take()
    ('https://news.example/news.xml', 'https://news.example/a.xml', None)
    """

    def __init__(self, roots: Iterable[str], *, since: str | None = None, most: int = MAX_SITEMAPS) -> None:
        self._since = since
        self._most = most
        self._given = 0
        self._order = count()
        self._depths: dict[str, int] = {}
        self._waiting: list[tuple[Rank, str]] = []
        self._domains: set[str] = set()
        self.complete = True
        """False where something was left out for its number or its depth."""
        for root in roots:
            url = _canonical(root)
            if url is not None:
                self._domains.add(registrable_domain(url))
                self._add(url, None, 0)

    def take(self) -> str | None:
        """The sitemap to read next; None at the end of the round."""
        if not self._waiting:
            return None
        if self._given >= self._most:
            self.complete = False
            return None
        self._given += 1
        return heapq.heappop(self._waiting)[1]

    def read(self, url: str, feed: Feed) -> None:
        """Say what came from an address that `take` gave; what an index lists will be given in its turn."""
        if feed.kind != "sitemap_index":
            return
        depth = self._depths.get(url, 0) + 1
        self.complete = self.complete and feed.complete and depth <= MAX_DEPTH
        for entry in feed.entries if depth <= MAX_DEPTH else ():
            listed = _canonical(entry.url)
            if (
                listed is not None
                and registrable_domain(listed) in self._domains
                and self._may_have_changed(entry.updated_at)
            ):
                self._add(listed, entry.updated_at, depth)

    def _may_have_changed(self, lastmod: str | None) -> bool:
        return self._since is None or lastmod is None or lastmod[:10] >= self._since[:10]

    def _add(self, url: str, lastmod: str | None, depth: int) -> None:
        if url not in self._depths:
            self._depths[url] = depth
            heapq.heappush(self._waiting, (_rank(url, lastmod, next(self._order)), url))


def _rank(url: str, lastmod: str | None, order: int) -> Rank:
    """Lower comes first."""
    path = url.split("/", 3)[3]
    kind = 0 if OF_NEWS.search(path) else 2 if OF_OTHERS.search(path) else 1
    return kind, _descending(lastmod or _date_in(path)), order


def _date_in(path: str) -> str:
    """The date that the name of a sitemap holds, as far as it goes; the last one, since folders come before names."""
    dates = ["-".join(part.zfill(2) for part in found.groups() if part) for found in DATE_IN_NAME.finditer(path)]
    return dates[-1] if dates else ""


def _descending(date: str) -> str:
    """A text that sorts the other way round: the newest date first, none last."""
    return "".join(chr(0x7E - (ord(sign) - 0x20)) for sign in date if " " <= sign <= "~") + "\x7f"


def _canonical(address: str) -> str | None:
    try:
        return canonical_url(address)
    except InvalidAddress:
        return None
