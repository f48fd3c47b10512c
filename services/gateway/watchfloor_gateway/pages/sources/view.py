"""What the list of sources shows. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchfloor.events import SourceHealth
from watchfloor_gateway.pages.sources.row import Row, row, when
from watchfloor_gateway.pages.sources.states import AS_COUNTED, DRAWN, worst_first

SHOWN_AT_FIRST = 15
"""Rows before those that are well are folded; those that are not well are never folded."""
UNHEARD_AFTER = timedelta(minutes=12)
"""The crawl says of each source every five minutes how it is."""


@dataclass(frozen=True)
class Sum:
    """How many sources are in a state; `state` is "" for all of them."""

    state: str
    drawn: str
    number: int


@dataclass(frozen=True)
class View:
    """The sources, worst first. `folded` are not shown and well; `unheard` says since when nothing was heard of any."""

    state: str
    sums: tuple[Sum, ...]
    rows: tuple[Row, ...]
    folded: int
    unheard: str | None


def view(sources: Sequence[SourceHealth], now: datetime, *, state: str = "", unfolded: bool = False) -> View:
    """The list at the moment `now`; of one state alone where `state` is one."""
    counted = Counter(source.state for source in sources)
    sums = (Sum("", "", len(sources)), *(Sum(one, DRAWN[one], counted[one]) for one in AS_COUNTED if counted[one]))
    chosen = state if state in AS_COUNTED else ""
    of_it = sorted((source for source in sources if chosen in ("", source.state)), key=worst_first)
    shown = of_it if unfolded or chosen else _unfolded(of_it)
    rows = tuple(row(source, now) for source in shown)
    return View(chosen, sums, rows, len(of_it) - len(shown), _unheard(sources, now))


def _unfolded(sources: Sequence[SourceHealth]) -> Sequence[SourceHealth]:
    """Without those that are well and come late in the list; a single one is not worth folding."""
    ill = sum(source.state != "well" for source in sources)
    shown = max(ill, SHOWN_AT_FIRST)
    return sources if len(sources) <= shown + 1 else sources[:shown]


def _unheard(sources: Sequence[SourceHealth], now: datetime) -> str | None:
    last = max((source.at for source in sources), default=now)
    return when(last, now) if now - last > UNHEARD_AFTER else None
