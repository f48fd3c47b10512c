"""RSS 0.9 to 2.0 (RDF too) and Atom 0.3 and 1.0: one reader, since feeds mix their elements."""

from collections.abc import Iterator
from urllib.parse import urljoin

from watchfloor_scraper.feed.addresses import resolve
from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.entries import MAX_GUID, Entry
from watchfloor_scraper.feed.named_source import read_named_source
from watchfloor_scraper.feed.titles import plain_title
from watchfloor_scraper.markup import Element, elements

ENTRIES = frozenset({"item", "entry"})
CONTEXT = frozenset({"channel", "link", "feed", "rss", "rdf"})
ATOM = ("http://www.w3.org/2005/atom", "http://purl.org/atom/ns", "atom", "a10")
DUBLIN_CORE = ("http://purl.org/dc/", "dc", "dcterms")
RSS = (
    "http://purl.org/rss/",
    "http://my.netscape.com/",
    "http://backend.userland.com/",
    "rss",
)
PRISM = ("http://prismstandard.org/", "prism")
FEEDBURNER = ("http://rssnamespace.org/feedburner/", "http://www.pheedo.com/", "feedburner", "pheedo")
PUBLISHED = ("pubdate", "published", "issued", "date", "publicationdate", "created", "updated", "modified")
"""Where an entry says when it was published, the best first."""
UPDATED = ("updated", "modified")
"""Where it says when it was changed last."""


def read_syndication(text: str, url: str) -> Iterator[Entry]:
    """The entries of a feed in its order, those without an address left out.

    >>> [entry.url for entry in read_syndication("<rss><item><link>/a</link></item></rss>", "https://news.example/rss")]
    ['https://news.example/a']
    """
    for item in elements(text, ENTRIES, context=CONTEXT):
        address = _address(item, url)
        if address is not None:
            yield Entry(
                url=address,
                title=_title(item),
                published_at=_date(item, PUBLISHED),
                updated_at=_date(item, UPDATED),
                guid=_guid(item),
                source=read_named_source(item, url),
            )


def _is_in(element: Element, family: tuple[str, ...]) -> bool:
    """Whether an element's namespace is of this family; prefixes stand for namespaces that were never declared."""
    namespace = element.namespace.lower().replace("https://", "http://", 1)
    return namespace in family or namespace.startswith(tuple(uri for uri in family if "/" in uri))


def _is_own(element: Element) -> bool:
    """Whether an element belongs to the feed's own vocabulary, not to an extension such as Media RSS."""
    return ":" not in element.tag.name or _is_in(element, ATOM + RSS)


def _named(item: Element, local: str) -> Iterator[Element]:
    return (child for child in item.children if child.local == local)


def _title(item: Element) -> str | None:
    own = [title for title in _named(item, "title") if _is_own(title)]
    others = [title for title in _named(item, "title") if _is_in(title, DUBLIN_CORE)]
    titles = (_plain(title) for title in own + others)
    return next((title for title in titles if title), None)


def _plain(title: Element) -> str | None:
    declared = title.tag.attributes().get("type", "").lower()
    return plain_title(title.text, certainly_html=declared in ("html", "text/html"))


def _date(item: Element, names: tuple[str, ...]) -> str | None:
    for name in names:
        for child in _named(item, name):
            if (_is_own(child) or _is_in(child, DUBLIN_CORE + PRISM)) and (found := read_date(child.text)):
                return found
    return None


def _guid(item: Element) -> str | None:
    named = (" ".join(guid.text.split()) for guid in (*_named(item, "guid"), *_named(item, "id")))
    return next((guid for guid in named if 0 < len(guid) <= MAX_GUID), None)


def _address(item: Element, url: str) -> str | None:
    """The article's address: the first candidate that is one."""
    return next((found for candidate, base in _candidates(item, url) if (found := resolve(candidate, base))), None)


def _candidates(item: Element, url: str) -> Iterator[tuple[str, str]]:
    """Where an entry may say its address, the best first, each with the address it is relative to."""
    links = list(_named(item, "link"))
    yield from ((original.text, url) for original in _named(item, "origlink") if _is_in(original, FEEDBURNER))
    yield from (
        (link.text, _base(link, url)) for link in links if _is_own(link) and "href" not in link.tag.attributes()
    )
    for wanted in (_is_alternate_page, _is_alternate):
        yield from ((link.tag.attributes()["href"], _base(link, url)) for link in links if wanted(link))
    for guid in (*_named(item, "guid"), *_named(item, "id")):
        if guid.tag.attributes().get("ispermalink", "true").strip().lower() != "false":
            yield guid.text if "://" in guid.text else "", url
    yield item.tag.attributes().get("rdf:about", ""), url
    for content in _named(item, "content"):  # RFC 4287, section 4.1.3.2: what is not in the feed
        if "html" in content.tag.attributes().get("type", ""):
            yield content.tag.attributes().get("src", ""), _base(content, url)


def _is_alternate(link: Element) -> bool:
    return "href" in link.tag.attributes() and link.tag.attributes().get("rel", "alternate").strip().lower() in (
        "alternate",
        "http://www.iana.org/assignments/relation/alternate",
        "",
    )


def _is_alternate_page(link: Element) -> bool:
    """An alternate that is a page; others may be the same article as PDF, JSON or sound."""
    return _is_alternate(link) and "html" in link.tag.attributes().get("type", "text/html").lower()


def _base(element: Element, url: str) -> str:
    """What a relative address is relative to here: xml:base, else in RSS the site's address, else the feed's."""
    bases: list[str] = []
    above: Element | None = element
    while above is not None:
        if "xml:base" in above.tag.attributes():
            bases.append(above.tag.attributes()["xml:base"].strip())
        above = above.parent
    base = url if bases else _site(element, url)
    for part in reversed(bases):
        base = _join(base, part)
    return base


def _join(base: str, part: str) -> str:
    try:
        return urljoin(base, part)
    except ValueError:
        return base


def _site(element: Element, url: str) -> str:
    """The address that the channel of an RSS feed gives for its site; that of the feed where it gives none."""
    item = element.parent
    if item is None or item.local != "item" or item.parent is None:
        return url
    channels = [item.parent, *_named(item.parent, "channel")]
    links = (
        link.text for channel in channels for link in _named(channel, "link") if "href" not in link.tag.attributes()
    )
    return next((found for link in links if (found := resolve(link, url))), url)
