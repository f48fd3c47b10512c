"""Every page and every open window asks for the watch line: one answer serves them all for two seconds."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from watchfloor.errors import Stop, TryLater
from watchfloor_gateway.pages.frame.watch import Watch

KEPT_FOR = timedelta(seconds=2)


class Keeper:
    """Keeps the latest watch line."""

    def __init__(self) -> None:
        self._kept: Watch | None = None
        self._asked_at: datetime | None = None
        self._asking = asyncio.Lock()

    async def watch(self, measure: Callable[[], Awaitable[Watch]], now: datetime) -> Watch:
        """What `measure` answers, or has answered lately.

        Where it raises TryLater or Stop, the store is away: then the answer is the last one, and says since when.
        """
        async with self._asking:
            if self._kept is None or self._asked_at is None or abs(now - self._asked_at) >= KEPT_FOR:
                self._kept = await self._measured(measure, now)
                self._asked_at = now
            return self._kept

    async def _measured(self, measure: Callable[[], Awaitable[Watch]], now: datetime) -> Watch:
        try:
            return await measure()
        except (TryLater, Stop):
            last = self._kept or Watch(now)
            return replace(last, away=last.away or now, age=None, stale=False)
