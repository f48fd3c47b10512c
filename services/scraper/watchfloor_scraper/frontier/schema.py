"""The tables of frontier.sqlite, and what another file is told.

An address waits in a queue, one for each host and outlet, so that pausing an outlet touches a few queues and not its
pages. A queue knows when the first of its addresses is due, a host when its first queue may be served: `take` reads
the hosts whose turn has come and, of each, the best address, all by index.
"""

import sqlite3
from pathlib import Path

from watchfloor.errors import Stop

APPLICATION_ID = 0x57464C46
"""Marks the file as Watchfloor's frontier (SQLite's `PRAGMA application_id`)."""
SCHEMA_VERSION = 1
DEFAULT_DELAY = 2.0
"""Seconds between two requests to a host of which nothing else is known."""
OTHER_FOLDER = "set WATCHFLOOR_DATA_FOLDER to another folder"
TABLES = f"""
CREATE TABLE hosts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    delay REAL NOT NULL DEFAULT {DEFAULT_DELAY},
    asked_at REAL NOT NULL DEFAULT 0,
    next_at REAL NOT NULL DEFAULT 0,
    blocked_until REAL NOT NULL DEFAULT 0,
    blocked_for TEXT,
    blocks INTEGER NOT NULL DEFAULT 0,
    given INTEGER NOT NULL DEFAULT 0,  -- targets so far; decides which kind comes first this time
    urgent INTEGER NOT NULL DEFAULT 0,  -- whether anything resumed or requested waits
    turn REAL  -- when it may be served and has something due; NULL where nothing will be
);
CREATE INDEX hosts_by_turn ON hosts (urgent, turn) WHERE turn IS NOT NULL;
CREATE TABLE outlets (  -- '' stands for no outlet
    source_id TEXT PRIMARY KEY,
    paused INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    pages INTEGER NOT NULL DEFAULT 0,
    last_fetched_at REAL,
    last_new_at REAL
) WITHOUT ROWID;
CREATE TABLE queues (
    id INTEGER PRIMARY KEY,
    host INTEGER NOT NULL,
    source_id TEXT NOT NULL,
    open INTEGER NOT NULL,  -- its outlet is neither paused nor removed
    urgent INTEGER NOT NULL DEFAULT 0,
    earliest REAL,
    UNIQUE (host, source_id)
);
CREATE INDEX queues_of_host ON queues (host, open, earliest, urgent);
CREATE INDEX queues_of_outlet ON queues (source_id);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    queue INTEGER NOT NULL,
    rank INTEGER NOT NULL,  -- see turns.py
    due_at REAL,  -- NULL while it is under way, and where it is not planned
    under_way INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0,  -- requested while it was under way
    visits INTEGER NOT NULL DEFAULT 0,  -- that were settled
    misses INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    gone INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    source_id TEXT NOT NULL,
    found_at REAL NOT NULL,
    settled_at REAL,
    first_fetched_at REAL,
    last_fetched_at REAL,
    last_changed_at REAL,
    last_new_at REAL,
    lastmod REAL,
    interval REAL,
    url TEXT NOT NULL UNIQUE,
    found_in TEXT NOT NULL,
    title TEXT,
    published_at TEXT,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT
);
CREATE INDEX addresses_due ON addresses (queue, rank, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX addresses_under_way ON addresses (under_way) WHERE under_way = 1;
CREATE INDEX lists ON addresses (found_in, kind, source_id) WHERE kind <> 'page';
CREATE TRIGGER page_added AFTER INSERT ON addresses WHEN NEW.kind = 'page' BEGIN
    INSERT INTO outlets (source_id, pages) VALUES (NEW.source_id, 1)
        ON CONFLICT (source_id) DO UPDATE SET pages = pages + 1;
END;
CREATE TRIGGER page_taken_over AFTER UPDATE OF kind, source_id ON addresses WHEN OLD.kind = 'page' BEGIN
    UPDATE outlets SET pages = pages - 1 WHERE source_id = OLD.source_id;
    INSERT INTO outlets (source_id, pages) VALUES (NEW.source_id, NEW.kind = 'page')
        ON CONFLICT (source_id) DO UPDATE SET pages = pages + excluded.pages;
END;
CREATE TABLE found (  -- new pages of an outlet in a slot of 6 hours since 1970
    source_id TEXT NOT NULL,
    slot INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    PRIMARY KEY (source_id, slot)
) WITHOUT ROWID;
CREATE TABLE robots (
    host TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    content BLOB NOT NULL,
    detail TEXT NOT NULL,
    fetched_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    read_at REAL,
    failing_since REAL,
    trouble TEXT
);
CREATE TABLE tdm (host TEXT PRIMARY KEY, content BLOB NOT NULL, fetched_at REAL NOT NULL, expires_at REAL NOT NULL);
"""  # noqa: S608 - a constant


def create(base: sqlite3.Connection) -> None:
    """Make the tables in a new file, all or none."""
    base.executescript(
        f"BEGIN IMMEDIATE; {TABLES} PRAGMA application_id = {APPLICATION_ID};"
        f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
    )


def check(base: sqlite3.Connection, path: Path) -> None:
    """Hold the file to this program's version. Raises Stop where it is another's."""
    if base.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise Stop("is not a frontier of Watchfloor", subject=str(path), remedy=OTHER_FOLDER)
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise Stop(
            f"has schema version {version}, this program reads {SCHEMA_VERSION}",
            subject=str(path),
            remedy="use the program that wrote it, or move the file away: all pages are then fetched anew",
        )
