"""The rows of the live list, with the lines between them. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from watchfloor.store.protocol import Hit, Kept
from watchfloor_gateway.pages import wording
from watchfloor_gateway.pages.live.gaps import gaps
from watchfloor_gateway.pages.rows.view import Around, Row, row


@dataclass(frozen=True)
class Entry:
    """A row, and the lines before it: of a gap, and of a day that begins with it."""

    gap: str | None
    day: date | None
    row: Row


def entries(hits: Sequence[Hit], around: Around, now: datetime) -> Iterator[Entry]:
    """The rows of changes that the store has in the order of their time, the newest first."""
    breaks = gaps([happened(hit.kept) for hit in hits], now)
    day = now.astimezone(UTC).date()
    for place, hit in enumerate(hits):
        on = happened(hit.kept).astimezone(UTC).date()
        gap = breaks.get(place)
        yield Entry(gap.words if gap else None, on if on != day else None, _row(hit, around, on))
        day = on


def _row(hit: Hit, around: Around, day: date) -> Row:
    """A row with its time to the second; of the text only what was sought, or that it is gone: the list is for glances."""
    made = row(hit, around, day)
    snippet = made.snippet if made.withdrawn or any(piece.hit for piece in made.snippet) else ()
    edge = replace(made.edge, text=wording.seconds(happened(hit.kept)))
    return replace(made, edge=edge, snippet=snippet, chips=())


def happened(kept: Kept) -> datetime:
    """When we saw the last thing that happened to an article."""
    return kept.withdrawn_at or kept.article.changed_at


def known(hits: Sequence[Hit]) -> str:
    """What the list shows, as live.js reads it: `id:version`, with `w` behind where the article is withdrawn."""
    return " ".join(
        f"{hit.kept.article.article_id}:{hit.kept.article.version}{'w' if hit.kept.withdrawn_at else ''}"
        for hit in hits
    )
