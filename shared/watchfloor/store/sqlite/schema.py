"""The tables of the store's file, and what opening one of another version says."""

import sqlite3
from pathlib import Path

from watchfloor.errors import Stop, TryLater
from watchfloor.query.document import LINES

APPLICATION_ID = 0x57464C52
"""Marks the file as Watchfloor's own (SQLite's `PRAGMA application_id`)."""
SCHEMA_VERSION = 2
TABLES = f"""
CREATE TABLE fetches (  -- every reading of every page; the events whole
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,  -- microseconds since 1970 in UTC, as all times here
    article_id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    title TEXT,
    traceparent TEXT,
    event BLOB NOT NULL,  -- ArticleEnriched, JSON, zlib
    UNIQUE (page_id, fetched_at)
);
CREATE INDEX fetches_of_article ON fetches (article_id, fetched_at, page_id);
CREATE TABLE gone (  -- the latest word that a page is no more, before or after its article
    page_id TEXT PRIMARY KEY,
    fetched_at INTEGER NOT NULL,
    reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE left_behind (  -- articles that a fetch belonged to before it was read again as another's
    page_id TEXT NOT NULL,
    fetched_at INTEGER NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (page_id, fetched_at, article_id)
) WITHOUT ROWID;
CREATE INDEX left_behind_of_article ON left_behind (article_id, fetched_at);
CREATE TABLE articles (  -- what follows from the tables above, and all below
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE,
    fetch_id INTEGER NOT NULL,
    first_fetched_at INTEGER NOT NULL,
    newest_fetched_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    moment INTEGER NOT NULL,  -- published, else first fetched
    day INTEGER NOT NULL,  -- of the moment: days since 1970 in UTC
    digest BLOB NOT NULL  -- of all that is searched, so that what did not change is not analysed again
);
CREATE INDEX articles_by_moment ON articles (moment, article_id);
CREATE INDEX articles_by_fetch ON articles (newest_fetched_at);
CREATE TABLE labels (  -- codes that are searched, values that are counted
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (field, value, article)
) WITHOUT ROWID;
CREATE INDEX labels_of_article ON labels (article, field, value);
CREATE TABLE points (article INTEGER NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL);
CREATE INDEX points_by_latitude ON points (latitude, longitude, article);
CREATE INDEX points_of_article ON points (article);
CREATE TABLE stemmers (script TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (script, code)) WITHOUT ROWID;
CREATE TABLE analysis (version TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 ({", ".join(LINES)}, columnsize = 0, tokenize = "ascii tokenchars ':|'");
CREATE VIRTUAL TABLE instances USING fts5vocab (words, instance);
"""
ADDED = {
    2: """
CREATE TABLE decisions (  -- trails of pages; ids grow in the order in which they came
    id INTEGER PRIMARY KEY,
    page_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    rank INTEGER NOT NULL,  -- of the verdict, among those of one moment
    decider TEXT NOT NULL,
    slot TEXT NOT NULL,  -- tells the scraper's decisions of one moment apart
    kept_on INTEGER NOT NULL,  -- when it came in: days since 1970 in UTC
    event BLOB NOT NULL,  -- PageDecided, JSON
    UNIQUE (page_id, at, decider, slot)
);
CREATE TABLE sources (  -- the latest word on each
    source_id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    event BLOB NOT NULL  -- SourceHealth, JSON
) WITHOUT ROWID;
"""
}
"""What came with each later version: tables alone, so that a file of an older one keeps all it has."""


def create(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file, add to one of an older version what came since, leave the others as they are.

    Raises Stop where the file is another program's or of a later version.
    """
    if _is_new(connection):
        _run(
            connection, f"{TABLES} {' '.join(ADDED.values())} PRAGMA application_id = {APPLICATION_ID};", SCHEMA_VERSION
        )
    elif _pragma(connection, "application_id") == APPLICATION_ID:
        for version in range(_pragma(connection, "user_version") + 1, SCHEMA_VERSION + 1):
            _run(connection, ADDED[version], version)
    check(connection, path)


def _run(connection: sqlite3.Connection, statements: str, version: int) -> None:
    connection.executescript(f"BEGIN IMMEDIATE; {statements} PRAGMA user_version = {version}; COMMIT;")


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Hold the file to this program's version.

    Raises TryLater where the indexer has not made or added the tables yet, Stop where they are not those of this
    version.
    """
    if _is_new(connection):
        raise TryLater("there is no store yet", subject=str(path), remedy="start the indexer: make run")
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise Stop(
            "is not a store of Watchfloor", subject=str(path), remedy="set WATCHFLOOR_DATA_FOLDER to another folder"
        )
    version = _pragma(connection, "user_version")
    known = f"has schema version {version}, this program reads {SCHEMA_VERSION}"
    if version < SCHEMA_VERSION:
        raise TryLater(known, subject=str(path), remedy="start the indexer, which brings it up to date: make run")
    if version > SCHEMA_VERSION:
        raise Stop(
            known,
            subject=str(path),
            remedy="use the program that wrote it, or move the file away and let the topics fill a new one",
        )


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
