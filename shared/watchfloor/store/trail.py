"""Which decisions about a page are kept, and in which order. Pure: it depends on the set alone.

What is kept of all is what is kept of what was kept and what came since, so that neither order nor repetition matters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import get_args

from watchfloor.events import PageDecided, Verdict

FIRST_FOUND, LATEST = 5, 50
RANKS = {verdict: rank for rank, verdict in enumerate(get_args(Verdict))}
"""Of decisions of one moment: a page is found before it is fetched, and fetched before it is parsed."""


@dataclass(frozen=True, order=True)
class Place:
    """Where a decision stands in the trail of its page."""

    at: datetime
    rank: int
    by: str
    slot: str

    @property
    def key(self) -> tuple[datetime, str, str]:
        """What makes it the same decision: said again, it replaces what was said before."""
        return self.at, self.by, self.slot


def place(decision: PageDecided) -> Place:
    """The place of a decision.

    A stage says one thing of a fetch: read again, by a better parser or out of the dead letters, the later reading
    stands. The scraper may say several things at once, so all that it says counts.
    """
    rank = RANKS[decision.verdict]
    if decision.by != "scraper":
        return Place(decision.at, rank, decision.by, slot="")
    return Place(decision.at, rank, decision.by, f"{decision.reason}:{sha256(decision.write()).hexdigest()[:16]}")


def kept(places: Iterable[Place]) -> frozenset[Place]:
    """The places that are kept of a page: the first that found it, the last of every kind, and the latest."""
    ordered = sorted(places)
    found = [each for each in ordered if each.rank == RANKS["found"]][:FIRST_FOUND]
    last_of_kind = {(each.by, each.rank): each for each in ordered}
    return frozenset([*found, *last_of_kind.values(), *ordered[-LATEST:]])
