"""WARC files as the ingest sees them: whether a file is one, and its pages with the places between them."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfloor.errors import Rejected
from watchfloor_scraper.ingest.visits import ServedPage
from watchfloor_scraper.ingest.warc.octets import BEGINNING, GZIP, RECORD_START, Position
from watchfloor_scraper.ingest.warc.pages import passed_over, served_page
from watchfloor_scraper.ingest.warc.records import Damage, Record, read_records

IDENTIFYING_BYTES = 64 * 1024
DAMAGE_REMEDY = "fetch it again, or `warcio recompress` it; the whole records before and after are sent"


@dataclass(frozen=True)
class Step:
    """One record, or one damaged place, of an archive."""

    found: ServedPage | Rejected | str
    """A page; what is wrong with it; or why the record is passed over."""
    next: Position | None
    """Where reading goes on after it; None after a damaged place."""
    offset: int
    """Octets into the file."""


def is_warc(path: Path) -> bool:
    """Whether a file is a WARC file, by its content, plain or gzip; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            beginning = file.read(IDENTIFYING_BYTES)
        if beginning.startswith(GZIP):
            beginning = zlib.decompressobj(wbits=31).decompress(beginning, len(RECORD_START))
    except (OSError, zlib.error):
        return False
    return beginning.startswith(RECORD_START)


def archive_id(path: Path) -> str:
    """Names an archive by its beginning and its size, wherever it lies: a mended or a grown one is another.

    Raises OSError.
    """
    with path.open("rb") as file:
        beginning = file.read(IDENTIFYING_BYTES)
    return hashlib.sha256(beginning + str(path.stat().st_size).encode()).hexdigest()[:32]


def read_archive(path: Path, max_bytes: int, start: Position = BEGINNING) -> Iterator[Step]:
    """The pages of an archive from `start` on, one after the other, in the memory of one. Raises OSError."""
    with path.open("rb") as file:
        wanted = read_records(file, wants=lambda head: passed_over(head) is None, max_bytes=max_bytes, start=start)
        for found in wanted:
            yield _step(found, path, max_bytes)


def _step(found: Record | Damage, path: Path, max_bytes: int) -> Step:
    if isinstance(found, Damage):
        subject = f"{path}, byte {found.offset}"
        return Step(Rejected(f"is damaged: {found.reason}", subject=subject, remedy=DAMAGE_REMEDY), None, found.offset)
    subject = f"{path}, record at byte {found.begins}"
    try:
        page = passed_over(found.head) or served_page(found, subject, max_bytes)
    except Rejected as error:
        return Step(error, found.next, found.begins)
    return Step(page, found.next, found.begins)
