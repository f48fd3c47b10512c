"""What the screen of one source shows. Pure."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from watchfloor.events import SourceHealth
from watchfloor_gateway.pages.sources.row import Row, row, when


@dataclass(frozen=True)
class Fact:
    """One thing that is known of a source: a term and what it is."""

    term: str
    said: str


@dataclass(frozen=True)
class One:
    """A source with all that is known of it.

    `home` is an address that may be led to; `query` finds its articles, written as it stands in an address.
    """

    row: Row
    home: str | None
    since: datetime
    at: datetime
    facts: tuple[Fact, ...]
    query: str


def one(source: SourceHealth, now: datetime) -> One:
    """The screen of a source at the moment `now`."""
    facts = (
        ("Id", source.source_id),
        ("Further domains", ", ".join(source.domains)),
        ("Tags", ", ".join(source.tags)),
        ("Reliability", source.reliability and f"{source.reliability}, as the operator grades it"),
        ("Watched since", source.watched_since and when(source.watched_since, now)),
        ("Last answer", source.last_fetched_at and when(source.last_fetched_at, now)),
        ("Asked next", source.next_fetch_at and source.next_fetch_at > now and when(source.next_fetch_at, now)),
        ("Last new article", source.last_article_at and when(source.last_article_at, now)),
        ("Addresses of articles known", f"{source.known_pages:,}"),
    )
    return One(
        row=row(source, now),
        home=source.home if source.home.startswith(("http://", "https://")) else None,
        since=source.since,
        at=source.at,
        facts=tuple(Fact(term, said) for term, said in facts if said),
        query=quote(f'source:"{source.source_id}"', safe=""),
    )
