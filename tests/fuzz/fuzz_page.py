"""What a page says of itself, and the links of a section: any bytes are read, and every address is one."""

import sys

import atheris

with atheris.instrument_imports(include=["watchfloor_scraper"]):
    from watchfloor_scraper.discovery.page_links import read_page_links
    from watchfloor_scraper.discovery.sections import MAX_CANDIDATES, read_section
    from watchfloor_scraper.discovery.traps import is_trap, pattern_of

URL = "https://news.example/world/"


def read_one(data: bytes) -> None:
    """Read the first line as a `Link` header, the rest as a page."""
    header, _, page = data.partition(b"\n")
    links = read_page_links(page, URL, link_headers=[header.decode("latin-1")])
    addresses = [links.canonical, links.amphtml, links.next, *(feed.url for feed in links.feeds)]
    addresses += [url for _, url in links.languages]
    assert all(address is None or address.startswith(("http://", "https://")) for address in addresses)
    candidates = read_section(page, URL, outlet_home="https://n.example/")
    assert len(candidates) <= MAX_CANDIDATES
    for candidate in candidates:
        assert not is_trap(candidate.url, {}) or is_trap(candidate.url, {pattern_of(candidate.url): 10**9})


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_one)
    atheris.Fuzz()
