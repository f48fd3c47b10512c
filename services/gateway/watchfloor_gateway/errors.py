"""Every error as a problem (RFC 9457): what was wrong with which input, and the remedy, as JSON."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watchfloor import logs
from watchfloor.errors import InvalidAddress, Rejected, Stop, TryLater, WatchfloorError
from watchfloor.query import QuerySyntaxError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
Handler = Callable[[Request, Any], Response]
log = logging.getLogger("watchfloor.gateway")


class Fault(BaseModel):
    """One input that was refused."""

    field: str = Field(examples=["html"], description="the parameter or the field of the body")
    reason: str


class Problem(BaseModel):
    """An error as RFC 9457 writes it. `detail` names the input and the remedy."""

    type: str = Field(description="about:blank, or urn:watchfloor:problem:… for what needs more than its status")
    title: str
    status: int
    detail: str
    position: int | None = Field(None, description="of a query: code points from the start of q to where it fails")
    errors: list[Fault] | None = Field(None, description="of parameters and bodies: each input that was refused")


class Refusal(Exception):
    """Raised by a router: this request is answered with this problem."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def problem(
    status: int, detail: str, *, kind: str | None = None, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """A problem as an answer; `more` are the further members that `Problem` declares."""
    content = {
        "type": f"urn:watchfloor:problem:{kind}" if kind else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(
        json.dumps(content), status, media_type=MEDIA_TYPE, headers={"cache-control": "no-store", **(headers or {})}
    )


def invalid(faults: Sequence[Fault]) -> Response:
    """422: inputs that can be read, but not accepted."""
    detail = "; ".join(f"{fault.field}: {fault.reason}" for fault in faults)
    return problem(422, detail, kind="invalid-input", errors=[fault.model_dump() for fault in faults])


def faults_of(errors: Sequence[Any]) -> list[Fault]:
    """Pydantic's errors without the inputs, which may be large, and without its own web addresses."""
    return [Fault(field=_field(error["loc"]), reason=_reason(error)) for error in errors]


def _field(location: Sequence[str | int]) -> str:
    path = location[1:] if location and location[0] in ("query", "path", "body", "header") else location
    return ".".join(map(str, path)) or "body"


def _reason(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return "there is no such input; see /docs"
    return str(error["msg"]).removeprefix("Value error, ")


def _refused(_: Request, error: Refusal) -> Response:
    return error.response


def _invalid(_: Request, error: RequestValidationError) -> Response:
    return invalid(faults_of(error.errors()))


def _http(request: Request, error: HTTPException) -> Response:
    details = {
        404: f"there is nothing at {request.url.path}; see /docs",
        405: f"{request.url.path} does not take {request.method}; see /docs",
    }
    return problem(error.status_code, details.get(error.status_code, str(error.detail)), headers=error.headers)


def _rejected(_: Request, error: Rejected) -> Response:
    return problem(422, str(error), kind="rejected")


def _later(_: Request, error: WatchfloorError) -> Response:
    return problem(503, str(error), kind="try-later", headers={"retry-after": str(RETRY_AFTER_SECONDS)})


def _stop(request: Request, error: Stop) -> Response:
    request.app.state.broken = error
    return _later(request, error)


def broken(app: FastAPI) -> Stop | None:
    """Why the process must end, where a part of it said so."""
    error: Stop | None = getattr(app.state, "broken", None)
    return error


def _query(_: Request, error: QuerySyntaxError) -> Response:
    detail = f"q: {error.reason}" + (f" ({error.remedy})" if error.remedy else "")
    return problem(400, detail, kind="invalid-query", position=error.position)


def _address(_: Request, error: InvalidAddress) -> Response:
    return invalid([Fault(field="url", reason=str(error))])


def install(app: FastAPI) -> None:
    """Make every error of the routers a problem."""
    handlers: dict[type[Exception], Handler] = {
        Refusal: _refused,
        RequestValidationError: _invalid,
        HTTPException: _http,
        QuerySyntaxError: _query,
        InvalidAddress: _address,
        Rejected: _rejected,
        TryLater: _later,
        Stop: _stop,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


class Unforeseen:
    """Answers 500 to what nobody raised on purpose, and logs it with its traceback."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that has begun cannot be changed, so its connection breaks."""
        begun = False

        async def watch(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            if begun or scope["type"] != "http":
                raise
            log.exception(
                "unforeseen error at %s %s", scope["method"], scope["path"], extra=logs.event("request_failed")
            )
            answer = problem(500, "an error of the gateway; its log has the traceback", kind="unforeseen")
            await answer(scope, receive, send)
