"""The health of sources in the store's file: of each its latest word."""

import sqlite3

from watchfloor.events import SourceHealth
from watchfloor.store.sqlite.forms import ticks


def keep(connection: sqlite3.Connection, health: SourceHealth) -> None:
    """Note how a source is, unless a later word is known; that it was removed is noted too, against older words."""
    connection.execute(
        "INSERT INTO sources VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, event = excluded.event"
        " WHERE (excluded.at, excluded.event) > (at, event)",
        (health.source_id, ticks(health.at), health.write()),
    )


def sources(connection: sqlite3.Connection, source_id: str | None = None) -> tuple[SourceHealth, ...]:
    """How each source is, or the one that is named, by their ids; not those that were removed."""
    rows = connection.execute(
        "SELECT event FROM sources WHERE :id IS NULL OR source_id = :id ORDER BY source_id", {"id": source_id}
    )
    read = (SourceHealth.read(event) for (event,) in rows)
    return tuple(health for health in read if health.state != "removed")
