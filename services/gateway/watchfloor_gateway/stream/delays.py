"""How long it takes from fetching a page to its article being found and told."""

from collections import deque
from datetime import datetime, timedelta
from statistics import median

from watchfloor.events import ArticleLatest
from watchfloor.kafka.tail import Tailed

MOST = 100
LONGEST = timedelta(hours=1)


class Delays:
    """Of the last articles that were fetched as they appeared: those of the last hour, MOST of them at most."""

    def __init__(self) -> None:
        self._seen: deque[tuple[datetime, float]] = deque(maxlen=MOST)

    def note(self, tailed: Tailed) -> None:
        """Measure a record that is news, where it is a live article's in a version that was not seen before."""
        event = tailed.event
        if isinstance(event, ArticleLatest) and event.origin == "live" and event.fetched_at == event.changed_at:
            seconds = (tailed.recorded_at - event.fetched_at).total_seconds()
            self._seen.append((tailed.recorded_at, max(0.0, seconds)))

    def median(self, now: datetime) -> float | None:
        """Seconds; None where nothing was measured within the hour."""
        recent = [seconds for at, seconds in self._seen if now - at < LONGEST]
        return median(recent) if recent else None
