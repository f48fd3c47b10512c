"""The faust app of a stage: what takes records from Kafka and commits what is acknowledged."""

from typing import Any

import faust

from watchfloor.kafka import admin
from watchfloor.kafka.records import Received
from watchfloor.settings import Settings
from watchfloor.topics import MAX_RECORD_BYTES

BATCH = 200
LONGEST_SECONDS = 24 * 3600.0
"""A record may be tried for hours; whether the worker lives is told by its heartbeats."""


def build_app(stage: str, settings: Settings) -> faust.App:
    """The faust app of a stage. Each setting that is no default has its reason here."""
    return faust.App(
        admin.group_of(stage),
        broker=f"kafka://{settings.bootstrap}",
        datadir=settings.data / "faust",
        autodiscover=False,
        web_enabled=False,
        key_serializer="raw",
        value_serializer="raw",
        topic_disable_leader=True,  # else each worker makes a leader topic of its own
        topic_allow_declare=False,  # topics come from the one list
        consumer_auto_offset_reset="earliest",
        consumer_group_instance_id=f"{stage}-{settings.instance}",  # a successor need not wait for the session to end
        consumer_max_fetch_size=MAX_RECORD_BYTES,
        broker_session_timeout=10.0,
        broker_heartbeat_interval=3.0,
        broker_max_poll_interval=LONGEST_SECONDS,
        broker_commit_every=BATCH,
        broker_commit_interval=0.25,
        broker_max_poll_records=BATCH,
        stream_buffer_maxsize=2 * BATCH,
        stream_wait_empty=False,  # faust would wait for ever where a retry waits: `_let_go` does this
        stream_processing_timeout=LONGEST_SECONDS,
    )


def received(message: Any) -> Received:
    """A record from faust in our own form."""
    headers = tuple((name, value or b"") for name, value in message.headers or ())
    return Received(message.topic, message.partition, message.offset, message.key, message.value, headers)
