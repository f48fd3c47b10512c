"""A match of a rule, and what it is read against."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from watchfloor_enricher.times.anchor import Anchor, direction


@dataclass(frozen=True)
class Found:
    """A match of a rule in its text."""

    match: re.Match[str]
    anchor: Anchor
    sentence: tuple[int, int]

    def __getitem__(self, name: str) -> str:
        """A group in small letters, "" where it took no part."""
        return (self.match.groupdict().get(name) or "").lower()

    @property
    def forward(self) -> int:
        """1 where the clause looks forward, -1 where back, 0 where it does not tell."""
        return direction(self.match.string, self.match.start(), self.match.end(), self.sentence)

    @property
    def clause(self) -> int:
        """The same, by the clause of the expression alone."""
        return direction(self.match.string, self.match.start(), self.match.end(), self.sentence, near=True)

    @property
    def before(self) -> str:
        """The word before it, in small letters."""
        words = self.match.string[max(self.sentence[0], self.match.start() - 30) : self.match.start()].lower().split()
        return words[-1].strip("“”\"'(,") if words else ""


Read = Callable[[Found], str | None]
"""How a match is read: to a TIMEX3 value, or None where it is no time."""


def valid(year: int, month: int, day: int) -> date | None:
    """A day; None where the calendar has no such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso(day: date | None) -> str | None:
    """The day as ISO 8601 writes it."""
    return day.isoformat() if day else None


def nearest(days: Iterable[date | None], anchor: date, forward: int) -> date | None:
    """The nearest day, those in the direction of the clause counting as three times nearer."""

    def distance(day: date) -> tuple[int, date]:
        away = (day - anchor).days
        return abs(away) * (1 if away * forward >= 0 else 3), day

    return min((day for day in days if day), key=distance, default=None)
