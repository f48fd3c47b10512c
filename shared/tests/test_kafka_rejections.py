"""A rejection is told on the trail of its page: after the letter is safe, once, and never of a decision itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watchfloor.errors import Rejected, TryLater
from watchfloor.events import ArticleWithdrawn, Event, PageDecided, PageGone, PageRequested
from watchfloor.identity import page_id
from watchfloor.kafka.breaker import Breaker, Limits
from watchfloor.kafka.claim_checks import ClaimChecks
from watchfloor.kafka.gate import Gate
from watchfloor.kafka.handling import Handling
from watchfloor.kafka.records import Outgoing, Received, compose, read
from watchfloor.kafka.rejections import LONGEST_DETAIL, rejection
from watchfloor.kafka.retry import Delays, Halt
from watchfloor.stage import Stage
from watchfloor.topics import PAGES_DECIDED, PAGES_FETCHED, Topic, dead_letters_of

URL = "https://harbour.example/quay"
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
GONE = PageGone(
    page_id=page_id(URL), url=URL, status=410, fetched_at=AT, reason="410", source_id="harbour", origin="backfill"
)
ERROR = Rejected("has no title", subject=URL, remedy="give one")
DEAD = dead_letters_of("parser").name


def decided(**fields: object) -> PageDecided:
    said = {"page_id": page_id(URL), "url": URL, "source_id": None, "origin": "live", "by": "scraper", "at": AT}
    return PageDecided.model_validate({**said, "verdict": "found", "reason": "feed", "detail": "", **fields})


def test_a_rejection_says_which_stage_rejected_which_page_and_why_with_the_time_of_the_event() -> None:
    assert rejection(GONE, "parser", ERROR) == decided(
        by="parser", verdict="rejected", reason="rejected", source_id="harbour", origin="backfill", detail=str(ERROR)
    )


def test_an_unforeseen_error_is_told_in_a_bounded_sentence_that_can_be_written() -> None:
    told = rejection(GONE, "enricher", ValueError("\ud83d" + "x" * 10_000))
    assert told is not None
    assert (told.reason, len(told.detail)) == ("unforeseen", LONGEST_DETAIL)
    assert told.write()
    nameless = rejection(GONE, "enricher", KeyError())
    assert nameless is not None
    assert nameless.detail == "KeyError()"


def test_a_page_that_was_asked_for_has_neither_source_nor_origin_to_tell() -> None:
    told = rejection(PageRequested(page_id=page_id(URL), url=URL, requested_at=AT), "scraper", ERROR)
    assert told is not None
    assert (told.by, told.source_id, told.origin, told.at) == ("scraper", None, "live", AT)


def test_there_is_nothing_to_tell_of_a_decision_of_what_is_no_page_or_by_a_stranger() -> None:
    assert rejection(decided(), "indexer", ERROR) is None
    assert rejection(ArticleWithdrawn(article_id="0" * 32, fetched_at=AT, reason="r"), "indexer", ERROR) is None
    assert rejection(GONE, "somebody", ERROR) is None


class Noting:
    """Keeps what is sent, in order; refuses the first attempts to send to one topic."""

    def __init__(self, away: str = "", refusals: list[Exception] | None = None) -> None:
        self.sent: list[Outgoing] = []
        self._away = away
        self._refusals = refusals or []

    async def publish(self, record: Outgoing, topic: Topic) -> None:  # noqa: ARG002 - as a Sender has it
        """Send by claim check where it is large."""
        await self.send(record)

    async def send(self, record: Outgoing) -> None:
        """Keep a record, or refuse it."""
        if record.topic == self._away and self._refusals:
            raise self._refusals.pop(0)
        self.sent.append(record)


async def topics_after(sender: Noting, folder: Path, record: Received | None = None, name: str = "parser") -> list[str]:
    """Which topics were written to, in order, when a stage rejected a record."""

    async def handle(event: Event) -> AsyncIterator[Event]:
        raise ERROR
        yield event

    halt, delays = Halt(), Delays(0.001, 0.001)
    gate = Gate(name, Breaker(Limits(100, 60, 3), lambda: 0.0), delays, halt)
    handling = Handling(Stage(name, (PageGone,), (), handle), sender, ClaimChecks(folder, 1024), gate, delays, halt)
    await handling.handle(record or arrived(compose(GONE, PAGES_FETCHED, "ingest", "id-1")))
    return [record.topic for record in sender.sent]


def arrived(record: Outgoing) -> Received:
    return Received(record.topic, 3, 17, record.key, record.value, record.headers)


async def test_the_letter_comes_first_then_the_decision_with_an_id_of_its_own(tmp_path: Path) -> None:
    sender, again = Noting(), Noting()
    assert await topics_after(sender, tmp_path) == [DEAD, PAGES_DECIDED.name]
    told = arrived(sender.sent[1])
    assert read(told, PAGES_DECIDED) == rejection(GONE, "parser", ERROR)
    assert (told.key, told.header["ce_source"]) == (GONE.page_id.encode(), "/watchfloor/parser")
    await topics_after(again, tmp_path)
    assert again.sent == sender.sent, "repeated after a kill it is the same to the byte"


@pytest.mark.parametrize("away", [DEAD, PAGES_DECIDED.name])
async def test_a_broker_that_is_away_for_one_of_them_doubles_neither(tmp_path: Path, away: str) -> None:
    sender = Noting(away, [TryLater("is away", subject="broker"), TryLater("is away", subject="broker")])
    assert await topics_after(sender, tmp_path) == [DEAD, PAGES_DECIDED.name]


async def test_a_decision_that_cannot_be_sent_does_not_take_the_letter_with_it(tmp_path: Path) -> None:
    sender = Noting(PAGES_DECIDED.name, [Rejected("is too large", subject="record")])
    assert await topics_after(sender, tmp_path) == [DEAD]


async def test_of_what_cannot_be_read_there_is_a_letter_alone(tmp_path: Path) -> None:
    assert await topics_after(Noting(), tmp_path, Received(PAGES_FETCHED.name, 3, 17, b"key", b"{not json")) == [DEAD]


async def test_a_stage_that_reads_decisions_says_nothing_of_those_that_it_rejects(tmp_path: Path) -> None:
    """It would read what it said, and reject that, for ever."""
    record = arrived(compose(decided(), PAGES_DECIDED, "scraper", "id-2"))
    assert await topics_after(Noting(), tmp_path, record, "indexer") == [dead_letters_of("indexer").name]
