"""When articles came in, counted by equal stretches of time."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from watchfloor.events import Origin

TICK = timedelta(microseconds=1)
COMES_IN: frozenset[Origin] = frozenset({"live", "pushed"})
"""What appears or is handed over; what is read out of an archive only fills up the past."""


def check(since: datetime, until: datetime, buckets: int) -> None:
    """Raise ValueError where there is no such stretch."""
    if since >= until or buckets < 1:
        raise ValueError(f"{buckets} stretches from {since} to {until}: there are none")


def counted(moments: Iterable[datetime], since: datetime, until: datetime, buckets: int) -> tuple[int, ...]:
    """How many of the moments lie in each of so many equal stretches from `since` up to, not including, `until`.

    >>> noon = datetime(2026, 3, 1, 12)
    >>> counted([noon, noon + timedelta(minutes=59), noon + timedelta(hours=2)], noon, noon + timedelta(hours=2), 2)
    (2, 0)
    """
    check(since, until, buckets)
    whole = (until - since) // TICK
    found = Counter((moment - since) // TICK * buckets // whole for moment in moments if since <= moment < until)
    return tuple(found[bucket] for bucket in range(buckets))
