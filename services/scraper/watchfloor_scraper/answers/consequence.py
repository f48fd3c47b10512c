"""The form of what follows from one visit."""

from dataclasses import dataclass, replace
from typing import Any

from watchfloor.events import Origin, PageDecided, PageFetched, PageGone, Verdict, instant
from watchfloor.identity import page_id
from watchfloor.source import Visit
from watchfloor_scraper.frontier import Finding, Outcome, Target
from watchfloor_scraper.health.facts import Trouble

LONGEST_DETAIL = 500


@dataclass(frozen=True)
class Consequence:
    """What follows from one visit. Nothing of it is kept before the broker has acknowledged the `visits`."""

    target: Target
    outcome: Outcome
    visits: tuple[Visit, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Addresses that are known from now on."""
    trouble: Trouble | None = None
    arrivals: tuple[tuple[str, float], ...] = ()
    """New articles of the source: address, and when each came."""


def decided(target: Target, verdict: Verdict, reason: str, detail: str, now: float) -> Visit:
    """What is said of the page that was visited."""
    event = decision(target.url, verdict, reason, detail, now, source_id=target.source_id, origin=target.origin)
    return Visit(event, f"{verdict}:{reason}:{target.visit}")


def decision(
    url: str, verdict: Verdict, reason: str, detail: str, now: float, *, source_id: str | None, origin: Origin
) -> PageDecided:
    """What the scraper says of a page. Raises InvalidAddress."""
    return PageDecided(
        page_id=page_id(url),
        url=url,
        source_id=source_id,
        origin=origin,
        by="scraper",
        verdict=verdict,
        reason=reason,
        detail=detail[:LONGEST_DETAIL],
        at=instant(now),
    )


def sent(target: Target, event: PageFetched | PageGone) -> Visit:
    """The page itself, or its end: the same `ce_id` for the same visit, however often it is repeated."""
    return Visit(event, str(target.visit))


def outcome(target: Target, due_at: float | None, **changes: Any) -> Outcome:
    """What is kept: as it was, but for the changes."""
    kept = Outcome(
        url=target.url,
        due_at=due_at,
        etag=target.etag,
        last_modified=target.last_modified,
        body_hash=target.body_hash,
        misses=target.misses,
        failures=target.failures,
        interval=target.interval,
        unchanged=target.unchanged,
        gone=target.gone,
    )
    return replace(kept, **changes)
