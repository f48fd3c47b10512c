"""OPML: any bytes are a list of outlets or rejected."""

import sys

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor.errors import Rejected
    from watchfloor_scraper.configuration.opml import import_opml


def read_one(data: bytes) -> None:
    """Read some bytes as a reading list."""
    try:
        read = import_opml(data)
    except Rejected:
        return
    ids = [outlet.id for outlet in read.outlets]
    assert len(ids) == len(set(ids))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
