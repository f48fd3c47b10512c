"""What is known of a source when its health is judged. Times are seconds since the epoch."""

from dataclasses import dataclass

DAY = 24 * 3600.0
ARRIVALS_KEPT = 14 * DAY
READINGS_KEPT = 14 * DAY
TROUBLES_KEPT = DAY


@dataclass(frozen=True)
class Trouble:
    """One visit that failed, or was not allowed."""

    at: float
    code: str
    detail: str


@dataclass(frozen=True)
class PageReading:
    """What the parser made of one page."""

    at: float
    is_article: bool
    words: int


@dataclass(frozen=True)
class ListState:
    """A feed, sitemap or section page of the source."""

    url: str
    failures: int
    """Visits that failed one after the other, up to the last."""
    due_at: float | None
    interval: float
    last_read_at: float | None


@dataclass(frozen=True)
class Facts:
    """All that the judgement rests on."""

    paused: bool
    lists: tuple[ListState, ...]
    arrivals: tuple[float, ...]
    """When its new articles came, of the last `ARRIVALS_KEPT`, oldest first."""
    readings: tuple[PageReading, ...]
    """Of the last `READINGS_KEPT`, oldest first."""
    troubles: tuple[Trouble, ...]
    """Of the last `TROUBLES_KEPT`, oldest first."""
