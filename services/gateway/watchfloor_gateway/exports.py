"""A query taken elsewhere: whole as lines of JSON or of CSV, its latest changes as a feed."""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from watchfloor.store.protocol import Found, Position, Search, Sort, Store
from watchfloor_gateway import answers, atom, csv_lines
from watchfloor_gateway.parameters import Criteria
from watchfloor_gateway.parts import Parts, Shared

router = APIRouter(prefix="/v1", tags=["articles"])
LINES_AT_ONCE = 200
"""Each page of results costs the store a look at what matches behind the last, and memory until its lines are sent."""
ENTRIES = 50
SECOND = timedelta(seconds=1)
NAME = re.compile(r"[a-z0-9]+")
LONGEST_NAME = 60
Write = Callable[[Found], bytes]


class FeedCriteria(Criteria):
    """Which articles a feed is of, and which of them it holds."""

    sort: Sort = Field(
        "changed",
        description=f"which {ENTRIES} it holds; by default those last changed, so that no correction is missed",
    )


def _text(media_type: str, said: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}, "description": said}}


@router.get(
    "/articles.jsonl",
    operation_id="export",
    summary="Export every article that matches",
    response_class=StreamingResponse,
    responses=_text("application/jsonl", "an item a line"),
)
async def export(request: Request, parts: Shared, asked: Annotated[Criteria, Query()]) -> Response:
    """Any query whole, an article a line, with the fields that a search answers."""
    return await _streamed(request, parts, asked.search(None, LINES_AT_ONCE), answers.lines, "application/jsonl")


@router.get(
    "/articles.csv",
    operation_id="table",
    summary="Export every article that matches, for a spreadsheet",
    response_class=StreamingResponse,
    responses=_text("text/csv", "a header, then an article a line"),
)
async def table(request: Request, parts: Shared, asked: Annotated[Criteria, Query()]) -> Response:
    """Any query whole, an article a line, without the texts. A cell that might be a formula begins with an apostrophe."""
    wanted = replace(asked.search(None, LINES_AT_ONCE), highlights=False)
    answer = await _streamed(request, parts, wanted, csv_lines.lines, csv_lines.MEDIA_TYPE, csv_lines.header())
    answer.headers["content-disposition"] = f'attachment; filename="{file_name(asked.q)}.csv"'
    return answer


def file_name(query: str) -> str:
    """A name for the file of a query, of letters, digits and hyphens alone.

    >>> file_name('drone place:"Odesa"'), file_name('../";')
    ('watchfloor-drone-place-odesa', 'watchfloor')
    """
    return "-".join(["watchfloor", *NAME.findall(query.lower())])[:LONGEST_NAME].rstrip("-")


@router.get(
    "/articles.atom",
    operation_id="feed",
    summary="Follow a query in a feed reader",
    response_class=Response,
    responses=_text(atom.MEDIA_TYPE, "a feed (RFC 4287)"),
)
async def feed(request: Request, parts: Shared, asked: Annotated[FeedCriteria, Query()]) -> Response:
    """The 50 articles of a query that changed last, as Atom: new, corrected, and withdrawn ones, which stay and say so."""
    wanted = replace(asked.search(None, ENTRIES), total=False)
    found = await parts.ask(lambda store: store.search(wanted))
    content = await asyncio.to_thread(atom.write, _feed(request, asked), found.hits)
    etag = answers.etag_of(content)
    headers = {"etag": etag, "cache-control": "private, no-cache", **_modified(atom.updated(found.hits))}
    if _has(request, etag, headers.get("last-modified")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=atom.MEDIA_TYPE, headers=headers)


def _feed(request: Request, asked: Criteria) -> atom.Feed:
    """The feed's id is of the query, whichever name of ours it is asked by."""
    site = str(request.base_url)
    digest = hashlib.sha256(json.dumps(asked.identity(), sort_keys=True).encode()).hexdigest()
    return atom.Feed(
        id=f"urn:watchfloor:feed:{digest[:32]}",
        title=f"Watchfloor: {asked.q or 'every article'}",
        address=str(request.url),
        page=f"{site}search?{urlencode({'q': asked.q})}",
        site=site,
    )


def _modified(at: datetime | None) -> dict[str, str]:
    """A date has no fractions: while its second lasts, more may come, and nobody is to be told that nothing did."""
    if at is None or datetime.now(UTC) - at < SECOND:
        return {}
    return {"last-modified": format_datetime(at.astimezone(UTC).replace(microsecond=0), usegmt=True)}


def _has(request: Request, etag: str, modified: str | None) -> bool:
    """Whether the client has it. Where it names an ETag, the date does not count (RFC 9110, 13.2.2)."""
    if (named := request.headers.get("if-none-match")) is not None:
        return answers.has(named, etag)
    since = _date(request.headers.get("if-modified-since"))
    return since is not None and modified is not None and parsedate_to_datetime(modified) <= since


def _date(text: str | None) -> datetime | None:
    """The moment of an HTTP date; None where it is none, which is then ignored (RFC 9110, 13.1.3)."""
    try:
        at = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


async def _streamed(
    request: Request, parts: Parts, wanted: Search, write: Write, media_type: str, header: bytes = b""
) -> Response:
    wanted = replace(wanted, total=False)
    first = await parts.ask(lambda store: store.search(wanted))
    lines = _nothing() if "head" in request.scope else _lines(parts, wanted, first, write, header)
    return StreamingResponse(lines, media_type=media_type, headers={"cache-control": "no-store"})


async def _lines(parts: Parts, wanted: Search, found: Found, write: Write, header: bytes) -> AsyncIterator[bytes]:
    yield header
    while True:
        yield await asyncio.to_thread(write, found)
        if found.next is None:
            return
        found = await parts.ask(partial(_following, wanted, found.next))


def _following(wanted: Search, after: Position, store: Store) -> Found:
    return store.search(replace(wanted, after=after))


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
