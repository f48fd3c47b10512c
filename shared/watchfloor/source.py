"""What begins a way: an iterator of events. It knows no Kafka; the worker in `watchfloor.kafka` sends what it gives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from watchfloor.events import Event

Receive = Callable[[Event], Awaitable[None]]
Remark = Callable[[], str]


async def _takes_nothing(event: Event) -> None:
    """For a source that reads no topic."""
    raise LookupError(f"a source that declares no `reads` was given {type(event).__name__}")


def _says_nothing() -> str:
    """For a source of which there is nothing to say while it is at work."""
    return ""


@dataclass(frozen=True)
class Visit:
    """One event and the visit it comes from.

    `number` tells two visits of one page apart and stays the same when the visit is repeated after a kill: the
    record's `ce_id` is made of the key and this.
    """

    event: Event
    number: str


@dataclass(frozen=True)
class Source:
    """Where events come from.

    `visits` is asked for its next item only after the broker has acknowledged the last, so the code behind a `yield`
    may note that its item is done. An item is a visit, or several that are ready at the same time: they are sent
    together, those of one key in their order. Items with the origin `backfill` are held back while many pages are in
    flight.

    A source may also read topics: each event of `reads` is given to `receive`, at least once, and acknowledged when
    that returns. What `receive` raises says what happens next (see errors.py). Which topics these are follows from the
    name (see topics.py).

    `remark` is a sentence for the operator on what is wrong though the source is at work, empty where nothing is; it
    stands in the status file, for `watchfloor health`.
    """

    name: str
    writes: tuple[type[Event], ...]
    visits: Callable[[], AsyncIterator[Visit | Sequence[Visit]]]
    reads: tuple[type[Event], ...] = ()
    receive: Receive = _takes_nothing
    paces_itself: bool = False
    """Whether it is slow enough by itself: its backfill is not held back, since what is live would wait behind it."""
    remark: Remark = _says_nothing
