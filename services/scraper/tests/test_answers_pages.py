"""What follows from the answer to the request for a page."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from fixtures.frontier import NOON
from fixtures.small_site import response, target

from watchfloor.events import PageDecided, PageFetched, PageGone
from watchfloor.web.response import Response
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.answers.pages import follow_page, is_html
from watchfloor_scraper.frontier import Target
from watchfloor_scraper.politeness.validators import DISTRUSTED
from watchfloor_scraper.schedule.revisits import RevisitPolicy

BODY = b"<!doctype html><p>The boat returned.</p>"
CORRECTED = b"<!doctype html><p>The boat has not returned.</p>"
DIGEST = hashlib.sha256(BODY).hexdigest()
POLICY = RevisitPolicy(first=3600, growth=2, until=30 * 86_400)
HAD: dict[str, Any] = {
    "body_hash": DIGEST,
    "etag": '"one"',
    "visit": 2,
    "first_fetched_at": NOON - 3600,
    "last_fetched_at": NOON - 3600,
}
"""What is known of a page that was fetched an hour ago."""


def follow(known: Target, answer: Response, policy: RevisitPolicy | None = POLICY) -> Consequence:
    return follow_page(known, answer, policy, NOON)


def told(consequence: Consequence) -> list[tuple[str, str]]:
    """The kinds of events, a decision with its reason, each with the number of its visit."""
    return [
        (f"{visit.event.verdict}:{visit.event.reason}", visit.number)
        if isinstance(visit.event, PageDecided)
        else (type(visit.event).__name__, visit.number)
        for visit in consequence.visits
    ]


def test_a_page_is_sent_under_the_number_of_its_visit_and_said_to_be_fetched() -> None:
    consequence = follow(target(visit=7), response(body=BODY, etag='"one"', last_modified="yesterday"))
    assert told(consequence) == [("PageFetched", "7"), ("fetched:http_200", "fetched:http_200:7")]
    sent = consequence.visits[0].event
    assert isinstance(sent, PageFetched)
    assert (sent.content(), sent.status, sent.source_id, sent.origin) == (BODY, 200, "gazette", "live")
    assert (sent.etag, sent.last_modified, sent.fetched_at.timestamp()) == ('"one"', "yesterday", NOON)
    kept = consequence.outcome
    assert (kept.body_hash, kept.etag, kept.last_modified, kept.due_at) == (DIGEST, '"one"', "yesterday", NOON + 3600)


def test_a_page_that_is_not_to_be_revisited_is_due_no_more() -> None:
    assert follow(target(), response(), None).outcome.due_at is None


def test_a_redirect_within_the_host_says_where_it_leads() -> None:
    answer = replace(response(), final_url="https://a.example/stories/1")
    consequence = follow(target(), answer)
    assert told(consequence)[1][0] == "fetched:redirected"
    sent, said = (visit.event for visit in consequence.visits)
    assert isinstance(sent, PageFetched)
    assert isinstance(said, PageDecided)
    assert (sent.url, sent.final_url) == ("https://a.example/story-1", "https://a.example/stories/1")
    assert said.detail == "redirects to https://a.example/stories/1"


@pytest.mark.parametrize("form", ["https://a.example/story-1?utm_source=rss", "https://a.example/story-1#top"])
def test_a_redirect_to_another_form_of_the_same_address_is_none(form: str) -> None:
    assert told(follow(target(), replace(response(), final_url=form)))[1][0] == "fetched:http_200"


def test_the_same_bytes_are_not_sent_again() -> None:
    consequence = follow(target(**HAD, unchanged=1), response(body=BODY, etag='"two"'))
    assert told(consequence) == [("unchanged:same_bytes", "unchanged:same_bytes:2")]
    kept = consequence.outcome
    assert (kept.unchanged, kept.changed, kept.etag, kept.fetched_at) == (2, False, '"two"', NOON)


def test_a_changed_page_is_sent_and_looked_at_again_sooner() -> None:
    consequence = follow(target(**HAD, unchanged=3), response(body=CORRECTED, etag='"two"'))
    assert [kind for kind, _ in told(consequence)] == ["PageFetched", "fetched:http_200"]
    assert "changed since the last visit" in str(consequence.visits[1].event)
    kept = consequence.outcome
    assert (kept.changed, kept.unchanged, kept.due_at) == (True, 0, NOON + 3600)


def test_an_unchanged_page_is_looked_at_ever_more_rarely() -> None:
    waits = [follow(target(**HAD, unchanged=n), response(304, b"")).outcome.due_at for n in range(3)]
    assert waits == [NOON + 7200, NOON + 14_400, NOON + 28_800]


def test_not_modified_keeps_what_was_known() -> None:
    consequence = follow(target(**HAD), response(304, b""))
    assert told(consequence) == [("unchanged:not_modified", "unchanged:not_modified:2")]
    assert (consequence.outcome.etag, consequence.outcome.body_hash) == ('"one"', DIGEST)


@pytest.mark.parametrize("known", [{}, {**HAD, "gone": True}])
def test_not_modified_of_what_was_never_had_or_is_gone_is_no_answer(known: dict[str, Any]) -> None:
    """Taken at its word, a page that was never fetched would count as fetched, and one that is gone as back."""
    consequence = follow(target(**known), response(304, b""))
    assert told(consequence)[0][0] == "failed:protocol"
    assert (consequence.outcome.fetched_at, consequence.outcome.gone) == (None, bool(known))


def test_an_etag_that_stands_on_other_bytes_is_not_believed_again() -> None:
    lied = follow(target(**HAD), response(body=CORRECTED, etag='"one"'))
    assert lied.outcome.etag == DISTRUSTED
    later = target(**{**HAD, "etag": DISTRUSTED})
    assert follow(later, response(body=BODY, etag='"three"')).outcome.etag == DISTRUSTED


@pytest.mark.parametrize("status", [404, 410])
def test_missing_once_is_a_failure_and_twice_the_end_which_is_said_once(status: int) -> None:
    first = follow(target(**HAD), response(status))
    assert [kind for kind, _ in told(first)] == [f"failed:http_{status}"]
    assert (first.outcome.due_at, first.outcome.misses, first.outcome.gone) == (NOON + 600, 1, False)
    second = follow(target(**{**HAD, "visit": 3}, misses=1), response(status))
    assert told(second) == [("PageGone", "3"), (f"gone:http_{status}", f"gone:http_{status}:3")]
    assert second.outcome.gone
    third = follow(target(**HAD, misses=2, gone=True), response(status))
    assert [kind for kind, _ in told(third)] == [f"gone:http_{status}"]


def test_the_end_says_what_the_server_answered() -> None:
    gone = follow(target(**HAD, misses=1), response(410)).visits[0].event
    assert isinstance(gone, PageGone)
    assert (gone.status, gone.reason) == (410, "the server answered 410 2 times in a row")


def test_what_was_never_there_has_no_end() -> None:
    assert [kind for kind, _ in told(follow(target(misses=1), response(404)))] == ["gone:http_404"]


def test_a_page_that_comes_back_is_sent_though_it_is_unchanged() -> None:
    consequence = follow(target(**HAD, misses=2, gone=True), response(body=BODY))
    assert [kind for kind, _ in told(consequence)] == ["PageFetched", "fetched:http_200"]
    assert (consequence.outcome.gone, consequence.outcome.misses) == (False, 0)


def test_an_answer_between_two_misses_makes_them_two_times_one() -> None:
    assert follow(target(**HAD, misses=1), response(body=BODY)).outcome.misses == 0


def test_a_body_that_is_no_page_ends_it() -> None:
    consequence = follow(target(), response(body=b"%PDF-1.7", content_type="application/pdf"))
    assert told(consequence) == [("ended:not_html", "ended:not_html:1")]
    assert consequence.outcome.due_at is None
    assert "application/pdf" in str(consequence.visits[0].event)


def test_an_empty_body_is_a_failure_and_tried_again() -> None:
    consequence = follow(target(), response(body=b""))
    assert told(consequence)[0][0] == "failed:empty"
    assert consequence.outcome.due_at is not None
    assert consequence.trouble is not None


@pytest.mark.parametrize("declared", [None, "", "text/plain", "application/octet-stream", ";;;=;charset==ÿ"])
def test_where_the_declared_type_says_nothing_the_body_does(declared: str | None) -> None:
    assert is_html(declared, b"\n<!-- made by hand --><!DOCTYPE HTML><p>")
    assert not is_html(declared, b"%PDF-1.7 <html")


@pytest.mark.parametrize("declared", ["image/png", "application/json", "application/rss+xml"])
def test_a_declared_type_is_believed(declared: str) -> None:
    assert not is_html(declared, b"<!doctype html>")
