"""Who publishes the article, and what the site is called."""

from collections.abc import Iterator

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.site import SEPARATOR
from watchfloor_parser.page.words import key


def read_site_name(page: Page) -> Found[str] | None:
    """The site's name: Open Graph's, else the publisher's, else the one that the page shows."""
    return first([*page.sites, *_end_of_title(page)])


def read_publisher(page: Page) -> Found[str] | None:
    """The publisher that the metadata name; of the article, else of the site."""
    return first(_publishers(page))


def _publishers(page: Page) -> Iterator[Found[str]]:
    for field in ("publisher", "sourceOrganization", "copyrightHolder"):
        yield from (Found(name, f"json-ld:{field}") for name in texts(page.graph.article.get(field)))
    for name, value in page.metas.all("article:publisher", "dc.publisher", "publisher", "citation_publisher"):
        if "://" not in value:
            yield Found(value, f"meta:{name}")
    for node in page.graph.of_type("NewsMediaOrganization", "Organization"):
        yield from (Found(name, "json-ld:Organization") for name in texts(node.get("name")))


def _end_of_title(page: Page) -> Iterator[Found[str]]:
    """What the head's title adds to the headline shown."""
    parts = [part for part in SEPARATOR.split(page.metas.title) if part.strip()]
    if len(parts) > 1 and key(page.headline_text) and key(page.metas.title).startswith(key(page.headline_text)):
        yield Found(parts[-1].strip(), "page:title")
