"""The standfirst: the line below the headline that says more."""

import re
from collections.abc import Iterator

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.regions import Line
from watchfloor_parser.page.words import key

NAMED = re.compile(
    r"standfirst|subtitle|sub-?head|subheadline|\bdek\b|\bdeck\b|\blead\b|\blede\b"
    r"|chapo|teaser-text|entradilla|sottotitolo|alternativeheadline|\bstrap|article__?summary"
    r"|article-intro"
)
NEAR = 40
SHORTEST = 20


def read_subtitle(page: Page) -> Found[str] | None:
    """What the page marks as standfirst, else JSON-LD's alternative headline or the head's description.

    The description counts only where the page shows it as a line of its own.
    """
    title = key(page.headline_text)
    return first(found for found in _candidates(page) if key(found.value) != title)


def _candidates(page: Page) -> Iterator[Found[str]]:
    shown = _shown(page)
    yield from (Found(line.text, "page:standfirst") for line in shown if NAMED.search(line.label))
    for text in texts(page.graph.article.get("alternativeHeadline")):
        yield Found(text, "json-ld:alternativeHeadline")
    lines = {key(line.text): line.text for line in shown}
    for name, value in page.metas.all("og:description", "description"):
        if key(value) in lines:
            yield Found(lines[key(value)], f"meta:{name}")


def _shown(page: Page) -> list[Line]:
    """Short lines right behind the headline."""
    near = page.regions.near(0, NEAR) if page.headline is not None else []
    return [line for line in near if line.distance > 0 and len(line.text) >= SHORTEST]
