"""Streams of what is new: articles whole for programs, and for the page only which of them has changed."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from watchfloor import metrics
from watchfloor.errors import Rejected
from watchfloor.kafka.tail import Position
from watchfloor.query import parse_query
from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.parameters import QUERY
from watchfloor_gateway.parts import Parts, Shared
from watchfloor_gateway.stream import sse
from watchfloor_gateway.stream.entries import Form
from watchfloor_gateway.stream.listener import Listener, Wanted

router = APIRouter()
MOST_CLIENTS = 1000
PLACE = "where to go on, as `id` gave it: partition:offset,…; a partition that is not named is read from now on"
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
EXAMPLE = "id: 0:17,1:4,2:9,3:11,4:20,5:8\nevent: article\ndata: {…}\n\n"
LastEventId = Annotated[str | None, Header(alias="Last-Event-ID", description=f"{PLACE}; goes before `last_event_id`")]


class StreamParameters(BaseModel):
    """What is listened to, from where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str = Field("", description=QUERY, examples=['drone place:Istanbul~50km -"air show"'])
    last_event_id: str = Field("", max_length=500, description=PLACE, examples=["0:17,1:4,2:9,3:11,4:20,5:8"])


DESCRIPTION: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}, "example": EXAMPLE}},
        "description": "events `article` (as `GET /v1/articles/{article_id}` answers it), `withdrawn` "
        "(`article_id`, `withdrawn_at`; to everybody, whatever the query) and `gap` (`missed`, `from`, `to`)",
    }
}


@router.get(
    "/v1/stream",
    tags=["articles"],
    operation_id="stream",
    summary="Articles as they come",
    response_class=StreamingResponse,
    responses=DESCRIPTION,
)
async def stream(
    request: Request,
    parts: Shared,
    asked: Annotated[StreamParameters, Query()],
    last_event_id: LastEventId = None,
) -> Response:
    """Server-sent events without end: new versions that match, and what was withdrawn.

    Whoever comes back with the last `id` goes on exactly there. Whoever reads too slowly is told of the gap.
    """
    return _answer(request, parts, asked, last_event_id, "whole")


@router.get("/live/events", include_in_schema=False)
async def events(
    request: Request,
    parts: Shared,
    asked: Annotated[StreamParameters, Query()],
    last_event_id: LastEventId = None,
) -> Response:
    """The same for the page, which asks for what it shows."""
    return _answer(request, parts, asked, last_event_id, "small")


def _answer(request: Request, parts: Parts, asked: StreamParameters, header: str | None, form: Form) -> Response:
    wanted = Wanted(parse_query(asked.q), form, _since(header, asked.last_event_id))
    if "head" in request.scope:
        return Response(media_type=sse.MEDIA_TYPE, headers=HEADERS)
    if parts.hub.clients >= MOST_CLIENTS:
        remedy = "come back later, or read the topic: docs/consumers.md"
        raise Refusal(problem(503, f"{MOST_CLIENTS} clients listen already ({remedy})", headers={"retry-after": "30"}))
    return StreamingResponse(_pieces(parts, wanted), media_type=sse.MEDIA_TYPE, headers=HEADERS)


def _since(header: str | None, parameter: str) -> Position | None:
    name, text = ("Last-Event-ID", header) if header else ("last_event_id", parameter)
    try:
        return Position.parse(text) if text else None
    except Rejected as error:
        raise Refusal(problem(400, f"{name}: {error}", kind="invalid-position")) from error


async def _pieces(parts: Parts, wanted: Wanted) -> AsyncIterator[bytes]:
    hub, now = parts.hub, metrics.STREAM_CLIENTS.labels(wanted.form)
    hub.clients += 1
    now.inc()
    try:
        async with aclosing(Listener(hub, wanted).pieces()) as pieces:
            async for piece in pieces:
                yield piece
    finally:
        hub.clients -= 1
        now.dec()
