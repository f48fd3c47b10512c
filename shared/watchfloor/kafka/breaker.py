"""The breaker: a burst of failures pauses a stage instead of draining its topic into the dead letters.

After M. Nygard, *Release It!* (2007), "Circuit Breaker", with two differences: what trips it is not a number
of failures alone but failures of several sources, so that one bad source never does;
and it closes on one record that passes. Pure: it knows no broker, and its clock is given to it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

from watchfloor.settings import Settings

UNFORESEEN_SOURCES = 2
"""Unforeseen errors must come from two sources at least: those of one alone say nothing against the stage."""


@dataclass(frozen=True)
class Limits:
    """When the breaker trips."""

    failures: int
    window_seconds: float
    sources: int


@dataclass(frozen=True)
class _Failure:
    at: float
    source: str
    unforeseen: bool
    passed_before: int


class Breaker:
    """Counts what passes and what fails; open once failures come in a burst.

    A burst is a run of outcomes within the window, up to now, in which failures of one sort (unforeseen errors, or
    rejections) reach the limit and outnumber what passed. Each source counts up to an even share of the limit only, so
    that the limit cannot be reached by one bad source with a few stray failures of others.
    """

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits = limits
        self._clock = clock
        self._failures: deque[_Failure] = deque(maxlen=1000)
        self._passed = 0
        self.reason: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the stage is paused."""
        return self.reason is not None

    def passed(self) -> None:
        """An event went through."""
        self._passed += 1

    def failed(self, source: str, *, unforeseen: bool) -> bool:
        """An event of `source` was rejected, or met an unforeseen error. Returns whether the breaker is open now."""
        if not self.is_open:
            self._failures.append(_Failure(self._clock(), source, unforeseen, self._passed))
            self.reason = self._burst(unforeseen=unforeseen)
        return self.is_open

    def close(self) -> None:
        """What failed has passed: go on, and count anew."""
        self.reason = None
        self._failures.clear()

    def _burst(self, *, unforeseen: bool) -> str | None:
        wanted = min(UNFORESEEN_SOURCES, self._limits.sources) if unforeseen else self._limits.sources
        share = ceil(self._limits.failures / wanted)
        by_source: Counter[str] = Counter()
        for failure in self._recent(unforeseen=unforeseen):
            by_source[failure.source] += 1
            counted = sum(min(count, share) for count in by_source.values())
            passed_since = self._passed - failure.passed_before
            if counted >= self._limits.failures and len(by_source) >= wanted and by_source.total() > passed_since:
                return self._describe(by_source, unforeseen=unforeseen)
        return None

    def _recent(self, *, unforeseen: bool) -> Iterator[_Failure]:
        """Failures of one sort within the window, the latest first."""
        oldest = self._clock() - self._limits.window_seconds
        for failure in reversed(self._failures):
            if failure.at < oldest:
                return
            if failure.unforeseen == unforeseen:
                yield failure

    def _describe(self, by_source: Counter[str], *, unforeseen: bool) -> str:
        sort = "unforeseen errors" if unforeseen else "rejections"
        sources = ", ".join(f"{source} {count}" for source, count in by_source.most_common(5))
        return f"{by_source.total()} {sort} within {self._limits.window_seconds:g} s, of {sources}"


def limits_of(settings: Settings) -> Limits:
    """The limits that the operator chose."""
    return Limits(settings.breaker_failures, settings.breaker_window_seconds, settings.breaker_sources)
