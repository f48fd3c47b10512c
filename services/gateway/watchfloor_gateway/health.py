"""Whether this process lives, and whether it can do its work."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from watchfloor.errors import WatchfloorError
from watchfloor.metrics import READY
from watchfloor_gateway.errors import problem
from watchfloor_gateway.parts import Shared

router = APIRouter(tags=["operation"])
SECONDS = 3.0
"""What has not answered by then counts as away."""


class Alive(BaseModel):
    """The process lives."""

    status: Literal["alive"] = "alive"


class Ready(BaseModel):
    """The store and the broker answer."""

    status: Literal["ready"] = "ready"
    checks: dict[str, str] = Field(examples=[{"store": "answers", "broker": "answers"}])


@router.get("/healthz", operation_id="healthz", summary="Whether the process lives")
async def healthz(response: Response) -> Alive:
    """Answers as long as the process lives, whatever it depends on."""
    response.headers["cache-control"] = "no-store"
    return Alive()


@router.get("/readyz", response_model=Ready, operation_id="readyz", summary="Whether store and broker answer")
async def readyz(parts: Shared) -> Response:
    """503 says which of the two is away, and why."""
    store, broker = await asyncio.gather(
        _check(parts.ask(lambda store: store.newest())), _check(parts.publisher.check())
    )
    READY.labels("gateway").set(not (store or broker))
    away = {name: reason for name, reason in (("store", store), ("broker", broker)) if reason}
    if away:
        detail = "; ".join(f"{name}: {reason}" for name, reason in away.items())
        return problem(503, detail, kind="not-ready", headers={"retry-after": "5"})
    ready = Ready(checks={"store": "answers", "broker": "answers"})
    return Response(ready.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})


async def _check(answer: Awaitable[object]) -> str | None:
    """Why there is no answer; None where there is one."""
    try:
        await asyncio.wait_for(answer, SECONDS)
    except TimeoutError:
        return f"did not answer within {SECONDS:g} s"
    except WatchfloorError as error:
        return str(error)
    return None
