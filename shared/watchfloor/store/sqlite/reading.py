"""Articles, their versions and their history out of the store's file."""

import sqlite3

from watchfloor import tracing
from watchfloor.events import ArticleLatest
from watchfloor.store import standing
from watchfloor.store.protocol import Address, Kept, VersionSummary
from watchfloor.store.sqlite.forms import instant, ticks, unpacked
from watchfloor.store.versions import Fetch, Gone, Version, number


def history(connection: sqlite3.Connection, article_id: str) -> tuple[Version, ...]:
    """The versions of an article; empty where it was never seen."""
    rows = connection.execute(
        "SELECT fetched_at, page_id, content_hash FROM fetches WHERE article_id = ?", (article_id,)
    )
    return number(Fetch(instant(at), page, content) for at, page, content in rows)


def gones_of(connection: sqlite3.Connection, article_id: str) -> list[Gone]:
    """The latest word that pages are gone, for each page of an article and its canonical address."""
    rows = connection.execute(
        "SELECT fetched_at, page_id, reason FROM gone"
        " WHERE page_id = :id OR page_id IN (SELECT page_id FROM fetches WHERE article_id = :id)",
        {"id": article_id},
    )
    return [Gone(instant(at), page, reason) for at, page, reason in rows]


def kept(connection: sqlite3.Connection, article_id: str, wanted: int | None = None) -> Kept | None:
    """A version of an article, the latest where none is named; None where there is no such."""
    versions = history(connection, article_id)
    number_sought = len(versions) if wanted is None else wanted
    found = next((version for version in versions if version.number == number_sought), None)
    if found is None:
        return None
    event, traceparent = connection.execute(
        "SELECT event, traceparent FROM fetches WHERE page_id = ? AND fetched_at = ?",
        (found.last.page_id, ticks(found.last.fetched_at)),
    ).fetchone()
    article = standing.latest(unpacked(event), found, versions[0].first.fetched_at)
    gone = connection.execute("SELECT withdrawn_at FROM articles WHERE article_id = ?", (article_id,)).fetchone()[0]
    return Kept(
        article=article,
        withdrawn_at=None if gone is None else instant(gone),
        trace_id=tracing.trace_id(traceparent),
    )


def latest_of(connection: sqlite3.Connection, article_id: str) -> ArticleLatest:
    """The latest version of an article that is there.

    Raises LookupError where it is not.
    """
    found = kept(connection, article_id)
    if found is None:
        raise LookupError(f"{article_id} has a row but no fetch")
    return found.article


def summaries(connection: sqlite3.Connection, article_id: str) -> tuple[VersionSummary, ...]:
    """The history of an article in lines, oldest first."""
    rows = connection.execute("SELECT page_id, fetched_at, title FROM fetches WHERE article_id = ?", (article_id,))
    titles = {(page, at): title for page, at, title in rows}
    return tuple(
        standing.summary(version, titles[version.last.page_id, ticks(version.last.fetched_at)])
        for version in history(connection, article_id)
    )


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
