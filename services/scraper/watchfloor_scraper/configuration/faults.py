"""What is wrong with a file of sources: each fault with its line, its field and the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass

from watchfloor.errors import Stop

MOST_SHOWN = 50
"""Faults that an error spells out; the rest is counted."""


class BadValue(ValueError):
    """What is wrong with one value, and the remedy; where it stands is added by who reads the file."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong.

    >>> str(Fault(14, "sources[2].cadence", "'5x' is no duration", "give 90s, 10m, 2h or 1d"))
    "line 14, sources[2].cadence: '5x' is no duration (give 90s, 10m, 2h or 1d)"
    """

    line: int
    """From 1; 0 where it is the file as a whole."""
    field: str
    """The path of the value, such as `sources[2].cadence`; empty where it is no value."""
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.field)))
        return f"{place}{': ' if place else ''}{self.reason} ({self.remedy})"


class InvalidConfiguration(Stop):
    """A file of sources that cannot be used, with all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault], *, subject: str) -> None:
        self.faults = tuple(sorted(faults))
        count = len(self.faults)
        super().__init__(f"has {count} fault{'s' if count > 1 else ''}", subject=subject, remedy="mend the file")

    def __str__(self) -> str:
        """A line for each fault."""
        shown = [
            f"{self.subject}{', ' if fault.line or fault.field else ' '}{fault}" for fault in self.faults[:MOST_SHOWN]
        ]
        more = len(self.faults) - len(shown)
        return "\n".join([*shown, *([f"{self.subject}: and {more} more"] if more else [])])

    def __reduce__(self) -> tuple[object, ...]:
        """As its parents have it, with its faults."""
        return _again, (self.faults, self.subject)


def _again(faults: tuple[Fault, ...], subject: str) -> InvalidConfiguration:
    return InvalidConfiguration(faults, subject=subject)
