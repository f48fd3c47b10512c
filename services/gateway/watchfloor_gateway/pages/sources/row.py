"""One source, as the list and its own screen show it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from watchfloor.events import HealthReason, SourceHealth
from watchfloor_gateway.pages.sources.lengths import Lengths, lengths
from watchfloor_gateway.pages.sources.rhythm import Rhythm, rhythm
from watchfloor_gateway.pages.sources.states import DRAWN
from watchfloor_gateway.pages.wording import clock, country, day, moment, number

COUNTED_IN_WORDS = frozenset({"paused", "silent", "behind", "parse_empty", "layout_changed"})
"""Reasons whose own words say how many; of all others the count says how often."""


@dataclass(frozen=True)
class Row:
    """A source and how it is; texts are whole, for a person."""

    source_id: str
    name: str
    tongue: str | None
    of: str
    state: str
    drawn: str
    reasons: tuple[str, ...]
    last: datetime | None
    last_said: str
    next_said: str
    articles: int
    usual: str | None
    rhythm: Rhythm
    lengths: Lengths


def row(source: SourceHealth, now: datetime) -> Row:
    """The row of a source at the moment `now`."""
    return Row(
        source_id=source.source_id,
        name=source.name,
        tongue=tongue(source),
        of=", ".join(_origin(source)),
        state=source.state,
        drawn=DRAWN[source.state],
        reasons=tuple(map(reason, source.reasons)),
        last=source.last_fetched_at,
        last_said=when(source.last_fetched_at, now) if source.last_fetched_at else "not yet",
        next_said=following(source, now),
        articles=source.articles_24h,
        usual=None if source.usual_24h is None else number(round(source.usual_24h)),
        rhythm=rhythm(source),
        lengths=lengths(source.words_daily),
    )


def tongue(source: SourceHealth) -> str | None:
    """The language of its name, where the name cannot be English."""
    return None if source.name.isascii() else source.language


def _origin(source: SourceHealth) -> Iterator[str]:
    if source.country:
        yield country(source.country)
    if source.language:
        yield source.language


def reason(one: HealthReason) -> str:
    """A reason in words, with how often it was seen.

    >>> reason(HealthReason(code="http_5xx", count=6, detail="503 from the feed"))
    '503 from the feed, 6 times in 24 h'
    """
    often = one.count > 1 and one.code not in COUNTED_IN_WORDS
    return f"{one.detail}, {one.count} times in 24 h" if often else one.detail


def following(source: SourceHealth, now: datetime) -> str:
    """When it is asked next. What is past was planned before this was found, so only of a late one it means anything."""
    if source.next_fetch_at is None:
        return "next not planned"
    if source.next_fetch_at > now:
        return f"next {when(source.next_fetch_at, now)}"
    return f"due since {when(source.next_fetch_at, now)}" if source.state == "late" else ""


def when(at: datetime, now: datetime) -> str:
    """A clock time; with its day where that is not today, and its year where that is another.

    >>> when(datetime(2026, 11, 23, 6, 10, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC))
    '23 Nov, 06:10'
    """
    on, today = at.astimezone(UTC), now.astimezone(UTC)
    if on.year != today.year:
        return f"{day(at)} {on.year}, {clock(at)}"
    return clock(at) if on.date() == today.date() else moment(at)
