"""A report for a person: a line for each thing that was found. Pure."""

from collections.abc import Iterator

from watchfloor_scraper.checking.report import EntryJudged, FoundBy, HostRules, ListRead, Report

SHOWN = 10
"""Entries of a list that are shown."""
HOW: dict[FoundBy, str] = {
    "configuration": "as given",
    "link": "linked from the home page",
    "robots": "named by robots.txt",
    "usual_path": "found at a usual path",
    "home": "the home page itself",
}


def lines_of(report: Report, *, shown: int = SHOWN) -> Iterator[str]:
    """The lines of a report; of each list at most `shown` entries that no list before it has, the rest is counted."""
    yield f"{report.id}  {report.name}  {report.home}"
    if report.paused:
        yield _line("paused", "nothing is fetched")
    yield from (_line("robots", _host(host)) for host in report.hosts)
    for found in report.lists:
        yield _line(found.place.kind, _list(found))
        yield from _entries([entry for entry in report.entries if entry.list_url == found.place.url], shown)


def _line(word: str, text: str) -> str:
    return f"  {word:<8} {text}"


def _host(host: HostRules) -> str:
    asked = "" if host.crawl_delay is None else f"; asks for {host.crawl_delay:g} s between two requests"
    return f"{host.url}: {host.detail}{asked}; asked every {host.delay:g} s at most"


def _list(found: ListRead) -> str:
    trouble = "" if found.code in ("ok", "unread") else f"{found.code}: "
    fetched = f", {found.fetched} to be fetched" if found.ok else ""
    return f"{found.place.url}: {trouble}{found.detail}{fetched} ({HOW[found.place.found_by]})"


def _entries(entries: list[EntryJudged], shown: int) -> Iterator[str]:
    for entry in entries[:shown]:
        yield f"    {'fetch' if entry.fetched else 'leave'}  {entry.url}  {'' if entry.fetched else f'{entry.code}: '}{entry.why}"
    rest = entries[shown:]
    if rest:
        yield f"    and {len(rest)} more, of which {sum(entry.fetched for entry in rest)} would be fetched"
