"""What is found: new addresses, and known ones that are named once more."""

import sqlite3
from collections.abc import Iterable

from watchfloor.identity import page_id
from watchfloor_scraper.frontier.outlets import count_new
from watchfloor_scraper.frontier.records import CONFIGURED, Finding, Target
from watchfloor_scraper.frontier.turns import LIST, NO_OUTLET, REQUESTED, RESUMED, queue_of, rank_of, reckon

PATIENCE_SECONDS = 3600.0
"""How soon after a visit a later `lastmod` is believed; twice as long after every visit that found nothing changed."""
MOST_DOUBLINGS = 8
FAILED_AGAIN_SECONDS = 86_400.0
GONE_AGAIN_SECONDS = 7 * 86_400.0
"""After what time a page that was given up, or is gone, is tried again where a list still names it."""
FIND = """
SELECT addresses.*, hosts.name AS host FROM addresses
JOIN queues ON queues.id = addresses.queue JOIN hosts ON hosts.id = queues.host WHERE url = ?
"""
LISTS_OF_OUTLET = """
SELECT addresses.*, hosts.name AS host FROM addresses
JOIN queues ON queues.id = addresses.queue JOIN hosts ON hosts.id = queues.host
WHERE addresses.kind <> 'page' AND addresses.source_id = ?
"""
INSERT = """
INSERT INTO addresses (url, queue, rank, due_at, kind, origin, source_id, found_at, lastmod, found_in, title, published_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
SAME_NAME = tuple(
    "url host kind origin found_in found_at title published_at lastmod due_at etag last_modified body_hash misses failures"
    " first_fetched_at last_fetched_at last_changed_at interval unchanged last_new_at settled_at".split()
)


def target(row: sqlite3.Row) -> Target:
    """A row of addresses, with its host's name as `host`."""
    return Target(
        page_id=page_id(row["url"]),
        source_id=row["source_id"] or None,
        visit=row["visits"] + 1,
        repeated=bool(row["repeated"]),
        under_way=bool(row["under_way"]),
        gone=bool(row["gone"]),
        **{name: row[name] for name in SAME_NAME},
    )


def add(base: sqlite3.Connection, findings: Iterable[Finding], now: float) -> list[Finding]:
    """Keep what was found; those that were not known, in their order. Raises InvalidAddress."""
    once: dict[str, Finding] = {}
    for finding in findings:
        once.setdefault(finding.url, finding)
    touched: set[int] = set()
    unknown: list[Finding] = []
    for finding in reversed(once.values()):  # the newest is fetched first, and lists name that first
        row = base.execute(FIND, (finding.url,)).fetchone()
        if row is None:
            touched.add(_insert(base, finding, now, None))
            unknown.append(finding)
        else:
            touched |= _found_again(base, row, finding, now)
    reckon(base, touched)
    count_new(base, unknown, now)
    return unknown[::-1]


def request(base: sqlite3.Connection, finding: Finding, now: float) -> None:
    """Have an address fetched at once, before others, whatever is known of it. Raises InvalidAddress."""
    row = base.execute(FIND, (finding.url,)).fetchone()
    if row is None:
        touched = {_insert(base, finding, now, REQUESTED)}
        count_new(base, [finding], now)
    elif row["under_way"]:
        base.execute("UPDATE addresses SET again = 1 WHERE id = ?", (row["id"],))
        return
    else:
        queue = queue_of(base, finding.url, NO_OUTLET)
        change = "UPDATE addresses SET queue = ?, rank = min(rank, ?), due_at = ? WHERE id = ?"
        base.execute(change, (queue, REQUESTED, now, row["id"]))
        touched = {queue, row["queue"]}
    reckon(base, touched)


def _insert(base: sqlite3.Connection, finding: Finding, now: float, rank: int | None) -> int:
    """Note a new address; its queue. `rank` None: that of its kind."""
    source = finding.source_id or NO_OUTLET
    queue = queue_of(base, finding.url, source if rank is None else NO_OUTLET)
    own_rank = rank_of(finding.kind, fetched=False) if rank is None else rank
    due_at = now if rank == REQUESTED else max(finding.due_at, now)
    said = (finding.lastmod, finding.found_in, finding.title, finding.published_at)
    base.execute(INSERT, (finding.url, queue, own_rank, due_at, finding.kind, finding.origin, source, now, *said))
    return queue


def _found_again(base: sqlite3.Connection, row: sqlite3.Row, finding: Finding, now: float) -> set[int]:
    """Take over what is new about a known address; the queues in which something changed."""
    known = target(row)
    configured = _configured(finding)
    due_at = due_again(known, finding, now)
    source = finding.source_id or NO_OUTLET if configured else _outlet(base, row, finding)
    kind = finding.kind if configured else known.kind
    lastmod = max((said for said in (known.lastmod, finding.lastmod) if said is not None), default=None)
    found_in = CONFIGURED if configured else known.found_in
    told = (due_at, source, kind, lastmod, found_in)
    if told == (known.due_at, row["source_id"], known.kind, known.lastmod, known.found_in):
        return set()
    requested = row["rank"] in (RESUMED, REQUESTED)
    rank = row["rank"] if requested else LIST if configured else rank_of(kind, fetched=bool(known.first_fetched_at))
    queue = row["queue"] if requested else queue_of(base, known.url, source)
    change = "UPDATE addresses SET due_at = ?, source_id = ?, kind = ?, lastmod = ?, found_in = ?, rank = ?, queue = ?"
    base.execute(f"{change} WHERE id = ?", (*told, rank, queue, row["id"]))
    return {queue, row["queue"]}


def _configured(finding: Finding) -> bool:
    """Whether the operator names this list: the one that may make a list of what counted as a page."""
    return finding.found_in == CONFIGURED and finding.kind != "page"


def _outlet(base: sqlite3.Connection, row: sqlite3.Row, finding: Finding) -> str:
    """The outlet of a known address: who found it first, as long as there is one."""
    first = str(row["source_id"])
    if not finding.source_id or first == finding.source_id or row["kind"] != "page":
        return first
    removed = base.execute("SELECT 1 FROM outlets WHERE source_id = ? AND removed = 1", (first,)).fetchone()
    return finding.source_id if first == NO_OUTLET or removed else first


def due_again(known: Target, finding: Finding, now: float) -> float | None:
    """When a known address is due, now that it was found once more: never later than it was. Pure.

    - One that was never visited may come earlier, as the finding says.
    - Where the list gives a `lastmod` later than the last visit, and later than it gave before, the page is due: soon
      at first, ever more slowly where such news proved empty, since many sites print the present time.
    - What was given up is tried again while lists name it: after a day, after a week where it is gone.
    """
    if known.under_way:
        return None
    wanted = max(finding.due_at, now)
    planned = known.due_at
    if finding.kind != "page" or known.kind != "page":
        to_be_read = _configured(finding) and (planned is None or known.kind == "page")
        return wanted if to_be_read else planned
    if known.settled_at is None:
        return wanted if planned is None else min(planned, wanted)
    if _says_it_changed(known, finding):
        waits = PATIENCE_SECONDS * 2.0 ** min(known.unchanged, MOST_DOUBLINGS)
        changed = max(wanted, (known.last_fetched_at or known.settled_at) + waits)
        return changed if planned is None else min(planned, changed)
    if planned is None and (known.gone or known.first_fetched_at is None):
        return max(wanted, known.settled_at + (GONE_AGAIN_SECONDS if known.gone else FAILED_AGAIN_SECONDS))
    return planned


def _says_it_changed(known: Target, finding: Finding) -> bool:
    if finding.lastmod is None or known.last_fetched_at is None:
        return False
    return finding.lastmod > max(known.last_fetched_at, known.lastmod or 0.0)
