"""Changes into the store's file: fetches and gones are kept, and what is said of articles follows from them."""

import sqlite3
from collections.abc import Sequence

from watchfloor.events import ArticleEnriched, PageDecided, PageGone, SourceHealth
from watchfloor.store.protocol import Change, Standing
from watchfloor.store.sqlite import sources, trails
from watchfloor.store.sqlite.deriving import refresh
from watchfloor.store.sqlite.forms import packed, ticks

SWEPT_FOR_EACH = 2
"""Old decisions that are looked at for each new one, so that a store that never rests does not grow for ever."""


def apply(connection: sqlite3.Connection, changes: Sequence[Change], today: int) -> list[tuple[Standing, ...]]:
    """Keep the changes and answer what each article that one touches is now. The caller holds the transaction."""
    touched = [_keep(connection, change, today) for change in changes]
    now = {article_id: refresh(connection, article_id) for article_id in sorted(set().union(*touched))}
    decided = sum(isinstance(change.event, PageDecided) for change in changes)
    if decided:
        trails.sweep(connection, today, decided * SWEPT_FOR_EACH)
    return [tuple(now[article_id] for article_id in ids) for ids in touched]


def _keep(connection: sqlite3.Connection, change: Change, today: int) -> list[str]:
    match change.event:
        case PageDecided():
            trails.keep(connection, change.event, today)
            return []
        case SourceHealth():
            sources.keep(connection, change.event)
            return []
        case PageGone():
            return _keep_gone(connection, change.event)
        case ArticleEnriched():
            return _keep_fetch(connection, change.event, change.traceparent)


def _keep_gone(connection: sqlite3.Connection, gone: PageGone) -> list[str]:
    """Note that a page is gone: of all articles that a fetch of it belongs to, and of the one it is canonical for."""
    connection.execute(
        "INSERT INTO gone VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET fetched_at = excluded.fetched_at,"
        " reason = excluded.reason WHERE (excluded.fetched_at, excluded.reason) > (fetched_at, reason)",
        (gone.page_id, ticks(gone.fetched_at), gone.reason),
    )
    rows = connection.execute(
        "SELECT article_id FROM fetches WHERE page_id = :page"
        " UNION SELECT article_id FROM articles WHERE article_id = :page",
        {"page": gone.page_id},
    )
    return sorted(row[0] for row in rows)


def _keep_fetch(connection: sqlite3.Connection, event: ArticleEnriched, traceparent: str | None) -> list[str]:
    """Note a reading of a page in place of an earlier one of the same fetch, which may have been another article's."""
    key = (event.page_id, ticks(event.fetched_at))
    connection.execute(
        "DELETE FROM left_behind WHERE (page_id, fetched_at, article_id) = (?, ?, ?)", (*key, event.article_id)
    )
    connection.execute(
        "INSERT INTO left_behind SELECT page_id, fetched_at, article_id FROM fetches"
        " WHERE page_id = ? AND fetched_at = ? AND article_id <> ?",
        (*key, event.article_id),
    )
    connection.execute(
        "INSERT INTO fetches (page_id, fetched_at, article_id, content_hash, title, traceparent, event)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET article_id = excluded.article_id,"
        " content_hash = excluded.content_hash, title = excluded.title, traceparent = excluded.traceparent,"
        " event = excluded.event",
        (*key, event.article_id, event.content_hash, event.title, traceparent, packed(event)),
    )
    left = connection.execute("SELECT article_id FROM left_behind WHERE page_id = ? AND fetched_at = ?", key)
    return [event.article_id, *sorted(row[0] for row in left)]
