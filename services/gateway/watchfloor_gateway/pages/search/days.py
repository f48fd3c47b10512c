"""Articles over time: bars that lead to their days, and a table that holds the same links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from watchfloor.events.base import utc_text
from watchfloor.query import Node, Published, clauses, without
from watchfloor_gateway.pages import wording
from watchfloor_gateway.pages.drawing.bars import Bar, BarsView, draw_bars
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.spans import ONE_TICK
from watchfloor_gateway.pages.search.stretches import Stretch, stretches

SLOTS = 7
"""Room for so many bars at least: one alone would be a wall."""
LONG = timedelta(days=5 * 366)
"""A range asked for that is longer is drawn only as far as there are articles."""


@dataclass(frozen=True)
class Days:
    """The chart. `drag` is the query before the range that a drag asks for."""

    unit: str
    chart: BarsView
    axis: tuple[str, ...]
    drag: str


@dataclass(frozen=True)
class Ends:
    """The span of the chart, and how its ends are written where the query has them within a day."""

    first: date
    last: date
    first_text: str
    last_text: str


def days(histogram: Sequence[tuple[date, int]], here: Here, now: datetime) -> Days | None:
    """Bars for each day, or for each longer stretch where the days are many; None where nothing was found."""
    if not histogram:
        return None
    ends = _ends([day for day, _ in histogram], here.nodes, now)
    unit, parts = stretches(histogram, ends.first, ends.last)
    undated = _undated(here)
    bars = [_bar(part, unit, ends, undated) for part in parts]
    chart = draw_bars(bars, f"Articles for each {unit}", slots=SLOTS)
    return Days(unit, chart, _axis(parts, unit, chart.width), undated.base)


def _ends(found: list[date], nodes: Iterable[Node], now: datetime) -> Ends:
    """From the first day to the last: as asked for, else as found. What is ahead of now and of all found is left out."""
    asked = [node for node in nodes if isinstance(node, Published)]
    since = max((node.since for node in asked if node.since), default=None)
    until = min((node.until for node in asked if node.until), default=None)
    first, last = since or _midnight(found[0]), _midnight(found[-1])
    if until:
        last = min(until - ONE_TICK, max(now, last))
    if last - first > LONG:
        first, last = max(first, _midnight(found[0])), min(last, _midnight(found[-1]))
    return Ends(first.date(), last.date(), _text(first, since, now), _text(last, until and until - ONE_TICK, now))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _text(end: datetime, asked: datetime | None, now: datetime) -> str:
    """A day; the moment itself where the query names one within a day, that is not `now`."""
    whole = (end + ONE_TICK).time() <= time(0, 0, 0, 1)
    return end.date().isoformat() if whole or end != asked or now - end < timedelta(minutes=1) else utc_text(end)


def _undated(here: Here) -> Here:
    """The query without the ranges of time that it demands: a bar is a range within them."""
    query = here.q
    while dated := next((clause for clause in clauses(query) if isinstance(clause.node, Published)), None):
        query = without(query, dated)
    return Here(query, clauses(query), here.sort)


def _bar(part: Stretch, unit: str, ends: Ends, undated: Here) -> Bar:
    first = ends.first_text if part.first == ends.first else part.first.isoformat()
    last = ends.last_text if part.last == ends.last else part.last.isoformat()
    name = said(part, unit)
    label = f"{name}: {wording.count(part.count, 'article')}"
    asked = f"published:{first}" if first == last else f"published:[{first} TO {last}]"
    return Bar(part.count, label, name, undated.adding(asked), first, last)


def said(part: Stretch, unit: str) -> str:
    """A stretch in words.

    >>> said(Stretch(date(2026, 11, 23), date(2026, 11, 29), 0), "week")
    '23 to 29 November 2026'
    """
    first, last = part.first, part.last
    match unit:
        case "day":
            return wording.long_day(first)
        case "month":
            return f"{first:%B} {first.year}"
        case "week" if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {last.day} {last:%B} {last.year}"
        case "week":
            return f"{wording.day(first)} to {wording.day(last)} {last.year}"
        case _:
            return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"


def _axis(parts: Sequence[Stretch], unit: str, slots: int) -> tuple[str, ...]:
    """A label for each slot, empty for most where they are many. An odd step: narrow screens hide every second one."""
    step = 1 if slots <= 14 else 3 if slots <= 42 else 5
    labels: list[str] = []
    before: date | None = None
    for index, part in enumerate(parts):
        shown = index % step == 0
        labels.append(_tick(part.first, before, unit) if shown else "")
        before = part.first if shown else before
    return (*labels, *("" for _ in range(slots - len(parts))))


def _tick(day: date, before: date | None, unit: str) -> str:
    """A day without the month, a month without the year, that the label before it has said."""
    match unit:
        case "day" | "week":
            return str(day.day) if before and (before.year, before.month) == (day.year, day.month) else wording.day(day)
        case "month":
            return f"{day:%b}" if before and before.year == day.year else f"{day:%b} {day.year}"
        case _:
            return str(day.year)
