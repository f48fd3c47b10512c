"""Pages that somebody hands over, into the first topic as if they had been fetched; or asks to be fetched."""

import asyncio
import hashlib
import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from watchfloor.events import PageFetched, PageRequested, pack, utc_text
from watchfloor.identity import canonical_url, page_id
from watchfloor_gateway.bodies import read_json
from watchfloor_gateway.errors import Fault, Refusal, invalid
from watchfloor_gateway.parts import Shared, parts_of

router = APIRouter(prefix="/v1", tags=["pages"])
CLOCK_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
BEFORE_THE_WEB = datetime(1990, 1, 1, tzinfo=UTC)
"""No page was fetched earlier."""


def _clock_time(value: Any) -> Any:
    """Numbers would be taken for seconds or milliseconds, by their size."""
    if not isinstance(value, str) or not CLOCK_TIME.match(value):
        raise ValueError("give a time with its zone, such as 2026-01-31T08:00:00Z")
    return value


class PushedPage(BaseModel):
    """A page that somebody hands over; without its `html`, one that is to be fetched."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(max_length=8192, description="where the page was found", examples=["https://news.example/a-1"])
    html: str | None = Field(
        None, description="the page's text, kept as UTF-8, whatever its meta says; left out: the page is fetched"
    )
    fetched_at: Annotated[AwareDatetime, BeforeValidator(_clock_time)] | None = Field(
        None,
        description="when the html was fetched, with zone; not later than now; left out: now",
        examples=["2026-01-31T08:00:00Z"],
    )


class Accepted(BaseModel):
    """The page, or the wish for it, is on its way: the broker has it."""

    page_id: str


async def pushed_page(request: Request) -> PushedPage:
    """The page in the request's body. Raises Refusal and RequestValidationError."""
    given = await read_json(request, limit_mb=parts_of(request).settings.page_max_mb)
    if not isinstance(given, dict):
        raise _refused("body", 'is no JSON object: send {"url": …}, with "html" where you have it')
    try:
        return PushedPage.model_validate(given)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


@router.post(
    "/pages",
    status_code=202,
    response_model=Accepted,
    operation_id="push",
    summary="Hand over a page, or ask for one",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": PushedPage.model_json_schema()}}}
    },
)
async def push(parts: Shared, page: Annotated[PushedPage, Depends(pushed_page)]) -> Response:
    """Answers when the broker has acknowledged the page; the header `traceparent` names the trace of its whole way.

    Without `html` the page is fetched, as the site allows it: `/v1/explain` tells what became of it.
    """
    take = requested if page.html is None else fetched
    event, visit = await asyncio.to_thread(take, page, datetime.now(UTC))
    traceparent = await parts.publisher.publish(event, visit)
    headers = {"traceparent": traceparent, "cache-control": "no-store"}
    content = Accepted(page_id=event.key).model_dump_json()
    return Response(content, 202, media_type="application/json", headers=headers)


def requested(page: PushedPage, now: datetime) -> tuple[PageRequested, str]:
    """The event of a page that is to be fetched, and its number: each time it is asked for is one of its own.

    Raises InvalidAddress, and Refusal where there is a `fetched_at`.
    """
    if page.fetched_at is not None:
        raise _refused("fetched_at", "is the time of an html that is handed over; leave it out, or add the html")
    url = canonical_url(page.url)
    return PageRequested(page_id=page_id(url), url=url, requested_at=now), utc_text(now)


def fetched(page: PushedPage, now: datetime) -> tuple[PageFetched, str]:
    """The event of a pushed page, and the number of its visit; the same page at the same time is the same visit.

    Raises InvalidAddress, and Refusal where `html` or `fetched_at` cannot be accepted.
    """
    content = _content(page.html or "")
    at = _fetched_at(page.fetched_at, now)
    url = canonical_url(page.url)
    event = PageFetched(
        page_id=page_id(url),
        url=url,
        final_url=url,
        status=200,
        fetched_at=at,
        content_type="text/html; charset=utf-8",
        etag=None,
        last_modified=None,
        body=pack(content),
        source_id=None,
        origin="pushed",
    )
    return event, f"{utc_text(at)}:{hashlib.sha256(content).hexdigest()[:16]}"


def _content(html: str) -> bytes:
    if not html.strip():
        raise _refused("html", "is empty: hand over the page's text, or leave it out to have the page fetched")
    return html.encode()


def _fetched_at(given: datetime | None, now: datetime) -> datetime:
    at = given or now
    if at > now:
        raise _refused("fetched_at", f"{at.isoformat()} is later than now, {utc_text(now)}; leave it out for now")
    if at < BEFORE_THE_WEB:
        raise _refused("fetched_at", f"{at.isoformat()} is before there was a web; leave it out for now")
    return at


def _refused(field: str, reason: str) -> Refusal:
    return Refusal(invalid([Fault(field=field, reason=reason)]))
