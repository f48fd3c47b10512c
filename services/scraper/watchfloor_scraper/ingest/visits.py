"""A page that was read from a file, as the visit that the rest of the system takes it for. Pure."""

import hashlib
from datetime import datetime

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor.events import PageFetched, pack, utc_text
from watchfloor.identity import canonical_url, page_id
from watchfloor.source import Visit
from watchfloor_scraper.ingest.inputs import Input
from watchfloor_scraper.ingest.own_address import own_address

URL_REMEDY = "give --url, list it in an index.tsv (file, URL, time), or use pages with a canonical link or og:url"


def page_visit(found: Input, content: bytes, fetched_at: datetime, *, now: datetime) -> Visit:
    """The visit of a page whose bytes are `content`. Same input, same visit: its number hangs on time and content.

    Raises Rejected where nothing says the page's address, or where it was fetched later than now; InvalidAddress.
    """
    subject = str(found.path)
    if fetched_at > now:
        remedy = "give the time at which it was fetched"
        raise Rejected(f"{utc_text(fetched_at)} is later than now", subject=subject, remedy=remedy)
    written = found.url or own_address(content)
    if written is None:
        raise Rejected("nothing says the address of this page", subject=subject, remedy=URL_REMEDY)
    try:
        url = canonical_url(written)
    except InvalidAddress as error:
        raise InvalidAddress(f"{written!r} {error.reason}", subject=subject, remedy=error.remedy) from error
    page = PageFetched(
        page_id=page_id(url),
        url=url,
        final_url=url,
        status=200,
        fetched_at=fetched_at,
        content_type=None,
        etag=None,
        last_modified=None,
        body=pack(content),
        source_id=None,
        origin="backfill",
    )
    return Visit(page, visit_number(fetched_at, content))


def visit_number(fetched_at: datetime, content: bytes) -> str:
    """Tells the visits of one page apart: another time or other bytes are another visit.

    >>> visit_number(datetime.fromisoformat("2026-04-30T08:57:00Z"), b"<p>one</p>")
    'b9492b6e1ed75afc4d14208481cb06bb'
    """
    return hashlib.sha256(f"{utc_text(fetched_at)} {hashlib.sha256(content).hexdigest()}".encode()).hexdigest()[:32]
