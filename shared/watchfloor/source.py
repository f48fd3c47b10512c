"""What begins a way: an iterator of events. It knows no Kafka; the worker in `watchfloor.kafka` sends what it gives."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from watchfloor.events import Event


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
    may note that its item is done. Items with the origin `backfill` are held back while many pages are in flight.
    """

    name: str
    writes: tuple[type[Event], ...]
    visits: Callable[[], AsyncIterator[Visit]]
