"""A page that was read from a file, as the visit that the rest of the system takes it for. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor.events import PageFetched, pack, utc_text
from watchfloor.identity import canonical_url, page_id
from watchfloor.source import Visit
from watchfloor_scraper.ingest.inputs import Input
from watchfloor_scraper.ingest.own_address import own_address

URL_REMEDY = "give --url, list it in an index.tsv (file, URL, time), or use pages with a canonical link or og:url"


@dataclass(frozen=True)
class ServedPage:
    """A page as it was served once, wherever it was kept since."""

    subject: str
    """What an error names: the file, and the place in it."""
    url: str
    content: bytes
    """The bytes as served, content coding undone."""
    fetched_at: datetime
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None


def page_visit(found: Input, content: bytes, fetched_at: datetime, *, now: datetime) -> Visit:
    """The visit of a page in a file of its own whose bytes are `content`.

    Raises Rejected where nothing says the page's address, and as `visit_of` does.
    """
    subject = str(found.path)
    written = found.url or own_address(content)
    if written is None:
        raise Rejected("nothing says the address of this page", subject=subject, remedy=URL_REMEDY)
    return visit_of(ServedPage(subject, written, content, fetched_at), now=now)


def visit_of(page: ServedPage, *, now: datetime) -> Visit:
    """The visit of a page. Same input, same visit: its number hangs on time and content.

    Raises Rejected where it was fetched later than now; InvalidAddress.
    """
    if page.fetched_at > now:
        remedy = "give the time at which it was fetched"
        raise Rejected(f"{utc_text(page.fetched_at)} is later than now", subject=page.subject, remedy=remedy)
    try:
        url = canonical_url(page.url)
    except InvalidAddress as error:
        raise InvalidAddress(f"{page.url!r} {error.reason}", subject=page.subject, remedy=error.remedy) from error
    event = PageFetched(
        page_id=page_id(url),
        url=url,
        final_url=url,
        status=200,
        fetched_at=page.fetched_at,
        content_type=page.content_type,
        etag=page.etag,
        last_modified=page.last_modified,
        body=pack(page.content),
        source_id=None,
        origin="backfill",
    )
    return Visit(event, visit_number(page.fetched_at, page.content))


def visit_number(fetched_at: datetime, content: bytes) -> str:
    """Tells the visits of one page apart: another time or other bytes are another visit.

    >>> visit_number(datetime.fromisoformat("2026-04-30T08:57:00Z"), b"<p>one</p>")
    'b9492b6e1ed75afc4d14208481cb06bb'
    """
    return hashlib.sha256(f"{utc_text(fetched_at)} {hashlib.sha256(content).hexdigest()}".encode()).hexdigest()[:32]
