"""What can be done where a query finds nothing, or cannot be read."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.events import SourceHealth, SourceState
from watchfloor.query import FieldIs, Not, QuerySyntaxError
from watchfloor_gateway.pages.search.here import Here
from watchfloor_gateway.pages.search.saying import Speaker
from watchfloor_gateway.pages.search.sentence import said_of

UNHEARD: frozenset[SourceState] = frozenset({"silent", "down"})
WATCHED: frozenset[SourceState] = frozenset({"well", "late", "silent", "down"})
MOST_NAMED = 5
AROUND = 70
"""Characters of a long query on either side of its fault."""
NUMBERS = ("none", "it", "both", "all three", "all four", "all five", "all six")


@dataclass(frozen=True)
class Without:
    """A clause, and what would be found without it."""

    words: str
    href: str
    count: int


@dataclass(frozen=True)
class Watch:
    """How the sources are that might have had an article: an empty list is quiet only where they are heard."""

    fitting: int
    unheard: tuple[str, ...]
    """Names of those that are silent or down, the first few."""
    more: int
    """How many further ones."""


@dataclass(frozen=True)
class Empty:
    """Nothing was found."""

    demands: str
    ways: tuple[Without, ...]
    watch: Watch


@dataclass(frozen=True)
class Fault:
    """A query that cannot be read: where, and what to do. `caret` is what stands under the text before the fault."""

    reason: str
    remedy: str | None
    character: int
    at_end: bool
    before: str
    after: str
    caret: str


def empty(here: Here, counts: Sequence[int], sources: Sequence[SourceHealth], speaker: Speaker) -> Empty:
    """The ways out of an answer without articles; `counts` are those without each clause."""
    ways = tuple(
        Without(said_of(clause, speaker), here.without(clause), count)
        for clause, count in zip(here.clauses, counts, strict=False)
    )
    demands = NUMBERS[len(here.clauses)] if len(here.clauses) < len(NUMBERS) else "all of these"
    return Empty(demands, tuple(sorted(ways, key=lambda way: -way.count)), _watch(here, sources))


def _watch(here: Here, sources: Sequence[SourceHealth]) -> Watch:
    fitting = [source for source in sources if source.state in WATCHED and _fits(here, source)]
    unheard = [source.name for source in fitting if source.state in UNHEARD]
    return Watch(len(fitting), tuple(unheard[:MOST_NAMED]), len(unheard[MOST_NAMED:]))


def _fits(here: Here, source: SourceHealth) -> bool:
    """Whether an article of the source could match; where its language or country is not known, it could."""
    return not any(_excludes(field, value, source) for field, value in _demands(here))


def _demands(here: Here) -> Iterator[tuple[str, str]]:
    for node in here.nodes:
        match node:
            case FieldIs(field, value):
                yield field, value.text
            case Not(FieldIs(field, value)):
                yield f"-{field}", value.text


def _excludes(field: str, value: str, source: SourceHealth) -> bool:
    own = {source.source_id.casefold(), source.name.casefold(), *source.domains}
    match field:
        case "source":
            return value.casefold() not in own and value.casefold() not in source.home.casefold()
        case "-source":
            return value.casefold() in own
        case "language":
            return source.language is not None and source.language != value
        case "-language":
            return source.language == value
        case "source_country":
            return source.country is not None and source.country != value
        case "-source_country":
            return source.country == value
        case _:
            return False


def fault(query: str, error: QuerySyntaxError) -> Fault:
    """Where a query stops making sense, with its surroundings."""
    at = min(error.position, len(query))
    start, end = max(0, at - AROUND), at + AROUND
    before = ("…" if start else "") + _on_one_line(query[start:at])
    after = _on_one_line(query[at:end]) + ("…" if end < len(query) else "")
    caret = "".join(map(_blank, before))
    remedy = _sentence(error.remedy) if error.remedy else None
    return Fault(_sentence(error.fault), remedy, at + 1, not query[at:].strip(), before, after, caret)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _on_one_line(text: str) -> str:
    return "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)


def _blank(character: str) -> str:
    """As wide as the character in a face where all are equally wide."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "
