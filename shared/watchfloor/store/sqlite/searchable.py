"""What is searched of an article: its words, codes, points and moment, beside its row."""

import sqlite3
from datetime import datetime
from hashlib import sha256

from watchfloor.events import ArticleLatest
from watchfloor.query.document import LINES, Document, document
from watchfloor.query.stemming import VERSION
from watchfloor.store.facets import values
from watchfloor.store.sqlite.forms import day_number, instant, ticks
from watchfloor.store.sqlite.reading import latest_of

UNSEARCHED = {"fetched_at", "page_id", "version", "changed_at", "content_hash", "evidence", "origin"}


def place(
    connection: sqlite3.Connection, latest: ArticleLatest, *, fetch_id: int, withdrawn_at: datetime | None
) -> None:
    """Put an article where searches find it, in place of what was known of it."""
    digest = _digest(latest)
    known = connection.execute("SELECT id, digest FROM articles WHERE article_id = ?", (latest.article_id,)).fetchone()
    newest, gone = ticks(latest.fetched_at), ticks(withdrawn_at) if withdrawn_at else None
    if known and known[1] == digest:
        row = (fetch_id, newest, gone, known[0])
        connection.execute(
            "UPDATE articles SET fetch_id = ?, newest_fetched_at = ?, withdrawn_at = ? WHERE id = ?", row
        )
        return
    read = document(latest)
    row_id = _put_row(connection, latest, read, digest, fetch_id=fetch_id, withdrawn_at=gone)
    _forget(connection, row_id)
    _put_searched(connection, row_id, latest, read)


def remove(connection: sqlite3.Connection, article_id: str) -> None:
    """Take an article out that no fetch belongs to any more."""
    known = connection.execute("DELETE FROM articles WHERE article_id = ? RETURNING id", (article_id,)).fetchone()
    if known:
        _forget(connection, known[0])


def analyse_again(connection: sqlite3.Connection) -> None:
    """Read every article anew where the words of this file were read by another version of the analysis."""
    known = connection.execute("SELECT version FROM analysis").fetchone()
    if known == (VERSION,):
        return
    rows = connection.execute("SELECT article_id, fetch_id, withdrawn_at FROM articles").fetchall()
    for article_id, fetch_id, gone in rows:
        connection.execute("UPDATE articles SET digest = x'' WHERE article_id = ?", (article_id,))
        latest = latest_of(connection, article_id)
        place(connection, latest, fetch_id=fetch_id, withdrawn_at=None if gone is None else instant(gone))
    connection.execute("DELETE FROM analysis")
    connection.execute("INSERT INTO analysis VALUES (?)", (VERSION,))


def _digest(latest: ArticleLatest) -> bytes:
    return sha256(latest.model_dump_json(exclude=UNSEARCHED).encode()).digest()


def _put_row(
    connection: sqlite3.Connection,
    latest: ArticleLatest,
    read: Document,
    digest: bytes,
    *,
    fetch_id: int,
    withdrawn_at: int | None,
) -> int:
    row: dict[str, object] = {
        "article_id": latest.article_id,
        "fetch_id": fetch_id,
        "first_fetched_at": ticks(latest.first_fetched_at),
        "newest_fetched_at": ticks(latest.fetched_at),
        "withdrawn_at": withdrawn_at,
        "moment": ticks(read.moment),
        "day": day_number(read.moment),
        "digest": digest,
    }
    statement = (
        f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)}) "  # noqa: S608 - names of our own
        f"ON CONFLICT DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in row)} RETURNING id"
    )
    return int(connection.execute(statement, row).fetchone()[0])


def _put_searched(connection: sqlite3.Connection, row_id: int, latest: ArticleLatest, read: Document) -> None:
    marks = ", ".join("?" * (len(LINES) + 1))
    connection.execute(
        f"INSERT INTO words (rowid, {', '.join(LINES)}) VALUES ({marks})",  # noqa: S608 - names of our own
        (row_id, *(read.lines[line] for line in LINES)),
    )
    fields: list[tuple[str, frozenset[str]]] = [*read.codes.items(), *values(latest).items()]
    labels = {(field, value) for field, of_field in fields for value in of_field}
    connection.executemany("INSERT INTO labels VALUES (?, ?, ?)", ((*label, row_id) for label in sorted(labels)))
    connection.executemany("INSERT INTO points VALUES (?, ?, ?)", ((row_id, *point) for point in sorted(read.points)))
    connection.executemany("INSERT OR IGNORE INTO stemmers VALUES (?, ?)", read.stemmers.items())


def _forget(connection: sqlite3.Connection, row_id: int) -> None:
    connection.execute("DELETE FROM words WHERE rowid = ?", (row_id,))
    connection.execute("DELETE FROM labels WHERE article = ?", (row_id,))
    connection.execute("DELETE FROM points WHERE article = ?", (row_id,))
