"""The live screen: the newest changes, and what has come since the reader looked."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.query import QuerySyntaxError, clauses, conjunction
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.live.asking import ask
from watchfloor_gateway.pages.live.view import View, address, listing, older
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.pages.query.fault import BESIDE, fault
from watchfloor_gateway.parts import Parts, Shared

router = APIRouter(include_in_schema=False)


@router.get("/live")
async def live(request: Request, parts: Shared, preferences: Settled, q: str = "") -> Response:
    """What has come of late."""
    status, seen = await _seen(parts, q.strip())
    around = await frame(parts, preferences, "live")
    answer = await asyncio.to_thread(rendering.page, request, "live.html", around, seen, status)
    answer.headers.update(BESIDE if seen.fault else {})
    return answer


async def _seen(parts: Parts, q: str) -> tuple[int, View]:
    """The screen with its status; what is wrong is a screen, too."""
    position = str(parts.hub.position)  # before the store is asked, so that nothing falls between the two
    now = datetime.now(UTC)
    view = View(q, address(q), older(q))
    try:
        demanded = clauses(q)
    except QuerySyntaxError as error:
        return 400, replace(view, fault=fault(q, error))
    answer = await parts.ask(lambda store: ask(store, conjunction(tuple(clause.node for clause in demanded)), now))
    return 200, replace(view, listing=await asyncio.to_thread(listing, q, demanded, answer, position))
