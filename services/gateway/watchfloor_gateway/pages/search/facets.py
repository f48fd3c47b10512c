"""Facets: the values of the answer, each to be asked for or left out, those that are asked for already marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from watchfloor.query import Clause, FieldIs
from watchfloor.store.facets import MOST_VALUES, Counts
from watchfloor.store.protocol import FacetName
from watchfloor_gateway.pages import wording
from watchfloor_gateway.pages.query.here import Here, clause_for

HEADINGS: dict[FacetName, str] = {
    "source": "Source",
    "country": "Country named",
    "language": "Language",
    "person": "Person",
    "organisation": "Organisation",
    "place": "Place",
    "section": "Section",
    "type": "Kind of article",
}
"""The facets in the order of the screen."""
NAMES: tuple[FacetName, ...] = tuple(HEADINGS)
AS_PRINTED: frozenset[FacetName] = frozenset({"source", "person", "organisation", "place", "section"})
SHOWN = 6
"""Values of a facet before the others are asked for."""


@dataclass(frozen=True)
class Value:
    """A value with its count. `share` is of the highest count, in percent."""

    word: str
    foreign: bool
    """Whether it is printed as articles print it, in whatever language."""
    count: int
    share: int
    taken: bool
    take: str | None
    """Where + leads, or ✓, which takes the value out again; None where the language cannot say the value."""
    leave: str | None


@dataclass(frozen=True)
class Facet:
    """One facet. `more` leads to those that are not shown, `rest` is how many they are."""

    name: FacetName
    heading: str
    values: tuple[Value, ...]
    rest: int
    more: str
    full: bool
    """There may be more than the store counts."""


def facets(
    counted: Mapping[FacetName, Counts], here: Here, sources: Mapping[str, str], whole: FacetName | None
) -> tuple[Facet, ...]:
    """The facets that have values; all values of the one that is asked for `whole`."""
    taken = {(field, text): clause for field, text, clause in _taken(here)}
    made = (_facet(name, counted[name], _Table(here, taken, sources), name == whole) for name in NAMES if counted[name])
    return tuple(made)


@dataclass(frozen=True)
class _Table:
    """What the values of a facet are held against."""

    here: Here
    taken: Mapping[tuple[str, str], Clause]
    sources: Mapping[str, str]


def _facet(name: FacetName, counts: Counts, table: _Table, whole: bool) -> Facet:  # noqa: FBT001 - one of two sizes
    shown = counts if whole else counts[:SHOWN]
    most = counts[0][1]
    values = tuple(_value(name, value, count, most, table) for value, count in shown)
    more = f"{table.here.address(facet=name)}#facet-{name}"
    return Facet(name, HEADINGS[name], values, len(counts) - len(shown), more, full=len(counts) == MOST_VALUES)


def _value(name: FacetName, value: str, count: int, most: int, table: _Table) -> Value:
    word = _word(name, value, table.sources)
    clause = table.taken.get((name, value.casefold())) or _taken_by_name(name, word, table)
    text = clause_for(name, value)
    adding = table.here.adding(text) if text else None
    return Value(
        word=word,
        foreign=name in AS_PRINTED,
        count=count,
        share=round(100 * count / most),
        taken=clause is not None,
        take=table.here.without(clause) if clause else adding,
        leave=table.here.adding(f"-{text}") if text and not clause else None,
    )


def _taken_by_name(name: FacetName, word: str, table: _Table) -> Clause | None:
    """The clause that asks for a source by the name that it alone has, as people write it."""
    if name != "source" or [known.casefold() for known in table.sources.values()].count(word.casefold()) != 1:
        return None
    return table.taken.get((name, word.casefold()))


def _word(name: FacetName, value: str, sources: Mapping[str, str]) -> str:
    match name:
        case "source":
            return sources.get(value, value)
        case "country":
            return wording.country(value)
        case "language":
            return wording.language(value)
        case "type":
            return wording.kind(value)
        case _:
            return value


def _taken(here: Here) -> Iterator[tuple[str, str, Clause]]:
    for clause in here.clauses:
        match clause.node:
            case FieldIs(field, value) if not value.prefix:
                yield field, value.text.casefold(), clause
