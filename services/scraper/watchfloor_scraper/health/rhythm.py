"""A source's own rhythm: how often something new comes, and when its silence says something. Pure."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from watchfloor_scraper.health.facts import DAY

FEWEST_ARRIVALS = 10
SHORTEST_SPAN = 2 * DAY
"""Below these a rhythm is not known: the first night of a source is no silence."""
LONGEST_GAPS = 1.5
"""A silence says something when it is so many times the longest gap of the last two weeks, nights and weekends included."""
LEAST_SILENCE = 3600.0
SIX_HOURS = 6 * 3600.0


def usual_a_day(arrivals: Sequence[float], now: float) -> float | None:
    """New articles in 24 hours, as a rule; None while no rhythm is known.

    >>> usual_a_day([n * 7200.0 for n in range(60)], now=60 * 7200.0)
    12.0
    """
    if not _is_known(arrivals):
        return None
    return round(len(arrivals) * DAY / (now - arrivals[0]), 1)


def usual_gap(arrivals: Sequence[float]) -> float | None:
    """Seconds between two new articles, as a rule: the median; None while no rhythm is known."""
    return median(_gaps(arrivals)) if _is_known(arrivals) else None


def silent_for(arrivals: Sequence[float], now: float) -> float | None:
    """Seconds of a silence that the source's own rhythm does not explain; None where there is no such.

    >>> silent_for([n * 3600.0 for n in range(60)], now=(59 + 9) * 3600.0)
    32400.0
    >>> silent_for([n * 3600.0 for n in range(60)], now=(59 + 1) * 3600.0) is None
    True
    """
    if not _is_known(arrivals):
        return None
    silence = now - arrivals[-1]
    return silence if silence > max(LEAST_SILENCE, LONGEST_GAPS * max(_gaps(arrivals))) else None


def in_each_six_hours(arrivals: Sequence[float], now: float) -> tuple[int, ...]:
    """New articles in each 6 hours of the last 7 days, oldest first.

    >>> in_each_six_hours([100.0, 7 * 86400.0 - 1], now=7 * 86400.0)[::27]
    (1, 1)
    """
    counts = [0] * 28
    for arrival in arrivals:
        place = 27 - int((now - arrival) // SIX_HOURS)
        if 0 <= place < 28:
            counts[place] += 1
    return tuple(counts)


def _is_known(arrivals: Sequence[float]) -> bool:
    return len(arrivals) >= FEWEST_ARRIVALS and arrivals[-1] - arrivals[0] >= SHORTEST_SPAN


def _gaps(arrivals: Sequence[float]) -> list[float]:
    return [after - before for before, after in pairwise(arrivals)]
