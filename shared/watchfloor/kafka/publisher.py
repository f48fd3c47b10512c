"""Publishing one event at a time, for a service that is asked for it: the gateway, where a page is handed in."""

import asyncio
from types import TracebackType
from typing import Self

from aiokafka.errors import KafkaTimeoutError

from watchfloor import metrics
from watchfloor.events import Event
from watchfloor.kafka import admin
from watchfloor.kafka.records import compose, visit_id
from watchfloor.kafka.sender import Sender, trouble
from watchfloor.settings import Settings
from watchfloor.topics import topic_for

PATIENCE_SECONDS = 10.0
"""A request waits no longer; a page that is acknowledged after all is the same visit when it is handed in again."""


class Publisher:
    """Sends events in the name of `writer` (see topics.py); a context manager. Many may publish at the same time.

    It connects when it first publishes, so that a service may start before the broker.
    """

    def __init__(self, settings: Settings, writer: str) -> None:
        self._settings = settings
        self._writer = writer
        self._sender = Sender(settings)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def publish(self, event: Event, visit: str) -> str:
        """Send an event; return its traceparent once the broker has acknowledged it.

        The same event and number of visit give the same `ce_id`. Raises TryLater, with the remedy, where the broker is
        away, Rejected where the event is too large, LookupError where the topics give this writer no such event.
        """
        topic = topic_for(self._writer, type(event))
        record = compose(event, topic, self._writer, visit_id(event, visit))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._sender.start()
                await self._sender.publish(record, topic)
        except TimeoutError as error:
            raise trouble(self._settings.bootstrap, KafkaTimeoutError()) from error
        metrics.EVENTS_PUBLISHED.labels(self._writer, type(event).type_name).inc()
        return dict(record.headers)["traceparent"].decode()

    async def check(self) -> None:
        """Return where the broker answers. Raises TryLater where it does not."""
        await admin.wait_for_broker(self._settings, seconds=0)

    async def stop(self) -> None:
        """Send what is queued, and disconnect."""
        await self._sender.stop()
