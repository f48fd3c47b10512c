"""WARC files: reading any bytes ends, and what is read from a place on is what was read before."""

import sys
from io import BytesIO

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper", "warcio"]):
    from watchfloor.errors import Rejected
    from watchfloor_scraper.ingest.warc.octets import BEGINNING, Position
    from watchfloor_scraper.ingest.warc.pages import passed_over, served_page
    from watchfloor_scraper.ingest.warc.records import Damage, Record, read_records

MAX_BYTES = 10_000


def read_one(data: bytes) -> None:
    """Read some bytes as an archive, whole and from the place after its first record."""
    found = _read(data, BEGINNING)
    for item in found:
        if isinstance(item, Record) and passed_over(item.head) is None:
            try:
                page = served_page(item, "x", MAX_BYTES)
            except Rejected:
                continue
            assert isinstance(page, str) or len(page.content) <= MAX_BYTES
    if found and isinstance(found[0], Record):
        assert _read(data, found[0].next) == found[1:]


def _read(data: bytes, start: Position) -> list[Record | Damage]:
    return list(read_records(BytesIO(data), wants=lambda _: True, max_bytes=MAX_BYTES, start=start))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
