"""The last 60 minutes: new articles a minute. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchfloor_gateway.pages.drawing.bars import Bar, BarsView, draw_bars
from watchfloor_gateway.pages.wording import clock, count

SHOWN = 60
TOGETHER = 10
"""Minutes between two times on the axis, and to a line of the table."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Ten:
    """Ten minutes: when they began, and how many articles came."""

    begins: datetime
    articles: int


@dataclass(frozen=True)
class Minutes:
    """The bars, and the same in tens."""

    drawing: BarsView
    total: int
    tens: tuple[Ten, ...]


def stretch(now: datetime) -> tuple[datetime, datetime]:
    """The last 60 minutes of the clock, the one that is still going on included."""
    until = now.replace(second=0, microsecond=0) + MINUTE
    return until - SHOWN * MINUTE, until


def minutes(counts: Sequence[int], since: datetime) -> Minutes:
    """The drawing of how many articles came in each minute from `since` on."""
    bars = tuple(_bars(counts, since))
    tens = (
        Ten(since + place * MINUTE, sum(counts[place : place + TOGETHER])) for place in range(0, len(counts), TOGETHER)
    )
    return Minutes(draw_bars(bars, "New articles for each minute"), sum(counts), tuple(tens))


def _bars(counts: Sequence[int], since: datetime) -> Iterator[Bar]:
    for place, articles in enumerate(counts):
        last = place == len(counts) - 1
        yield Bar(articles, f"{clock(since + place * MINUTE)}: {count(articles, 'new article')}", now=last)
