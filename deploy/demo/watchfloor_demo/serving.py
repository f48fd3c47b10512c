"""The newsroom's process: its ports, its status file, its stop."""

import asyncio
import contextlib
import errno
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from watchfloor import logs, status
from watchfloor.errors import Rejected, Stop
from watchfloor.settings import Settings
from watchfloor_demo.exchange import Request, read_request, respond
from watchfloor_demo.opening import note_opening, noted_opening
from watchfloor_demo.outlets import LOOPBACK, OUTLETS, addresses, ports
from watchfloor_demo.site import Site
from watchfloor_demo.timetable import Version, read_timetable, shown

SERVICE = "newsroom"
STATUS_SECONDS = 1.0
IDLE_SECONDS = 30.0
"""How long a connection may be silent."""
HEAD_BYTES = 16 * 1024
Clock = Callable[[], datetime]
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LEAVES = (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, TimeoutError)
"""What a visitor does at any moment: goes, falls silent, sends no end of headers."""
log = logging.getLogger("watchfloor.newsroom")


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


@dataclass
class Newsroom:
    """The outlets that are served, and how many requests they have answered."""

    data: Path
    clock: Clock = utc_now
    answered: int = 0
    opened: datetime | None = None

    def answer(self, site: Site, versions: tuple[Version, ...], request: Request) -> bytes:
        """The bytes that answer a request to this outlet now."""
        now = self.clock()
        self.answered += 1
        if self.opened is None:
            self.opened = note_opening(self.data, now)
        if request.path in site.outlet.drafts:
            agent = request.headers.get("user-agent", "a visitor without a name")
            log.warning(
                "%s asked for %s%s, which robots.txt forbids",
                agent,
                site.address,
                request.path,
                extra=logs.event("robots_ignored"),
            )
        return respond(request, site.answer(request.path, shown(versions, self.opened, now)), now)


def run(settings: Settings, host: str = LOOPBACK) -> None:
    """Serve the outlets until SIGTERM or SIGINT. Raises Stop as `serve` does."""
    asyncio.run(_run(settings, host))


async def _run(settings: Settings, host: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with serve(settings, host) as newsroom:
        while not stop.is_set():
            _tell(settings, host, "ready", newsroom.answered)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), STATUS_SECONDS)
        _tell(settings, host, "stopping", newsroom.answered)


@contextlib.asynccontextmanager
async def serve(settings: Settings, host: str = LOOPBACK, clock: Clock = utc_now) -> AsyncIterator[Newsroom]:
    """The outlets, answering for as long as the context lasts.

    Raises Stop where a port is taken, the host is none of this machine, or the data folder cannot be written.
    """
    async with contextlib.AsyncExitStack() as stack:
        listening = [stack.enter_context(listen(host, port)) for port in ports(settings)]
        newsroom = Newsroom(settings.data, clock, opened=noted_opening(settings.data))
        for outlet, address, taken in zip(OUTLETS, addresses(settings, host), listening, strict=True):
            converse = _conversation(newsroom, Site(outlet, address), read_timetable(outlet))
            server = await asyncio.start_server(converse, sock=taken, limit=HEAD_BYTES)
            stack.callback(server.close)
        yield newsroom


def listen(host: str, port: int) -> socket.socket:
    """The socket of one outlet. Raises Stop, naming port and variable, where it cannot be had."""
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise Stop(
            f"port {port} is in use" if taken else f"cannot listen: {error.strerror}",
            subject=f"http://{host}:{port}",
            remedy="stop what listens there, or set WATCHFLOOR_NEWSROOM_PORT to the first of "
            f"{len(OUTLETS)} free ports in a row",
        ) from error


def _conversation(newsroom: Newsroom, site: Site, versions: tuple[Version, ...]) -> Conversation:
    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(*LEAVES, Rejected):
            keeps_connection = True
            while keeps_connection:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
                request = read_request(head)
                writer.write(newsroom.answer(site, versions, request))
                await asyncio.wait_for(writer.drain(), IDLE_SECONDS)
                keeps_connection = request.keeps_connection

    return converse


def _tell(settings: Settings, host: str, state: status.State, answered: int) -> None:
    status.tell(settings.status_folder, SERVICE, state, detail=_detail(addresses(settings, host)), handled=answered)


def _detail(served: Iterable[str]) -> str:
    first, *_, last = served
    return f"{first} to {last.rpartition(':')[2]}"
