"""The keys, and the settings that every screen posts to."""

from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from watchfloor_gateway.hosts import same_place
from watchfloor_gateway.pages import preferences as settings
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.keys import form
from watchfloor_gateway.pages.keys.view import View
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.parts import Shared

router = APIRouter(include_in_schema=False)
AT_FIRST = "/search"


@router.get("/keys")
async def keys(request: Request, parts: Shared, preferences: Settled) -> Response:
    """What the keys do, and a form to change it."""
    return rendering.page(request, "keys.html", await frame(parts, preferences, None), View(preferences))


@router.post("/settings")
async def keep(request: Request, parts: Shared, preferences: Settled) -> Response:
    """Keep what a form says of the settings, and go back to the page that it stood on."""
    told = await form.read(request)
    try:
        chosen = form.changed(preferences, told)
    except form.Refused as fault:
        shown = View(preferences, fault=str(fault), told=told)
        return rendering.page(request, "keys.html", await frame(parts, preferences, None), shown, 422)
    answer = Response(status_code=204) if "quiet" in told else RedirectResponse(_back(request, told), 303)
    settings.keep(answer, chosen)
    return answer


def _back(request: Request, told: form.Fields) -> str:
    """The page that the form stood on: what it says itself, else the page that sent it, and none of another site."""
    said = told.get("back", [""])[-1] or _referring(request)
    return said if form.is_path(said) else AT_FIRST


def _referring(request: Request) -> str:
    referrer = urlsplit(request.headers.get("referer", ""))
    if not same_place(f"{referrer.scheme}://{referrer.netloc}", request.headers.get("host", "")):
        return ""
    return referrer.path + (f"?{referrer.query}" if referrer.query else "")
