"""The frontier: one object, one file, one process."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Self

from watchfloor_scraper.frontier import finding, hosts, outlets, sites, visiting
from watchfloor_scraper.frontier.opening import open_file, transaction, translated
from watchfloor_scraper.frontier.recent import Recent
from watchfloor_scraper.frontier.records import Finding, HostState, Outcome, Tallies, Target
from watchfloor_scraper.frontier.turns import reckon_hosts
from watchfloor_scraper.politeness.robots_policy import RobotsRecord
from watchfloor_scraper.politeness.tdmrep import TdmRecord

REMEMBERED_HOSTS, REMEMBERED_BYTES = 256, 16 * 1024
TURNS = "SELECT name, turn FROM hosts WHERE turn IS NOT NULL AND urgent = ? ORDER BY turn LIMIT ?"


class Frontier:
    """What is known and what is due, in a SQLite file; in memory only what a few hundred hosts were last told.

    Every method is one transaction: a process killed at any moment loses nothing that returned. Visits that were under
    way come first when the file is opened again, with the same numbers. `now` says the time where a method is not
    told it.

    Raises Stop where the file cannot be opened, is in use, another program's or of another version; later TryLater
    where the disk is full, Stop where the file is broken.
    """

    def __init__(self, path: Path, *, now: Callable[[], float]) -> None:
        self._path = path
        self._now = now
        self._delays: Recent[float] = Recent(REMEMBERED_HOSTS)
        self._robots: Recent[RobotsRecord] = Recent(REMEMBERED_HOSTS)
        self._tdm: Recent[TdmRecord] = Recent(REMEMBERED_HOSTS)
        self._base = open_file(path)
        with self._transaction():
            visiting.resume(self._base, now())

    def close(self) -> None:
        """Close the file; a visit under way stays so."""
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._base, self._path)

    def add(self, findings: Iterable[Finding]) -> list[Finding]:
        """Keep what was found; those that were not known, in their order.

        A known address keeps its schedule, but may become due earlier (see `due_again`). It takes some 60
        microseconds each: a long list is better given in pieces, with a pause for others between them. Raises InvalidAddress.
        """
        with self._transaction():
            return finding.add(self._base, findings, self._now())

    def request(self, wanted: Finding) -> None:
        """Have an address fetched at once and before others, known or not, its outlet paused or not.

        Where it is under way it is fetched once more after that. Raises InvalidAddress.
        """
        with self._transaction():
            finding.request(self._base, wanted, self._now())

    def known(self, url: str) -> Target | None:
        """What is known of an address."""
        with translated(self._path):
            row = self._base.execute(finding.FIND, (url,)).fetchone()
        return finding.target(row) if row else None

    def knows(self, url: str) -> bool:
        """Whether an address is known."""
        with translated(self._path):
            return self._base.execute("SELECT 1 FROM addresses WHERE url = ?", (url,)).fetchone() is not None

    def lists(self, source_id: str) -> list[Target]:
        """The lists of an outlet as they stand."""
        with translated(self._path):
            rows = self._base.execute(finding.LISTS_OF_OUTLET, (source_id,)).fetchall()
        return [finding.target(row) for row in rows]

    def take(self, now: float, *, limit: int, busy: Collection[str]) -> list[Target]:
        """What is to be fetched now: of every host at most one, of the hosts in `busy` none, at most `limit`.

        Within a host: visits that a killed process had begun, what was requested, lists, pages that were never
        fetched (the newest first), revisits; of eight targets one goes to the page that has waited longest and one to
        a revisit, so that neither starves. Between hosts: first those where something resumed or requested waits,
        then those that have waited longest. The visits are noted, and each host's `next_at` is set to now and its
        delay.
        """
        with self._transaction():
            return visiting.take(self._base, now, limit, busy)

    def settle(self, outcomes: Sequence[Outcome], now: float) -> None:
        """Keep what came of visits: their numbers are used up. What is no longer known is passed over."""
        with self._transaction():
            visiting.settle(self._base, outcomes, now)

    def release(self, url: str, due_at: float) -> None:
        """Take back a target that was not asked after all; its next visit has the same number.

        It is `repeated` then if it was before: an earlier process may have asked it.
        """
        with self._transaction():
            visiting.release(self._base, url, due_at, self._now())

    def next_time(self, now: float, busy: Collection[str]) -> float | None:
        """When there will be something to take, these hosts aside: `now` where there is, None where nothing waits."""
        with translated(self._path):
            first = [self._base.execute(TURNS, (urgent, len(busy) + 1)).fetchall() for urgent in (0, 1)]
        turns = [row["turn"] for rows in first for row in rows if row["name"] not in busy]
        return max(now, min(turns)) if turns else None

    def host(self, host: str) -> HostState:
        """How a host stands (see `host_key`)."""
        with translated(self._path):
            return hosts.state(self._base, host)

    def set_delay(self, host: str, seconds: float) -> None:
        """Let this time pass between two requests to a host, counted from the last one."""
        if self._delays.get(host) == seconds:
            return
        with self._transaction():
            known = hosts.host_id(self._base, host)
            if hosts.set_delay(self._base, known, seconds):
                reckon_hosts(self._base, [known])
        self._delays.keep(host, seconds)

    def block(self, host: str, until: float, reason: str) -> None:
        """Ask nothing of a host before this time, because it said so."""
        with self._transaction():
            hosts.block(self._base, known := hosts.host_id(self._base, host), until, reason)
            reckon_hosts(self._base, [known])

    def robots(self, host: str) -> RobotsRecord | None:
        """The robots.txt of a host as last kept, expired or not."""
        known = self._robots.get(host)
        if known is None:
            with translated(self._path):
                known = sites.robots(self._base, host)
            if known is not None and len(known.content) <= REMEMBERED_BYTES:
                self._robots.keep(host, known)
        return known

    def keep_robots(self, host: str, record: RobotsRecord) -> None:
        """Keep a robots.txt."""
        self._robots.forget(host)
        with self._transaction():
            sites.keep_robots(self._base, host, record)

    def tdm(self, host: str) -> TdmRecord | None:
        """The tdmrep.json of a host as last kept, expired or not."""
        known = self._tdm.get(host)
        if known is None:
            with translated(self._path):
                known = sites.tdm(self._base, host)
            if known is not None and len(known.content) <= REMEMBERED_BYTES:
                self._tdm.keep(host, known)
        return known

    def keep_tdm(self, host: str, record: TdmRecord) -> None:
        """Keep a tdmrep.json."""
        self._tdm.forget(host)
        with self._transaction():
            sites.keep_tdm(self._base, host, record)

    def keep_outlets(self, ids: Iterable[str]) -> None:
        """Serve these outlets and no others: what is known of the others stays, and is taken no more."""
        with self._transaction():
            outlets.keep_outlets(self._base, ids)

    def keep_lists(self, urls: Iterable[str]) -> None:
        """Forget the lists that sources.yaml no longer names, and those that only such a list named."""
        with self._transaction():
            outlets.keep_lists(self._base, urls)

    def pause(self, source_ids: Iterable[str]) -> None:
        """Take nothing of these outlets but what is requested; all others are served."""
        with self._transaction():
            outlets.pause(self._base, source_ids)

    def tallies(self, source_id: str, now: float) -> Tallies:
        """What is counted for an outlet."""
        with translated(self._path):
            return outlets.tallies(self._base, source_id, now)

    def count(self) -> dict[str, int]:
        """How many addresses of each kind are known."""
        with translated(self._path):
            return outlets.count(self._base)
