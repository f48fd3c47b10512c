"""How often a list is read: as often as its source really publishes.

What a list says of itself decides where it prints times: half the median gap between the moments at which its latest
entries appeared, so that news is found after a quarter of a gap in the mean and half a gap at most. Entries that
appeared within the shortest interval are one moment, since no reading could come between them.

Where it prints none, its readings are the measure: one with news halves the interval as long as news comes at every
reading or second reading; after a pause the interval moves towards half the pause, by a quarter at a time.

A silent source is read ever more slowly, but never later than a sixteenth of its silence: after a night of eight hours
its first article is found within half an hour, and a source that is dead for sixteen days is read once a day. Where it
never had any news, its interval grows by a quarter each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

FRACTION = 0.5
"""Of the median gap."""
MOMENTS = 12
"""So many moments are looked at: a source that goes over to another rate is followed after half of them."""
SILENCE_SHARE = 1 / 16
GROWTH = 1.25
START_SECONDS = 1800.0
"""Between the first two readings of a list that prints no times."""
LONGEST_HINT = 3600.0
"""A source's wish for rarer readings is honoured up to here: values of a day are defaults that nobody chose, and would
delay its news by a day."""
HOUR = 3600.0


@dataclass(frozen=True)
class Bounds:
    """Between which an interval stays, in seconds."""

    shortest: float = 300.0
    longest: float = 86_400.0

    def hold(self, seconds: float) -> float:
        """The nearest interval within the bounds."""
        return min(max(seconds, self.shortest), self.longest)


@dataclass(frozen=True)
class Reading:
    """What one reading of a list showed."""

    at: float
    new: int
    """Entries that were not known."""
    published: Sequence[float] = ()
    """When its entries were published, in any order; empty where it prints no times, or was not sent (304)."""


@dataclass(frozen=True)
class Hints:
    """What a source wishes, in seconds; None where it says nothing."""

    ttl: float | None = None
    """RSS `ttl`."""
    max_age: float | None = None
    """Cache-Control of the answer."""
    update_period: float | None = None
    """`sy:updatePeriod` by `sy:updateFrequency`. Counts only where the source does not publish faster itself: most of
    those that print it carry the default of their software."""


def next_interval(
    bounds: Bounds, interval: float | None, reading: Reading, last_new_at: float | None, hints: Hints | None = None
) -> float:
    """Seconds until a list is read again, within the bounds.

    `interval` is what this function said before; None at the first reading. `last_new_at` is when an earlier reading
    last showed something new.

    >>> hourly = Reading(at=36_000.0, new=3, published=[3600.0 * hour for hour in range(11)])
    >>> next_interval(Bounds(), None, hourly, None)
    1800.0
    >>> next_interval(Bounds(), 1800.0, Reading(at=36_000.0 + 86_400, new=0), 36_000.0)  # silent for a day
    5400.0
    """
    gap = _median_gap(reading, bounds.shortest)
    wanted = _by_readings(interval, reading, last_new_at) if gap is None else gap * FRACTION
    silence = reading.at - _last_news(reading, last_new_at)
    return bounds.hold(max(wanted, silence * SILENCE_SHARE, _wished(hints or Hints(), gap)))


def _median_gap(reading: Reading, shortest: float) -> float | None:
    """Between the latest moments at which something was published; None where there are not two."""
    moments = _moments((time for time in reading.published if time <= reading.at), shortest)
    gaps = [later - earlier for later, earlier in pairwise(moments)]
    return median(gaps) if gaps else None


def _moments(times: Iterable[float], shortest: float) -> list[float]:
    """The latest times, the newest first, those left out that are nearer to the one before than any reading."""
    moments: list[float] = []
    for time in sorted(times, reverse=True):
        if not moments or moments[-1] - time >= shortest:
            moments.append(time)
        if len(moments) == MOMENTS:
            break
    return moments


def _last_news(reading: Reading, last_new_at: float | None) -> float:
    """When there was news last, as far as is known; the time of the reading where nothing is."""
    if reading.new:
        printed = [time for time in reading.published if time <= reading.at]
        return max(printed, default=reading.at)
    known = [time for time in (last_new_at, *reading.published) if time is not None and time <= reading.at]
    return max(known, default=reading.at)


def _by_readings(interval: float | None, reading: Reading, last_new_at: float | None) -> float:
    """The interval of a list without times, by whether its readings bring news."""
    if interval is None:
        return START_SECONDS
    if not reading.new:
        return interval if last_new_at is not None else interval * GROWTH
    pause = reading.at - last_new_at if last_new_at is not None else interval
    if pause <= 2 * interval:
        return interval / 2
    return min(max(pause * FRACTION, interval / 2), interval * GROWTH)


def _wished(hints: Hints, gap: float | None) -> float:
    period = hints.update_period or 0.0
    period = 0.0 if gap is not None and gap < period else period
    return min(max(hints.ttl or 0.0, hints.max_age or 0.0, period), LONGEST_HINT)


def after_skipped(due_at: float, skip_hours: Iterable[int]) -> float:
    """The same time, or the end of the hours in which a source wishes not to be read (RSS `skipHours`, in GMT).

    A list that skips every hour skips none.

    >>> after_skipped(2.5 * 3600, [2, 3]) / 3600, after_skipped(23.5 * 3600, [23, 0, 24]) / 3600
    (4.0, 25.0)
    """
    skipped = {hour % 24 for hour in skip_hours}
    if len(skipped) == 24:
        return due_at
    while int(due_at // HOUR) % 24 in skipped:
        due_at = (due_at // HOUR + 1) * HOUR
    return due_at
