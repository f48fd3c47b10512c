"""The tabs of the versions: when each was first seen, and what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from watchfloor.store.protocol import VersionSummary
from watchfloor_gateway.differences.digest import Digest
from watchfloor_gateway.pages import wording

FEW_WORDS = 20
"""A difference in length from which it is told instead of `wording`."""


@dataclass(frozen=True)
class Tab:
    """A link to what one version changed, or to the first version's text, or to all changes at once."""

    name: str
    note: str
    href: str
    current: bool


@dataclass(frozen=True)
class Address:
    """Where two versions are compared."""

    article_id: str
    q: str

    def of(self, old: int, new: int) -> str:
        """The address of the section with these two versions."""
        query = urlencode({**({"q": self.q} if self.q else {}), "from": old, "to": new})
        return f"/articles/{self.article_id}?{query}#versions"


def tabs(
    summaries: Sequence[VersionSummary],
    told: Mapping[int, Digest | None],
    pair: tuple[int, int],
    address: Address,
) -> tuple[Tab, ...]:
    """A tab for the first version, for each that is `told`, and for all at once; `pair` is what is looked at."""
    last, count = summaries[-1].first_fetched_at, len(summaries)
    first = Tab("1", f"{_seen(summaries[0], last)}, first", address.of(1, 1), pair == (1, 1))
    steps = [
        Tab(str(n), f"{_seen(summaries[n - 1], last)}, {_note(found)}", address.of(n - 1, n), pair == (n - 1, n))
        for n, found in told.items()
    ]
    whole = Tab(f"1 → {count}", "all at once", address.of(1, count), pair == (1, count))
    return (first, *steps, whole) if count > 2 else (first, *steps)


def _seen(summary: VersionSummary, last: datetime) -> str:
    """When a version was first seen; with the day where it is another than the last one's."""
    at = summary.first_fetched_at
    same = at.astimezone(UTC).date() == last.astimezone(UTC).date()
    return wording.clock(at) if same else wording.moment(at)


def _note(found: Digest | None) -> str:
    """The heaviest that a version changed, in two words."""
    if found is None or not found.changes:
        return "form alone"
    if found.numbers:
        return wording.count(found.numbers, "number")
    if found.names:
        return wording.count(found.names, "name")
    if abs(found.words) >= FEW_WORDS:
        return f"{'+' if found.words > 0 else '−'}{wording.count(abs(found.words), 'word')}"
    return "wording"
