"""Which records are pages, and the page that a record holds. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from watchfloor.errors import Rejected
from watchfloor.web.decoding import NotDecodable
from watchfloor_scraper.ingest.visits import ServedPage
from watchfloor_scraper.ingest.warc.body import TooLarge, join_chunks, undo_codings
from watchfloor_scraper.ingest.warc.records import HTTP_SCHEMES, Head, Record

HTML = ("text/html", "application/xhtml+xml")
SAYS_NOTHING = ("", "text/plain", "application/octet-stream", "application/unknown", "unknown/unknown", "*/*")
"""Types that servers give to what they do not know: the first tags decide."""
HTML_STARTS = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|script)[\s>]", re.IGNORECASE)
SNIFFED_BYTES = 1024
DATE_REMEDY = "WARC-Date is ISO 8601 in UTC, such as 2026-04-30T08:57:00Z"


def passed_over(head: Head) -> str | None:
    """Why a record holds no page, in a word or two that a person can count by; None where it may hold one."""
    if head.kind != "response":
        return head.kind or "record without a type"
    if not head.target.lower().startswith(HTTP_SCHEMES):
        return "response that is not of the web"
    if head.segment:
        return "part of a record"
    if head.status != "200":
        return f"response with status {head.status[:3]}" if head.status else "response without HTTP"
    return None if _declared_type(head) in HTML + SAYS_NOTHING else "response that is no HTML"


def served_page(record: Record, subject: str, max_bytes: int) -> ServedPage | str:
    """The page that was served, or why there is none in this record, as in `passed_over`.

    Raises Rejected where it is larger than `max_bytes`, stored or unpacked, where its body cannot be unpacked, and where
    it does not say when it was fetched.
    """
    head = record.head
    if record.body is None:
        raise _too_large(subject, max_bytes)
    content = _content(record.body, head, subject, max_bytes)
    if not content.strip():
        return "response that is empty"
    if _declared_type(head) in SAYS_NOTHING and not HTML_STARTS.search(content[:SNIFFED_BYTES]):
        return "response that is no HTML"
    return ServedPage(
        subject=subject,
        url=head.target,
        content=content,
        fetched_at=_fetched_at(head.date, subject),
        content_type=head.header("content-type"),
        etag=head.header("etag"),
        last_modified=head.header("last-modified"),
    )


def _declared_type(head: Head) -> str:
    return (head.header("content-type") or "").partition(";")[0].strip().lower()


def _content(body: bytes, head: Head, subject: str, max_bytes: int) -> bytes:
    if "chunked" in (head.header("transfer-encoding") or "").lower():
        body = join_chunks(body)
    try:
        return undo_codings(body, ",".join(_codings(head)), max_bytes)
    except TooLarge as error:
        raise _too_large(subject, max_bytes) from error
    except NotDecodable as error:
        raise Rejected(f"is not what its Content-Encoding says: {error}", subject=subject) from error


def _codings(head: Head) -> Iterator[str]:
    return (value for name, value in head.http if name == "content-encoding")


def _too_large(subject: str, max_bytes: int) -> Rejected:
    reason = f"is larger than {max_bytes // 1024**2} MB"
    return Rejected(reason, subject=subject, remedy="WATCHFLOOR_PAGE_MAX_MB sets how large a page may be")


def _fetched_at(written: str, subject: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Rejected(f"{written[:40]!r} is no time", subject=subject, remedy=DATE_REMEDY) from error
