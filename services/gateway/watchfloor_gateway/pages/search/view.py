"""What the search screen shows: made of the query and the store's answer, and of nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from watchfloor.store.facets import MOST_VALUES
from watchfloor.store.protocol import FacetName, Kept, Position, Sort
from watchfloor.store.sought import sought_words
from watchfloor_gateway.pages.drawing.where import Where
from watchfloor_gateway.pages.query.fault import Fault
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.saying import Speaker
from watchfloor_gateway.pages.query.sentence import Sentence, sentence
from watchfloor_gateway.pages.rows.chips import sought_names
from watchfloor_gateway.pages.rows.times import day_of
from watchfloor_gateway.pages.rows.view import Around
from watchfloor_gateway.pages.search.asking import PAGE, Answer
from watchfloor_gateway.pages.search.days import Days, days
from watchfloor_gateway.pages.search.facets import Facet, facets
from watchfloor_gateway.pages.search.lists import Group, groups
from watchfloor_gateway.pages.search.places import where
from watchfloor_gateway.pages.search.ways_out import Empty, empty

MANY = 10_000
"""Articles beyond which nobody reads on: ways out are offered."""
LEAST_SECONDS = 0.01
ORDER_WORDS: dict[Sort, str] = {
    "newest": "Newest", "oldest": "Oldest", "changed": "Last changed", "relevance": "Best match",
}  # fmt: skip
FIRST_ROWS: dict[Sort, str] = {
    "newest": f"the newest {PAGE}", "oldest": f"the oldest {PAGE}", "changed": f"the {PAGE} that changed last",
    "relevance": f"the {PAGE} best matches",
}  # fmt: skip


@dataclass(frozen=True)
class Order:
    """An order that the answer can have."""

    word: str
    href: str
    current: bool


@dataclass(frozen=True)
class Turn:
    """Where the reader is in the list: the first and the last of the rows, from 1, and where the next ones are."""

    start: int
    end: int
    more: str | None
    following: int
    """How many the next page has."""
    first: str | None
    """The first page, from a later one."""


@dataclass(frozen=True)
class Result:
    """An answer."""

    total: int
    many: str | None
    """Which rows come first, in words, where there are more than anybody reads."""
    outlets: int
    most_outlets: bool
    """There may be more outlets than the store counts."""
    took: str
    orders: tuple[Order, ...]
    exports: tuple[tuple[str, str], ...]
    days: Days | None
    groups: tuple[Group, ...]
    turn: Turn
    where: Where | None
    facets: tuple[Facet, ...]
    empty: Empty | None


@dataclass(frozen=True)
class Torn:
    """A cursor that leads nowhere."""

    reason: str
    first: str


@dataclass(frozen=True)
class View:
    """A query, and its answer or what is wrong."""

    q: str
    sort: Sort
    sentence: Sentence | None = None
    result: Result | None = None
    fault: Fault | None = None
    torn: Torn | None = None


@dataclass(frozen=True)
class Page:
    """Which page of the answer it is: behind which article it begins, how many were shown before, the next cursor."""

    after: Position | None = None
    shown: int = 0
    cursor: str | None = None


def view(here: Here, answer: Answer, page: Page, whole: FacetName | None, now: datetime) -> View:
    """The screen of an answer; `whole` is the facet of which all values are asked for."""
    names = {source.source_id: source.name for source in answer.sources}
    speaker = Speaker(now, names)
    found = answer.found
    outlets = len(found.facets.get("source", ()))
    result = Result(
        total=found.total,
        many=FIRST_ROWS[here.sort] if found.total > MANY and page.after is None else None,
        outlets=outlets,
        most_outlets=outlets == MOST_VALUES,
        took=f"{answer.seconds:.2f} s" if answer.seconds >= LEAST_SECONDS else f"under {LEAST_SECONDS} s",
        orders=_orders(here),
        exports=_exports(here),
        days=days(found.histogram, here, now),
        groups=_groups(here, answer),
        turn=_turn(here, answer, page),
        where=where(here, found.spots),
        facets=facets(found.facets, here, names, whole),
        empty=None if found.total else empty(here, answer.counts_without, answer.sources, speaker),
    )
    return View(here.q, here.sort, sentence(here, speaker), result)


def _orders(here: Here) -> tuple[Order, ...]:
    """By relevance only where words are sought; without them all are equally relevant."""
    words = any(True for node in here.nodes for _ in sought_words(node))
    offered = (sort for sort in ORDER_WORDS if words or sort != "relevance" or here.sort == "relevance")
    return tuple(Order(ORDER_WORDS[sort], here.address(sort=sort), sort == here.sort) for sort in offered)


def _exports(here: Here) -> tuple[tuple[str, str], ...]:
    asked = f"?{urlencode({'q': here.q})}" if here.q else ""
    forms = (("Feed", "atom"), ("JSON lines", "jsonl"), ("CSV", "csv"))
    return tuple((word, f"/v1/articles.{form}{asked}") for word, form in forms)


def _groups(here: Here, answer: Answer) -> tuple[Group, ...]:
    around = Around(
        q=here.q,
        sought=frozenset().union(*(sought_names(node) for node in here.nodes)),
        sources={source.source_id: source for source in answer.sources},
        steps=answer.steps,
        by_change=here.sort == "changed",
    )
    counts = dict(answer.found.histogram)
    return groups(answer.found.hits, here.sort, around, counts, _ended_on(here, answer.before))


def _ended_on(here: Here, before: Kept | None) -> date | None:
    if before is None or here.sort == "relevance":
        return None
    return day_of(before, by_change=here.sort == "changed")


def _turn(here: Here, answer: Answer, page: Page) -> Turn:
    end = page.shown + len(answer.found.hits)
    more = here.address(cursor=page.cursor, shown=str(end)) if page.cursor else None
    following = min(PAGE, max(answer.found.total - end, 1))
    return Turn(page.shown + 1, end, more, following, here.address() if page.after else None)
