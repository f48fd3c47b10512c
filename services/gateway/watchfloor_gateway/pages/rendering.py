"""A screen's view into HTML. Everything that a template prints is escaped; no template has a script or a style of its own."""

from functools import cache

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from watchfloor_gateway.pages import assets, wording
from watchfloor_gateway.pages.frame.view import Frame

HEADERS = {
    "cache-control": "private, no-cache",
    "vary": "cookie, hx-request",
    "referrer-policy": "same-origin",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types watchfloor",
}


@cache
def environment() -> Environment:
    """The templates of all screens, with the words that they share."""
    made = Environment(
        loader=PackageLoader("watchfloor_gateway.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(wording.FILTERS)
    made.globals["asset"] = assets.address
    return made


def path_of(request: Request) -> str:
    """What was asked for, with its query."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def page(request: Request, template: str, frame: Frame, view: object, status: int = 200) -> Response:
    """A screen whole, or as much of it as htmx takes where htmx asks.

    `frame` and `view` are what its template sees, beside the path that was asked for.
    """
    swapped = "hx-request" in request.headers
    html = environment().get_template(template).render(frame=frame, view=view, path=path_of(request), swapped=swapped)
    return HTMLResponse("" if "head" in request.scope else html, status, headers=HEADERS)
