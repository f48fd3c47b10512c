"""Group commit: changes that come at about the same time share one transaction, and so one wait for the disk."""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from watchfloor import logs
from watchfloor.errors import Stop, TryLater
from watchfloor.store.protocol import Change, Standing

log = logging.getLogger(__name__)
GATHER_SECONDS = 0.003
"""How long a change waits for others; what comes while the disk is written waits for that anyhow."""
MOST_CHANGES = 200
IDLE_SECONDS = 1.0
"""A pause in which the store may bring its log home."""


@dataclass(frozen=True)
class Applied:
    """What the store said after a batch: `order` grows with every batch."""

    order: int
    standings: tuple[Standing, ...]


class Writable(Protocol):
    """What of a store is needed here."""

    def apply(self, changes: Sequence[Change]) -> list[tuple[Standing, ...]]:
        """Keep the changes, all or none."""
        ...

    def rest(self) -> None:
        """A pause."""
        ...


Waiting = tuple[Change, asyncio.Future[Applied]]


class Batches:
    """Writes to the store in a thread of its own, a batch after the other."""

    def __init__(self, store: Writable) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")
        self._waiting: asyncio.Queue[Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._order = 0

    async def apply(self, change: Change) -> Applied:
        """Keep one change, together with others that wait; answers once it is durable."""
        if self._task is None:
            self._task = asyncio.create_task(self._write())
        answer: asyncio.Future[Applied] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((change, answer))
        return await answer

    async def close(self) -> None:
        """Stop writing. What still waits is not kept; its events are not acknowledged."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._thread.shutdown(wait=True)

    async def _write(self) -> None:
        while True:
            batch = await self._gather()
            if batch:
                await self._keep(batch)
            else:
                await self._rest()

    async def _gather(self) -> list[Waiting]:
        """The next batch; empty after a pause."""
        try:
            first = await asyncio.wait_for(self._waiting.get(), IDLE_SECONDS)
        except TimeoutError:
            return []
        if self._waiting.empty():
            await asyncio.sleep(GATHER_SECONDS)
        batch = [first]
        while len(batch) < MOST_CHANGES and not self._waiting.empty():
            batch.append(self._waiting.get_nowait())
        return [waiting for waiting in batch if not waiting[1].cancelled()]

    async def _keep(self, batch: list[Waiting]) -> None:
        """Keep a batch; where one of its changes is refused, each by itself, so that the others do not suffer."""
        try:
            said = await self._in_thread([change for change, _ in batch])
        except (TryLater, Stop) as error:
            self._refuse(batch, error)
        except Exception as error:  # noqa: BLE001 - it is the handler's, which decides what happens next
            if len(batch) == 1:
                self._refuse(batch, error)
                return
            for waiting in batch:
                await self._keep([waiting])
        else:
            self._order += 1
            for (_, answer), standings in zip(batch, said, strict=True):
                if not answer.done():
                    answer.set_result(Applied(self._order, standings))

    def _refuse(self, batch: list[Waiting], error: Exception) -> None:
        for _, answer in batch:
            if not answer.done():
                answer.set_exception(error)

    async def _rest(self) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._store.rest)
        except TryLater as error:
            log.warning("the store's log stays as it is for now: %s", error, extra=logs.event("checkpoint_postponed"))

    async def _in_thread(self, changes: list[Change]) -> list[tuple[Standing, ...]]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._store.apply, changes)
