"""How a source is: what an operator looks at first."""

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field

from watchfloor.events.base import Event, Instant, Record

SourceState = Literal["well", "late", "silent", "down", "paused", "removed"]
"""well; late: its lists are read later than planned; silent: nothing new for longer than its own rhythm explains;
down: it cannot be fetched or read; paused: by the operator; removed: no longer configured, to be shown no more."""


class HealthReason(Record):
    """One thing that is wrong, with how often it was seen of late."""

    code: str = Field(
        pattern=r"^[a-z0-9_]+$",
        description="dns tls connect timeout http_4xx http_5xx robots tdm guard parse_empty layout_changed ...",
    )
    count: int = Field(ge=1, description="times in the last 24 hours")
    detail: str = Field(description="for a person: the last time's words")


class SourceHealth(Event):
    """How a source is, and since when. The last record of a source holds."""

    type_name: ClassVar[str] = "watchfloor.source.health.v1"
    key_field: ClassVar[str] = "source_id"

    source_id: str
    name: str
    home: str
    domains: tuple[str, ...] = Field((), description="further domains whose pages are its own, beside that of `home`")
    country: str | None
    language: str | None
    tags: tuple[str, ...]
    reliability: str | None = Field(description="A to F, as the operator grades it")
    state: SourceState
    reasons: tuple[HealthReason, ...] = Field(description="the weightiest first; empty where it is well")
    since: Instant = Field(description="when it came into this state")
    at: Instant = Field(description="when this was found")
    watched_since: Instant | None = Field(
        None, description="since when it is configured: what it published before could not be found in time"
    )
    last_fetched_at: Instant | None = Field(description="the last answer of any of its pages or lists")
    next_fetch_at: Instant | None = Field(description="when it is asked next; None where nothing is planned")
    last_article_at: Instant | None = Field(description="when its last new article was fetched")
    known_pages: int = Field(ge=0, description="addresses of articles that are known")
    articles_24h: int = Field(ge=0, description="new articles in the last 24 hours")
    usual_24h: float | None = Field(description="what is usual for it in 24 hours; None until a rhythm is known")
    articles_6h: tuple[int, ...] = Field(description="new articles in each 6 hours of the last 7 days, oldest first")
    words_daily: tuple[int | None, ...] = Field(
        description="median words of its articles on each of the last 14 days, oldest first; None where it had none"
    )

    @property
    def time(self) -> datetime:
        """When it was found so."""
        return self.at
