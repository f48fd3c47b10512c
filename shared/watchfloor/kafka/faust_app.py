"""The faust app of a stage: what takes records from Kafka and commits what is acknowledged."""

import asyncio
import logging
import types
from collections.abc import Coroutine, Generator
from functools import partial
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport
from mode.services import WaitResults

from watchfloor.kafka import admin
from watchfloor.kafka.records import Received
from watchfloor.settings import Settings
from watchfloor.topics import MAX_RECORD_BYTES

LIBRARY = logging.getLogger("faust")
"""Logs what faust says by classes that we have derived: by their module's logger it would count as our own word."""
BATCH = 200
LOOKS, LOOK_SECONDS = 50, 0.01
FETCH_WAIT_MS, POLL_SECONDS = 100, 0.1
GROUP_LOOK_SECONDS = 1.0
LONGEST_SECONDS = 24 * 3600.0
"""A record may be tried for hours; whether the worker lives is told by its heartbeats."""


class AsIs(faust.Schema[Any, Any]):
    """Hands on every record as it came, and so never fails: what faust cannot decode it would acknowledge unseen."""

    def compile(self, app: Any, **_: Any) -> Any:
        """What faust calls for each record."""

        async def decode(message: Any, **_: Any) -> Any:
            return faust.Event(app, message.key, message.value, message.headers, message)

        return decode


class Uncounted(faust.Monitor):
    """Keeps no figures of each record: they cost time, and the worker counts for itself."""

    logger = LIBRARY

    def track_tp_end_offset(self, tp: Any, offset: int) -> None:
        """A partition has grown."""

    def on_message_in(self, tp: Any, offset: int, message: Any) -> None:
        """A record came."""

    def on_message_out(self, tp: Any, offset: int, message: Any) -> None:
        """A record was acknowledged."""

    def on_stream_event_in(self, tp: Any, offset: int, stream: Any, event: Any) -> None:
        """An agent was given a record."""

    def on_stream_event_out(self, tp: Any, offset: int, stream: Any, event: Any, state: Any = None) -> None:
        """An agent has done with a record."""


class PromptThread(AIOKafkaConsumerThread):
    """Asks the broker for records that are there instead of waiting for new ones in the same request.

    One request at a time goes to a broker; while it waits for new records in quiet partitions, the others get none.
    """

    logger = LIBRARY

    def left_by(self) -> BaseException | None:
        """The error by which the consumer has left its group for good; None while it is a member, or joins."""
        consumer = self._consumer
        task = consumer._coordinator._coordination_task if consumer and consumer._coordinator else None  # noqa: SLF001
        return task.exception() if task and task.done() and not task.cancelled() else None

    def _create_worker_consumer(self, transport: Any) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # noqa: SLF001 - faust has no setting for it
        return consumer


class EagerConsumer(Consumer):
    """Delivers a record at once where that can be done at once, as nearly always.

    faust races each delivery against a suspension of the flow, with four tasks a record: a third of all its work. Here a
    delivery is begun without a task, as the eager tasks of Python 3.12 are, and raced only where it has to wait.
    """

    logger = LIBRARY

    async def wait_first(self, *awaited: Any, timeout: Any = None) -> Any:  # noqa: ASYNC109 - the signature is faust's
        """Wait for the first of these; of two without a timeout, the first is a delivery, the second a suspension."""
        if len(awaited) != 2 or timeout is not None:
            return await super().wait_first(*awaited, timeout=timeout)
        delivery, suspension = awaited
        try:
            awaits = delivery.send(None)
        except StopIteration as delivered:
            suspension.close()
            return WaitResults([delivery], [delivered.value], stopped=False)
        return await super().wait_first(_rest_of(delivery, awaits), suspension)

    def _new_consumer_thread(self) -> PromptThread:
        return PromptThread(self, loop=self.loop, beacon=self.beacon)

    async def _wait_next_records(self, timeout: float) -> Any:  # noqa: ASYNC109 - faust's signature
        """Take the next records, looking often for partitions that come back after the buffer was full.

        faust looks for them once a second, and until then their records lie.
        """
        for _ in range(LOOKS):
            if self._active_partitions or not self._buffered_partitions or not self.flow_active:
                break
            await asyncio.sleep(LOOK_SECONDS)
        return await super()._wait_next_records(min(timeout, POLL_SECONDS))


async def _rest_of(begun: Coroutine[Any, Any, Any], awaits: Any) -> Any:
    return await _steps_of(begun, awaits)


@types.coroutine
def _steps_of(begun: Coroutine[Any, Any, Any], awaits: Any) -> Generator[Any, Any, Any]:
    """Go on with a coroutine that has been begun, and awaits this."""
    while True:
        try:
            answer = yield awaits
        except BaseException as error:  # noqa: BLE001 - a cancellation too is the coroutine's own affair
            step = partial(begun.throw, error)
        else:
            step = partial(begun.send, answer)
        try:
            awaits = step()
        except StopIteration as ended:
            return ended.value


class EagerTransport(Transport):
    """faust's own transport, with the consumer above."""

    Consumer = EagerConsumer


async def until_left(app: faust.App) -> BaseException:
    """Wait until the app's consumer leaves its group by an error, and give that: aiokafka logs it, and faust waits for ever."""
    while True:
        await asyncio.sleep(GROUP_LOOK_SECONDS)
        thread: PromptThread = app.consumer._thread  # type: ignore[attr-defined]  # noqa: SLF001 - faust does not ask it
        if (error := thread.left_by()) is not None:
            return error


def build_app(stage: str, settings: Settings) -> faust.App:
    """The faust app of a stage. Each setting that is no default has its reason here."""
    member = f"{stage}-{settings.instance}"
    app = faust.App(
        admin.group_of(stage),
        broker=f"kafka://{settings.bootstrap}",
        datadir=settings.data / "faust",
        autodiscover=False,
        web_enabled=False,
        Monitor=Uncounted,
        cython_optimizations=True,  # the queue is read without a task for each record
        topic_disable_leader=True,  # else each worker makes a leader topic of its own
        topic_allow_declare=False,  # topics come from the one list
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=member,  # a successor need not wait for the session to end
        canonical_url=f"http://{member}",  # by default the host's name: a successor on another host would be refused
        consumer_max_fetch_size=MAX_RECORD_BYTES,
        broker_session_timeout=10.0,
        broker_heartbeat_interval=3.0,
        broker_max_poll_interval=LONGEST_SECONDS,
        broker_commit_every=BATCH,
        broker_commit_interval=0.25,
        broker_max_poll_records=2 * BATCH,
        stream_buffer_maxsize=2 * BATCH,
        stream_wait_empty=False,  # faust would wait for ever where a retry waits: `_let_go` does this
        stream_processing_timeout=LONGEST_SECONDS,
    )
    app.transport = EagerTransport(app.conf.broker_consumer, app)
    return app


def received(message: Any) -> Received:
    """A record from faust in our own form."""
    headers = tuple([(name, value or b"") for name, value in message.headers or ()])
    written_ms = round((message.timestamp or 0.0) * 1000)
    return Received(message.topic, message.partition, message.offset, message.key, message.value, headers, written_ms)
