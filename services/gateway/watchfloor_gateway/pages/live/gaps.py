"""When nothing came for longer than is usual for a list: is the world quiet, or is it us? Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from watchfloor_gateway.pages.rows.view import duration
from watchfloor_gateway.pages.wording import clock, moment

TIMES_THE_USUAL = 3
LEAST = timedelta(minutes=5)
FEWEST_PAUSES = 8
"""Below this no pause is usual."""


@dataclass(frozen=True)
class Gap:
    """From one moment to the next nothing came; an open one has lasted until now. `usual` is the median pause."""

    since: datetime
    until: datetime
    usual: timedelta
    is_open: bool

    @property
    def words(self) -> str:
        """The line that tells of it."""
        usual = f"a pause of {duration(self.since, self.since + self.usual)} is usual here"
        lasted = duration(self.since, self.until)
        since, until = _times(self.since, self.until)
        if self.is_open:
            return f"Nothing came since {since}, for {lasted}; {usual}"
        return f"{since} to {until}: nothing came for {lasted}; {usual}"


def gaps(moments: Sequence[datetime], now: datetime) -> dict[int, Gap]:
    """The gaps of a list, the newest moment first, each by the place of the moment that it follows in time.

    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> minutes = [0, 1, 2, 3, 4, 20, 21, 22, 23, 24]
    >>> list(gaps([noon - timedelta(minutes=each) for each in minutes], noon))
    [5]
    """
    pauses = [later - earlier for later, earlier in pairwise(moments)]
    if len(pauses) < FEWEST_PAUSES:
        return {}
    usual = timedelta(seconds=median(pause.total_seconds() for pause in pauses))
    return dict(_longer(pauses, moments, now, usual))


def _longer(
    pauses: Sequence[timedelta], moments: Sequence[datetime], now: datetime, usual: timedelta
) -> Iterator[tuple[int, Gap]]:
    bound = max(LEAST, TIMES_THE_USUAL * usual)
    if now - moments[0] > bound:
        yield 0, Gap(moments[0], now, usual, is_open=True)
    for place, pause in enumerate(pauses, start=1):
        if pause > bound:
            yield place, Gap(moments[place], moments[place - 1], usual, is_open=False)


def _times(since: datetime, until: datetime) -> tuple[str, str]:
    """Clock times; with their days where these differ."""
    if since.astimezone(UTC).date() == until.astimezone(UTC).date():
        return clock(since), clock(until)
    return moment(since), moment(until)
