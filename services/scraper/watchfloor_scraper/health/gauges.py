"""The health of the outlets as numbers: how many are in which state, and which of them are ill."""

from collections import Counter
from collections.abc import Sequence

from watchfloor import metrics
from watchfloor.events import SourceHealth, SourceState

STATES: tuple[SourceState, ...] = ("well", "late", "silent", "down", "paused")
ILL = ("down", "silent", "late")
"""The worst first."""
MOST_NAMED = 100
"""Where more are ill than that, it is no one source that an operator looks for."""


class Gauges:
    """What Prometheus is told; a series goes with the illness that it was about."""

    def __init__(self) -> None:
        self._named: set[tuple[str, str]] = set()

    def measure(self, records: Sequence[SourceHealth]) -> None:
        """Tell how all the configured outlets are."""
        counts = Counter(record.state for record in records)
        for state in STATES:
            metrics.SOURCES.labels(state).set(counts[state])
        named = {(record.source_id, record.state): record.since.timestamp() for record in worst(records)}
        for labels in self._named - named.keys():
            metrics.SOURCE_ILL_SINCE.remove(*labels)
        for labels, since in named.items():
            metrics.SOURCE_ILL_SINCE.labels(*labels).set(since)
        self._named = set(named)


def worst(records: Sequence[SourceHealth]) -> list[SourceHealth]:
    """Those that are ill, the worst first, of these those that have been so for the longest; MOST_NAMED at most."""
    ill = [record for record in records if record.state in ILL]
    return sorted(ill, key=lambda record: (ILL.index(record.state), record.since))[:MOST_NAMED]
