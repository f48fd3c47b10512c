"""The routers of the web page, put together for the app."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse

from watchfloor_gateway.pages import assets
from watchfloor_gateway.pages.search import router as search

router = APIRouter(include_in_schema=False)
for screen in (search,):
    router.include_router(screen.router)
router.include_router(assets.router)


@router.get("/")
async def home() -> RedirectResponse:
    """The search is where a reader begins."""
    return RedirectResponse("/search", 307)
