"""Growing delays between attempts, from which a stop wakes at once."""

import asyncio
from dataclasses import dataclass

from watchfloor.settings import Settings


class Halted(Exception):
    """The worker stops, or its partition went to another; the event stays unacknowledged."""


@dataclass(frozen=True)
class Delays:
    """Exponential backoff: `first` seconds after the first attempt, doubling, never over `longest`.

    Without jitter: one worker tries one partition's event, so no herd forms that would have to be spread.

    >>> [Delays(first=0.5, longest=3).after(attempt) for attempt in (1, 2, 3, 4, 1000)]
    [0.5, 1.0, 2.0, 3, 3]
    """

    first: float
    longest: float

    def after(self, attempt: int) -> float:
        """Seconds to wait after the attempt of this number, counted from 1."""
        return min(self.first * 2.0 ** min(attempt - 1, 60), self.longest)


def delays_of(settings: Settings) -> Delays:
    """The delays that the operator chose."""
    return Delays(settings.retry_first_seconds, settings.retry_longest_seconds)


class Halt:
    """A switch that lets go of everything that waits. It can be reset, for the partitions after a rebalance."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        """Wake all that wait; from now on every wait raises Halted."""
        self._event.set()

    def reset(self) -> None:
        """Let waiting be possible again."""
        self._event.clear()

    @property
    def is_set(self) -> bool:
        """Whether the worker is letting go."""
        return self._event.is_set()

    async def wait(self) -> None:
        """Wait until the switch is set."""
        await self._event.wait()

    async def sleep(self, seconds: float) -> None:
        """Wait. Raises Halted as soon as the switch is set."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        raise Halted

    async def wait_for(self, event: asyncio.Event, seconds: float | None = None) -> None:
        """Wait for something to happen, or for these seconds. Raises Halted where the switch is set first."""
        waiting = [asyncio.ensure_future(event.wait()), asyncio.ensure_future(self._event.wait())]
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in waiting:
                future.cancel()
        if self._event.is_set():
            raise Halted
