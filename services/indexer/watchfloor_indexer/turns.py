"""Publication in the store's order: of one article, one event at a time, each saying what the store said last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from watchfloor.store.protocol import Standing
from watchfloor_indexer.batches import Applied


@dataclass
class _Turn:
    """An article that is being published, or waits for it."""

    order: int
    standing: Standing
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Turns:
    """Who may publish which article. An answer may be overtaken while it waits: what is newer is said instead."""

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def take(self, applied: Applied) -> AsyncIterator[list[Standing]]:
        """Wait for all the articles of an answer, in the order of their ids, so that two never wait for each other.

        Gives what is to be said of each; hold it until the broker has acknowledged that.
        """
        ids = sorted({standing.article_id for standing in applied.standings})
        self._announce(applied)
        try:
            async with AsyncExitStack() as held:
                for article_id in ids:
                    await held.enter_async_context(self._turns[article_id].lock)
                yield [self._turns[standing.article_id].standing for standing in applied.standings]
        finally:
            self._leave(ids)

    def _announce(self, applied: Applied) -> None:
        for standing in applied.standings:
            turn = self._turns.setdefault(standing.article_id, _Turn(applied.order, standing))
            turn.waiting += 1
            if applied.order > turn.order:
                turn.order, turn.standing = applied.order, standing

    def _leave(self, ids: list[str]) -> None:
        for article_id in ids:
            self._turns[article_id].waiting -= 1
            if not self._turns[article_id].waiting:
                del self._turns[article_id]
