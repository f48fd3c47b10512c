"""What the live screen shows: made of the query and the store's answer, and of nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from watchfloor.query import Clause, quoted, with_clause
from watchfloor.store import spots
from watchfloor.store.protocol import Hit
from watchfloor_gateway.pages.drawing.spots import found_spots
from watchfloor_gateway.pages.drawing.where import Where, drawn
from watchfloor_gateway.pages.live.asking import KEPT, Answer
from watchfloor_gateway.pages.live.listing import Entry, entries, happened, known
from watchfloor_gateway.pages.live.minutes import Minutes, minutes, stretch
from watchfloor_gateway.pages.query.fault import Fault
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.saying import Speaker
from watchfloor_gateway.pages.query.sentence import sentence
from watchfloor_gateway.pages.rows.chips import sought_names
from watchfloor_gateway.pages.rows.view import Around


@dataclass(frozen=True)
class Listing:
    """The list as it was read. `events` is where changes are told, from `position` on ("" where that is not known)."""

    read: datetime
    newest: datetime | None
    said: str
    entries: tuple[Entry, ...]
    full: bool
    known: str
    events: str
    position: str
    minutes: Minutes
    where: Where | None


@dataclass(frozen=True)
class View:
    """A query and its list, or what is wrong with it."""

    q: str
    address: str
    older: str
    listing: Listing | None = None
    fault: Fault | None = None


def address(q: str) -> str:
    """The live list of a query.

    >>> address(""), address("drone AND Odesa")
    ('/live', '/live?q=drone+AND+Odesa')
    """
    return f"/live?{urlencode({'q': q})}" if q else "/live"


def older(q: str) -> str:
    """The same in the search, where the list goes on."""
    return f"/search?{urlencode({**({'q': q} if q else {}), 'sort': 'changed'})}"


def listing(q: str, clauses: tuple[Clause, ...], answer: Answer, position: str) -> Listing:
    """The list of a query by the store's answer."""
    hits, now = answer.found.hits, answer.now
    names = {source_id: source.name for source_id, source in answer.sources.items()}
    around = Around(
        q=q,
        sought=frozenset().union(*(sought_names(clause.node) for clause in clauses)),
        sources=answer.sources,
        steps=answer.steps,
        by_change=True,
    )
    return Listing(
        read=now,
        newest=happened(hits[0].kept) if hits else None,
        said=sentence(Here(q, clauses), Speaker(now, names)).plain,
        entries=tuple(entries(hits, around, now)),
        full=len(hits) == KEPT,
        known=known(hits),
        events=f"/live/events?{urlencode({'q': q})}",
        position=position,
        minutes=minutes(answer.arrivals, stretch(now)[0]),
        where=_where(q, hits),
    )


def _where(q: str, hits: Sequence[Hit]) -> Where | None:
    """The points that these rows name, those of most of them first."""
    named = Counter(point for hit in hits for point in spots.named(hit.kept.article))
    return drawn(found_spots(spots.ordered(named.items())), lambda name: _at(q, name))


def _at(q: str, place: str) -> str:
    """The live list of what names this place, too."""
    clause = quoted("place", place)
    return address(with_clause(q, clause) if clause else q)
