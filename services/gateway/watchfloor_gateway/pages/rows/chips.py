"""Who and where an article speaks of, for its row: each leads to a search."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from watchfloor.events import ArticleLatest
from watchfloor.query import And, FieldIs, Near, Node, Or, Words
from watchfloor_gateway.pages.links import search_for

MOST = 5
Kind = Literal["person", "organisation", "place"]


@dataclass(frozen=True)
class Chip:
    """A name, and the search for it; None where the query language cannot say it."""

    kind: Kind
    name: str
    href: str | None


def chips(article: ArticleLatest, sought: frozenset[str]) -> tuple[Chip, ...]:
    """Those that are `sought` first, then those mentioned most often; a name once, as what it mostly is."""
    counts = Counter[tuple[Kind, str]]()
    for kind, name, count in _named(article):
        counts[kind, name] += count
    once: dict[str, tuple[Kind, str]] = {}
    for (kind, name), _ in counts.most_common():
        once.setdefault(name.casefold(), (kind, name))
    ranked = sorted(once.values(), key=lambda named: not _is_sought(named[1], sought))
    return tuple(Chip(kind, name, search_for(kind, name)) for kind, name in ranked[:MOST])


def sought_names(node: Node) -> frozenset[str]:
    """The words and names that a query asks for, in small letters."""
    return frozenset(name.casefold() for name in _sought(node))


def _sought(node: Node) -> Iterator[str]:
    match node:
        case Words():
            yield node.text
        case FieldIs("person" | "organisation" | "place" | "speaker", value):
            yield value.text
        case Near():
            yield node.place
        case And(parts) | Or(parts):
            for part in parts:
                yield from _sought(part)
        case _:
            return


def _named(article: ArticleLatest) -> Iterator[tuple[Kind, str, int]]:
    for entity in article.entities:
        if entity.kind == "person" or entity.kind == "organisation":
            yield entity.kind, entity.name, len(entity.mentions)
    for place in article.places:
        yield "place", place.name, len(place.mentions)


def _is_sought(name: str, sought: frozenset[str]) -> bool:
    folded = name.casefold()
    return folded in sought or not sought.isdisjoint(folded.split())
