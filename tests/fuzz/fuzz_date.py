"""Dates: any text is a date or none, and a date that was read is read as the same again."""

import sys

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor_scraper.feed.dates import FIRST_YEAR, LAST_YEAR, read_date


def read_one(data: bytes) -> None:
    """Read some bytes as a date."""
    found = read_date(data.decode("utf-8", "replace"))
    if found is None:
        return
    assert read_date(found) == found
    assert FIRST_YEAR - 1 <= int(found[:4]) <= LAST_YEAR + 1


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
