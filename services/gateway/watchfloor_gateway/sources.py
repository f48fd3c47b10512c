"""The sources, and how each of them is."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from watchfloor.events import SourceHealth, SourceState
from watchfloor_gateway import answers
from watchfloor_gateway.errors import Refusal, problem
from watchfloor_gateway.parts import Shared

router = APIRouter(prefix="/v1", tags=["sources"])
SourceId = Annotated[str, Path(description="id in sources.yaml", examples=["tidewatch"])]


class Sources(BaseModel):
    """Every source that is configured, by its latest word."""

    items: tuple[SourceHealth, ...] = Field(description="in the order of their ids")
    states: dict[SourceState, int] = Field(description="how many sources are in each state, of the states that occur")


@router.get("/sources", response_model=Sources, operation_id="sources", summary="How the sources are")
async def sources(request: Request, parts: Shared) -> Response:
    """Each source with its state, the reasons for it, and its rhythm."""
    items = await parts.ask(lambda store: store.sources())
    states = Counter(source.state for source in items)
    return answers.send(request, Sources(items=items, states=dict(sorted(states.items()))))


@router.get("/sources/{source_id}", response_model=SourceHealth, operation_id="source", summary="How one source is")
async def source(request: Request, parts: Shared, source_id: SourceId) -> Response:
    """Its latest word."""
    found = await parts.ask(lambda store: store.source(source_id))
    if found is None:
        raise Refusal(problem(404, f"there is no source {source_id!r}; see /v1/sources"))
    return answers.send(request, found)
