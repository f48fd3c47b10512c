"""One article, with what it says, where it comes from, and how it was changed."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from watchfloor.query import QuerySyntaxError, parse_query
from watchfloor.store.highlights import Finds, finds
from watchfloor.store.protocol import Kept, Store
from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.article.versions import read
from watchfloor_gateway.pages.article.view import View, view
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import Settled
from watchfloor_gateway.parts import Shared

router = APIRouter(include_in_schema=False)
Pair = tuple[int | None, int | None]


def _compared(old: Annotated[int | None, Query(alias="from")] = None, to: int | None = None) -> Pair:
    """The two versions that are compared."""
    return old, to


Compared = Annotated[Pair, Depends(_compared)]


@router.get("/articles/{article_id}")
async def article(
    request: Request, parts: Shared, preferences: Settled, article_id: str, compared: Compared, q: str = ""
) -> Response:
    """An article as it was last read; withdrawn ones too. `q` is the search that the reader comes from."""
    now = datetime.now(UTC)
    shown = await parts.ask(lambda store: _view(store, article_id, q, now, compared))
    if shown is None:
        raise Refusal(problem(404, f"there is no article {article_id!r}"))
    around = await frame(parts, preferences, None)
    return await asyncio.to_thread(rendering.page, request, "article.html", around, shown)


def _view(store: Store, article_id: str, q: str, now: datetime, compared: Pair) -> View | None:
    kept = store.article(article_id)
    if kept is None:
        return None
    source = store.source(kept.article.source_id) if kept.article.source_id else None
    versions = read(store, kept, *compared, q)
    return view(kept, source, store.pages_of(article_id), _found(kept, q), q, now, versions)


def _found(kept: Kept, q: str) -> Finds | None:
    """Where the words of a query stand. One that cannot be read marks nothing: the article is there to be read."""
    try:
        return finds(parse_query(q), kept.article) if q else None
    except QuerySyntaxError:
        return None
