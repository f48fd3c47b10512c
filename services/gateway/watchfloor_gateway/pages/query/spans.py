"""A stretch of time in words."""

from datetime import UTC, datetime, time, timedelta

ONE_TICK = timedelta(microseconds=1)


def span(since: datetime | None, until: datetime | None, *, now: bool = False) -> str:
    """From `since` up to, not including, `until`. `now` says of an open end that it was written, as `now`.

    >>> span(datetime(2026, 11, 11, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))
    '11 to 24 November 2026'
    >>> span(datetime(2026, 11, 11, 9, 30, tzinfo=UTC), None)
    'since 11 November 2026, 09:30 UTC'
    """
    last = until - ONE_TICK if until else None
    if since and last:
        return _between(since.astimezone(UTC), last.astimezone(UTC), until or last)
    if since:
        return f"{_said(since)} to now" if now else f"since {_said(since)}"
    if last and until:
        return f"up to {_said(last, clock=not _midnight(until))}"
    return "up to now" if now else "at any time"


def _between(since: datetime, last: datetime, until: datetime) -> str:
    if _midnight(since) and _midnight(until):
        return _days(since, last)
    if since.date() == last.date():
        return f"{_day(since)}, {since:%H:%M} to {last:%H:%M} UTC"
    return f"{_day(since)}, {since:%H:%M} to {_day(last)}, {last:%H:%M} UTC"


def _days(first: datetime, last: datetime) -> str:
    """Without saying a month or a year twice."""
    if first.date() == last.date():
        return f"on {_day(first)}"
    if first.year != last.year:
        return f"{_day(first)} to {_day(last)}"
    same_month = first.month == last.month
    return f"{first.day if same_month else f'{first.day} {first:%B}'} to {_day(last)}"


def _said(at: datetime, *, clock: bool | None = None) -> str:
    at = at.astimezone(UTC)
    return f"{_day(at)}, {at:%H:%M} UTC" if clock or (clock is None and not _midnight(at)) else _day(at)


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B} {at.year}"


def _midnight(at: datetime) -> bool:
    return at.astimezone(UTC).time() == time()
