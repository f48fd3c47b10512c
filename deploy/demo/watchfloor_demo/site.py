"""The conductor: what an outlet answers for a path, by what it shows at the moment. Pure."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from watchfloor_demo import feeds, sitemaps
from watchfloor_demo.list_pages import FEED_TYPES, home_page, notice_page, section_page
from watchfloor_demo.outlets import ListKind, Outlet
from watchfloor_demo.timetable import NEWSROOM, Shown

HTML = "text/html; charset=utf-8"
WITHDRAWN = "This article has been withdrawn."
NOT_HERE = "There is no such page."
Write = Callable[[Outlet, Shown], str]
LISTS: Mapping[ListKind, Write] = {
    "rss": lambda outlet, shown: feeds.rss(outlet, shown.articles),
    "rdf": lambda outlet, shown: feeds.rdf(outlet, shown.articles),
    "atom": lambda outlet, shown: feeds.atom(outlet, shown.articles),
    "json": lambda outlet, shown: feeds.json_feed(outlet, shown.articles),
    "sitemap": lambda outlet, shown: sitemaps.sitemap(outlet, shown.articles),
    "gzip_sitemap": lambda outlet, shown: sitemaps.sitemap(outlet, shown.articles),
    "news_sitemap": lambda outlet, shown: sitemaps.news_sitemap(outlet, shown.articles),
    "sitemap_index": lambda outlet, _: sitemaps.sitemap_index(outlet),
}


@dataclass(frozen=True)
class Answer:
    """What is sent back."""

    status: int
    content_type: str
    body: bytes
    changed: datetime | None = None
    """When the body last changed; None where that means nothing."""


@dataclass(frozen=True)
class Site:
    """An outlet at the address where it is served."""

    outlet: Outlet
    address: str
    """Scheme, host and port: stands in what is served wherever the outlet's own home does."""

    def answer(self, path: str, shown: Shown) -> Answer:
        """What is answered for a path: 410 for what was withdrawn, 404 for what never was."""
        if path in shown.withdrawn:
            return self._send(410, HTML, notice_page(self.outlet, WITHDRAWN))
        return self._article(path, shown) or self._list(path, shown) or self._file(path, shown) or self._missing()

    def _article(self, path: str, shown: Shown) -> Answer | None:
        found = next((article for article in shown.articles if article.path == path), None)
        return self._send(200, HTML, found.content, found.changed(shown.opened)) if found else None

    def _list(self, path: str, shown: Shown) -> Answer | None:
        if path == "/":
            return self._send(200, HTML, home_page(self.outlet, shown.articles), shown.changed)
        if path in self.outlet.sections:
            return self._send(200, HTML, section_page(self.outlet, path, shown.articles), shown.changed)
        if kind := self.outlet.lists.get(path):
            content_type = "application/gzip" if kind == "gzip_sitemap" else FEED_TYPES.get(kind, "application/xml")
            return self._send(200, content_type, LISTS[kind](self.outlet, shown), shown.changed)
        return None

    def _file(self, path: str, shown: Shown) -> Answer | None:
        files = {"/robots.txt": "robots.txt", **self.outlet.pages, **self.outlet.drafts}
        if path not in files:
            return None
        content = Path(NEWSROOM, self.outlet.id, files[path]).read_text(encoding="utf-8")
        return self._send(200, "text/plain; charset=utf-8" if path == "/robots.txt" else HTML, content, shown.opened)

    def _missing(self) -> Answer:
        return self._send(404, HTML, notice_page(self.outlet, NOT_HERE))

    def _send(self, status: int, content_type: str, text: str, changed: datetime | None = None) -> Answer:
        body = text.replace(self.outlet.home, self.address).encode()
        return Answer(status, content_type, gzip.compress(body, mtime=0) if "gzip" in content_type else body, changed)
