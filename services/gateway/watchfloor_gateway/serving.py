"""The gateway's process: its port, its status file, its stop."""

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import uvicorn
from fastapi import FastAPI

from watchfloor import status
from watchfloor.errors import Stop
from watchfloor.kafka.publisher import Publisher as KafkaPublisher
from watchfloor.settings import Settings
from watchfloor.store.places import locator
from watchfloor.store.protocol import Store
from watchfloor.store.sqlite import SqliteStore
from watchfloor_gateway.errors import broken
from watchfloor_gateway.metrics import requests_answered
from watchfloor_gateway.pages.warming import warm
from watchfloor_gateway.parts import Publisher
from watchfloor_gateway.stream.hub import Hub
from watchfloor_gateway.stream.returns import came_back

SERVICE = "gateway"
GRACE_SECONDS = 2
"""How long answers under way may still take after a signal to stop."""
LAST_SECONDS = 1.5
"""How long is then waited for a thread that still reads the store, and for a broker that is away.

Nothing is lost with them: a page is accepted only once the broker has it.
"""
STATUS_SECONDS = 1.0
STALLED_MS = 120_000
"""A connection whose other end takes nothing for so long is cut off by the kernel (RFC 5482)."""
UNREAD_BYTES = 256 * 1024
"""What the kernel holds for a client that does not read; left to itself, it takes megabytes for each."""
Build = Callable[[Settings, Store, Publisher, Hub], FastAPI]
log = logging.getLogger("watchfloor.gateway")


def run(settings: Settings, build: Build) -> None:
    """Serve the app that `build` makes until SIGTERM or SIGINT.

    Raises Stop where the port is taken, or where a part of the gateway said that it cannot go on.
    """
    with listen(settings) as listening:
        asyncio.run(_serve(settings, build, listening))


def listen(settings: Settings) -> socket.socket:
    """The socket of the address that the operator chose.

    Raises Stop, naming port and variable, where it cannot be had.
    """
    host, port = settings.http_host, settings.http_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            remedy = "stop what listens there, or set WATCHFLOOR_HTTP_PORT to a free port"
            raise Stop(f"port {port} is in use", subject=address(settings), remedy=remedy) from error
        remedy = "set WATCHFLOOR_HTTP_HOST to an address of this machine and WATCHFLOOR_HTTP_PORT to a port of yours"
        raise Stop(f"cannot listen: {error.strerror}", subject=address(settings), remedy=remedy) from error
    # Each connection inherits these. Without the first, a small answer waits 40 ms for the client to acknowledge its head:
    # asyncio sees to that only where it made the socket itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD_BYTES)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_MS)
    return listening


def address(settings: Settings) -> str:
    """Where the gateway answers, for a person."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
    host = anywhere.get(settings.http_host, settings.http_host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}"


async def _serve(settings: Settings, build: Build, listening: socket.socket) -> None:
    locate = locator(settings.cache)
    store = SqliteStore(settings.store_path, read_only=True, locate=locate)
    hub = Hub(settings, locate=locate, came_back=partial(came_back, store))
    async with KafkaPublisher(settings, writer=SERVICE) as publisher, _reading(hub) as reading:
        app = build(settings, store, publisher, hub)
        gc.freeze()  # what lives as long as the process is not looked through for garbage at every large answer
        server = _Server(_config(app), hub)
        reading.add_done_callback(lambda _: server.end())
        _take_signals(server)
        logging.getLogger("uvicorn.error").addFilter(_unforeseen)
        telling = asyncio.create_task(_keep_status(settings, server, app))
        try:
            await server.serve(sockets=[listening])
        finally:
            telling.cancel()
            _tell(settings, "stopping")
            _leave_at_last(0 if broken(app) is None else 1)
    store.close()
    if (error := broken(app)) is not None:
        raise error


@asynccontextmanager
async def _reading(hub: Hub) -> AsyncIterator[asyncio.Task[None]]:
    """Read what comes, beside the server. What it meets unforeseen is raised at the end."""
    reading = asyncio.create_task(hub.run())
    try:
        yield reading
    finally:
        reading.cancel()
        with suppress(asyncio.CancelledError):
            await reading


class _Server(uvicorn.Server):
    """Warms up once it answers; ends the streams first, since they would outlast every grace."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    def end(self) -> None:
        """Ask it to stop."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        threading.Thread(target=warm, name="warming", daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, once asked to."""
        self._hub.close()
        await super().shutdown(sockets)


def _config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _unforeseen(record: logging.LogRecord) -> bool:
    """Whether an entry of uvicorn tells something: an answer that our own stop cut off needs no traceback."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


def _take_signals(server: uvicorn.Server) -> None:
    """Uvicorn raises a signal again once it has stopped; by then ours must be in place, or the process dies of it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)


async def _keep_status(settings: Settings, server: uvicorn.Server, app: FastAPI) -> None:
    while True:
        if broken(app) is not None:
            server.should_exit = True
        if server.should_exit:
            _tell(settings, "stopping")
        elif server.started:
            _tell(settings, "ready")
        else:
            _tell(settings, "starting")
        await asyncio.sleep(STATUS_SECONDS if server.started else 0.05)


def _tell(settings: Settings, state: status.State) -> None:
    status.tell(settings.status_folder, SERVICE, state, detail=address(settings), handled=requests_answered())


def _leave_at_last(exit_status: int) -> None:
    """End the process by force if it still lives after LAST_SECONDS."""
    timer = threading.Timer(LAST_SECONDS, os._exit, (exit_status,))
    timer.daemon = True
    timer.start()
