"""The search screen: the query is the address."""

from fastapi import APIRouter, Request, Response

from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.pages.search.view import View
from watchfloor_gateway.parts import Shared

router = APIRouter(include_in_schema=False)


@router.get("/search")
async def search(request: Request, parts: Shared, preferences: Settled, q: str = "") -> Response:
    """What a query finds."""
    return rendering.page(request, "search.html", await frame(parts, preferences, "search"), View(q))
