"""The conductor of the crawl: what is due is asked for, side by side; what follows is given out, and kept once it is taken.

The order makes it whole over a kill at any moment: the visit is noted before it is made, what follows from it is given
out, and only when the broker has that is the visit over. A visit that was cut off is made again under its number.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TypeVar

from watchfloor import logs, metrics
from watchfloor.errors import TryLater
from watchfloor.source import Visit
from watchfloor_scraper.answers.consequence import Consequence
from watchfloor_scraper.frontier import Frontier, Target
from watchfloor_scraper.visiting import Visitor

log = logging.getLogger(__name__)
MOST_VISITS = 32
"""At the same time: each may hold a body of 20 MiB."""
MOST_TROUBLED, HELD_SECONDS = MOST_VISITS // 2, 5.0
"""Visits, of these, to what failed the last time: hosts that hang, however many, leave room for those that answer."""
LONGEST_PAUSE = 0.5
"""Seconds after which it looks up, though nothing is due: a new configuration, a stop."""
GATHER_SECONDS = 0.02
"""How long a visit that has ended waits for others: they share one transaction and one round to the broker."""
GIVEN_TOGETHER = 500
AGAIN_SECONDS = 30.0
Item = TypeVar("Item")
Between = Callable[[float], Sequence[Visit]]


class Crawl:
    """Visits what is due, without end.

    `between` is called once a round, with the time: what else is to be said, and whatever must be looked after.
    `settled` is told of each visit that is over.
    """

    def __init__(
        self,
        frontier: Frontier,
        visitor: Visitor,
        between: Between,
        settled: Callable[[Consequence], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._frontier = frontier
        self._visitor = visitor
        self._between = between
        self._settled = settled
        self._clock = clock
        self._under_way: dict[asyncio.Task[Consequence | None], Target] = {}
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Look at the frontier now: something new is due."""
        self._awake.set()

    async def visits(self) -> AsyncIterator[Sequence[Visit]]:
        """What follows from the visits, several together where they ended at the same time."""
        try:
            while True:
                said = self._between(self._clock())
                self._begin()
                done = await self._some()
                for together in _in_pieces(chain(said, *(each.visits for each in done))):
                    yield together
                await self._keep(done)
        finally:
            await self._let_go()

    def _begin(self) -> None:
        """Set out for all that is due and whose host is free."""
        free = MOST_VISITS - len(self._under_way)
        if free <= 0:
            return
        busy = {target.host for target in self._under_way.values()}
        troubled = sum(target.failures > 0 for target in self._under_way.values())
        for target in self._frontier.take(self._clock(), limit=free, busy=busy):
            troubled += target.failures > 0
            if target.failures > 0 and troubled > MOST_TROUBLED:
                self._frontier.release(target.url, self._clock() + HELD_SECONDS)
            else:
                self._under_way[asyncio.create_task(self._visitor.visit(target))] = target

    async def _some(self) -> list[Consequence]:
        """What has ended, at least one visit where some are under way; none after a pause."""
        self._awake.clear()
        waker = asyncio.ensure_future(self._awake.wait())
        await asyncio.wait({waker, *self._under_way}, timeout=self._pause(), return_when=asyncio.FIRST_COMPLETED)
        waker.cancel()
        if any(task.done() for task in self._under_way):
            await asyncio.sleep(GATHER_SECONDS)
        return [end for task in [task for task in self._under_way if task.done()] if (end := self._end(task))]

    def _pause(self) -> float:
        now = self._clock()
        due = self._frontier.next_time(now, {target.host for target in self._under_way.values()})
        full = len(self._under_way) >= MOST_VISITS
        return LONGEST_PAUSE if due is None or full else min(max(due - now, 0.001), LONGEST_PAUSE)

    def _end(self, task: asyncio.Task[Consequence | None]) -> Consequence | None:
        """What follows from a visit; None where its turn went to something else."""
        target = self._under_way.pop(task)
        try:
            consequence = task.result()
        except TryLater as trouble:
            log.warning(
                "the visit to %s is made again in %g s: %s",
                target.url,
                AGAIN_SECONDS,
                trouble,
                extra=logs.event("visit_repeated", source=target.source_id),
            )
            self._frontier.release(target.url, self._clock() + AGAIN_SECONDS)
            return None
        if consequence is None:
            self._frontier.release(target.url, self._clock())
        return consequence

    async def _keep(self, done: Sequence[Consequence]) -> None:
        """Keep what the broker has: first what was found, then that the visits are over."""
        if not done:
            return
        for together in _in_pieces(chain.from_iterable(each.findings for each in done)):
            self._frontier.add(together)
            await asyncio.sleep(0)
        self._frontier.settle([each.outcome for each in done], self._clock())
        for each in done:
            self._settled(each)
            metrics.VISITS.labels(each.target.kind, _verdict(each)).inc()

    async def _let_go(self) -> None:
        """Leave what is under way: it is visited again at the next start."""
        for task in self._under_way:
            task.cancel()
        for task in self._under_way:
            with suppress(asyncio.CancelledError, Exception):
                await task
        self._under_way.clear()


def _verdict(consequence: Consequence) -> str:
    return next((visit.number.partition(":")[0] for visit in consequence.visits[::-1]), "read")


def _in_pieces(items: Iterator[Item]) -> Iterator[tuple[Item, ...]]:
    while piece := tuple(islice(items, GIVEN_TOGETHER)):
        yield piece
