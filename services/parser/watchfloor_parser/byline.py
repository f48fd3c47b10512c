"""Who wrote the article: people's names, and the agencies that the page names as its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.identity import registrable_domain
from watchfloor_parser.page.agencies import news_agencies
from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import as_list, plain, texts, types_of
from watchfloor_parser.page.person_names import BY, people
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.regions import Line

METAS = tuple(
    """author article:author byl parsely-author sailthru.author dc.creator dcterms.creator citation_author authors
    article.author cxenseparse:author creator dc.contributor twitter:creator:name byline""".split()
)
PROFILE = re.compile(
    r"/(?:authors?|autor(?:e[ns]?|es)?|auteurs?|profiles?|people|staff|redakteure?|contributors?|journalists?)/[^/]"
)
NAMED = re.compile(r"author(?!i)|byline|by-line|\bautor|author[-_]?name|auteur|redattore|writer|contributor|signature")
NEAR, FAR = 80, 3000
"""Elements from the headline."""
LONGEST = 160
MOST_LINES = 6
ORGANISATION = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "WebSite"})


@dataclass(frozen=True)
class Byline:
    """People and agencies; None where the page names none."""

    authors: Found[tuple[str, ...]] | None
    agencies: Found[tuple[str, ...]] | None


def read_byline(page: Page) -> Byline:
    """The first source that names people has the authors; agencies are taken from all that speak of the author."""
    sites = [*(site.value for site in page.sites), *_host_names(page.url)]
    authors = first(
        Found(
            tuple(dict.fromkeys(name for text, sure in texts_ for name in people(text, sites, known_person=sure))),
            source,
        )
        for source, texts_ in _sources(page)
    )
    return Byline(authors, first(_agencies(page)))


def _sources(page: Page) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """Each source with its texts, and whether each is said to be a person."""
    for field in ("author", "creator"):
        yield f"json-ld:{field}", list(_of_graph(page.graph.article.get(field)))
    for name in METAS:
        values = [value for _, value in page.metas.all(name)]
        yield f"meta:{name}", [(value, len(values) == 1) for value in values if "://" not in value]
    lines = _lines(page)
    marked = [line for line in lines if _is_marked(line)]
    yield "page:rel=author", [(line.text, True) for line in marked if not _is_within(line, marked)]
    for line in [line for line in lines if not _is_marked(line)][:MOST_LINES]:
        yield "page:byline", [(line.text, bool(PROFILE.search(line.element.get("href") or "")))]
    for line in [line for line in page.regions.near(0, NEAR) if _begins_with_by(line)][:MOST_LINES]:
        yield "page:by", [(line.text, False)]


def _of_graph(value: object) -> Iterator[tuple[str, bool]]:
    for part in as_list(value):
        if not isinstance(part, dict):
            yield plain(part), False
        elif not set(types_of(part)) & ORGANISATION:
            yield from ((text, "Person" in types_of(part)) for text in texts(part))


def _lines(page: Page) -> list[Line]:
    """Lines marked as the author's, the nearest to the headline first."""
    found = page.regions.near(FAR, FAR)
    return [line for line in found if len(line.text) <= LONGEST and _speaks_of_author(line)]


def _speaks_of_author(line: Line) -> bool:
    profile = line.distance <= NEAR and PROFILE.search(line.element.get("href") or "")
    return _is_marked(line) or bool(NAMED.search(line.label) or profile)


def _is_marked(line: Line) -> bool:
    element = line.element
    return "author" in f"{element.get('rel') or ''} {element.get('itemprop') or ''}".lower().split()


def _is_within(line: Line, others: list[Line]) -> bool:
    """Whether a marked line lies in another marked one, which would name the same person twice."""
    above = set(line.element.iterancestors())
    return any(other.element in above for other in others)


def _begins_with_by(line: Line) -> bool:
    return line.distance > 0 and bool(BY.match(line.text)) and len(line.text) <= LONGEST


def _agencies(page: Page) -> Iterator[Found[tuple[str, ...]]]:
    article = page.graph.article
    for field in ("author", "creator", "sourceOrganization", "provider", "publisher", "copyrightHolder", "creditText"):
        named = [name for text in texts(article.get(field)) for name in news_agencies(text)]
        yield Found(tuple(dict.fromkeys(named)), f"json-ld:{field}")
    for name, value in page.metas.all(*METAS, "source", "dc.source", "article:source", "news_source", "agency"):
        yield Found(tuple(news_agencies(value)), f"meta:{name}")
    for line in _lines(page):
        yield Found(tuple(news_agencies(line.text)), "page:byline")


def _host_names(url: str | None) -> list[str]:
    """A site's address also stands where an author should: `news.example`, `News`."""
    if url is None:
        return []
    domain = registrable_domain(url)
    return [domain, domain.split(".")[0]]
