"""The search screen: the query is the address."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.query import QuerySyntaxError, clauses
from watchfloor.store.protocol import FacetName, Found
from watchfloor_gateway.cursors import InvalidCursor
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.pages.query.fault import BESIDE, fault
from watchfloor_gateway.pages.query.here import ORDERS, USUAL, Here
from watchfloor_gateway.pages.search.asking import ask
from watchfloor_gateway.pages.search.facets import NAMES
from watchfloor_gateway.pages.search.view import Page, Torn, View, view
from watchfloor_gateway.parameters import Criteria
from watchfloor_gateway.parts import Parts, Shared

router = APIRouter(include_in_schema=False)


@router.get("/search")
async def search(
    request: Request,
    parts: Shared,
    preferences: Settled,
    q: str = "",
    sort: str = USUAL,
    cursor: str = "",
    shown: str = "0",
    facet: str = "",
) -> Response:
    """What a query finds."""
    order = next((known for known in ORDERS if known == sort), USUAL)
    whole = next((known for known in NAMES if known == facet), None)
    status, seen = await _seen(parts, Here(q, (), order), (cursor, shown), whole)
    around = await frame(parts, preferences, "search")
    answer = await asyncio.to_thread(rendering.page, request, "search.html", around, seen, status)
    answer.headers.update(BESIDE if status != 200 else {})
    return answer


async def _seen(parts: Parts, here: Here, turned: tuple[str, str], whole: FacetName | None) -> tuple[int, View]:
    """The screen with its status; what is wrong is a screen, too."""
    now = datetime.now(UTC)
    try:
        here = replace(here, clauses=clauses(here.q))
        page = _page(parts, here, *turned)
        answer = await parts.ask(lambda store: ask(store, here, page.after))
    except QuerySyntaxError as error:
        return 400, View(here.q, here.sort, fault=fault(here.q, error))
    except InvalidCursor as error:
        return 400, View(here.q, here.sort, torn=Torn(str(error), here.address()))
    page = replace(page, cursor=_next(parts, here, page.shown, answer.found))
    return 200, await asyncio.to_thread(view, here, answer, page, whole, now)


def _page(parts: Parts, here: Here, cursor: str, shown: str) -> Page:
    """The page behind a cursor. It is signed for the count of rows shown before, too."""
    if not cursor:
        return Page()
    return Page(parts.cursors.read(cursor, _bound(here, shown)), int(shown))


def _next(parts: Parts, here: Here, before: int, found: Found) -> str | None:
    shown = str(before + len(found.hits))
    return parts.cursors.write(found.next, _bound(here, shown)) if found.next else None


def _bound(here: Here, shown: str) -> dict[str, object]:
    """What a cursor of this screen is good for."""
    return {**Criteria(q=here.q, sort=here.sort).identity(), "shown": shown}
