"""Outlets: which are served, which lists are theirs, and what is counted for them."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from watchfloor_scraper.frontier.records import CONFIGURED, KINDS, Finding, Outcome, Tallies
from watchfloor_scraper.frontier.turns import LIST, reckon, reckon_hosts

SLOT_SECONDS = 6 * 3600
SLOTS = 28
KEEP_OUTLETS = """
INSERT INTO outlets (source_id, removed) SELECT value, 0 FROM json_each(:ids) WHERE 1
    ON CONFLICT (source_id) DO UPDATE SET removed = 0
"""
REMOVE_OUTLETS = """
UPDATE outlets SET removed = 1 WHERE source_id <> '' AND source_id NOT IN (SELECT value FROM json_each(:ids))
"""
PAUSE_OUTLETS = """
INSERT INTO outlets (source_id, paused) SELECT value, 1 FROM json_each(:ids) WHERE 1
    ON CONFLICT (source_id) DO UPDATE SET paused = 1
"""
RESUME_OUTLETS = "UPDATE outlets SET paused = 0 WHERE source_id NOT IN (SELECT value FROM json_each(:ids))"
STANDING = """
SELECT queues.id, queues.host, removed = 0 AND paused = 0 AS stands FROM queues JOIN outlets USING (source_id)
WHERE open <> (removed = 0 AND paused = 0)
"""
DROP_LISTS = f"""
WITH RECURSIVE dropped (url) AS (
    SELECT url FROM addresses WHERE kind <> 'page' AND found_in = '{CONFIGURED}'
        AND url NOT IN (SELECT value FROM json_each(:urls))
    UNION SELECT addresses.url FROM addresses JOIN dropped ON addresses.found_in = dropped.url WHERE kind <> 'page'
) DELETE FROM addresses WHERE url IN (SELECT url FROM dropped) RETURNING queue
"""  # noqa: S608 - constants
COUNT_NEW = """
INSERT INTO found VALUES (?, ?, ?) ON CONFLICT (source_id, slot) DO UPDATE SET pages = pages + excluded.pages
"""
NEXT_AT = """
SELECT min(max(earliest, next_at, blocked_until)) AS next_at, (
    SELECT min(due_at) FROM addresses JOIN queues AS own ON own.id = queue
    WHERE own.source_id = :source AND rank = :list AND due_at IS NOT NULL
) AS lists_due_at FROM queues JOIN hosts ON hosts.id = host WHERE source_id = :source AND open = 1
"""
LISTS = "SELECT count(*) FROM addresses WHERE kind <> 'page' AND source_id = ?"


def keep_outlets(base: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Serve these and no others; what is known of the others stays, and is not due."""
    told = {"ids": json.dumps(sorted(set(ids)))}
    base.execute(KEEP_OUTLETS, told)
    base.execute(REMOVE_OUTLETS, told)
    _open_and_close(base)


def pause(base: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Serve all but these."""
    told = {"ids": json.dumps(sorted(set(ids)))}
    base.execute(PAUSE_OUTLETS, told)
    base.execute(RESUME_OUTLETS, told)
    _open_and_close(base)


def _open_and_close(base: sqlite3.Connection) -> None:
    changes = base.execute(STANDING).fetchall()
    base.executemany("UPDATE queues SET open = ? WHERE id = ?", ((row["stands"], row["id"]) for row in changes))
    reckon_hosts(base, {row["host"] for row in changes})


def keep_lists(base: sqlite3.Connection, urls: Iterable[str]) -> None:
    """Forget the lists that the operator no longer names, and the lists that only those named."""
    rows = base.execute(DROP_LISTS, {"urls": json.dumps(sorted(set(urls)))}).fetchall()
    reckon(base, {row["queue"] for row in rows})


def count_new(base: sqlite3.Connection, findings: Sequence[Finding], now: float) -> None:
    """Count pages that were found live and not known before, by outlet."""
    slot = int(now // SLOT_SECONDS)
    new = Counter(found.source_id for found in findings if found.kind == "page" and found.origin == "live")
    for source, pages in new.items():
        if source is not None:
            base.execute("DELETE FROM found WHERE source_id = ? AND slot <= ?", (source, slot - SLOTS))
            base.execute(COUNT_NEW, (source, slot, pages))
            base.execute("UPDATE outlets SET last_new_at = ? WHERE source_id = ?", (now, source))


def note_answer(base: sqlite3.Connection, row: sqlite3.Row, outcome: Outcome) -> None:
    """Note when an outlet last answered, and that its host does again."""
    source = (outcome.fetched_at, row["source_id"])
    base.execute(
        "UPDATE outlets SET last_fetched_at = max(coalesce(last_fetched_at, 0), ?) WHERE source_id = ?", source
    )
    base.execute("UPDATE hosts SET blocks = 0 WHERE name = ? AND blocks > 0", (row["host"],))


def tallies(base: sqlite3.Connection, source_id: str, now: float) -> Tallies:
    """What is counted for an outlet; noughts where it is not known."""
    outlet = base.execute("SELECT * FROM outlets WHERE source_id = ?", (source_id,)).fetchone()
    planned = base.execute(NEXT_AT, {"source": source_id, "list": LIST}).fetchone()
    return Tallies(
        known_pages=outlet["pages"] if outlet else 0,
        lists=base.execute(LISTS, (source_id,)).fetchone()[0],
        new_pages=_new_pages(base, source_id, now),
        last_fetched_at=outlet["last_fetched_at"] if outlet else None,
        last_new_at=outlet["last_new_at"] if outlet else None,
        next_at=planned["next_at"],
        lists_due_at=planned["lists_due_at"],
    )


def _new_pages(base: sqlite3.Connection, source_id: str, now: float) -> tuple[int, ...]:
    last = int(now // SLOT_SECONDS)
    counted = dict(base.execute("SELECT slot, pages FROM found WHERE source_id = ?", (source_id,)).fetchall())
    return tuple(counted.get(slot, 0) for slot in range(last - SLOTS + 1, last + 1))


def count(base: sqlite3.Connection) -> dict[str, int]:
    """How many addresses of each kind are known."""
    pages = base.execute("SELECT coalesce(sum(pages), 0) FROM outlets").fetchone()[0]
    lists = base.execute("SELECT kind, count(*) FROM addresses WHERE kind <> 'page' GROUP BY kind").fetchall()
    return {**dict.fromkeys(KINDS, 0), **dict(lists), "page": pages}
