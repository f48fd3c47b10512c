"""What a stage is: events in, events out. It knows no Kafka; the worker in `watchfloor.kafka` runs any stage."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from watchfloor.events import Event

Handle = Callable[[Event], AsyncIterator[Event]]


async def _nothing() -> None:
    """For a stage that holds nothing open."""


@dataclass(frozen=True)
class Stage:
    """One stage of the way.

    `handle` is given one event and yields what follows from it. It may be run again for the same event, so all it does
    must bear repetition. What it raises says what happens next (see errors.py). It is resumed after a `yield` only
    when the broker has acknowledged the yielded event, so a lock held over a `yield` orders what is published.
    Which topics it reads and writes follows from its name (see topics.py).
    """

    name: str
    reads: tuple[type[Event], ...]
    writes: tuple[type[Event], ...]
    handle: Handle
    close: Callable[[], Awaitable[None]] = _nothing
