"""The sockets of the guarded client: judged by the very address that they are connected to, at that moment.

A name is resolved once for each connection, and what came of it is what is judged and connected to. So nothing is won
by a name that resolves to a public address when it is looked at and to a private one when it is used.
"""

import asyncio
import errno
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from watchfloor.web.addresses import why_forbidden
from watchfloor.web.allowed import Allowed
from watchfloor.web.errors import FetchError
from watchfloor.web.failures import REMEDIES, failure

# A lookup that hangs holds a thread for the resolver's own 10 to 20 seconds; these many may hang before others wait.
RESOLVER_THREADS = 32
DNS_CACHE_SECONDS = 60
KEEP_ALIVE_SECONDS = 15.0

AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]


@dataclass(slots=True)
class Attempt:
    """What one request goes to, and what happened at its sockets; found there by the context that it runs in."""

    url: str
    host: str
    port: int
    fresh: bool = False
    """A new connection was begun for it; else one was used again."""
    forbidden: str | None = None
    """Why an address was refused."""


ATTEMPT: ContextVar[Attempt] = ContextVar("attempt")


class NameResolver(AbstractResolver):
    """The machine's own resolver, in threads of its own: names that hang must not hold up the process's other work."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(RESOLVER_THREADS, thread_name_prefix="resolver")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name. Raises OSError."""
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port, family)
        return [
            ResolveResult(hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol, flags=0)
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        """Wait for no lookup that hangs."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: int) -> list[AddressInfo]:
    try:
        return socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)  # type: ignore[return-value]
    except UnicodeError as error:  # a label that is empty or too long
        raise socket.gaierror(socket.EAI_NONAME, str(error)) from error


def guarded_sockets(allowed: Allowed) -> Callable[[AddressInfo], socket.socket]:
    """What makes the client's sockets, and refuses to where the address is forbidden."""

    def make(info: AddressInfo) -> socket.socket:
        family, kind, protocol, _, (ip, port, *_) = info
        attempt = ATTEMPT.get()
        attempt.fresh = True
        why = "at another port" if port != attempt.port else why_forbidden(ip)
        if why and not allowed & {(attempt.host, attempt.port), (ip, port)}:
            attempt.forbidden = f"{ip} is {why}"
            raise PermissionError(errno.EACCES, attempt.forbidden)
        return socket.socket(family, kind, protocol)

    return make


def connector(allowed: Allowed, resolver: AbstractResolver, tls: ssl.SSLContext) -> aiohttp.TCPConnector:
    """The library's pool of connections over guarded sockets. It has no limits of its own: the caller has."""
    return aiohttp.TCPConnector(
        resolver=resolver,
        socket_factory=guarded_sockets(allowed),
        ssl=tls,
        limit=0,
        ttl_dns_cache=DNS_CACHE_SECONDS,
        keepalive_timeout=KEEP_ALIVE_SECONDS,
    )


def machine_tls() -> ssl.SSLContext:
    """TLS verified by the machine's certificates; `SSL_CERT_FILE` names others, as for every program with OpenSSL."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


async def ask_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Ask again only where a kept connection had been closed meanwhile, which is no second request for the server.

    By itself the library asks a second time whenever a connection breaks, and a host would be asked faster than its
    pace. Raises FetchError `guard`, `connect`, `dns`, `tls`, and what the library raises.
    """
    attempt = ATTEMPT.get()
    while True:
        attempt.fresh = False
        try:
            return await handler(request)
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError, aiohttp.ClientConnectionResetError) as error:
            if attempt.forbidden:
                remedy = REMEDIES["guard"]
                raise FetchError("guard", attempt.forbidden, subject=attempt.url, remedy=remedy) from error
            if attempt.fresh or isinstance(error, aiohttp.ClientConnectorError):
                raise failure(error, attempt.url) from error


class Answer(aiohttp.ClientResponse):
    """The library's response, which also notes who answered: a small body's connection is given back before one asks."""

    remote_address = ""

    async def start(self, connection: aiohttp.connector.Connection) -> aiohttp.ClientResponse:
        """Read the headers."""
        if connection.transport is not None:
            self.remote_address = str(connection.transport.get_extra_info("peername", ("",))[0])
        return await super().start(connection)
