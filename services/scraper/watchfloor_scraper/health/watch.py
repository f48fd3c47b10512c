"""Keeps watch over the health of all outlets: notes what happens, judges each anew now and then, says what has changed."""

from collections.abc import Iterable, Iterator

from watchfloor.events import PageDecided, SourceHealth, instant
from watchfloor.source import Visit
from watchfloor_scraper.configuration import Configuration, Outlet
from watchfloor_scraper.frontier import Frontier
from watchfloor_scraper.health.assessment import assess
from watchfloor_scraper.health.facts import DAY, Facts, ListState, PageReading, Trouble
from watchfloor_scraper.health.gauges import Gauges
from watchfloor_scraper.health.ledger import HealthLedger
from watchfloor_scraper.health.record import Activity, health_record

JUDGED_EVERY = 5.0
"""Seconds between two judgements; what has not changed is not said again before `SAID_AGAIN_AFTER`."""
SAID_AGAIN_AFTER = 300.0
SWEPT_EVERY = DAY / 24


class HealthWatch:
    """The health of the configured outlets."""

    def __init__(self, ledger: HealthLedger, frontier: Frontier) -> None:
        self._ledger = ledger
        self._frontier = frontier
        self._said: dict[str, SourceHealth] = {}
        self._judge_at = 0.0
        self._sweep_at = 0.0
        self._gauges = Gauges()

    def note_trouble(self, source_id: str | None, url: str, trouble: Trouble) -> None:
        """A visit brought nothing."""
        if source_id is not None:
            self._ledger.note_trouble(source_id, url, trouble)

    def note_arrivals(self, source_id: str | None, arrivals: Iterable[tuple[str, float]]) -> None:
        """New articles came."""
        if source_id is not None:
            for url, at in arrivals:
                self._ledger.note_arrival(source_id, url, at)

    def note_decision(self, event: PageDecided) -> None:
        """The parser has read a page of an outlet, or could not."""
        if event.source_id is not None and event.by == "parser":
            reading = PageReading(event.at.timestamp(), event.verdict == "parsed", event.words or 0)
            self._ledger.note_reading(event.source_id, event.page_id, reading)

    def news(self, configuration: Configuration, now: float) -> Iterator[Visit]:
        """What is to be said of the outlets now."""
        if now < self._judge_at:
            return
        self._judge_at = now + JUDGED_EVERY
        if now >= self._sweep_at:
            self._ledger.sweep(now)
            self._sweep_at = now + SWEPT_EVERY
        records = [self._record(outlet, now) for outlet in configuration.outlets]
        self._gauges.measure(records)
        for record in (*records, *self._removed(configuration, now)):
            if self._is_news(record):
                self._said[record.source_id] = record
                yield Visit(record, record.at.isoformat())

    def _is_news(self, record: SourceHealth) -> bool:
        said = self._said.get(record.source_id)
        if said is None or (record.at - said.at).total_seconds() >= SAID_AGAIN_AFTER:
            return True
        return said != record.model_copy(update={"at": said.at, "next_fetch_at": said.next_fetch_at})

    def _record(self, outlet: Outlet, now: float) -> SourceHealth:
        facts = self._facts(outlet, now)
        assessment = assess(facts, now)
        counted = self._frontier.tallies(outlet.id, now)
        activity = Activity(
            counted.known_pages,
            counted.last_fetched_at,
            counted.next_at,
            counted.last_new_at,
            self._ledger.watched_since(outlet.id, now),
        )
        since = self._ledger.since(outlet.id, assessment.state, now)
        return health_record(outlet, assessment, facts, activity, since=since, now=now)

    def _facts(self, outlet: Outlet, now: float) -> Facts:
        lists = (
            ListState(known.url, known.failures, known.due_at, known.interval or 0.0, known.last_fetched_at)
            for known in self._frontier.lists(outlet.id)
        )
        return Facts(
            paused=outlet.paused,
            lists=tuple(lists),
            arrivals=self._ledger.arrivals(outlet.id, now),
            readings=self._ledger.readings(outlet.id, now),
            troubles=self._ledger.troubles(outlet.id, now),
        )

    def _removed(self, configuration: Configuration, now: float) -> Iterator[SourceHealth]:
        """The last word on outlets that are no longer configured."""
        for source_id in sorted(self._ledger.sources() - set(configuration.by_id)):
            since = self._ledger.since(source_id, "removed", now)
            self._ledger.unwatch(source_id)
            yield SourceHealth(
                source_id=source_id,
                name=source_id,
                home="",
                country=None,
                language=None,
                tags=(),
                reliability=None,
                state="removed",
                reasons=(),
                since=instant(since),
                at=instant(now),
                last_fetched_at=None,
                next_fetch_at=None,
                last_article_at=None,
                known_pages=0,
                articles_24h=0,
                usual_24h=None,
                articles_6h=(),
                words_daily=(),
            )
