"""What a site offers to be read: what its home page links, what its robots.txt names, what lies at the usual paths."""

from collections.abc import Iterator

from watchfloor.errors import Rejected
from watchfloor_scraper.checking.asker import Answer, Asker
from watchfloor_scraper.checking.report import Place
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.configuration.naming import id_of
from watchfloor_scraper.discovery.page_links import read_page_links
from watchfloor_scraper.feed import Feed, NotAFeed, read_feed
from watchfloor_scraper.feed.addresses import root_of

USUAL_FEEDS = ("/feed", "/rss", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml")
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap.xml")
MOST_FEEDS = 10
MOST_SITEMAPS = 10
PATIENCE = 10.0
"""Seconds between two requests up to which the usual paths are tried at all."""


async def outlet_at(url: str, asker: Asker) -> Outlet:
    """The outlet that an address stands for: a feed, of the site that its first entry is on, or else the home page.

    Raises Rejected where nothing can be fetched from it.
    """
    answer = await asker.get(url)
    if not answer.ok:
        raise Rejected(f"cannot be fetched: {answer.detail}", subject=url, remedy="check the address, or give --feed")
    feed = feed_in(answer)
    if feed is None or not feed.entries:
        return Outlet.model_validate({"id": id_of("", url), "home": url})
    home = root_of(feed.entries[0].url) + "/"
    lists = "feeds" if feed.kind in ("rss", "atom", "json") else "sitemaps"
    return Outlet.model_validate({"id": id_of("", home), "home": home, lists: (url,)})


def feed_in(answer: Answer) -> Feed | None:
    """The feed or sitemap that an answer is; None where it is none."""
    try:
        return read_feed(answer.content, answer.url)
    except NotAFeed:
        return None


async def offered(outlet: Outlet, asker: Asker) -> tuple[Place, ...]:
    """The feeds that the home page links to, then the sitemaps that robots.txt names."""
    home = await asker.get(outlet.home)
    links = read_page_links(home.content, home.url).feeds[:MOST_FEEDS] if home.ok else ()
    sitemaps = dict.fromkeys((*asker.sitemaps(outlet.home), *asker.sitemaps(home.url)))
    return (
        *(Place("feed", link.url, "link") for link in links),
        *(Place("sitemap", url, "robots") for url in list(sitemaps)[:MOST_SITEMAPS]),
    )


async def at_usual_paths(outlet: Outlet, asker: Asker) -> tuple[Place, ...]:
    """The first feed at a path where many sites have one, else the first sitemap; none where the host is slow to ask."""
    root = root_of(outlet.home)
    if asker.delay(root) > PATIENCE:
        return ()
    for place in _usual(root):
        answer = await asker.get(place.url)
        if answer.ok and (feed := feed_in(answer)) is not None and feed.entries:
            return (place,)
    return ()


def _usual(root: str) -> Iterator[Place]:
    yield from (Place("feed", root + path, "usual_path") for path in USUAL_FEEDS)
    yield from (Place("sitemap", root + path, "usual_path") for path in USUAL_SITEMAPS)
