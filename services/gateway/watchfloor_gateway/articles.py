"""Articles: searched for, by id, and in their versions."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from watchfloor import tracing
from watchfloor.store.protocol import Kept
from watchfloor_gateway import answers
from watchfloor_gateway.cursors import InvalidCursor
from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.parameters import Parameters
from watchfloor_gateway.parts import Shared

router = APIRouter(prefix="/v1", tags=["articles"])
ArticleId = Annotated[str, Path(description="32 hex digits", examples=["9b74c9897bac770ffc029102a200c5de"])]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="1 for the first version")]


@router.get("/articles", response_model=answers.Articles, operation_id="search", summary="Search articles")
async def search(request: Request, parts: Shared, asked: Annotated[Parameters, Query()]) -> Response:
    """Articles that match, withdrawn ones included, a page at a time. `total`, `facets` and `histogram` count all."""
    query = asked.identity()
    try:
        after = parts.cursors.read(asked.cursor, query) if asked.cursor else None
    except InvalidCursor as error:
        raise Refusal(problem(400, f"cursor: {error}", kind="invalid-cursor")) from error
    wanted = replace(asked.search(after, asked.limit), facets=asked.facet, histogram=True)
    found = await parts.ask(lambda store: store.search(wanted))
    following = parts.cursors.write(found.next, query) if found.next else None
    return await asyncio.to_thread(lambda: answers.send(request, answers.articles(found, following)))


@router.get(
    "/articles/{article_id}", response_model=answers.ArticleAnswer, operation_id="article", summary="One article"
)
async def article(request: Request, parts: Shared, article_id: ArticleId) -> Response:
    """The latest version; of a withdrawn article too, with its `withdrawn_at`."""
    kept = await parts.ask(lambda store: store.article(article_id))
    return _answer(request, kept, f"there is no article {article_id!r}")


@router.get(
    "/articles/{article_id}/versions",
    response_model=answers.Versions,
    operation_id="versions",
    summary="An article's history",
)
async def versions(request: Request, parts: Shared, article_id: ArticleId) -> Response:
    """Its versions, oldest first."""
    found = await parts.ask(lambda store: store.versions(article_id))
    if not found:
        raise Refusal(problem(404, f"there is no article {article_id!r}"))
    return answers.send(request, answers.Versions(items=found))


@router.get(
    "/articles/{article_id}/versions/{number}",
    response_model=answers.ArticleAnswer,
    operation_id="version",
    summary="One version of an article",
)
async def version(request: Request, parts: Shared, article_id: ArticleId, number: Number) -> Response:
    """One version whole, as it was last read."""
    kept = await parts.ask(lambda store: store.version(article_id, number))
    return _answer(
        request, kept, f"article {article_id!r} has no version {number}; see /v1/articles/{article_id}/versions"
    )


def _answer(request: Request, kept: Kept | None, otherwise: str) -> Response:
    if kept is None:
        raise Refusal(problem(404, otherwise))
    return answers.send(request, answers.article_answer(kept), _trace(kept))


def _trace(kept: Kept) -> dict[str, str]:
    """The trace of the article's page, with a span of this answer's own."""
    if kept.trace_id is None:
        return {}
    article = kept.article
    parent = f"00-{kept.trace_id}-{article.article_id[:16]}-01"
    return {"traceparent": tracing.follow(parent, f"{article.article_id}:{article.version}")}
