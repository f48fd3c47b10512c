"""The times of an article as a list shows them: one at the edge, and what else is to be known of when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from watchfloor.events import ArticleLatest
from watchfloor.query.document import moment
from watchfloor.store.protocol import Kept
from watchfloor_gateway.pages import wording


@dataclass(frozen=True)
class Edge:
    """A time at the edge of a row. `fetched`: the page gives none, it is when we fetched it."""

    text: str
    machine: str
    on: date
    fetched: bool = False


def edge(article: ArticleLatest) -> Edge:
    """When the article says it was changed last, else published, else when it was fetched."""
    printed = article.modified_at or article.published_at
    if printed is None:
        return _at(article.fetched_at, fetched=True)
    if "T" not in printed:
        return Edge("day", printed, date.fromisoformat(printed))
    return _at(datetime.fromisoformat(printed))


def edge_by_change(kept: Kept) -> Edge:
    """When we saw the last thing that happened to it: this version, or that it was gone."""
    return _at(kept.withdrawn_at or kept.article.changed_at)


def day_of(kept: Kept, *, by_change: bool) -> date:
    """The day in UTC under which a list in the order of time has it."""
    at = (kept.withdrawn_at or kept.article.changed_at) if by_change else moment(kept.article)
    return at.astimezone(UTC).date()


def beneath(kept: Kept, at: Edge, day: date | None) -> tuple[str, ...]:
    """The small lines under the edge: its day where that is not `day`, when it came first, when it changed or went."""
    article = kept.article
    lines = [wording.day(at.on)] if at.on != day else []
    if article.version > 1:
        lines += _first(article, at)
    if kept.withdrawn_at:
        lines.append(f"gone {_short(kept.withdrawn_at, at.on)}")
    return tuple(lines)


def gone(kept: Kept, at: Edge) -> str | None:
    """When it was found withdrawn, with the day where that is another than the edge's."""
    if kept.withdrawn_at is None:
        return None
    same = kept.withdrawn_at.astimezone(UTC).date() == at.on
    return wording.clock(kept.withdrawn_at) if same else wording.moment(kept.withdrawn_at)


def _first(article: ArticleLatest, at: Edge) -> list[str]:
    """When it came out, where the edge tells of its change; where the page keeps still about that, when we saw it."""
    if article.modified_at is None and at.machine != wording.machine(article.changed_at):
        return [f"changed {_short(article.changed_at, at.on)}"]
    printed = article.published_at
    if printed and "T" not in printed:
        return [f"first {wording.day(date.fromisoformat(printed))}"]
    return [f"first {_short(datetime.fromisoformat(printed) if printed else article.first_fetched_at, at.on)}"]


def _at(at: datetime, *, fetched: bool = False) -> Edge:
    return Edge(wording.clock(at), wording.machine(at), at.astimezone(UTC).date(), fetched)


def _short(at: datetime, beside: date) -> str:
    """The clock time; the day where it is another than that beside it."""
    return wording.clock(at) if at.astimezone(UTC).date() == beside else wording.day(at)
