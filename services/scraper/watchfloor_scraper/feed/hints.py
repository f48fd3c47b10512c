"""What a feed says of itself beside its entries: how often it changes, and where it goes on."""

import re
from collections.abc import Iterator

from watchfloor_scraper.feed.addresses import resolve
from watchfloor_scraper.feed.entries import FeedHints
from watchfloor_scraper.markup import Element, TooManyParts, elements

SEARCHED_CHARACTERS = 128 * 1024
"""Before the first entry and after the last one, each."""
FIRST_ENTRY = re.compile(r"<(?:[a-z0-9]{1,20}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
LAST_ENTRY = re.compile(r"</(?:[a-z0-9]{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
SAID = frozenset({"ttl", "updateperiod", "updatefrequency", "hour", "link"})
MINUTE, DAY = 60, 86_400
PERIODS = {"hourly": 3_600, "daily": DAY, "weekly": 7 * DAY, "monthly": 30 * DAY, "yearly": 365 * DAY}
"""Seconds of each `updatePeriod` (RDF Site Summary 1.0 Modules: Syndication)."""
LONGEST_SECONDS = 365 * DAY


def read_hints(text: str, url: str) -> FeedHints:
    """The hints of a feed in XML, read outside of its entries; none of what cannot be made out.

    >>> read_hints("<rss><channel><ttl>15</ttl><item><ttl>1</ttl></item></channel></rss>", "https://news.example/rss")
    FeedHints(update_seconds=900, skip_hours=frozenset(), next_url=None, older_url=None)
    """
    said: dict[str, list[Element]] = {}
    for element in _outside_of_entries(text):
        said.setdefault(element.local, []).append(element)
    links = said.get("link", [])
    return FeedHints(
        update_seconds=_update_seconds({name: elements[0].text.strip() for name, elements in said.items()}),
        skip_hours=frozenset(
            hour % 24 for hour in map(_whole, said.get("hour", [])) if hour is not None and hour <= 24
        ),
        next_url=_linked(links, "next", url),
        older_url=_linked(links, "prev-archive", url),
    )


def _outside_of_entries(text: str) -> Iterator[Element]:
    first = FIRST_ENTRY.search(text)
    head = text[: min(first.start() if first else len(text), SEARCHED_CHARACTERS)]
    tail = text[max(len(text) - SEARCHED_CHARACTERS, len(head)) :]
    ends = [found.end() for found in LAST_ENTRY.finditer(tail)]
    try:
        yield from elements(head + tail[ends[-1] if ends else len(tail) :], SAID)
    except TooManyParts:
        return


def _update_seconds(said: dict[str, str]) -> int | None:
    minutes = _number(said.get("ttl", ""))
    if minutes:
        return min(minutes * MINUTE, LONGEST_SECONDS)
    period = PERIODS.get(said.get("updateperiod", "").lower())
    return None if period is None else max(period // (_number(said.get("updatefrequency", "")) or 1), MINUTE)


def _whole(element: Element) -> int | None:
    return _number(element.text.strip())


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else None


def _linked(links: list[Element], relation: str, url: str) -> str | None:
    """The first link of this relation that leads anywhere else than here."""
    said = (link.tag.attributes() for link in links)
    wanted = (link.get("href", "") for link in said if relation in link.get("rel", "").lower().split())
    return next((found for href in wanted if (found := resolve(href, url)) and found != url), None)
