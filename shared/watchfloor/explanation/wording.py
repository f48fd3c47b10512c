"""Moments and spans as the sentences of an explanation say them."""

from datetime import UTC, datetime, timedelta


def when(moment: datetime) -> str:
    """A moment in UTC.

    >>> when(datetime(2026, 3, 2, 6, 5, tzinfo=UTC))
    '2026-03-02 06:05:00Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def span(length: timedelta) -> str:
    """A span of time in its largest unit of which there are two.

    >>> span(timedelta(seconds=90)), span(timedelta(hours=30)), span(timedelta(days=9))
    ('90 s', '30 h', '9 days')
    """
    for unit, seconds in (("days", 86_400), ("h", 3600), ("min", 60)):
        if length.total_seconds() >= 2 * seconds:
            return f"{length.total_seconds() / seconds:.0f} {unit}"
    return f"{max(0, length.total_seconds()):.0f} s"
