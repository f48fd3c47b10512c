"""The gateway put together: its routers, and what stands before them."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware import Middleware

from watchfloor.settings import Settings
from watchfloor.store.protocol import Store
from watchfloor_gateway import (
    articles,
    changes,
    docs,
    errors,
    explanations,
    exports,
    health,
    metrics,
    pushed_pages,
    sources,
)
from watchfloor_gateway.cursors import Cursors, secret_of
from watchfloor_gateway.heads import HeadAsGet
from watchfloor_gateway.hosts import Hosts, allowed_names
from watchfloor_gateway.openapi import describe
from watchfloor_gateway.pages import site
from watchfloor_gateway.pages.problems import ForPeople
from watchfloor_gateway.parts import Parts, Publisher
from watchfloor_gateway.security import SecurityHeaders
from watchfloor_gateway.serving import run
from watchfloor_gateway.stream import router as stream
from watchfloor_gateway.stream.hub import Hub

SUMMARY = "The world's national-security news, as articles with who said what, where and when."


def create_app(settings: Settings, store: Store, publisher: Publisher, hub: Hub | None = None) -> FastAPI:
    """The gateway on these parts. They stay the caller's, who closes them, and runs the hub; without one nothing comes.

    Raises Stop where the secret of the cursors cannot be kept in the data folder.
    """
    before = (
        Middleware(metrics.Metering),
        Middleware(SecurityHeaders),
        Middleware(HeadAsGet),
        Middleware(Hosts, allowed_names(settings)),
        Middleware(ForPeople),
        Middleware(errors.Unforeseen),
    )
    app = routes(before)
    app.state.parts = Parts(settings, store, publisher, Cursors(secret_of(settings)), hub or Hub(settings))
    return app


def routes(before: Sequence[Middleware] = ()) -> FastAPI:
    """The routes alone: enough to describe the interface."""
    app = FastAPI(
        title="Watchfloor",
        version=version("watchfloor-gateway"),
        description=SUMMARY,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=before,
    )
    for module in (
        articles,
        changes,
        exports,
        stream,
        pushed_pages,
        sources,
        explanations,
        health,
        metrics,
        docs,
        site,
    ):
        app.include_router(module.router)
    errors.install(app)
    app.openapi = cache(lambda: describe(app))  # type: ignore[method-assign]  # FastAPI's own way
    return app


def serve(settings: Settings) -> None:
    """Run the gateway until SIGTERM or SIGINT. Raises Stop where it cannot go on."""
    run(settings, create_app)
