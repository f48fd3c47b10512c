"""Articles, their versions and their history out of the store's file."""

import sqlite3
from datetime import datetime
from typing import NamedTuple

from watchfloor import tracing
from watchfloor.events import ArticleEnriched, ArticleLatest
from watchfloor.store import standing
from watchfloor.store.arrivals import check
from watchfloor.store.protocol import Address, Kept, VersionSummary
from watchfloor.store.sqlite.forms import instant, numbered, ticks, unpacked
from watchfloor.store.versions import Fetch, Gone, Version
from watchfloor.store.versions import number as numbered_versions


def history(connection: sqlite3.Connection, article_id: str) -> tuple[Version, ...]:
    """The versions of an article; empty where it was never seen."""
    rows = connection.execute(
        "SELECT fetched_at, page_id, content_hash FROM fetches WHERE article_id = ?", (article_id,)
    )
    return numbered_versions(Fetch(instant(at), page, content) for at, page, content in rows)


def gones_of(connection: sqlite3.Connection, article_id: str) -> list[Gone]:
    """The latest word that pages are gone, for each page of an article and its canonical address."""
    rows = connection.execute(
        "SELECT fetched_at, page_id, reason FROM gone"
        " WHERE page_id = :id OR page_id IN (SELECT page_id FROM fetches WHERE article_id = :id)",
        {"id": article_id},
    )
    return [Gone(instant(at), page, reason) for at, page, reason in rows]


KEPT = """
SELECT a.id, a.article_id, a.verbatim, a.version, a.first_fetched_at, a.version_at, a.withdrawn_at, a.withdrawn_reason,
    f.title, f.traceparent, f.event
FROM articles a JOIN fetches f ON f.id = a.fetch_id
"""


class KeptRow(NamedTuple):
    """A row of KEPT: the latest version of an article."""

    id: int
    article_id: str
    verbatim: bool
    version: int
    first_fetched_at: int
    version_at: int
    withdrawn_at: int | None
    withdrawn_reason: str | None
    title: str | None
    traceparent: str | None
    event: bytes

    def kept(self) -> Kept:
        """The article, to be read out of its JSON only when it is asked for."""
        numbers = self.version, self.first_fetched_at, self.version_at
        return Kept(
            article=numbered(self.event, *numbers) if self.verbatim else _latest(unpacked(self.event), *numbers),
            withdrawn_at=None if self.withdrawn_at is None else instant(self.withdrawn_at),
            withdrawn_reason=self.withdrawn_reason,
            trace_id=tracing.trace_id(self.traceparent),
        )


def _latest(event: ArticleEnriched, version: int, first_fetched_at: int, version_at: int) -> ArticleLatest:
    return standing.latest(event, version, instant(first_fetched_at), instant(version_at))


def kept(connection: sqlite3.Connection, article_id: str) -> Kept | None:
    """The latest version of an article; None where there is no such."""
    row = connection.execute(f"{KEPT} WHERE a.article_id = ?", (article_id,)).fetchone()
    return KeptRow(*row).kept() if row else None


def version(connection: sqlite3.Connection, article_id: str, number: int) -> Kept | None:
    """A version of an article; None where there is no such."""
    versions = history(connection, article_id)
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        return None
    event, traceparent = connection.execute(
        "SELECT event, traceparent FROM fetches WHERE page_id = ? AND fetched_at = ?",
        (found.last.page_id, ticks(found.last.fetched_at)),
    ).fetchone()
    gone, reason = connection.execute(
        "SELECT withdrawn_at, withdrawn_reason FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    return Kept(
        article=standing.latest(unpacked(event), number, versions[0].first.fetched_at, found.first.fetched_at),
        withdrawn_at=None if gone is None else instant(gone),
        withdrawn_reason=reason,
        trace_id=tracing.trace_id(traceparent),
    )


def summaries(connection: sqlite3.Connection, article_id: str) -> tuple[VersionSummary, ...]:
    """The history of an article in lines, oldest first."""
    rows = connection.execute("SELECT page_id, fetched_at, title FROM fetches WHERE article_id = ?", (article_id,))
    titles = {(page, at): title for page, at, title in rows}
    return tuple(
        standing.summary(version, titles[version.last.page_id, ticks(version.last.fetched_at)])
        for version in history(connection, article_id)
    )


def arrivals(connection: sqlite3.Connection, since: datetime, until: datetime, buckets: int) -> tuple[int, ...]:
    """How many articles came in, by equal stretches of time."""
    check(since, until, buckets)
    start, end = ticks(since), ticks(until)
    rows = connection.execute(
        "SELECT (arrived_at - :start) * :buckets / (:end - :start), count(*) FROM articles"
        " WHERE arrived_at >= :start AND arrived_at < :end GROUP BY 1",
        {"start": start, "end": end, "buckets": buckets},
    )
    counts = dict(rows.fetchall())
    return tuple(counts.get(bucket, 0) for bucket in range(buckets))


def pages_of(connection: sqlite3.Connection, article_id: str) -> tuple[Address, ...]:
    """The pages that led to an article, the first fetched first. Any fetch of a page knows its address."""
    rows = connection.execute(
        "SELECT page_id, min(fetched_at), max(fetched_at), event FROM fetches WHERE article_id = ?"
        " GROUP BY page_id ORDER BY 2, 1",
        (article_id,),
    )
    return tuple(
        Address(page_id=page, url=unpacked(event).url, first_fetched_at=instant(first), last_fetched_at=instant(last))
        for page, first, last, event in rows
    )


def article_of_page(connection: sqlite3.Connection, page_id: str) -> str | None:
    """The article that the newest fetch of a page led to."""
    found = connection.execute(
        "SELECT article_id FROM fetches WHERE page_id = ? ORDER BY fetched_at DESC LIMIT 1", (page_id,)
    ).fetchone()
    return None if found is None else str(found[0])
