"""Visits: what is given out, what is kept of it."""

import sqlite3
from collections.abc import Collection, Sequence

from watchfloor_scraper.frontier.finding import FIND, target
from watchfloor_scraper.frontier.outlets import note_answer
from watchfloor_scraper.frontier.records import Outcome, Target
from watchfloor_scraper.frontier.turns import (
    LIST,
    NEW,
    NO_OUTLET,
    REQUESTED,
    RESUMED,
    REVISIT,
    queue_of,
    rank_of,
    reckon,
)

OLDEST, NEWEST = "ASC", "DESC"
USUAL = ((RESUMED, OLDEST), (REQUESTED, OLDEST), (LIST, OLDEST), (NEW, NEWEST), (REVISIT, OLDEST))
WAITED_LONGEST = ((RESUMED, OLDEST), (REQUESTED, OLDEST), (NEW, OLDEST), (LIST, OLDEST), (REVISIT, OLDEST))
LOOKED_AT_AGAIN = ((RESUMED, OLDEST), (REQUESTED, OLDEST), (REVISIT, OLDEST), (LIST, OLDEST), (NEW, NEWEST))
ORDERS = (USUAL, USUAL, USUAL, WAITED_LONGEST, USUAL, USUAL, USUAL, LOOKED_AT_AGAIN)
"""In which order the ranks are asked, by the number of targets that the host has had. A page that many newer ones push
back, and one whose visit is overdue, each come to one of eight: slow, but never starved."""
READY = "SELECT id, name, given FROM hosts WHERE urgent = ? AND turn <= ? ORDER BY turn LIMIT ?"
FIRST = """
SELECT addresses.*, :name AS host FROM queues CROSS JOIN addresses ON addresses.id = (
    SELECT id FROM addresses WHERE queue = queues.id AND rank = :rank AND due_at <= :now ORDER BY due_at {0}, id {0} LIMIT 1
) WHERE queues.host = :host AND queues.open = 1 AND queues.earliest <= :now
ORDER BY addresses.due_at {0}, addresses.id {0} LIMIT 1
"""
BEGIN = "UPDATE addresses SET due_at = NULL, under_way = 1 WHERE id = ?"
ASKED = "UPDATE hosts SET asked_at = :now, next_at = max(next_at, :now + delay), given = given + 1 WHERE id = :host"
ENDED = "UPDATE hosts SET asked_at = :now, next_at = max(next_at, :now + delay) WHERE name = :host"
"""The pause to the next request counts from the end of the last, so that no delay on the way makes it shorter."""
SPARED = "UPDATE hosts SET next_at = :now, asked_at = :now - delay WHERE name = :host"
SETTLE = """
UPDATE addresses SET
    under_way = 0, repeated = 0, again = 0, visits = visits + under_way, settled_at = :now,
    queue = :queue, rank = :rank, due_at = :due_at,
    etag = :etag, last_modified = :last_modified, body_hash = :body_hash,
    misses = :misses, failures = :failures, gone = :gone, unchanged = :unchanged, interval = :interval,
    first_fetched_at = coalesce(first_fetched_at, :fetched_at),
    last_fetched_at = coalesce(:fetched_at, last_fetched_at),
    last_changed_at = iif(:changed, coalesce(:fetched_at, :now), last_changed_at),
    last_new_at = iif(:new > 0, coalesce(:fetched_at, :now), last_new_at)
WHERE id = :id
"""
ON_THE_WAY_SECONDS = 1.0
RESTED = f"""
UPDATE hosts SET next_at = max(next_at, asked_at + delay + {ON_THE_WAY_SECONDS}) WHERE id IN (
    SELECT host FROM queues JOIN addresses ON addresses.queue = queues.id WHERE under_way = 1
)
"""  # noqa: S608 - a constant
RESUME = """
UPDATE addresses SET under_way = 0, repeated = 1, rank = ?, due_at = ? WHERE under_way = 1 RETURNING queue
"""


def take(base: sqlite3.Connection, now: float, limit: int, busy: Collection[str]) -> list[Target]:
    """What is to be fetched now, one of a host, each visit noted; the hosts that have waited longest first."""
    taken: list[Target] = []
    for urgent in (1, 0):
        if len(taken) < limit:
            ready = base.execute(READY, (urgent, now, limit + len(busy))).fetchall()
            free = [host for host in ready if host["name"] not in busy]
            taken += [_begin(base, host, now) for host in free[: limit - len(taken)]]
        busy = {*busy, *(found.host for found in taken)}
    return taken


def _begin(base: sqlite3.Connection, host: sqlite3.Row, now: float) -> Target:
    row = _first(base, host, now)
    base.execute(BEGIN, (row["id"],))
    base.execute(ASKED, {"now": now, "host": host["id"]})
    reckon(base, [row["queue"]])
    return target(row)


def _first(base: sqlite3.Connection, host: sqlite3.Row, now: float) -> sqlite3.Row:
    """The address of a host that comes first. There is one, or it would not be the host's turn."""
    wanted = {"host": host["id"], "name": host["name"], "now": now}
    for rank, end in ORDERS[host["given"] % len(ORDERS)]:
        found: sqlite3.Row | None = base.execute(FIRST.format(end), {**wanted, "rank": rank}).fetchone()
        if found is not None:
            return found
    raise LookupError(f"it is the turn of {host['name']}, but nothing of it is due")


def settle(base: sqlite3.Connection, outcomes: Sequence[Outcome], now: float) -> None:
    """Keep what came of visits; what is no longer known is passed over."""
    touched: set[int] = set()
    for outcome in outcomes:
        row = base.execute(FIND, (outcome.url,)).fetchone()
        if row is not None:
            touched |= _settle(base, row, outcome, now)
    reckon(base, touched)


def _settle(base: sqlite3.Connection, row: sqlite3.Row, outcome: Outcome, now: float) -> set[int]:
    fetched = outcome.fetched_at is not None
    queue, rank, due_at = _place(base, row, outcome.due_at, now, fetched=fetched)
    place = {"id": row["id"], "now": now, "queue": queue, "rank": rank, "due_at": due_at}
    base.execute(SETTLE, {**vars(outcome), **place})
    base.execute(ENDED if outcome.asked else SPARED, {"now": now, "host": row["host"]})
    if fetched:
        note_answer(base, row, outcome)
    return {queue, row["queue"]}


def _place(
    base: sqlite3.Connection, row: sqlite3.Row, due_at: float | None, now: float, *, fetched: bool
) -> tuple[int, int, float | None]:
    """The queue, rank and time of what was under way: at once where it was requested meanwhile."""
    if row["again"]:
        return queue_of(base, row["url"], NO_OUTLET), REQUESTED, now
    rank = rank_of(row["kind"], fetched=fetched or row["first_fetched_at"] is not None)
    return queue_of(base, row["url"], row["source_id"]), rank, due_at


def release(base: sqlite3.Connection, url: str, due_at: float, now: float) -> None:
    """Take back what was not asked after all: it keeps its rank and the number of its visit."""
    row = base.execute(FIND, (url,)).fetchone()
    if row is None or not row["under_way"]:
        return
    queue, rank = row["queue"], row["rank"]
    if row["again"]:
        queue, rank, due_at = queue_of(base, url, NO_OUTLET), min(rank, REQUESTED), now
    base.execute(ENDED, {"now": now, "host": row["host"]})
    change = "UPDATE addresses SET under_way = 0, again = 0, due_at = ?, rank = ?, queue = ? WHERE id = ?"
    base.execute(change, (due_at, rank, queue, row["id"]))
    reckon(base, {queue, row["queue"]})


def resume(base: sqlite3.Connection, now: float) -> None:
    """Let the visits that were under way when the last process ended come first, each with its number.

    What they asked may have reached its host up to `ON_THE_WAY_SECONDS` after it was noted: so much longer is the pause.
    """
    base.execute(RESTED)
    reckon(base, {row["queue"] for row in base.execute(RESUME, (RESUMED, now)).fetchall()})
