"""An article's row, and beside it what is searched of it: its words, codes and points."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from watchfloor.events import ArticleLatest
from watchfloor.query.document import LINES, Document, document
from watchfloor.store import facets, spots
from watchfloor.store.sqlite.forms import day_number, packed_ids, ticks
from watchfloor.store.sqlite.schema import COUNTED
from watchfloor.store.versions import Gone

UNSEARCHED = {"fetched_at", "page_id", "version", "changed_at", "content_hash", "evidence", "origin"}
Row = dict[str, object]


@dataclass(frozen=True)
class Placed:
    """What an article now is, and all that its row says of it."""

    latest: ArticleLatest
    fetch_id: int
    verbatim: bool
    arrived_at: datetime | None
    gone: Gone | None


def place(connection: sqlite3.Connection, placed: Placed) -> None:
    """Put an article where searches find it, in place of what was known of it."""
    latest, digest = placed.latest, _digest(placed.latest)
    known = connection.execute("SELECT id, digest FROM articles WHERE article_id = ?", (latest.article_id,)).fetchone()
    if known and known[1] == digest:
        _update(connection, known[0], _standing(placed))
        return
    read = document(latest)
    row = _standing(placed) | _searched(connection, latest, read) | {"digest": digest}
    row_id = _update(connection, known[0], row) if known else _insert(connection, row)
    _forget(connection, row_id)
    _put_searched(connection, row_id, read)


def remove(connection: sqlite3.Connection, article_id: str) -> None:
    """Take an article out that no fetch belongs to any more."""
    known = connection.execute("DELETE FROM articles WHERE article_id = ? RETURNING id", (article_id,)).fetchone()
    if known:
        _forget(connection, known[0])


def _digest(latest: ArticleLatest) -> bytes:
    return sha256(latest.model_dump_json(exclude=UNSEARCHED).encode()).digest()


def _standing(placed: Placed) -> Row:
    """What a new fetch changes, whatever it says."""
    latest, gone = placed.latest, placed.gone
    version_at, withdrawn_at = ticks(latest.changed_at), ticks(gone.fetched_at) if gone else None
    return {
        "article_id": latest.article_id,
        "fetch_id": placed.fetch_id,
        "verbatim": placed.verbatim,
        "version": latest.version,
        "version_at": version_at,
        "first_fetched_at": ticks(latest.first_fetched_at),
        "newest_fetched_at": ticks(latest.fetched_at),
        "arrived_at": ticks(placed.arrived_at) if placed.arrived_at else None,
        "withdrawn_at": withdrawn_at,
        "withdrawn_reason": gone.reason if gone else None,
        "changed": max(version_at, withdrawn_at or version_at),
    }


def _searched(connection: sqlite3.Connection, latest: ArticleLatest, read: Document) -> Row:
    """When it was published, and what it is counted by."""
    counted = facets.values(latest)
    labels: Row = {name: packed_ids(_label(connection, name, value) for value in counted[name]) for name in COUNTED}
    points = packed_ids(_spot(connection, here) for here in spots.named(latest))
    return {"moment": ticks(read.moment), "day": day_number(read.moment), **labels, "spots": points}


def _insert(connection: sqlite3.Connection, row: Row) -> int:
    columns, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    return _new_id(connection.execute(f"INSERT INTO articles ({columns}) VALUES ({marks})", row))  # noqa: S608 - our names


def _update(connection: sqlite3.Connection, row_id: int, row: Row) -> int:
    columns = ", ".join(f"{name} = :{name}" for name in row)
    connection.execute(f"UPDATE articles SET {columns} WHERE id = :id", {**row, "id": row_id})  # noqa: S608 - our names
    return row_id


def _label(connection: sqlite3.Connection, field: str, value: str) -> int:
    """The id of a label, which is new where none had it before."""
    label = (field, value)
    known = connection.execute("SELECT id FROM labels WHERE field = ? AND value = ?", label).fetchone()
    return int(known[0]) if known else _new_id(connection.execute("INSERT INTO labels VALUES (NULL, ?, ?)", label))


def _spot(connection: sqlite3.Connection, here: spots.Named) -> int:
    """The id of a point by this name, which is new where none had it before."""
    row = (here.name, here.country or "", here.latitude, here.longitude, here.precision)
    known = connection.execute(
        "SELECT id FROM spots WHERE (name, country, latitude, longitude, precision) = (?, ?, ?, ?, ?)", row
    ).fetchone()
    return (
        int(known[0]) if known else _new_id(connection.execute("INSERT INTO spots VALUES (NULL, ?, ?, ?, ?, ?)", row))
    )


def _new_id(inserted: sqlite3.Cursor) -> int:
    if inserted.lastrowid is None:
        raise LookupError("nothing was inserted")
    return inserted.lastrowid


def _put_searched(connection: sqlite3.Connection, row_id: int, read: Document) -> None:
    marks = ", ".join("?" * (len(LINES) + 1))
    connection.execute(
        f"INSERT INTO words (rowid, {', '.join(LINES)}) VALUES ({marks})",  # noqa: S608 - names of our own
        (row_id, *(read.lines[line] for line in LINES)),
    )
    codes = (_label(connection, field, value) for field, of_field in read.codes.items() for value in of_field)
    connection.executemany("INSERT INTO coded VALUES (?, ?)", _beside(row_id, sorted(set(codes))))
    connection.executemany("INSERT INTO points VALUES (?, ?, ?)", ((row_id, *point) for point in sorted(read.points)))
    connection.executemany("INSERT OR IGNORE INTO stemmers VALUES (?, ?)", read.stemmers.items())


def _beside(row_id: int, labels: Iterable[int]) -> Iterable[tuple[int, int]]:
    return ((label, row_id) for label in labels)


def _forget(connection: sqlite3.Connection, row_id: int) -> None:
    connection.execute("DELETE FROM words WHERE rowid = ?", (row_id,))
    connection.execute("DELETE FROM coded WHERE article = ?", (row_id,))
    connection.execute("DELETE FROM points WHERE article = ?", (row_id,))
