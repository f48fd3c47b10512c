"""The server of the operations port: a thread with a loop of its own, so that it answers while the service hangs.

It takes one request a connection, of bounded length and within bounded time, and few connections at once: whoever
reaches the port can keep it busy, and nothing else.
"""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus

from watchfloor import status
from watchfloor.errors import Stop
from watchfloor.operations.answers import METHODS, Answer, answer, problem
from watchfloor.settings import Settings

HEAD_BYTES = 8 * 1024
SECONDS = 5.0
"""For a request to come, and again for its answer to be taken."""
MOST_CONNECTIONS = 16
END = b"\r\n\r\n"
LEAVES = (asyncio.IncompleteReadError, OSError, TimeoutError)
"""What a visitor does at any moment: goes, or falls silent."""


@contextmanager
def answering(service: str, settings: Settings) -> Iterator[None]:
    """Answer for as long as the block lasts, unless the port is set to 0. Raises Stop where the port cannot be had."""
    if not settings.operations_port:
        yield
        return
    with listen(settings) as listening:
        loop = asyncio.new_event_loop()
        begun = asyncio.start_server(_Port(service).converse, sock=listening, limit=HEAD_BYTES)
        # Here, not in the thread: a service that ends at once would stop the loop before it had begun.
        server = loop.run_until_complete(begun)
        thread = threading.Thread(target=_turn, args=(loop, server), name="operations", daemon=True)
        thread.start()
        try:
            yield
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(1.0)


def listen(settings: Settings) -> socket.socket:
    """The socket of the operations port. Raises Stop, naming port and variable, where it cannot be had."""
    host, port = settings.operations_host, settings.operations_port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=MOST_CONNECTIONS)
    except OSError as error:
        raise Stop(
            f"the operations port cannot be listened on: {error.strerror}",
            subject=f"{host}:{port}",
            remedy="set WATCHFLOOR_OPERATIONS_PORT to a free port, or to 0 for none",
        ) from error


def _turn(loop: asyncio.AbstractEventLoop, server: asyncio.Server) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    server.close()
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


class _Port:
    def __init__(self, service: str) -> None:
        self._service = service
        self._connections = 0

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, one answer."""
        self._connections += 1
        try:
            with suppress(*LEAVES):
                crowded = self._connections > MOST_CONNECTIONS
                writer.write(_BUSY if crowded else await self._answer(reader))
                await asyncio.wait_for(writer.drain(), SECONDS)
        finally:
            self._connections -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader) -> bytes:
        try:
            head = await asyncio.wait_for(reader.readuntil(END), SECONDS)
        except asyncio.LimitOverrunError:
            return _written(problem(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, f"over {HEAD_BYTES} bytes"))
        words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1."):
            return _written(problem(HTTPStatus.BAD_REQUEST, "is no request of HTTP/1"))
        method, target, _ = words
        return _written(answer(self._service, method, target.partition("?")[0], status.own()), method)


def _written(given: Answer, method: str = "GET") -> bytes:
    head = [
        f"HTTP/1.1 {given.status.value} {given.status.phrase}",
        f"Content-Type: {given.media_type}",
        f"Content-Length: {len(given.body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    ]
    if given.status is HTTPStatus.METHOD_NOT_ALLOWED:
        head.append(f"Allow: {', '.join(METHODS)}")
    return "\r\n".join([*head, "", ""]).encode() + (b"" if method == "HEAD" else given.body)


_BUSY = _written(problem(HTTPStatus.SERVICE_UNAVAILABLE, "answers others"))
