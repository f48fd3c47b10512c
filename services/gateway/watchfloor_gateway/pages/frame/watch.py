"""The watch line: is the world quiet, or are we broken? Only what was measured is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchfloor.events import SourceHealth, SourceState
from watchfloor_gateway.pages.drawing.bars import Bar, BarsView, draw_bars

DAY = timedelta(days=1)
HOURS = 24
LEAST_SILENCE = timedelta(minutes=15)
"""Shorter silences mean nothing: nights are quieter than the mean of a day."""
UNLIKELY = 7
"""A silence of so many mean distances between articles is stale: were they to come by chance alone, one in a thousand."""
ORDER: tuple[tuple[SourceState, str], ...] = (
    ("well", "ok"),
    ("late", "late"),
    ("down", "failing"),
    ("silent", "silent"),
)
"""The states that are counted, each with its class in the stylesheet. Paused sources are not watched."""


@dataclass(frozen=True)
class Measured:
    """What the store says at one moment. `hours` are the articles that came in, in each of the last 24 hours."""

    at: datetime
    newest: datetime | None
    hours: tuple[int, ...]
    sources: tuple[SourceHealth, ...]


@dataclass(frozen=True)
class StateCount:
    """How many sources are in a state, and how that is drawn."""

    state: SourceState
    drawn: str
    count: int


@dataclass(frozen=True)
class Watch:
    """What the watch line says, as measured `at`. `away` is since when the store has not answered, in the eyes of this process."""

    at: datetime
    away: datetime | None = None
    newest: datetime | None = None
    age: str | None = None
    stale: bool = False
    bars: BarsView | None = None
    articles: int | None = None
    usual: int | None = None
    states: tuple[StateCount, ...] = ()
    delay: float | None = None
    """Seconds from fetched to searchable, as measured of late."""


def watch(measured: Measured, delay: float | None) -> Watch:
    """What the watch line says of what was measured."""
    usual = usual_of(measured.sources)
    articles = sum(measured.hours)
    return Watch(
        at=measured.at,
        newest=measured.newest,
        age=None if measured.newest is None else age(measured.at - measured.newest),
        stale=is_stale(measured, usual if usual is not None else articles),
        bars=draw_bars(_bars(measured.hours), "Articles in each of the last 24 hours", tall=20) if articles else None,
        articles=articles,
        usual=None if usual is None else round(usual),
        states=states(measured.sources),
        delay=delay,
    )


def _bars(hours: Sequence[int]) -> list[Bar]:
    return [Bar(count, "", now=number == len(hours) - 1) for number, count in enumerate(hours)]


def usual_of(sources: Sequence[SourceHealth]) -> float | None:
    """What is usual in 24 hours for all sources that are watched; None unless each has a known rhythm."""
    rhythms = [source.usual_24h for source in sources if source.state != "paused"]
    known = [rhythm for rhythm in rhythms if rhythm is not None]
    return sum(known) if known and len(known) == len(rhythms) else None


def is_stale(measured: Measured, a_day: float) -> bool:
    """Whether the newest article is older than chance explains where so many come in a day; where none do, than a day."""
    if measured.newest is None:
        return False
    silence = UNLIKELY * DAY / a_day if a_day > 0 else DAY
    return measured.at - measured.newest > max(LEAST_SILENCE, silence)


def states(sources: Sequence[SourceHealth]) -> tuple[StateCount, ...]:
    """How many sources are in each of the states that occur."""
    found = Counter(source.state for source in sources)
    return tuple(StateCount(state, drawn, found[state]) for state, drawn in ORDER if found[state])


def age(passed: timedelta) -> str:
    """How long ago, in the largest unit that is whole.

    >>> [age(timedelta(seconds=s)) for s in (-1, 8, 89, 90, 3600 * 3, 3600 * 50)]
    ['now', '8 s ago', '89 s ago', '1 min ago', '3 h ago', '2 days ago']
    """
    seconds = int(passed.total_seconds())
    if seconds < 1:
        return "now"
    for unit, size, least in (("days", 86_400, 2 * 86_400), ("h", 3600, 2 * 3600), ("min", 60, 90)):
        if seconds >= least:
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"
