"""Who may ask: only what was addressed to us by a name of ours, and no page of another site.

Any page in a browser can send requests to loopback, and by DNS rebinding it can even read the answers under a name of
its own. So the Host must be one of ours, and an Origin, where the browser sends one, must be that same host.
"""

import re

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from watchfloor.settings import Settings
from watchfloor_gateway.errors import problem

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"^(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(?P<port>\d{1,5}))?$", re.ASCII)
MAX_PORT = 65535
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def allowed_names(settings: Settings) -> frozenset[str]:
    """The names that a Host may have, lower case, without port."""
    further = {name.strip().lower().strip("[]") for name in settings.http_allowed_hosts.split(",")}
    return frozenset(LOOPBACK | further | {settings.http_host.lower()}) - {"", "0.0.0.0", "::"}  # noqa: S104 - refused


def split_host(host: str) -> tuple[str, int | None] | None:
    """The name and the port of a Host header; None where it is none.

    >>> split_host("[::1]:8470")
    ('::1', 8470)
    >>> split_host("news.example:x")
    """
    found = HOST.match(host.lower())
    if found is None or int(found["port"] or 0) > MAX_PORT:
        return None
    return found["name"].strip("[]").rstrip("."), int(found["port"]) if found["port"] else None


def same_place(origin: str, host: str) -> bool:
    """Whether an Origin is the site that the Host header names."""
    scheme, _, place = origin.lower().partition("://")
    theirs, ours = split_host(place), split_host(host)
    if scheme not in DEFAULT_PORTS or theirs is None or ours is None:
        return False
    default = DEFAULT_PORTS[scheme]
    return (theirs[0], theirs[1] or default) == (ours[0], ours[1] or default)


class Hosts:
    """Refuses requests for another host (421) and of another site's pages (403)."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be asked."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(Headers(scope=scope), scope["method"]) or self.app
        await answer(scope, receive, send)

    def _refusal(self, headers: Headers, method: str) -> Response | None:
        hosts = headers.getlist("host")
        host = split_host(hosts[0]) if len(hosts) == 1 else None
        if host is None:
            return problem(400, "a request needs one Host header of the form name:port")
        if host[0] not in self.names:
            remedy = "ask by a loopback name, or add the name to WATCHFLOOR_HTTP_ALLOWED_HOSTS"
            return problem(421, f"{host[0]!r} is no host of this gateway ({remedy})", kind="foreign-host")
        origin = headers.get("origin")
        cross_site = origin is None and headers.get("sec-fetch-site") == "cross-site" and method not in SAFE_METHODS
        if cross_site or (origin is not None and not same_place(origin, hosts[0])):
            sender = repr(origin) if origin else "another site"
            return problem(403, f"pages of {sender} may not use this gateway", kind="foreign-origin")
        return None
