"""The embedded store: one SQLite file, written by one process, read by many."""

from watchfloor.store.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
