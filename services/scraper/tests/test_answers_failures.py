"""What follows where a visit brought no page: when it is tried again, and what the outlet's health hears of it."""

from itertools import pairwise

import pytest
from fixtures.frontier import NOON
from fixtures.small_site import target

from watchfloor.events import PageDecided
from watchfloor_scraper.answers.consequence import LONGEST_DETAIL, Consequence
from watchfloor_scraper.answers.failures import Failure, follow_failure, of_status
from watchfloor_scraper.frontier import Target

TIMEOUT = Failure("failed", "timeout", "no answer in 15 s")
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def said(consequence: Consequence) -> PageDecided:
    (visit,) = consequence.visits
    assert isinstance(visit.event, PageDecided)
    return visit.event


def wait(known: Target, failure: Failure) -> float | None:
    due_at = follow_failure(known, failure, NOON).outcome.due_at
    return None if due_at is None else due_at - NOON


def test_a_failure_is_said_with_its_reason_and_noted_for_the_health_of_the_outlet() -> None:
    consequence = follow_failure(target(visit=3), TIMEOUT, NOON)
    decision = said(consequence)
    assert (decision.verdict, decision.reason, decision.detail) == ("failed", "timeout", "no answer in 15 s")
    assert consequence.visits[0].number == "failed:timeout:3"
    assert consequence.trouble is not None
    assert (consequence.trouble.at, consequence.trouble.code) == (NOON, "timeout")
    assert consequence.outcome.fetched_at is None


def test_it_is_tried_again_ever_later() -> None:
    waits = [wait(target(failures=n), TIMEOUT) or 0.0 for n in range(4)]
    assert 4 * MINUTE <= waits[0] <= 6 * MINUTE
    assert all(later > 1.3 * earlier for earlier, later in pairwise(waits))


@pytest.mark.parametrize("reason", ["timeout", "dns", "tls", "http_5xx", "http_403", "robots", "guard", "empty"])
def test_a_page_is_given_up_some_time_and_a_list_never(reason: str) -> None:
    failure = Failure("failed", reason, "")
    assert wait(target(failures=40), failure) is None
    assert (wait(target(kind="feed", failures=40), failure) or 0.0) <= 1.3 * 7 * DAY


def test_what_was_kept_of_an_earlier_visit_stays() -> None:
    known = target(etag='"one"', body_hash="x", first_fetched_at=NOON - HOUR, unchanged=2, gone=True, misses=1)
    kept = follow_failure(known, TIMEOUT, NOON).outcome
    assert (kept.etag, kept.body_hash, kept.unchanged, kept.gone) == ('"one"', "x", 2, True)
    assert kept.misses == 0  # two misses with a failure between them are not two in a row


def test_it_is_not_tried_before_the_site_wants_it() -> None:
    rests = Failure("failed", "rate_limited", "", retry_after=5 * HOUR)
    assert (wait(target(), rests) or 0.0) >= 5 * HOUR


@pytest.mark.parametrize("asked", [True, False])
def test_a_host_that_was_not_asked_keeps_its_turn(asked: bool) -> None:
    failure = Failure("refused", "robots", "robots.txt has `Disallow: /`", asked=asked)
    assert follow_failure(target(), failure, NOON).outcome.asked is asked


def test_a_detail_has_an_end() -> None:
    assert len(said(follow_failure(target(), Failure("failed", "tls", "x" * 9999), NOON)).detail) == LONGEST_DETAIL


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (400, "http_4xx"),
        (401, "http_4xx"),
        (403, "http_403"),
        (429, "rate_limited"),
        (451, "http_4xx"),
        (500, "http_5xx"),
        (503, "http_5xx"),
        (204, "empty"),
        (206, "protocol"),
        (302, "protocol"),
    ],
)
def test_each_status_that_is_no_page_has_its_reason(status: int, reason: str) -> None:
    failure = of_status(status, "Whatever", None)
    assert (failure.verdict, failure.reason, failure.detail) == ("failed", reason, f"{status} Whatever")


def test_the_health_of_an_outlet_counts_a_refusal_among_its_family() -> None:
    trouble = follow_failure(target(), of_status(403, "Forbidden", None), NOON).trouble
    assert trouble is not None
    assert trouble.code == "http_4xx"
