"""The judgement: from the facts to a state and its reasons. Pure."""

from collections import Counter
from dataclasses import dataclass

from watchfloor.events import HealthReason, SourceState
from watchfloor_scraper.health import rhythm, words
from watchfloor_scraper.health.facts import DAY, Facts, ListState, Trouble

FAILURES_OF_DOWN = 3
"""A list counts as unreachable after so many failures one after the other: a hiccup is none."""
LATE_INTERVALS = 2.0
LEAST_LATE_SECONDS = 120.0
HOLDS_BACK = frozenset({"rate_limited", "too_slow", "timeout"})
"""Troubles of a source that answers, but slower than planned."""
MOST_REASONS = 8


@dataclass(frozen=True)
class Assessment:
    """How a source is, and why."""

    state: SourceState
    reasons: tuple[HealthReason, ...]


def assess(facts: Facts, now: float) -> Assessment:
    """Judge a source. The first that holds: paused, down, silent, late, well."""
    if facts.paused:
        return Assessment("paused", (HealthReason(code="paused", count=1, detail="by the operator, in sources.yaml"),))
    unreadable, silence, seen = _unreadable(facts), _silence(facts, now), _seen(facts.troubles)
    if unreadable or _unreachable(facts.lists, now):
        return Assessment("down", (*unreadable, *seen)[:MOST_REASONS])
    if silence:
        return Assessment("silent", (*silence, *seen)[:MOST_REASONS])
    behind = _behind(facts, now)
    if behind or _is_held_back(facts):
        return Assessment("late", (*behind, *seen)[:MOST_REASONS])
    return Assessment("well", ())


def _unreachable(lists: tuple[ListState, ...], now: float) -> bool:
    return bool(lists) and all(_is_out_of_reach(one, now) for one in lists)


def _is_out_of_reach(one: ListState, now: float) -> bool:
    """Whether a list fails for good: of one that was never read, or not for a day, nothing is known but that it fails."""
    if one.failures >= FAILURES_OF_DOWN:
        return True
    return one.failures > 0 and (one.last_read_at is None or now - one.last_read_at >= DAY)


def _unreadable(facts: Facts) -> tuple[HealthReason, ...]:
    reasons = []
    if (share := words.empty_share(facts.readings)) >= words.EMPTY_SHARE:
        detail = f"no article is read out of {share:.0%} of its last pages"
        reasons.append(HealthReason(code="parse_empty", count=_last_empty(facts), detail=detail))
    if (shrunk := words.shrunk(facts.readings)) is not None:
        detail = f"its articles have {shrunk[0]} words where {shrunk[1]} are usual"
        reasons.append(HealthReason(code="layout_changed", count=words.RECENT, detail=detail))
    return tuple(reasons)


def _last_empty(facts: Facts) -> int:
    return max(1, sum(not reading.is_article for reading in facts.readings[-2 * words.RECENT :]))


def _silence(facts: Facts, now: float) -> tuple[HealthReason, ...]:
    silence, gap = rhythm.silent_for(facts.arrivals, now), rhythm.usual_gap(facts.arrivals)
    if silence is None or gap is None:
        return ()
    detail = f"answers, but nothing new for {_span(silence)}; usual gap is {_span(gap)}"
    return (HealthReason(code="silent", count=1, detail=detail),)


def _behind(facts: Facts, now: float) -> tuple[HealthReason, ...]:
    """Lists whose time has long come, and which were not asked."""
    late = [now - one.due_at for one in facts.lists if one.due_at is not None and now > one.due_at + _patience(one)]
    if not late:
        return ()
    detail = f"{len(late)} of its {len(facts.lists)} lists wait to be read, the longest for {_span(max(late))}"
    return (HealthReason(code="behind", count=len(late), detail=detail),)


def _patience(one: ListState) -> float:
    return max(LEAST_LATE_SECONDS, LATE_INTERVALS * one.interval)


def _is_held_back(facts: Facts) -> bool:
    """Whether a list of it is slowed down by the source right now."""
    if not facts.troubles or not any(one.failures for one in facts.lists):
        return False
    return facts.troubles[-1].code in HOLDS_BACK


def _seen(troubles: tuple[Trouble, ...]) -> tuple[HealthReason, ...]:
    counts = Counter(trouble.code for trouble in troubles)
    last = {trouble.code: trouble.detail for trouble in troubles}
    return tuple(HealthReason(code=code, count=count, detail=last[code]) for code, count in counts.most_common())


def _span(seconds: float) -> str:
    """A span for a person, in one unit.

    >>> [_span(seconds) for seconds in (50, 900, 8000, 400000)]
    ['50 s', '15 min', '2 h', '5 d']
    """
    for size, unit in ((86400 * 2, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / (86400 if unit == 'd' else size):.0f} {unit}"
    return f"{seconds:.0f} s"
