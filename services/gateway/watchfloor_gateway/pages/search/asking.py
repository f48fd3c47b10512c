"""What the search screen asks of the store, in one go and in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter

from watchfloor.events import SourceHealth
from watchfloor.query import conjunction
from watchfloor.store.protocol import Found, Kept, Position, Search, Store
from watchfloor_gateway.differences.model import Step
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.rows.changes import number_steps
from watchfloor_gateway.pages.search.facets import NAMES

PAGE = 50
MOST_WAYS = 8
"""Clauses without which an empty answer is asked for again."""


@dataclass(frozen=True)
class Answer:
    """What the store said, and the seconds that the search itself took."""

    found: Found
    seconds: float
    sources: tuple[SourceHealth, ...]
    steps: Mapping[str, tuple[Step, ...]]
    before: Kept | None
    """The article with which the page before this one ended."""
    counts_without: tuple[int, ...]
    """Where nothing was found: how many there are without each clause."""


def ask(store: Store, here: Here, after: Position | None) -> Answer:
    """Search, and look up what the rows and the ways out need. Raises TryLater where the store is away."""
    wanted = Search(
        query=conjunction(here.nodes),
        sort=here.sort,
        limit=PAGE,
        after=after,
        facets=NAMES,
        histogram=True,
        spots=True,
    )
    began = perf_counter()
    found = store.search(wanted)
    seconds = perf_counter() - began
    return Answer(
        found=found,
        seconds=seconds,
        sources=store.sources(),
        steps=number_steps(store, found.hits),
        before=store.article(after.article_id) if after else None,
        counts_without=() if found.total else _counts_without(store, here, wanted),
    )


def _counts_without(store: Store, here: Here, wanted: Search) -> tuple[int, ...]:
    plain = replace(wanted, limit=1, after=None, facets=(), histogram=False, spots=False)
    each = range(min(len(here.nodes), MOST_WAYS))
    others = (here.nodes[:index] + here.nodes[index + 1 :] for index in each)
    return tuple(store.search(replace(plain, query=conjunction(nodes))).total for nodes in others)
