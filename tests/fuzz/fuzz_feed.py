"""RSS, Atom and JSON Feed: no bytes make the reader raise what it does not declare, or name what is no address."""

import json
import sys
from dataclasses import asdict

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor_scraper.feed import NotAFeed, read_feed
    from watchfloor_scraper.feed.entries import MAX_ENTRIES, MAX_GUID

URL = "https://news.example/feeds/x.xml"


def read_one(data: bytes) -> None:
    """Read some bytes as a feed, and hold the reader to its promises."""
    try:
        feed = read_feed(data, URL)
    except NotAFeed:
        return
    assert len(feed.entries) <= MAX_ENTRIES
    for entry in feed.entries:
        assert entry.url.lower().startswith(("http://", "https://"))
        assert entry.guid is None or 0 < len(entry.guid) <= MAX_GUID
        json.dumps(asdict(entry)).encode()
    assert feed.hints.update_seconds is None or feed.hints.update_seconds >= 60
    assert all(0 <= hour < 24 for hour in feed.hints.skip_hours)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
