"""Why an article is here or not: what `watchfloor explain` answers, over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from watchfloor.explanation.explain import explain as explain_by
from watchfloor.explanation.model import Explanation
from watchfloor_gateway import answers
from watchfloor_gateway.parts import Shared

router = APIRouter(prefix="/v1", tags=["operation"])


class Asked(BaseModel):
    """Which address is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(max_length=8192, description="any form of the address", examples=["https://news.example/a-1"])


@router.get("/explain", response_model=Explanation, operation_id="explain", summary="Why an article is here, or not")
async def explain(request: Request, parts: Shared, asked: Annotated[Asked, Query()]) -> Response:
    """The first reason why the article at an address is missing, late, doubled or wrong, and the way of its page."""
    found = await parts.ask(lambda store: explain_by(asked.url, store, datetime.now(UTC)))
    return answers.send(request, found)
