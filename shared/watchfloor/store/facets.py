"""What the articles of an answer are counted by."""

from collections.abc import Iterable

from watchfloor.events import ArticleLatest
from watchfloor.identity import registrable_domain
from watchfloor.store.protocol import FacetName

MOST_VALUES = 50
"""Values of one facet in an answer, those of most articles first."""

Counts = tuple[tuple[str, int], ...]


def values(article: ArticleLatest) -> dict[FacetName, frozenset[str]]:
    """By which values an article is counted. A query for `field:"value"` finds it, among others."""
    return {
        "source": frozenset({article.source_id or registrable_domain(article.canonical_url)}),
        "language": _known([article.language]),
        "type": frozenset({article.article_type}),
        "section": _known([article.section]),
        "country": _known(place.country for place in article.places),
        "person": _known(entity.name for entity in article.entities if entity.kind == "person"),
        "organisation": _known(entity.name for entity in article.entities if entity.kind == "organisation"),
        "place": _known(place.name for place in article.places),
    }


def ordered(counts: Iterable[tuple[str, int]]) -> Counts:
    """The values of most articles first, by name where they are equal, as far as an answer holds them."""
    return tuple(sorted(counts, key=lambda counted: (-counted[1], counted[0]))[:MOST_VALUES])


def _known(values: Iterable[str | None]) -> frozenset[str]:
    return frozenset(value for value in values if value)
