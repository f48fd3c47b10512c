"""The record that is published of a source's health. Pure."""

from dataclasses import dataclass
from datetime import datetime

from watchfloor.events import SourceHealth, instant
from watchfloor_scraper.configuration import Outlet
from watchfloor_scraper.health import rhythm, words
from watchfloor_scraper.health.assessment import Assessment
from watchfloor_scraper.health.facts import DAY, Facts


@dataclass(frozen=True)
class Activity:
    """What is kept of a source beside the facts. Times are seconds since the epoch."""

    known_pages: int
    last_fetched_at: float | None
    next_fetch_at: float | None
    last_article_at: float | None
    watched_since: float


def health_record(
    outlet: Outlet, assessment: Assessment, facts: Facts, activity: Activity, *, since: float, now: float
) -> SourceHealth:
    """The record of one source as it is now."""
    return SourceHealth(
        source_id=outlet.id,
        name=outlet.name,
        home=outlet.home,
        domains=outlet.domains,
        country=outlet.country,
        language=outlet.language,
        tags=outlet.tags,
        reliability=outlet.reliability,
        state=assessment.state,
        reasons=assessment.reasons,
        since=instant(since),
        at=instant(now),
        watched_since=instant(activity.watched_since),
        last_fetched_at=_instant_or_none(activity.last_fetched_at),
        next_fetch_at=None if facts.paused else _instant_or_none(activity.next_fetch_at),
        last_article_at=_instant_or_none(activity.last_article_at),
        known_pages=activity.known_pages,
        articles_24h=sum(arrival > now - DAY for arrival in facts.arrivals),
        usual_24h=rhythm.usual_a_day(facts.arrivals, now),
        articles_6h=rhythm.in_each_six_hours(facts.arrivals, now),
        words_daily=words.daily(facts.readings, now),
    )


def _instant_or_none(seconds: float | None) -> datetime | None:
    return None if seconds is None else instant(seconds)
