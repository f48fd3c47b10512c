"""Events as Kafka records: CloudEvents 1.0, Kafka protocol binding, binary mode.

Headers are named `ce_…` as the binding prescribes. Ids are derived, never drawn, and times come from the event, so that
an event emitted again after a kill is the same record to the byte, and a consumer may drop repeats by `ce_id`.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Protocol

from pydantic import ValidationError

from watchfloor import tracing
from watchfloor.errors import InvalidAddress, Rejected
from watchfloor.events import ArticleWithdrawn, Event, utc_text
from watchfloor.identity import registrable_domain
from watchfloor.topics import Topic

Headers = tuple[tuple[str, bytes], ...]
WITHDRAWN_AT, REASON = "watchfloor_withdrawn_at", "watchfloor_reason"
UNKNOWN_SOURCE = "unknown"
_VERSION = re.compile(r"\.(v\d+)$")
_SOURCE_ID = re.compile(rb'"source_id"\s*:\s*"([^"\\]{1,200})"')
_URL = re.compile(rb'"url"\s*:\s*"([^"\\]{1,2000})"')


@dataclass(frozen=True)
class Received:
    """A record as it came from the broker."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp_ms: int = 0
    """When it was written, by the writer's clock; in milliseconds since the epoch."""

    @cached_property
    def _raw(self) -> dict[str, bytes]:
        return dict(self.headers)

    def text_of(self, name: str) -> str | None:
        """One header as text; None where there is none. For one or two it is much faster than `header`."""
        value = self._raw.get(name)
        return None if value is None else value.decode("utf-8", "replace")

    @cached_property
    def header(self) -> dict[str, str]:
        """Headers by name, as text; where a name comes twice, the last."""
        return {name: value.decode("utf-8", "replace") for name, value in self._raw.items()}

    @property
    def place(self) -> str:
        """Where the record lies, for a person: `topic[partition]@offset`."""
        return f"{self.topic}[{self.partition}]@{self.offset}"

    @property
    def ce_id(self) -> str:
        """The event's id; of a record that came without one, its place."""
        return self.text_of("ce_id") or self.place

    @property
    def traceparent(self) -> str:
        """The trace that the record belongs to; one that it begins, where it came without."""
        given = self.text_of("traceparent")
        return given if given and tracing.trace_id(given) else tracing.begin(self.ce_id)

    @property
    def size(self) -> int:
        """Bytes of key and value."""
        return len(self.key or b"") + len(self.value or b"")


@dataclass(frozen=True)
class Outgoing:
    """A record to be sent. Without a partition the key decides on it, as in every Kafka client."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    partition: int | None = None

    def with_headers(self, more: Iterable[tuple[str, str]]) -> "Outgoing":
        """The same record with further headers."""
        return replace(self, headers=(*self.headers, *((name, text.encode()) for name, text in more)))


class _Message(Protocol):
    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    timestamp: int
    headers: Sequence[tuple[str, bytes | None]]


def received(message: _Message) -> Received:
    """A record of the client library in our own form. A header without a value counts as empty."""
    headers = tuple((name, value or b"") for name, value in message.headers)
    return Received(
        message.topic, message.partition, message.offset, message.key, message.value, headers, message.timestamp
    )


def visit_id(event: Event, number: str) -> str:
    """The `ce_id` of what a source gives: its key and the visit's number; a repeated visit has the same."""
    return f"{event.key}:{number}"


def following_id(ce_id: str, stage: str, index: int) -> str:
    """The `ce_id` of the output `index` (from 0) that a stage makes of the event `ce_id`."""
    return hashlib.sha256(f"{ce_id}\n{stage}\n{index}".encode()).hexdigest()[:32]


def schema_urn(kind: type[Event]) -> str:
    """The name of an event's JSON Schema: `urn:watchfloor:schema:<EventClass>:v1`."""
    version = _VERSION.search(kind.type_name)
    return f"urn:watchfloor:schema:{kind.__name__}:{version[1] if version else 'v1'}"


@lru_cache(maxsize=256)
def _constant_headers(kind: type[Event], writer: str) -> Headers:
    return (
        ("ce_specversion", b"1.0"),
        ("ce_type", kind.type_name.encode()),
        ("ce_source", f"/watchfloor/{writer}".encode()),
        ("ce_dataschema", schema_urn(kind).encode()),
        ("content-type", b"application/json"),
    )


def compose(event: Event, topic: Topic, writer: str, ce_id: str, parent: str | None = None) -> Outgoing:
    """Write an event as a record of `topic`. `parent` is the traceparent of the event it follows from."""
    key = event.key.encode()
    headers = (
        *_constant_headers(type(event), writer),
        ("ce_id", ce_id.encode()),
        ("ce_time", utc_text(event.time).encode()),
        ("ce_subject", key),
        ("traceparent", tracing.follow(parent, ce_id).encode()),
    )
    if isinstance(event, ArticleWithdrawn):
        headers += ((WITHDRAWN_AT, utc_text(event.fetched_at).encode()), (REASON, event.reason.encode()))
        return Outgoing(topic.name, key, None, headers)
    return Outgoing(topic.name, key, event.write(), headers)


def read(record: Received, topic: Topic) -> Event:
    """Read the event of a record: the one that `ce_type` names, else the first of the topic's events that fits.

    Raises Rejected, naming the record's place, where it is none of them.
    """
    if ArticleWithdrawn in topic.events and record.value is None:
        return _read_tombstone(record)
    if record.value is None:
        raise _unreadable(record, "has no value; only a compacted topic has tombstones")
    return _first_that_fits(record, record.value, _kinds(record, topic))


def _kinds(record: Received, topic: Topic) -> list[type[Event]]:
    """Which of the topic's events a record with a value may be."""
    declared = record.text_of("ce_type")
    kinds = [kind for kind in topic.events if kind is not ArticleWithdrawn]
    if declared is None:
        return kinds
    for kind in kinds:
        if kind.type_name == declared:
            return [kind]
    known = ", ".join(kind.type_name for kind in topic.events)
    raise _unreadable(record, f"its ce_type {declared!r} is none of this topic's ({known})")


def _first_that_fits(record: Received, value: bytes, kinds: list[type[Event]]) -> Event:
    wrong: list[str] = []
    for kind in kinds:
        try:
            return kind.read(value)
        except ValidationError as error:
            wrong.append(f"no {kind.__name__}: {_first_fault(error)}")
    raise _unreadable(record, "; ".join(wrong))


def _first_fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(map(str, first["loc"]))
    more = f", and {error.error_count() - 1} more" if error.error_count() > 1 else ""
    return f"{field}: {first['msg']}{more}" if field else f"{first['msg']}{more}"


def _read_tombstone(record: Received) -> ArticleWithdrawn:
    key = (record.key or b"").decode("utf-8", "replace")
    fields = {"article_id": key, "fetched_at": record.header.get(WITHDRAWN_AT), "reason": record.header.get(REASON)}
    try:
        return ArticleWithdrawn.model_validate(fields)
    except ValidationError as error:
        raise _unreadable(record, f"is a tombstone without its headers: {_first_fault(error)}") from error


def _unreadable(record: Received, reason: str) -> Rejected:
    return Rejected(
        reason,
        subject=record.place,
        remedy="mend or stop what writes it; `watchfloor dlq show` prints the record whole",
    )


def source_of(event: Event) -> str:
    """Whom an event comes from: its source's id, else the registrable domain of its address, else `unknown`."""
    return getattr(event, "source_id", None) or _domain(getattr(event, "url", None)) or UNKNOWN_SOURCE


def source_of_unreadable(record: Received) -> str:
    """The same for a record that is no event: what fragments of its JSON tell."""
    value = record.value or b""
    source_id, url = _SOURCE_ID.search(value), _URL.search(value)
    if source_id:
        return source_id[1].decode("utf-8", "replace")
    return _domain(url[1].decode("utf-8", "replace") if url else None) or UNKNOWN_SOURCE


def _domain(url: str | None) -> str | None:
    try:
        return registrable_domain(url) if url else None
    except InvalidAddress:
        return None
