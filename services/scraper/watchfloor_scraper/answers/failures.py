"""What follows where a visit brought nothing: a refusal of the site, a failure on the way, an answer other than the page."""

from dataclasses import dataclass

from watchfloor.events import Verdict
from watchfloor_scraper.answers.consequence import Consequence, decided, outcome
from watchfloor_scraper.frontier import Target
from watchfloor_scraper.health.facts import Trouble
from watchfloor_scraper.schedule.retries import next_retry

CAUSES = {"robots_unreachable": "http_5xx", "rate_limited": "http_429", "http_403": "http_4xx"}
"""The cause by which the next visit is planned, where it is not the reason itself."""
FAMILIES = {"http_403": "http_4xx"}
"""Under what an outlet's health counts a reason, where that is wider."""
NO_BODY = frozenset({204, 205})
"""Successes that have no body by their nature (RFC 9110, 15.3.5 and 15.3.6)."""


@dataclass(frozen=True)
class Failure:
    """Why there is no page."""

    verdict: Verdict
    """`refused` by the site, or `failed`."""
    reason: str
    detail: str
    retry_after: float | None = None
    """Seconds that the site asks to be left alone."""
    asked: bool = True
    """Whether the site was asked at all."""


UNASKED_304 = Failure("failed", "protocol", "304 to a request that named nothing to compare with")


def follow_failure(target: Target, failure: Failure, now: float) -> Consequence:
    """Say what went wrong, and when it is tried again: ever later, a page not for ever."""
    failures = target.failures + 1
    again = next_retry(
        CAUSES.get(failure.reason, failure.reason),
        failures,
        target.url,
        now,
        retry_after=failure.retry_after,
        is_list=target.kind != "page",
    )
    return Consequence(
        target,
        outcome(target, again, failures=failures, misses=0, asked=failure.asked),
        (decided(target, failure.verdict, failure.reason, failure.detail, now),),
        trouble=Trouble(now, FAMILIES.get(failure.reason, failure.reason), failure.detail),
    )


def of_status(status: int, phrase: str, retry_after: float | None) -> Failure:
    """What an HTTP status that is no page means.

    >>> of_status(503, "Service Unavailable", None).reason, of_status(429, "", 60.0).detail
    ('http_5xx', '429, told to wait 60 s')
    >>> of_status(206, "Partial Content", None).reason, of_status(302, "Found", None).reason
    ('protocol', 'protocol')
    """
    said = f"{status} {phrase}".strip()[:100]
    waits = f", told to wait {retry_after:.0f} s" if retry_after is not None else ""
    return Failure("failed", _reason(status), f"{said}{waits}", retry_after)


def _reason(status: int) -> str:
    """The code of a status. A success that is none, such as 206 unasked, and a redirect to nowhere break the rules."""
    if status < 400:
        return "empty" if status in NO_BODY else "protocol"
    exact = {403: "http_403", 429: "rate_limited"}
    return exact.get(status, "http_5xx" if status >= 500 else "http_4xx")
