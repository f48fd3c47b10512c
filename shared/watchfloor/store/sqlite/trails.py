"""Trails of pages in the store's file: bounded for each page, and swept when they are old."""

import sqlite3

from watchfloor.events import PageDecided
from watchfloor.store.sqlite.forms import instant, ticks
from watchfloor.store.trail import LATEST, Place, kept, place

KEPT_DAYS = 30
"""As long as the topic keeps them."""


def keep(connection: sqlite3.Connection, decision: PageDecided, today: int) -> None:
    """Note a decision in place of the same one said before. `today`: days since 1970, when it came in."""
    where = place(decision)
    row = (decision.page_id, ticks(where.at), where.rank, where.by, where.slot, today, decision.write())
    connection.execute(
        "INSERT INTO decisions (page_id, at, rank, decider, slot, kept_on, event) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET rank = excluded.rank, event = excluded.event",
        row,
    )
    (count,) = connection.execute("SELECT count(*) FROM decisions WHERE page_id = ?", (decision.page_id,)).fetchone()
    if count > LATEST:
        _bound(connection, decision.page_id)


def _bound(connection: sqlite3.Connection, page_id: str) -> None:
    rows = connection.execute("SELECT id, at, rank, decider, slot FROM decisions WHERE page_id = ?", (page_id,))
    places = {row_id: Place(instant(at), rank, by, slot) for row_id, at, rank, by, slot in rows}
    stay = kept(places.values())
    gone = [(row_id,) for row_id, where in places.items() if where not in stay]
    connection.executemany("DELETE FROM decisions WHERE id = ?", gone)


def trail(connection: sqlite3.Connection, page_id: str) -> tuple[PageDecided, ...]:
    """What was decided about a page, in the order of time."""
    rows = connection.execute(
        "SELECT event FROM decisions WHERE page_id = ? ORDER BY at, rank, decider, slot", (page_id,)
    )
    return tuple(PageDecided.read(event) for (event,) in rows)


def sweep(connection: sqlite3.Connection, today: int, most: int) -> None:
    """Drop what came in more than KEPT_DAYS ago, of the `most` that have been here longest."""
    connection.execute(
        "DELETE FROM decisions WHERE id IN (SELECT id FROM decisions ORDER BY id LIMIT ?) AND kept_on < ?",
        (most, today - KEPT_DAYS),
    )
