"""What follows from a list that was read: pages that become known, lists that it names, when it is read again."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from watchfloor.events import Verdict
from watchfloor.source import Visit
from watchfloor_scraper.answers.consequence import Consequence, decision, outcome
from watchfloor_scraper.answers.named import NEVER, Named, finding_of, origin_of, seconds_of
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.discovery.documents import ListDocument
from watchfloor_scraper.discovery.listings import Found
from watchfloor_scraper.discovery.traps import is_trap
from watchfloor_scraper.frontier import Finding, Kind, Target
from watchfloor_scraper.politeness.validators import Validators
from watchfloor_scraper.schedule.cadence import Bounds, Hints, Reading, after_skipped, next_interval

SOON = 60.0
"""When a list that was cut off is read again for the rest."""
BOUNDED = frozenset({"section", "home"})
"""Lists that anybody's links can make endless."""
Known = Callable[[str], bool]


@dataclass(frozen=True)
class ListAnswer:
    """A list as it was answered and read; further pages of it joined."""

    document: ListDocument
    digest: str
    validators: Validators
    max_age: float | None = None


@dataclass(frozen=True)
class Circumstances:
    """What is known beside the list itself."""

    outlet: Outlet | None
    named: Sequence[Named]
    """Of the pages that the list names those that are new, and those of which it tells something (see `tells_more`)."""
    complete: bool
    """Whether these are all; False where the list has more new ones than are taken at once."""
    known: Known
    """Whether the address of a list is known."""
    patterns: Mapping[str, int]
    """How many pages of each pattern were followed from pages of this outlet."""
    sitemaps: Sequence[str]
    """Sitemaps that its host's robots.txt names."""
    room: int
    """Lists that the outlet may still get."""


def follow_list(target: Target, answer: ListAnswer, around: Circumstances, now: float) -> Consequence:
    """Say what was found, plan the next reading by what it brought."""
    new = sum(one.known is None for one in around.named)
    judged = [_judge(one, target, around) for one in around.named]
    news = [one for one in judged if one.named.known is None or (one.named.comes_in(now) and one.verdict == "found")]
    fetched = [one.named.found for one in news if one.verdict == "found"]
    interval = _interval(target, answer, around, new, now)
    due_at = after_skipped(now + interval, answer.document.skip_hours)
    kept = outcome(
        target,
        due_at,
        fetched_at=now,
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
        body_hash=answer.digest,
        changed=target.body_hash is not None and target.body_hash != answer.digest,
        misses=0,
        failures=0,
        interval=interval,
        unchanged=0 if new else target.unchanged + 1,
        new=new,
    )
    return Consequence(
        target,
        kept,
        tuple(_said(target, each, now) for each in news),
        (*_pages(target, judged, now), *_lists(target, answer.document, around, now)),
        arrivals=tuple(_arrivals(fetched, target, now)),
    )


def follow_unchanged(target: Target, outlet: Outlet | None, now: float) -> Consequence:
    """The list says that it has not changed (304)."""
    reading = Reading(now, 0)
    interval = next_interval(_bounds(outlet), target.interval, reading, target.last_new_at)
    kept = outcome(
        target, now + interval, fetched_at=now, failures=0, interval=interval, unchanged=target.unchanged + 1
    )
    return Consequence(target, kept)


class _Judged(NamedTuple):
    """A page, and what is to become of it."""

    named: Named
    verdict: Verdict
    reason: str
    detail: str


def _judge(one: Named, target: Target, around: Circumstances) -> _Judged:
    found = one.found
    coverage = around.outlet.covers(found.url) if around.outlet else None
    if coverage is not None and not coverage.ok:
        return _Judged(one, "held_back", coverage.code, f"listed by {target.url}: {coverage.sentence}")
    if target.kind in BOUNDED and is_trap(found.url, around.patterns):
        detail = f"linked by {target.url}: there are endlessly many of its kind"
        return _Judged(one, "held_back", "trap", detail)
    title = f": {found.title}" if found.title else ""
    taken = f", taken from {found.source.title or found.source.url}" if found.source else ""
    return _Judged(one, "found", target.kind, f"listed by {target.url}{taken}{title}")


def _said(target: Target, judged: _Judged, now: float) -> Visit:
    found = judged.named.found
    origin = origin_of(found, target, now)
    event = decision(
        found.url, judged.verdict, judged.reason, judged.detail, now, source_id=target.source_id, origin=origin
    )
    return Visit(event, f"{judged.verdict}:{judged.reason}")


def _pages(target: Target, judged: Sequence[_Judged], now: float) -> Iterator[Finding]:
    for one in judged:
        if one.verdict == "found":
            yield finding_of(one.named.found, target, now, now)
        elif one.named.known is None:
            yield finding_of(one.named.found, target, now + NEVER, now)


def _lists(target: Target, document: ListDocument, around: Circumstances, now: float) -> Iterator[Finding]:
    """Lists that it names, as far as there is room for them."""
    named: list[tuple[str, Kind]] = [(url, "sitemap") for url in document.sitemaps]
    named += [(url, "feed") for url in document.feeds]
    if target.kind == "home":
        named += [(url, "sitemap") for url in around.sitemaps]
    new = [(url, kind) for url, kind in named if not around.known(url)]
    for url, kind in new[: max(around.room, 0)]:
        yield Finding(url, kind, target.source_id, target.url, now, target.origin)


def _arrivals(found: Sequence[Found], target: Target, now: float) -> Iterator[tuple[str, float]]:
    """When each came: as printed, else now; of a list that is read for the first time only what prints a time counts."""
    for one in found:
        printed = seconds_of(one.published_at) if one.published_at and "T" in one.published_at else None
        if printed is not None or target.last_fetched_at is not None:
            yield one.url, min(printed or now, now)


def _interval(target: Target, answer: ListAnswer, around: Circumstances, new: int, now: float) -> float:
    document = answer.document
    if new and not (document.complete and around.complete):
        return SOON
    published = [seconds for found in document.found if (seconds := _clock(found.published_at)) is not None]
    hints = Hints(max_age=answer.max_age, update_period=document.update_seconds)
    reading = Reading(now, new, published)
    return next_interval(_bounds(around.outlet), target.interval, reading, target.last_new_at, hints)


def _bounds(outlet: Outlet | None) -> Bounds:
    if outlet is None:
        return Bounds()
    return Bounds(outlet.cadence.shortest.total_seconds(), outlet.cadence.longest.total_seconds())


def _clock(printed: str | None) -> float | None:
    return seconds_of(printed) if printed and "T" in printed else None


def digest_of(content: bytes) -> str:
    """What tells two bodies apart."""
    return hashlib.sha256(content).hexdigest()
