"""robots.txt: any bytes are read, and settle every address in one way."""

import sys

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor_scraper.robots import MAX_SITEMAPS, normalise_address, read_robots


def read_one(data: bytes) -> None:
    """Read the first part as a robots.txt, and ask it for an address that the last line names."""
    content, _, address = data.rpartition(b"\n")
    path = "/" + address.decode("utf-8", "replace")
    robots = read_robots(content)
    assert robots.allows(path, "WatchfloorBot/1.0") in (True, False)
    assert normalise_address(normalise_address(path)) == normalise_address(path)
    assert robots.allows("/robots.txt", "WatchfloorBot")
    delay = robots.crawl_delay("WatchfloorBot")
    assert delay is None or delay >= 0
    assert len(robots.sitemaps) <= MAX_SITEMAPS


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
