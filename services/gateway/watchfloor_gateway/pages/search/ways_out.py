"""What can be done where a query finds nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor.events import SourceHealth, SourceState
from watchfloor.query import FieldIs, Not
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.saying import Speaker
from watchfloor_gateway.pages.query.sentence import said_of

UNHEARD: frozenset[SourceState] = frozenset({"silent", "down"})
WATCHED: frozenset[SourceState] = frozenset({"well", "late", "silent", "down"})
MOST_NAMED = 5
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
