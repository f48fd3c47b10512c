"""What follows from an article's fetches and from the word that its pages are gone: its row, and what is searched."""

import json
import sqlite3
from datetime import datetime
from hashlib import sha256

from watchfloor.events import ArticleEnriched, ArticleLatest
from watchfloor.query import stemming
from watchfloor.store import standing
from watchfloor.store.arrivals import COMES_IN
from watchfloor.store.protocol import Standing
from watchfloor.store.sqlite.forms import instant, is_verbatim, ticks, unpacked
from watchfloor.store.sqlite.placing import Placed, place, remove
from watchfloor.store.sqlite.reading import gones_of, history
from watchfloor.store.versions import Fetch, Version, withdrawal


def version() -> str:
    """By what the derived tables are made: the analysis of words, and the fields that an article is written with."""
    schema = ArticleLatest.model_json_schema()
    fields = {name: sorted(part.get("properties", ())) for name, part in schema["$defs"].items()}
    written = json.dumps([sorted(schema["properties"]), fields], sort_keys=True)
    return f"{stemming.VERSION}, fields {sha256(written.encode()).hexdigest()[:8]}"


VERSION = version()
UNDER_WAY = "under way"
AT_ONCE = 500
LEFT = """
SELECT DISTINCT f.article_id FROM fetches f LEFT JOIN articles a ON a.article_id = f.article_id
WHERE a.id IS NULL OR a.digest = x'' LIMIT ?
"""
"""Articles that are still to be derived."""


def refresh(connection: sqlite3.Connection, article_id: str) -> Standing:
    """Bring all that follows from an article's fetches up to date; what it now is."""
    versions = history(connection, article_id)
    if not versions:
        remove(connection, article_id)
        return standing.left_without_page(article_id, _left_at(connection, article_id))
    placed = _placed(connection, article_id, versions)
    place(connection, placed)
    return standing.withdrawn(article_id, placed.gone) if placed.gone else placed.latest


def is_derived(connection: sqlite3.Connection) -> bool:
    """Whether the file's derived tables are what this program would make of its facts."""
    found: tuple[str] | None = connection.execute("SELECT version FROM analysis").fetchone()
    return found == (VERSION,)


def derive_some(connection: sqlite3.Connection) -> bool:
    """Derive some of all anew, where it was derived in another way or not at all; whether there may be more to do.

    In portions, since one transaction over a large file would fill the disk with its log. A portion that is not there
    after a kill is done again.
    """
    if is_derived(connection):
        return False
    if connection.execute("SELECT version FROM analysis").fetchone() != (UNDER_WAY,):
        connection.execute("UPDATE articles SET digest = x''")
        _mark(connection, UNDER_WAY)
    rows = connection.execute(LEFT, (AT_ONCE,)).fetchall()
    for (article_id,) in rows:
        refresh(connection, article_id)
    if not rows:
        _mark(connection, VERSION)
    return bool(rows)


def _mark(connection: sqlite3.Connection, version: str) -> None:
    connection.execute("DELETE FROM analysis")
    connection.execute("INSERT INTO analysis VALUES (?)", (version,))


def _placed(connection: sqlite3.Connection, article_id: str, versions: tuple[Version, ...]) -> Placed:
    fetches = [fetch for version in versions for fetch in version.fetches]
    first, newest = fetches[0], fetches[-1]
    fetch_id, written = _row(connection, newest)
    event = unpacked(written)
    origin = event.origin if first == newest else _event(connection, first).origin
    return Placed(
        latest=standing.latest(event, versions[-1].number, first.fetched_at, versions[-1].first.fetched_at),
        fetch_id=fetch_id,
        verbatim=is_verbatim(event, written),
        arrived_at=first.fetched_at if origin in COMES_IN else None,
        gone=withdrawal(fetches, gones_of(connection, article_id)),
    )


def _event(connection: sqlite3.Connection, fetch: Fetch) -> ArticleEnriched:
    return unpacked(_row(connection, fetch)[1])


def _row(connection: sqlite3.Connection, fetch: Fetch) -> tuple[int, bytes]:
    fetch_id, event = connection.execute(
        "SELECT id, event FROM fetches WHERE page_id = ? AND fetched_at = ?", (fetch.page_id, ticks(fetch.fetched_at))
    ).fetchone()
    return fetch_id, event


def _left_at(connection: sqlite3.Connection, article_id: str) -> datetime:
    """The newest fetch that was read again as another article's."""
    found = connection.execute("SELECT max(fetched_at) FROM left_behind WHERE article_id = ?", (article_id,)).fetchone()
    return instant(found[0])
