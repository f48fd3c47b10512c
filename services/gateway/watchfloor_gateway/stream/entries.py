"""What goes out: a record as the bytes that every client is sent, made once."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from watchfloor import tracing
from watchfloor.events import ArticleLatest, Instant, Origin
from watchfloor.kafka.tail import Position, Tailed
from watchfloor.store.protocol import Kept
from watchfloor_gateway.answers import article_answer
from watchfloor_gateway.stream import sse

Form = Literal["whole", "small"]
"""Articles whole, or only which of them has changed."""
WITHDRAWN, ARTICLE = "withdrawn", "article"
_BEFORE, _AFTER = sse.event(ARTICLE, b"|").split(b"|")


class WithdrawnEvent(BaseModel):
    """The `data` of `withdrawn`: the article is no longer at any of its addresses."""

    article_id: str
    withdrawn_at: Instant


class ChangedEvent(BaseModel):
    """The `data` of `article` in its small form."""

    article_id: str
    version: int
    changed_at: Instant
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the topic on its way to the clients."""

    partition: int
    offset: int
    position: Position
    """Where its reader stands after it."""
    name: str
    """Of the event: `article` or `withdrawn`."""
    identity: bytes
    whole: bytes
    small: bytes

    def event(self, form: Form) -> bytes:
        """The event without its id."""
        return self.whole if form == "whole" else self.small

    def article(self) -> ArticleLatest:
        """The article, read again: kept as objects, a few thousand of them would take a gigabyte."""
        return ArticleLatest.read(self.whole[len(_BEFORE) : -len(_AFTER)])

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        return len(self.whole) + len(self.small) + len(self.identity)


def entry(tailed: Tailed) -> Entry:
    """A record that was read, as it is sent."""
    event = tailed.event
    if isinstance(event, ArticleLatest):
        name, whole, small = ARTICLE, _whole(event, tailed.traceparent), _small(event)
    else:
        name = WITHDRAWN
        whole = small = _data(WithdrawnEvent(article_id=event.article_id, withdrawn_at=event.fetched_at))
    events = [sse.event(name, data) for data in (whole, small)]
    return Entry(tailed.partition, tailed.offset, tailed.position, name, sse.identity(tailed.position), *events)


def _whole(article: ArticleLatest, traceparent: str) -> bytes:
    """As `GET /v1/articles/{id}` answers it."""
    return article_answer(Kept(article, None, None, tracing.trace_id(traceparent)))


def _small(article: ArticleLatest) -> bytes:
    return _data(
        ChangedEvent(
            article_id=article.article_id,
            version=article.version,
            changed_at=article.changed_at,
            origin=article.origin,
        )
    )


def _data(model: BaseModel) -> bytes:
    return model.model_dump_json().encode()
