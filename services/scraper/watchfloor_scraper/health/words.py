"""How much the parser reads out of a source's pages, and when that says that the pages were rebuilt. Pure."""

from collections.abc import Sequence
from statistics import median

from watchfloor_scraper.health.facts import DAY, PageReading

RECENT, BEFORE = 5, 20
"""So many readings are compared with at least so many before them."""
SHORT_SHARE = 0.4
"""Articles of less than this share of what is usual: only a teaser, or the wrong part of the page, is still read."""
EMPTY_SHARE = 0.8
FEWEST_WORDS = 20
DAYS = 14


def empty_share(readings: Sequence[PageReading]) -> float:
    """The share of the last pages out of which no article was read; 0 while there are too few to tell."""
    last = readings[-2 * RECENT :]
    return sum(map(_is_empty, last)) / len(last) if len(last) >= RECENT else 0.0


def shrunk(readings: Sequence[PageReading]) -> tuple[int, int] | None:
    """Median words of the last articles, and of those before, where the articles have become far shorter.

    >>> usual = [PageReading(float(n), True, 500) for n in range(20)]
    >>> shrunk(usual + [PageReading(20.0 + n, True, 90) for n in range(5)])
    (90, 500)
    >>> shrunk(usual) is None
    True
    """
    articles = [reading for reading in readings if reading.is_article]
    if len(articles) < RECENT + BEFORE:
        return None
    now = median(reading.words for reading in articles[-RECENT:])
    usual = median(reading.words for reading in articles[:-RECENT])
    return (round(now), round(usual)) if now < SHORT_SHARE * usual else None


def daily(readings: Sequence[PageReading], now: float) -> tuple[int | None, ...]:
    """Median words of the articles of each of the last 14 days, oldest first; None where there were none."""
    days: list[list[int]] = [[] for _ in range(DAYS)]
    for reading in readings:
        place = DAYS - 1 - int((now - reading.at) // DAY)
        if reading.is_article and 0 <= place < DAYS:
            days[place].append(reading.words)
    return tuple(round(median(words)) if words else None for words in days)


def _is_empty(reading: PageReading) -> bool:
    return not reading.is_article or reading.words < FEWEST_WORDS
