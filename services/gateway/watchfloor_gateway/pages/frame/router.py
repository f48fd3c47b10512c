"""The watch line by itself, which an open page asks for anew."""

from fastapi import APIRouter, Request, Response

from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.parts import Shared

router = APIRouter(include_in_schema=False)


@router.get("/frame/watch-line")
async def watch_line(request: Request, parts: Shared, preferences: Settled) -> Response:
    """How the watch is now."""
    return rendering.page(request, "frame/watch_line_alone.html", await frame(parts, preferences, None), None)
