"""The one list of topics. Topics are made from it and never by accident; the docs are generated from it."""

from dataclasses import dataclass

from watchfloor.events import (
    ArticleEnriched,
    ArticleLatest,
    ArticleParsed,
    ArticleWithdrawn,
    Event,
    PageDecided,
    PageFetched,
    PageGone,
    PageRequested,
    SourceHealth,
)

DAY_MS = 24 * 60 * 60 * 1000
MAX_RECORD_BYTES = 4 * 1024 * 1024
"""The broker's limit for one record."""


@dataclass(frozen=True)
class Topic:
    """A topic: its records' key, their events, who writes and reads it, and how long it keeps them."""

    name: str
    key: str
    events: tuple[type[Event], ...]
    writers: tuple[str, ...]
    readers: tuple[str, ...]
    meaning: str
    retention_ms: int
    compacted: bool = False
    partitions: int = 6
    public: bool = False
    """Public topics carry every value whole; between services large values travel by claim check."""


PAGES_REQUESTED = Topic(
    name="watchfloor.pages.requested.v1",
    key="page_id",
    events=(PageRequested,),
    writers=("gateway",),
    readers=("scraper",),
    meaning="pages that somebody asks to be fetched",
    retention_ms=7 * DAY_MS,
)
PAGES_FETCHED = Topic(
    name="watchfloor.pages.fetched.v1",
    key="page_id",
    events=(PageFetched, PageGone),
    writers=("scraper", "ingest", "gateway"),
    readers=("parser",),
    meaning="pages as they were served, and pages found gone",
    retention_ms=7 * DAY_MS,
)
PAGES_DECIDED = Topic(
    name="watchfloor.pages.decided.v1",
    key="page_id",
    events=(PageDecided,),
    writers=("scraper", "parser", "enricher", "indexer"),
    readers=("scraper", "indexer"),
    meaning="what was decided about each page, step by step, and why",
    retention_ms=30 * DAY_MS,
)
ARTICLES_PARSED = Topic(
    name="watchfloor.articles.parsed.v1",
    key="article_id (PageGone: page_id)",
    events=(ArticleParsed, PageGone),
    writers=("parser",),
    readers=("enricher",),
    meaning="articles read out of pages",
    retention_ms=30 * DAY_MS,
)
ARTICLES_ENRICHED = Topic(
    name="watchfloor.articles.enriched.v1",
    key="article_id (PageGone: page_id)",
    events=(ArticleEnriched, PageGone),
    writers=("enricher",),
    readers=("indexer",),
    meaning="articles with who said what, where and when",
    retention_ms=30 * DAY_MS,
)
ARTICLES_LATEST = Topic(
    name="watchfloor.articles.latest.v1",
    key="article_id",
    events=(ArticleLatest, ArticleWithdrawn),
    writers=("indexer",),
    readers=("gateway", "consumers"),
    meaning="the latest version of every article; a tombstone where it was withdrawn",
    retention_ms=30 * DAY_MS,
    compacted=True,
    public=True,
)
SOURCES_HEALTH = Topic(
    name="watchfloor.sources.health.v1",
    key="source_id",
    events=(SourceHealth,),
    writers=("scraper",),
    readers=("indexer", "consumers"),
    meaning="how each source is, and why",
    retention_ms=30 * DAY_MS,
    compacted=True,
    public=True,
)
TOPICS: tuple[Topic, ...] = (
    PAGES_REQUESTED,
    PAGES_FETCHED,
    PAGES_DECIDED,
    ARTICLES_PARSED,
    ARTICLES_ENRICHED,
    ARTICLES_LATEST,
    SOURCES_HEALTH,
)
STAGES: tuple[str, ...] = ("parser", "enricher", "indexer")
READING: tuple[str, ...] = ("scraper", *STAGES)
"""Whoever of us takes records off a topic, and so may have to reject one."""


def dead_letters_of(stage: str) -> Topic:
    """The topic that takes what a stage rejects, each record whole, with the reason in its headers."""
    events = tuple({event: None for topic in topics_read_by(stage) for event in topic.events})
    return Topic(
        name=f"watchfloor.{stage}.dead.v1",
        key="as it came",
        events=events,
        writers=(stage,),
        readers=("dlq",),
        meaning=f"what {stage} rejected: the record whole, why in its headers",
        retention_ms=30 * DAY_MS,
    )


def topics_read_by(name: str) -> tuple[Topic, ...]:
    """The topics that a stage reads."""
    return tuple(topic for topic in TOPICS if name in topic.readers)


def topic_for(writer: str, event: type[Event]) -> Topic:
    """The topic on which `writer` publishes this kind of event.

    Raises LookupError where the list gives it none: a fault of the program, not of its input.
    """
    for topic in TOPICS:
        if writer in topic.writers and event in topic.events:
            return topic
    raise LookupError(f"{writer} has no topic for {event.__name__}; add it to watchfloor/topics.py")


def all_topics() -> tuple[Topic, ...]:
    """Every topic that must exist, the dead letters included."""
    return (*TOPICS, *map(dead_letters_of, READING))
