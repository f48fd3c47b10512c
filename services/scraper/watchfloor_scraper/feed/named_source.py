"""Where an entry says that it was taken from."""

from collections.abc import Iterator

from watchfloor_scraper.feed.addresses import resolve
from watchfloor_scraper.feed.entries import NamedSource
from watchfloor_scraper.feed.titles import plain_title
from watchfloor_scraper.markup import Element

MAX_TITLE = 300
"""Characters of a source's name that are kept."""
RELATIONS = ("alternate", "", "via", "self")
"""Links of Atom's `source`, the best first: its site, then its feed."""


def read_named_source(item: Element, url: str) -> NamedSource | None:
    """The source of an entry: its title and address; None where it names none.

    RSS 2.0 has the address in an attribute and the title as text, Atom (RFC 4287, section 4.2.11) both as elements.
    """
    for source in (child for child in item.children if child.local == "source"):
        titles = [child.text for child in source.children if child.local == "title"]
        found = NamedSource(_title(titles[0] if titles else _own_text(source)), _address(source, url))
        if found.title or found.url:
            return found
    via = (address for link in _links(item, "via") if (address := resolve(link, url)))
    return next((NamedSource(None, address) for address in via), None)


def _own_text(source: Element) -> str:
    return "".join(part for part in source.content if isinstance(part, str))


def _title(text: str) -> str | None:
    title = plain_title(text)
    return title[:MAX_TITLE] if title else None


def _address(source: Element, url: str) -> str | None:
    candidates = [source.tag.attributes().get("url", "")]
    candidates += [href for relation in RELATIONS for href in _links(source, relation)]
    candidates += [child.text for child in source.children if child.local in ("link", "id") and "://" in child.text]
    return next((found for candidate in candidates if (found := resolve(candidate, url))), None)


def _links(element: Element, relation: str) -> Iterator[str]:
    links = (child.tag.attributes() for child in element.children if child.local == "link")
    return (link["href"] for link in links if "href" in link and link.get("rel", "").strip().lower() == relation)
