"""What the live list asks of the store, in one go and in a thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from watchfloor.events import SourceHealth
from watchfloor.query import Node
from watchfloor.store.protocol import Found, Search, Store
from watchfloor_gateway.differences.model import Step
from watchfloor_gateway.pages.live.minutes import SHOWN, stretch
from watchfloor_gateway.pages.rows.changes import number_steps

KEPT = 200
"""Rows of the list."""


@dataclass(frozen=True)
class Answer:
    """What the store said at the moment `now`; `arrivals` are those of the last 60 minutes, whatever the query."""

    now: datetime
    found: Found
    arrivals: tuple[int, ...]
    sources: Mapping[str, SourceHealth]
    steps: Mapping[str, tuple[Step, ...]]


def ask(store: Store, query: Node, now: datetime) -> Answer:
    """The newest changes that match, and how many articles came of late. Raises TryLater where the store is away."""
    found = store.search(Search(query, sort="changed", limit=KEPT))
    since, until = stretch(now)
    return Answer(
        now=now,
        found=found,
        arrivals=store.arrivals(since, until, SHOWN),
        sources={source.source_id: source for source in store.sources()},
        steps=number_steps(store, found.hits),
    )
