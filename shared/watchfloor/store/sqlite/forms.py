"""How instants and events are written in the store's file."""

import zlib
from datetime import UTC, date, datetime, timedelta

from watchfloor.events import ArticleEnriched

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def ticks(moment: datetime) -> int:
    """Microseconds since 1970 in UTC: exact, and in order."""
    return (moment - EPOCH) // TICK


def instant(written: int) -> datetime:
    """The moment that `ticks` wrote."""
    return EPOCH + written * TICK


def day_number(moment: datetime) -> int:
    """Days since 1970 in UTC."""
    return (moment - EPOCH).days


def day(number: int) -> date:
    """The day that `day_number` wrote."""
    return EPOCH.date() + timedelta(days=number)


def packed(event: ArticleEnriched) -> bytes:
    """An event as it is kept; the same event gives the same bytes."""
    return zlib.compress(event.write(), level=3)


def unpacked(written: bytes) -> ArticleEnriched:
    """The event that `packed` wrote."""
    return ArticleEnriched.read(zlib.decompress(written))
