"""The conductor of a check: what is there, what it says, and what of that would be fetched."""

from collections.abc import Iterable
from dataclasses import replace

from watchfloor_scraper.checking.asker import Asker
from watchfloor_scraper.checking.detection import at_usual_paths, offered
from watchfloor_scraper.checking.lists import read_list
from watchfloor_scraper.checking.report import EntryJudged, ListRead, Place, Report
from watchfloor_scraper.configuration import Outlet

MOST_ENTRIES = 1000
"""Entries of a list that are judged."""


async def check_outlet(outlet: Outlet, asker: Asker, *, new: bool = False) -> Report:
    """Read all that an outlet's site says, as the scraper would, and fetch none of its articles.

    The scraper reads the lists that are configured; where none is, the home page, and what that and robots.txt name.
    The usual paths are looked at where those name nothing; what lies there is read for a `new` outlet alone.
    """
    if outlet.paused:
        return Report(outlet.id, outlet.name, outlet.home, outlet.paused, (), (), ())
    configured = tuple(_configured(outlet))
    found = await offered(outlet, asker)
    usual = () if configured or found else await at_usual_paths(outlet, asker)
    used = configured or (*found, *(usual if new else ()), Place("section", outlet.home, "home"))
    lists: list[ListRead] = []
    entries: dict[str, EntryJudged] = {}
    for place in used:
        read, named = await read_list(place, asker, outlet.home)
        urls = dict.fromkeys(named[:MOST_ENTRIES])
        for url in urls:
            if url not in entries:
                entries[url] = await _judge(url, place.url, outlet, asker)
        lists.append(replace(read, fetched=sum(entries[url].fetched for url in urls)))
    lists += _only_offered((*found, *usual), used)
    hosts, judged = asker.hosts(), tuple(entries.values())
    return Report(outlet.id, outlet.name, outlet.home, outlet.paused, hosts, tuple(lists), judged)


def _configured(outlet: Outlet) -> Iterable[Place]:
    yield from (Place("feed", url, "configuration") for url in outlet.feeds)
    yield from (Place("sitemap", url, "configuration") for url in outlet.sitemaps)
    yield from (Place("section", url, "configuration") for url in outlet.sections)


def _only_offered(found: Iterable[Place], used: Iterable[Place]) -> Iterable[ListRead]:
    known = {place.url for place in used}
    detail = "offered by the site, not in the file"
    return (
        ListRead(place, used=False, code="unread", detail=detail, entries=0)
        for place in found
        if place.url not in known
    )


async def _judge(url: str, list_url: str, outlet: Outlet, asker: Asker) -> EntryJudged:
    """What would become of an entry: the operator's rules first, then those of its site."""
    coverage = outlet.covers(url)
    if not coverage.ok:
        return EntryJudged(url, list_url, fetched=False, code=coverage.code, why=coverage.sentence)
    if not asker.knows(url):
        return EntryJudged(url, list_url, fetched=False, code="unchecked", why="it is of one host too many for a check")
    robots = await asker.verdict(url)
    if not robots.allowed:
        return EntryJudged(url, list_url, fetched=False, code="robots", why=robots.why)
    if outlet.tdm == "respect" and (await asker.reserved(url)).reserved:
        why = "its site reserves text and data mining (tdmrep.json)"
        return EntryJudged(url, list_url, fetched=False, code="tdm", why=why)
    return EntryJudged(url, list_url, fetched=True, code="ok", why=f"{coverage.sentence}; {robots.why}")
