"""Whose turn it is: queues know when their first address is due, hosts when their first queue may be served."""

import sqlite3
from collections.abc import Iterable

from watchfloor_scraper.frontier.hosts import host_id, host_key
from watchfloor_scraper.frontier.records import Kind

RESUMED, REQUESTED, LIST, NEW, REVISIT = range(5)
"""The ranks of what waits: visits that a killed process had begun, what somebody asks for, lists, pages that were never
fetched, and those that are looked at again."""
RANKS = range(5)
NO_OUTLET = ""
"""Its queues are always open; what is requested waits in them, so that it comes though its outlet be paused."""
EARLIEST = " UNION ALL ".join(
    f"SELECT min(due_at) AS due FROM addresses WHERE queue = queues.id AND rank = {rank} AND due_at IS NOT NULL"  # noqa: S608
    for rank in RANKS
)
RECKON_QUEUE = f"""
UPDATE queues SET earliest = (SELECT min(due) FROM ({EARLIEST})), urgent = EXISTS (
    SELECT 1 FROM addresses WHERE queue = queues.id AND rank IN ({RESUMED}, {REQUESTED}) AND due_at IS NOT NULL
) WHERE id = ? RETURNING host
"""  # noqa: S608
RECKON_HOST = """
UPDATE hosts SET
    turn = max((SELECT min(earliest) FROM queues WHERE host = hosts.id AND open = 1), next_at, blocked_until),
    urgent = EXISTS (SELECT 1 FROM queues WHERE host = hosts.id AND open = 1 AND urgent = 1 AND earliest IS NOT NULL)
WHERE id = ?
"""


def rank_of(kind: Kind, *, fetched: bool) -> int:
    """The rank of an address that nobody asked for in particular.

    >>> rank_of("page", fetched=False) < rank_of("page", fetched=True), rank_of("feed", fetched=True) == LIST
    (True, True)
    """
    if kind != "page":
        return LIST
    return REVISIT if fetched else NEW


def queue_of(base: sqlite3.Connection, url: str, source_id: str) -> int:
    """The queue of an address, made where there is none. Raises InvalidAddress."""
    host = host_id(base, host_key(url))
    found = base.execute("SELECT id FROM queues WHERE host = ? AND source_id = ?", (host, source_id)).fetchone()
    if found is not None:
        return int(found["id"])
    base.execute("INSERT OR IGNORE INTO outlets (source_id) VALUES (?)", (source_id,))
    insert = """
    INSERT INTO queues (host, source_id, open)
    SELECT ?, source_id, paused = 0 AND removed = 0 FROM outlets WHERE source_id = ? RETURNING id
    """
    return int(base.execute(insert, (host, source_id)).fetchone()["id"])


def reckon(base: sqlite3.Connection, queues: Iterable[int]) -> None:
    """Reckon anew when these queues are due, and the turns of their hosts; after every change of what waits in them."""
    reckon_hosts(base, {base.execute(RECKON_QUEUE, (queue,)).fetchone()["host"] for queue in sorted(set(queues))})


def reckon_hosts(base: sqlite3.Connection, hosts: Iterable[int]) -> None:
    """Reckon anew when it is the turn of these hosts; after every change of theirs, or of whether queues are open."""
    base.executemany(RECKON_HOST, ((host,) for host in sorted(hosts)))
