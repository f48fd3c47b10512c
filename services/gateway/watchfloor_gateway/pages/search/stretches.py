"""A span of days cut into equal stretches of the calendar: as many as bars can stand beside each other."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST = 60
"""Bars."""


@dataclass(frozen=True)
class Unit:
    """A measure of the calendar: in which stretch a day lies, and where the next one begins."""

    name: str
    begin: Callable[[date], date]
    after: Callable[[date], date]


@dataclass(frozen=True)
class Stretch:
    """Days from the first to the last, both counted, and how many articles they have."""

    first: date
    last: date
    count: int


def stretches(counts: Sequence[tuple[date, int]], first: date, last: date) -> tuple[str, tuple[Stretch, ...]]:
    """The name of the smallest unit of which at most `MOST` cover the span, and each of them with its count.

    The outer ones end where the span does. Days outside of it are not counted.
    """
    for unit in UNITS:
        begins = list(_begins(unit, first, last))
        if len(begins) <= MOST:
            break
    sums = [0] * len(begins)
    for day, count in counts:
        if first <= day <= last:
            sums[bisect_right(begins, day) - 1] += count
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), last]
    return unit.name, tuple(map(Stretch, [first, *begins[1:]], ends, sums))


def _begins(unit: Unit, first: date, last: date) -> Iterator[date]:
    """Where the stretches begin; one more than `MOST` is enough to know that they are too many."""
    at = unit.begin(first)
    for _ in range(MOST + 1):
        if at > last:
            return
        yield at
        try:
            at = unit.after(at)
        except (OverflowError, ValueError):  # the calendar ends with the year 9999
            return


def _years(name: str, step: int) -> Unit:
    def begin(day: date) -> date:
        return date(max(day.year - day.year % step, 1), 1, 1)

    return Unit(name, begin, lambda day: date(begin(day).year // step * step + step, 1, 1))


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


UNITS = (
    Unit("day", lambda day: day, lambda day: day + timedelta(days=1)),
    Unit("week", _monday, lambda day: day + timedelta(days=7 - day.weekday())),
    Unit("month", _first_of_month, lambda day: _first_of_month(_first_of_month(day) + timedelta(days=32))),
    _years("year", 1),
    _years("decade", 10),
    _years("century", 100),
    _years("age", 1000),
)
