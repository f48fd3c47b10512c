"""The rows of an answer under the headings of their days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from watchfloor.store.protocol import Hit, Sort
from watchfloor_gateway.pages.rows.times import day_of
from watchfloor_gateway.pages.rows.view import Around, Row, row


@dataclass(frozen=True)
class Group:
    """Rows of one day, or of none where the order is not that of time. `count` is of all that match on that day."""

    day: date | None
    count: int | None
    continued: bool
    rows: tuple[Row, ...]


def groups(
    hits: Sequence[Hit], sort: Sort, around: Around, counts: Mapping[date, int], before: date | None
) -> tuple[Group, ...]:
    """The rows in their order. `counts` are by day of publication; `before` is the day on which the last page ended."""
    return tuple(_groups(hits, sort, around, counts, before))


def _groups(
    hits: Sequence[Hit], sort: Sort, around: Around, counts: Mapping[date, int], before: date | None
) -> Iterator[Group]:
    if sort == "relevance":
        yield Group(None, None, continued=False, rows=tuple(row(hit, around) for hit in hits))
        return
    for day, found in groupby(hits, lambda hit: day_of(hit.kept, by_change=sort == "changed")):
        rows = tuple(row(hit, around, day) for hit in found)
        yield Group(day, None if sort == "changed" else counts.get(day), day == before, rows)
