"""A redirect within a host is one more request to it, and keeps its pace."""

import time
from itertools import pairwise
from pathlib import Path

from fixtures.crawling import crawl_settings, crawling
from fixtures.small_server import page, serving

DELAY = 0.4
HOPS = ("/feed.xml", "/a", "/b", "/c")
FEED = b"<rss><channel><item><link>/a</link></item></channel></rss>"


async def test_a_host_is_not_asked_faster_than_its_pace_though_it_redirects(tmp_path: Path) -> None:
    asked: list[tuple[str, float]] = []

    def respond(path: str) -> bytes:
        asked.append((path, time.monotonic()))
        answers = {
            "/feed.xml": page(FEED, "Content-Type: application/rss+xml"),
            "/a": page(b"", "Location: /b", status="301 Moved"),
            "/b": page(b"", "Location: /c", status="302 Found"),
            "/c": page(b"<!doctype html><p>hello</p>", "Content-Type: text/html"),
        }
        return answers.get(path, page(b"none", status="404 Not Found"))

    async with serving(respond) as server:
        root = f"http://127.0.0.1:{server.port}"
        sources = f"  - {{id: pilot, home: '{root}/', feeds: ['{root}/feed.xml'], delay: {DELAY}s}}\n"
        settings = crawl_settings(tmp_path, sources, allowed=f"127.0.0.1:{server.port}")
        async with crawling(settings) as crawl:
            await crawl.until(crawl.fetched, "the page behind two redirects")
    assert [path for path, _ in asked if path in HOPS] == list(HOPS)
    pauses = [after - before for (_, before), (_, after) in pairwise(asked)]
    assert min(pauses) >= DELAY - 0.01, asked
    assert crawl.fetched()[0].final_url == f"{root}/c"
