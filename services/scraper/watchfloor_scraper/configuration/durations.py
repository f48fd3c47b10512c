"""Durations as operators write them: one number and one unit."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from watchfloor_scraper.configuration.faults import BadValue

WRITTEN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s?(s|m|h|d)", re.ASCII)
UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
REMEDY = "give 90s, 10m, 2h or 1d"


def read_duration(text: str) -> timedelta:
    """Seconds, minutes, hours or days.

    Raises BadValue.

    >>> read_duration("1.5h")
    datetime.timedelta(seconds=5400)
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise BadValue(f"{text!r} is no duration", REMEDY)
    return float(found[1]) * UNITS[found[2]]


def write_duration(duration: timedelta) -> str:
    """The same, in the largest unit of which it is a whole number; read back, it is the same to the millisecond.

    >>> [write_duration(timedelta(seconds=seconds)) for seconds in (0, 0.5, 90, 7200, 86400)]
    ['0s', '0.5s', '90s', '2h', '1d']
    """
    for unit, length in UNITS.items():
        if duration and not duration % length:
            return f"{duration // length}{unit}"
    return f"{duration.total_seconds():.3f}".rstrip("0").rstrip(".") + "s"


def _read(value: object) -> object:
    return read_duration(value) if isinstance(value, str) else value


Duration = Annotated[timedelta, BeforeValidator(_read), PlainSerializer(write_duration, return_type=str)]
"""A duration that is text in the file."""


def between(shortest: timedelta, longest: timedelta, duration: timedelta) -> timedelta:
    """Hold a duration to its bounds. Raises BadValue."""
    if not shortest <= duration <= longest:
        bounds = f"{write_duration(shortest)} to {write_duration(longest)}"
        raise BadValue(f"{write_duration(duration)!r} is out of bounds", f"give {bounds}")
    return duration
