"""The tables of the store's file, and what opening one of another version says."""

import sqlite3
from pathlib import Path
from typing import get_args

from watchfloor.errors import Stop, TryLater
from watchfloor.query.document import LINES
from watchfloor.store.protocol import FacetName

APPLICATION_ID = 0x57464C52
"""Marks the file as Watchfloor's own (SQLite's `PRAGMA application_id`)."""
SCHEMA_VERSION = 3
FACTS = """
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
"""
"""What the store was told; the rest follows from it."""
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
"""What a later version is told besides: tables alone, so that a file of an older one keeps all it has."""
COUNTED: tuple[FacetName, ...] = get_args(FacetName)
DERIVED = f"""
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL UNIQUE,
    fetch_id INTEGER NOT NULL,  -- of the fetch that speaks for the latest version
    verbatim INTEGER NOT NULL,  -- whether its event is written as this program would write it
    version INTEGER NOT NULL,
    version_at INTEGER NOT NULL,  -- when the latest version was first seen
    first_fetched_at INTEGER NOT NULL,
    newest_fetched_at INTEGER NOT NULL,
    arrived_at INTEGER,  -- first fetched, unless out of an archive
    withdrawn_at INTEGER,
    withdrawn_reason TEXT,
    changed INTEGER NOT NULL,  -- the later of version_at and withdrawn_at
    moment INTEGER NOT NULL,  -- published, else first fetched
    day INTEGER NOT NULL,  -- of the moment: days since 1970 in UTC
    {", ".join(f"{name} TEXT NOT NULL" for name in COUNTED)},  -- ids of labels that it is counted by
    spots TEXT NOT NULL,  -- ids of points on the map
    digest BLOB NOT NULL  -- of all that is searched, so that what did not change is not analysed again
);
CREATE INDEX articles_by_moment ON articles (moment);
CREATE INDEX articles_by_change ON articles (changed);
CREATE INDEX articles_by_fetch ON articles (newest_fetched_at);
CREATE INDEX articles_by_arrival ON articles (arrived_at);
CREATE TABLE labels (id INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (field, value));
CREATE TABLE coded (label INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (label, article)) WITHOUT ROWID;
CREATE INDEX coded_of_article ON coded (article, label);
CREATE TABLE spots (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,  -- empty where it is not known
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    precision TEXT NOT NULL,
    UNIQUE (name, latitude, longitude, country, precision)
);
CREATE TABLE points (article INTEGER NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL);
CREATE INDEX points_by_latitude ON points (latitude, longitude, article);
CREATE INDEX points_of_article ON points (article);
CREATE TABLE stemmers (script TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (script, code)) WITHOUT ROWID;
CREATE TABLE analysis (version TEXT NOT NULL);  -- by which all of these tables were made
CREATE VIRTUAL TABLE words USING fts5 (  -- an index of beginnings makes the file a twentieth larger, `con*` ten times quicker
    {", ".join(LINES)}, columnsize = 0, prefix = '3', tokenize = "ascii tokenchars ':|'"
);
CREATE VIRTUAL TABLE instances USING fts5vocab (words, instance);
"""
"""What follows from the facts; made anew, empty, where a file is of an older version."""
ONCE_DERIVED = "instances words articles labels coded spots points stemmers analysis".split()


def create(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in a new file, bring one of an older version up to date, leave the others as they are.

    Raises Stop where the file is another program's or of a later version.
    """
    if _is_new(connection):
        mark = f"PRAGMA application_id = {APPLICATION_ID};"
        _run(connection, " ".join([FACTS, *ADDED.values(), DERIVED, mark]))
    elif _pragma(connection, "application_id") == APPLICATION_ID:
        _bring_up_to_date(connection, _pragma(connection, "user_version"))
    check(connection, path)


def _bring_up_to_date(connection: sqlite3.Connection, version: int) -> None:
    if version < SCHEMA_VERSION:
        added = [tables for since, tables in ADDED.items() if since > version]
        dropped = [f"DROP TABLE IF EXISTS {name};" for name in ONCE_DERIVED]
        _run(connection, " ".join([*added, *dropped, DERIVED]))


def _run(connection: sqlite3.Connection, statements: str) -> None:
    connection.executescript(f"BEGIN IMMEDIATE; {statements} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")


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
