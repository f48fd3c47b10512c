"""Which payloads of which addresses were archived, so that one that comes again need not be stored again."""

import hashlib
import sqlite3
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS payload (
    address BLOB, digest TEXT, archived TEXT, seen TEXT, PRIMARY KEY (address, digest)
) WITHOUT ROWID
"""


class Payloads:
    """A SQLite file beside the archives. Times are ISO 8601 in UTC, as WARC-Date has them.

    It is written after the record that it speaks of, so a killed process leaves no mention of a record that is not
    there; a power failure may. Whoever deletes archives should delete this too, else later records refer to them.
    Raises sqlite3.Error.
    """

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, timeout=30.0, isolation_level=None, check_same_thread=False)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.execute(SCHEMA)

    def archived(self, url: str, digest: str) -> str | None:
        """When this payload of this address was archived, None where it was not."""
        query = "SELECT archived FROM payload WHERE address = ? AND digest = ?"
        row = self._base.execute(query, (_key(url), digest)).fetchone()
        return str(row[0]) if row else None

    def latest(self, url: str) -> str | None:
        """When the payload that this address had last was archived."""
        query = "SELECT archived FROM payload WHERE address = ? ORDER BY seen DESC LIMIT 1"
        row = self._base.execute(query, (_key(url),)).fetchone()
        return str(row[0]) if row else None

    def note(self, url: str, digest: str, at: str) -> None:
        """An address had this payload at that time; where it is new it was archived then."""
        upsert = "INSERT INTO payload VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)"
        self._base.execute(upsert, (_key(url), digest, at, at))

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _key(url: str) -> bytes:
    return hashlib.sha256(url.encode("utf-8", "replace")).digest()[:16]
