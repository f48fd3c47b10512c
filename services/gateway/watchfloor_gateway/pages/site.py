"""The routers of the web page, put together for the app."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from watchfloor_gateway.pages import assets
from watchfloor_gateway.pages.article import router as article
from watchfloor_gateway.pages.frame import router as frame
from watchfloor_gateway.pages.keys import router as keys
from watchfloor_gateway.pages.live import router as live
from watchfloor_gateway.pages.search import router as search
from watchfloor_gateway.pages.sources import router as sources

router = APIRouter(include_in_schema=False)
for screen in (search, live, sources, article):
    router.include_router(screen.router)
for around in (frame, keys, assets):
    router.include_router(around.router)


@router.get("/")
async def home() -> RedirectResponse:
    """The search is where a reader begins."""
    return RedirectResponse("/search", 307)
