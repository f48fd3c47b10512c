"""The same crawl by Scrapy: its defaults but for politeness, the links of the front pages, each body gzipped to a file.

`python scrapy_side.py FOLDER PORT HOSTS` prints how many articles were written.
"""

import gzip
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import scrapy
from fixtures.many_hosts import hosts
from scrapy.crawler import CrawlerProcess

SETTINGS = {
    "ROBOTSTXT_OBEY": False,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
}
"""Scrapy's own defaults of each, written down where its project templates differ; it logs less than by default."""


class FrontPages(scrapy.Spider):  # type: ignore[misc]  # Scrapy is installed for the benchmark alone
    """Front pages, and what they link to."""

    name = "front_pages"

    def parse(self, response: Any) -> Iterator[Any]:
        """Follow every link of a front page."""
        yield from response.follow_all(css="a", callback=self.keep)

    def keep(self, response: Any) -> None:
        """Write a body, as it came, gzipped."""
        name = sha256(response.url.encode()).hexdigest()[:32]
        (FOLDER / f"{name}.gz").write_bytes(gzip.compress(response.body, compresslevel=6))


if __name__ == "__main__":
    FOLDER = Path(sys.argv[1])
    process = CrawlerProcess(SETTINGS)
    process.crawl(FrontPages, start_urls=[f"http://{host}:{sys.argv[2]}/" for host in hosts(int(sys.argv[3]))])
    process.start()
    print(len(list(FOLDER.glob("*.gz"))))
