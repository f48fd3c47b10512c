"""What the routers share: settings, the store, the way to the first topic, the signer of cursors, the hub."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Protocol, TypeVar

from fastapi import Depends, Request

from watchfloor.events import Event
from watchfloor.settings import Settings
from watchfloor.store.protocol import Store
from watchfloor_gateway.cursors import Cursors
from watchfloor_gateway.pages.frame.keeper import Keeper
from watchfloor_gateway.stream.hub import Hub

Answer = TypeVar("Answer")


class Publisher(Protocol):
    """The way to the topics; its body is `watchfloor.kafka.publisher`."""

    async def publish(self, event: Event, visit: str) -> str:
        """Return the event's traceparent once the broker has acknowledged it; raise TryLater where it is away."""
        ...

    async def check(self) -> None:
        """Return where the broker answers; raise TryLater where it does not."""
        ...


@dataclass(frozen=True)
class Parts:
    """Everything a request may need."""

    settings: Settings
    store: Store
    publisher: Publisher
    cursors: Cursors
    hub: Hub
    watches: Keeper = field(default_factory=Keeper)

    async def ask(self, question: Callable[[Store], Answer]) -> Answer:
        """Put a question to the store, in a thread, since it blocks."""
        return await asyncio.to_thread(question, self.store)


def parts_of(request: Request) -> Parts:
    """The parts that `create_app` was given."""
    parts: Parts = request.app.state.parts
    return parts


Shared = Annotated[Parts, Depends(parts_of)]
