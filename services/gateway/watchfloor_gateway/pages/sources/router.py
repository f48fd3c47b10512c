"""The sources: the list, one of them, and why an article is missing."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from watchfloor.errors import InvalidAddress
from watchfloor.explanation.explain import explain as explain_by
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.pages.sources import explained
from watchfloor_gateway.pages.sources.one import one
from watchfloor_gateway.pages.sources.view import view
from watchfloor_gateway.parts import Parts, Shared

router = APIRouter(include_in_schema=False)
LONGEST_ADDRESS = 8192


@router.get("/sources")
async def sources(
    request: Request,
    parts: Shared,
    preferences: Settled,
    state: str = "",
    all: str = "",  # noqa: A002 - as in the address
) -> Response:
    """How the sources are, worst first."""
    found = await parts.ask(lambda store: store.sources())
    shown = view(found, datetime.now(UTC), state=state, unfolded=bool(all))
    return rendering.page(request, "sources.html", await frame(parts, preferences, "sources"), shown)


@router.get("/sources/{source_id}")
async def source(request: Request, parts: Shared, preferences: Settled, source_id: str) -> Response:
    """How one source is."""
    found = await parts.ask(lambda store: store.source(source_id))
    around = await frame(parts, preferences, None)
    if found is None:
        return rendering.page(request, "sources/absent.html", around, source_id, 404)
    return rendering.page(request, "source.html", around, one(found, datetime.now(UTC)))


@router.get("/explain")
async def explain(request: Request, parts: Shared, preferences: Settled, url: str = "") -> Response:
    """Why the article at an address is here or not."""
    shown = await _explained(parts, url) if url.strip() else explained.View("")
    around = await frame(parts, preferences, None)
    return rendering.page(request, "explain.html", around, shown, 422 if shown.fault else 200)


async def _explained(parts: Parts, url: str) -> explained.View:
    if len(url) > LONGEST_ADDRESS:
        return explained.View(
            url[:LONGEST_ADDRESS], f"This is longer than the {LONGEST_ADDRESS} characters of an address."
        )
    now = datetime.now(UTC)
    try:
        found = await parts.ask(lambda store: explain_by(url, store, now))
    except InvalidAddress as error:
        return explained.View(url, f"This {error.reason}: {error.remedy}.")
    return explained.View(url, answer=explained.answer(found, now))
