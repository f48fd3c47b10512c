"""The lists of an outlet, read as the scraper would read them."""

from typing import NamedTuple

from watchfloor_scraper.checking.asker import Asker
from watchfloor_scraper.checking.report import ListRead, Place
from watchfloor_scraper.discovery.sections import THRESHOLD, read_section
from watchfloor_scraper.feed import Entry, Feed, NotAFeed, read_feed

MOST_SITEMAPS = 3
"""Sitemaps of an index that a check reads: those that changed last."""

Read = tuple[ListRead, tuple[str, ...]]
"""How the reading of a list went, and the addresses that it names, in its order."""


class _Trouble(NamedTuple):
    code: str
    detail: str


async def read_list(place: Place, asker: Asker, home: str) -> Read:
    """Read a list of the outlet with this home."""
    if place.kind == "section":
        return await _read_section(place, asker, home)
    found = await _feed_at(place.url, asker)
    if isinstance(found, _Trouble):
        return ListRead(place, used=True, code=found.code, detail=found.detail, entries=0), ()
    if found.kind == "sitemap_index":
        return await _read_index(place, found.entries, asker)
    urls = _urls(found)
    return _counted(place, f"{_number(urls, 'entry', 'entries')} ({found.kind})", urls)


async def _read_section(place: Place, asker: Asker, home: str) -> Read:
    answer = await asker.get(place.url)
    if not answer.ok:
        return ListRead(place, used=True, code=answer.code, detail=answer.detail, entries=0), ()
    candidates = read_section(answer.content, answer.url, outlet_home=home)
    urls = tuple(candidate.url for candidate in candidates if candidate.score >= THRESHOLD)
    return _counted(place, f"{_number(urls, 'link', 'links')} to articles", urls)


async def _read_index(place: Place, entries: tuple[Entry, ...], asker: Asker) -> Read:
    """The newest sitemaps of an index; of those that are indexes themselves nothing is read."""
    newest = sorted(entries, key=lambda entry: entry.updated_at or "", reverse=True)[:MOST_SITEMAPS]
    read = [(entry.url, await _feed_at(entry.url, asker)) for entry in newest]
    feeds = [found for _, found in read if isinstance(found, Feed) and found.kind != "sitemap_index"]
    urls = tuple(url for feed in feeds for url in _urls(feed))
    troubles = "".join(f"; {url}: {found.detail}" for url, found in read if isinstance(found, _Trouble))
    counted = (
        f"{_number(urls, 'entry', 'entries')} in the newest {len(newest)} of {_number(entries, 'sitemap', 'sitemaps')}"
    )
    return _counted(place, counted + troubles, urls)


async def _feed_at(url: str, asker: Asker) -> Feed | _Trouble:
    answer = await asker.get(url)
    if not answer.ok:
        return _Trouble(answer.code, answer.detail)
    try:
        return read_feed(answer.content, answer.url)
    except NotAFeed as error:
        return _Trouble("not_a_feed", error.reason)


def _urls(feed: Feed) -> tuple[str, ...]:
    return tuple(entry.url for entry in feed.entries)


def _counted(place: Place, detail: str, urls: tuple[str, ...]) -> Read:
    return ListRead(place, used=True, code="ok" if urls else "empty", detail=detail, entries=len(urls)), urls


def _number(things: tuple[object, ...], one: str, several: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else several}"
