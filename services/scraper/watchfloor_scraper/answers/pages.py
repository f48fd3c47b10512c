"""What follows from the answer to the request for a page."""

import hashlib
import re
from typing import Any, Protocol

from watchfloor.errors import InvalidAddress
from watchfloor.events import PageFetched, PageGone, instant, pack
from watchfloor.identity import canonical_url
from watchfloor_scraper.answers.consequence import Consequence, decided, outcome, sent
from watchfloor_scraper.answers.failures import UNASKED_304, Failure, follow_failure
from watchfloor_scraper.frontier import Outcome, Target
from watchfloor_scraper.politeness.validators import Validators, kept_validators
from watchfloor_scraper.schedule.revisits import RevisitPolicy, after_miss, is_gone, next_revisit

NOT_MODIFIED, MISSING = 304, frozenset({404, 410})
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
UNSURE_TYPES = frozenset(
    {"", "text/plain", "application/octet-stream", "text/xml", "application/xml", "unknown/unknown"}
)
"""What servers say that know no better: then the beginning of the body decides."""
HTML_BEGINNING = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1)[\s>]", re.IGNORECASE)
SNIFFED_BYTES = 2048


class Answer(Protocol):
    """What is read of an answer; its body is `watchfloor.web.Response`."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def final_url(self) -> str:
        """After redirects."""
        ...

    @property
    def content(self) -> bytes:
        """The body, unpacked."""
        ...

    def header(self, name: str) -> str | None:
        """A header's first value."""
        ...


def follow_page(target: Target, answer: Answer, policy: RevisitPolicy | None, now: float) -> Consequence:
    """A page (200), no change (304), none any more (404, 410). `policy` None: it is not looked at again."""
    if answer.status in MISSING:
        return _missing(target, answer, policy, now)
    if answer.status == NOT_MODIFIED:
        if target.body_hash is None or target.gone:  # there is nothing that it could be the same as
            return follow_failure(target, UNASKED_304, now)
        return _unchanged(target, "not_modified", "304: not modified", policy, now)
    if not answer.content:
        return follow_failure(target, Failure("failed", "empty", f"{answer.status} with an empty body"), now)
    if not is_html(answer.header("content-type"), answer.content):
        return _no_page(target, answer, now)
    digest = hashlib.sha256(answer.content).hexdigest()
    if digest == target.body_hash and not target.gone:  # one that came back is said again, though it is the same
        return _unchanged(target, "same_bytes", f"{answer.status}: the same as before", policy, now, answer)
    return _fetched(target, answer, digest, policy, now)


def is_html(content_type: str | None, content: bytes) -> bool:
    """Whether a body is a page, by its declared type; where that says nothing, by its beginning.

    >>> is_html("text/html; charset=utf-8", b"x"), is_html("application/pdf", b"<html>"), is_html(None, b"<!DOCTYPE html>")
    (True, False, True)
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind in HTML_TYPES or (kind in UNSURE_TYPES and HTML_BEGINNING.search(content[:SNIFFED_BYTES]) is not None)


def _fetched(target: Target, answer: Answer, digest: str, policy: RevisitPolicy | None, now: float) -> Consequence:
    event = PageFetched(
        page_id=target.page_id,
        url=target.url,
        final_url=answer.final_url,
        status=answer.status,
        fetched_at=instant(now),
        content_type=answer.header("content-type"),
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        body=pack(answer.content),
        source_id=target.source_id,
        origin=target.origin,
    )
    changed = target.body_hash is not None
    again = _revisit(policy, now, target.first_fetched_at, now if changed else None, 0)
    validators = _validators(target, answer, changed=changed)
    return Consequence(
        target,
        _answered(target, again, validators, now, body_hash=digest, changed=changed, unchanged=0),
        (sent(target, event), decided(target, "fetched", *_told(target, answer, changed=changed), now)),
    )


def _told(target: Target, answer: Answer, *, changed: bool) -> tuple[str, str]:
    """Reason and detail of a page that was fetched: where it came from, if that is another page of its host."""
    if _leads_elsewhere(target.url, answer.final_url):
        return "redirected", f"redirects to {answer.final_url}"
    size = f"{max(1, len(answer.content) // 1024)} KB"
    return f"http_{answer.status}", f"{answer.status}, {size}{', changed since the last visit' if changed else ''}"


def _leads_elsewhere(url: str, final_url: str) -> bool:
    try:
        return canonical_url(final_url) != url
    except InvalidAddress:
        return True


def _unchanged(
    target: Target, reason: str, detail: str, policy: RevisitPolicy | None, now: float, answer: Answer | None = None
) -> Consequence:
    unchanged = target.unchanged + 1
    again = _revisit(policy, now, target.first_fetched_at, target.last_changed_at, unchanged)
    kept = _validators(target, answer, changed=False) if answer else Validators(target.etag, target.last_modified)
    return Consequence(
        target,
        _answered(target, again, kept, now, unchanged=unchanged),
        (decided(target, "unchanged", reason, detail, now),),
    )


def _answered(target: Target, again: float | None, kept: Validators, now: float, **changes: Any) -> Outcome:
    """What is kept of a visit in which the page was there."""
    return outcome(
        target,
        again,
        fetched_at=now,
        etag=kept.etag,
        last_modified=kept.last_modified,
        misses=0,
        failures=0,
        gone=False,
        **changes,
    )


def _missing(target: Target, answer: Answer, policy: RevisitPolicy | None, now: float) -> Consequence:
    """Once is an error of the server, as likely as not; twice is the end of the page."""
    misses = target.misses + 1
    reason, detail = f"http_{answer.status}", f"{answer.status}, {misses} in a row"
    again = after_miss(policy or RevisitPolicy(), now, misses)
    if not is_gone(misses):
        said = (decided(target, "failed", reason, detail, now),)
        return Consequence(target, outcome(target, again, misses=misses, failures=0), said)
    visits = [decided(target, "gone", reason, detail, now)]
    if target.first_fetched_at is not None and not target.gone:
        visits.insert(0, sent(target, _end(target, answer.status, misses, now)))
    return Consequence(target, outcome(target, again, misses=misses, failures=0, gone=True), tuple(visits))


def _end(target: Target, status: int, misses: int, now: float) -> PageGone:
    return PageGone(
        page_id=target.page_id,
        url=target.url,
        status=status,
        fetched_at=instant(now),
        reason=f"the server answered {status} {misses} times in a row",
        source_id=target.source_id,
        origin=target.origin,
    )


def _no_page(target: Target, answer: Answer, now: float) -> Consequence:
    kind = (answer.header("content-type") or "no type").partition(";")[0].strip()[:100]
    said = decided(target, "ended", "not_html", f"{answer.status}, {kind}: no page to read", now)
    return Consequence(target, outcome(target, None, fetched_at=now, misses=0, failures=0), (said,))


def _revisit(
    policy: RevisitPolicy | None, now: float, first: float | None, changed_at: float | None, unchanged: int
) -> float | None:
    return None if policy is None else next_revisit(policy, now, first or now, changed_at, unchanged)


def _validators(target: Target, answer: Answer, *, changed: bool) -> Validators:
    answered = Validators(answer.header("etag"), answer.header("last-modified"))
    return kept_validators(Validators(target.etag, target.last_modified), answered, body_changed=changed)
