"""Sitemaps and indexes, and the walk over them: it ends, and gives each address once."""

import sys

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor_scraper.discovery.sitemap_walk import SitemapWalk
    from watchfloor_scraper.feed import NotAFeed, read_feed

URL = "https://news.example/sitemap.xml"


def read_one(data: bytes) -> None:
    """Read some bytes as every sitemap of an outlet."""
    try:
        feed = read_feed(data, URL)
    except NotAFeed:
        return
    walk = SitemapWalk([URL], since="2026-04-30", most=20)
    given: list[str] = []
    while (url := walk.take()) is not None:
        given.append(url)
        walk.read(url, feed)
    assert len(given) == len(set(given)) <= 20


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
