"""How instants and events are written in the store's file."""

import sys
import zlib
from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from watchfloor.events import ArticleEnriched, utc_text

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


def is_verbatim(event: ArticleEnriched, written: bytes) -> bool:
    """Whether this program would write the event as it is written: not where a field came since, or went."""
    return zlib.decompress(written) == event.write()


def numbered(written: bytes, version: int, first_fetched_at: int, version_at: int) -> bytes:
    """The JSON of an ArticleLatest, of the event that `packed` wrote verbatim; it is not read for that."""
    first, changed = utc_text(instant(first_fetched_at)), utc_text(instant(version_at))
    told = f',"version":{version},"first_fetched_at":"{first}","changed_at":"{changed}"}}'
    return zlib.decompress(written)[:-1] + told.encode()


def packed_ids(ids: Iterable[int]) -> str:
    """Ids of rows, 32 bits each, the lowest byte first, in hexadecimal, so that SQL can join those of many articles."""
    return _in_file_order(array("I", sorted(ids))).tobytes().hex()


def unpacked_ids(written: str) -> "array[int]":
    """The ids that `packed_ids` wrote, of one article or of many, one after the other."""
    ids = array("I")
    ids.frombytes(bytes.fromhex(written))
    return _in_file_order(ids)


def _in_file_order(ids: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        ids.byteswap()
    return ids
