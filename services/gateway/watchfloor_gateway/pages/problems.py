"""Problems of the page's own routes, as HTML in its frame: what happened, what still holds, what can be done.

The routers and what stands before them answer every error as a problem in JSON (`errors`); here, and only here, is
decided for which requests a person reads it.
"""

import logging
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from watchfloor import logs
from watchfloor_gateway import errors
from watchfloor_gateway.pages import rendering
from watchfloor_gateway.pages.frame.reading import frame
from watchfloor_gateway.pages.preferences import COOKIE, read
from watchfloor_gateway.parts import parts_of

log = logging.getLogger("watchfloor.gateway")
INTERFACE = frozenset({"v1", "docs", "docs.css", "openapi.json", "metrics", "healthz", "readyz", "static"})
"""The first part of the paths that programs ask for."""
SCREENS = frozenset({"search", "articles", "live", "sources", "explain", "keys", "settings", "frame"})
"""The first part of the paths that people look at. Elsewhere there is nothing, and it counts what a client reads."""


@dataclass(frozen=True)
class View:
    """What is said of a problem."""

    title: str
    happened: str
    holds: str | None
    again: str | None
    """What can be asked once more; None where that would change nothing."""
    status: int
    kind: str | None
    sought: str | None
    """The query, where this stands in place of what a search finds: it can be changed here, too."""
    beside: bool
    """Whether an answer that the reader has stays below it, since this one passes by itself."""


SAID = {
    404: ("There is nothing here", None),
    405: ("This cannot be asked so", None),
    422: ("This cannot be read", "Nothing was changed."),
    500: ("Watchfloor failed at this", "Nothing is lost by it. The log of the gateway says more."),
    503: ("The store does not answer", "Nothing is lost: what is fetched meanwhile waits on the topics."),
}
"""What happened and what still holds, by the status."""


BESIDE = {
    "hx-reswap": "afterbegin show:none ignoreTitle:true",
    "hx-reselect": "#problem",
    "hx-push-url": "false",
}
"""How htmx puts a problem before what is there, instead of in its place."""


def for_people(path: str, accept: str) -> bool:
    """Whether a problem at this path is read by a person.

    >>> for_people("/search", "*/*"), for_people("/v1/articles", "text/html"), for_people("/wp-login", "*/*")
    (True, False, False)
    """
    first = path.split("/")[1] if "/" in path else ""
    if first in INTERFACE or "text/event-stream" in accept:
        return False
    return first in SCREENS or "text/html" in accept


def view(problem: errors.Problem, path: str) -> View:
    """What is said of a problem of a request for `path`."""
    title, holds = SAID.get(problem.status, (problem.title, None))
    kind = None if problem.type == "about:blank" else problem.type.removeprefix("urn:watchfloor:problem:")
    again = path if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR else None
    beside = problem.status == HTTPStatus.SERVICE_UNAVAILABLE
    return View(title, _sentence(problem.detail), holds, again, problem.status, kind, _sought(path), beside)


def _sought(path: str) -> str | None:
    """The query of a search's address.

    >>> _sought("/search?q=drone&sort=oldest"), _sought("/live?q=drone")
    ('drone', None)
    """
    place, _, asked = path.partition("?")
    return dict(parse_qsl(asked)).get("q", "") if place == "/search" else None


def _sentence(detail: str) -> str:
    """A problem's detail for a person.

    >>> _sentence("there is nothing at /x; see /docs")
    'There is nothing at /x.'
    """
    text = detail.removesuffix("; see /docs")
    return text[:1].upper() + text[1:].removesuffix(".") + "."


class ForPeople:
    """Turns problems into pages where people read them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or not for_people(scope["path"], Headers(scope=scope).get("accept", "")):
            await self.app(scope, receive, send)
            return
        held = _Held(send)
        await self.app(scope, receive, held)
        if held.begun is not None:
            answer = await self._told(Request(scope, receive), held)
            await answer(scope, receive, send)

    async def _told(self, request: Request, held: "_Held") -> Response:
        problem = errors.Problem.model_validate_json(held.body)
        try:
            return await page(request, problem, held.headers())
        except Exception:
            log.exception("a problem cannot be shown as a page", extra=logs.event("problem_page_failed"))
            return Response(held.body, problem.status, held.headers(), errors.MEDIA_TYPE)


class _Held:
    """Keeps a problem from being sent; everything else passes."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.begun: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _type(message) == errors.MEDIA_TYPE:
            self.begun = message
        elif self.begun is not None:
            self.body += message.get("body", b"")
        else:
            await self.send(message)

    def headers(self) -> dict[str, str]:
        """The headers of the problem that a page keeps."""
        kept = {"allow", "retry-after", "connection"}
        return {name: value for name, value in _headers(self.begun).items() if name in kept}


def _headers(message: Message | None) -> Headers:
    return Headers(raw=message["headers"] if message else [])


def _type(message: Message) -> str:
    return _headers(message).get("content-type", "")


async def page(request: Request, problem: errors.Problem, headers: dict[str, str]) -> Response:
    """A problem in the frame."""
    around = await frame(parts_of(request), read(request.cookies.get(COOKIE, "")), None)
    shown = view(problem, rendering.path_of(request))
    answer = rendering.page(request, "problem.html", around, shown, problem.status)
    answer.headers.update({**headers, "cache-control": "no-store"})
    if shown.beside:
        answer.headers.update(BESIDE)
    return answer
