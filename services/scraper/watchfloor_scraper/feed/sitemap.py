"""Sitemaps and sitemap indexes (sitemaps.org), with Google's news extension, and the plain text form."""

from collections.abc import Iterator

from watchfloor_scraper.feed.addresses import ABSOLUTE, resolve
from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.entries import Entry
from watchfloor_scraper.feed.titles import plain_title
from watchfloor_scraper.markup import Element, elements

PAGES = frozenset({"url"})
SITEMAPS = frozenset({"sitemap"})


def read_sitemap(text: str, url: str) -> Iterator[Entry]:
    """The pages of a sitemap in its order; title and date where the news extension gives them.

    `lastmod` says when a page changed, not when it was published: it is `updated_at`, no date of publication.

    >>> [entry.url for entry in read_sitemap("<urlset><url><loc> /a?b&amp;c </loc></url></urlset>", "https://news.example/")]
    ['https://news.example/a?b&c']
    """
    return _entries(elements(text, PAGES), url)


def names_other(kind: str, text: str) -> bool:
    """Whether what calls itself a sitemap lists only sitemaps, or an index only pages."""
    wanted, other = (PAGES, SITEMAPS) if kind == "sitemap" else (SITEMAPS, PAGES)
    return next(elements(text, wanted), None) is None and next(elements(text, other), None) is not None


def read_sitemap_index(text: str, url: str) -> Iterator[Entry]:
    """The sitemaps that an index lists, in its order; `updated_at` is what the index says of their last change.

    >>> index = "<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap></sitemapindex>"
    >>> [entry.url for entry in read_sitemap_index(index, "https://news.example/")]
    ['https://news.example/a.xml.gz']
    """
    return _entries(elements(text, SITEMAPS), url)


def read_text_sitemap(text: str, url: str) -> Iterator[Entry]:
    r"""The addresses of a sitemap in plain text: one on a line, nothing else on it.

    >>> [entry.url for entry in read_text_sitemap("https://news.example/a\nelse", "https://news.example/")]
    ['https://news.example/a']
    """
    for line in text.splitlines():
        address = resolve(line, url) if ABSOLUTE.match(line.strip()) else None
        if address is not None:
            yield Entry(url=address, title=None, published_at=None)


def _entries(listed: Iterator[Element], url: str) -> Iterator[Entry]:
    for element in listed:
        address = next((found for loc in _locations(element) if (found := resolve(loc, url))), None)
        if address is None:
            continue
        news = [child for child in element.children if child.local == "news"] or [element]
        titles = (plain_title(text) for part in news for text in _texts(part, "title"))
        dates = (read_date(text) for part in news for text in _texts(part, "publication_date"))
        changed = (read_date(text) for text in _texts(element, "lastmod"))
        yield Entry(
            url=address,
            title=next(filter(None, titles), None),
            published_at=next(filter(None, dates), None),
            updated_at=next(filter(None, changed), None),
        )


def _locations(element: Element) -> list[str]:
    """Its own first: one of another prefix may be that of a picture."""
    prefix = element.tag.name.rpartition(":")[0]
    locations = [child for child in element.children if child.local == "loc"]
    return [loc.text for loc in sorted(locations, key=lambda loc: loc.tag.name.rpartition(":")[0] != prefix)]


def _texts(element: Element, local: str) -> Iterator[str]:
    return (child.text for child in element.children if child.local == local)
