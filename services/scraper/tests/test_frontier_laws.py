"""The frontier against a simple model in memory: whatever is done to it in whatever order, killed and opened again."""

# ruff: noqa: D102 - the names of rules and invariants are sentences
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from watchfloor_scraper.frontier import CONFIGURED, Finding, Frontier, Kind, Outcome, Target, host_key

START = 1_780_315_200.0
DAY = 86_400.0
HOSTS = [f"{letter}.example:443" for letter in "abc"]
SOURCES = ("gazette", "post", None)
PAGES = [(f"https://{letter}.example/{number}", number) for letter in "abc" for number in range(5)]
LISTS = [f"https://{letter}.example/feed" for letter in "abc"]
RESUMED, REQUESTED, LIST, NEW, REVISIT = range(5)
STARVING_TURN = {3: NEW, 7: REVISIT}
SECONDS = st.integers(0, 120).map(float)


@dataclass
class Address:
    """What the model knows of an address."""

    url: str
    kind: Kind
    source: str | None
    due: float | None
    rank: int
    visits: int = 0
    under_way: bool = False
    repeated: bool = False
    again: bool = False
    asked_for: bool = False
    fetched: bool = False
    gone: bool = False
    settled_at: float | None = None

    @property
    def host(self) -> str:
        """Its host."""
        return self.url.split("/")[2] + ":443"


@dataclass
class Host:
    """What the model knows of a host."""

    delay: float = 2.0
    asked_at: float = 0.0
    next_at: float = 0.0
    blocked_until: float = 0.0
    given: int = 0
    times: list[float] = field(default_factory=list)


class FrontierLaws(RuleBasedStateMachine):
    """Each rule does the same to both; `take` and the invariants compare."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.now = START
        self.addresses: dict[str, Address] = {}
        self.hosts = {name: Host() for name in HOSTS}
        self.paused: set[str] = set()
        self.kept = set(SOURCES)
        self.frontier = Frontier(self.folder / "frontier.sqlite", now=lambda: self.now)
        self.frontier.keep_outlets(["gazette", "post"])

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.frontier.close()
        shutil.rmtree(self.folder)

    def is_served(self, address: Address) -> bool:
        """Whether it may be given out at all."""
        return address.asked_for or (address.source not in self.paused and address.source in self.kept)

    def waiting(self, host: str) -> list[Address]:
        """What waits for a host's turn."""
        its = (address for address in self.addresses.values() if address.host == host and address.due is not None)
        return [address for address in its if self.is_served(address)]

    def turn(self, host: str) -> float | None:
        """When a host may be served."""
        dues = [address.due for address in self.waiting(host) if address.due is not None]
        state = self.hosts[host]
        return max(min(dues), state.next_at, state.blocked_until) if dues else None

    @rule(wait=SECONDS)
    def time_passes(self, wait: float) -> None:
        self.now += wait

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.now += days * DAY

    @rule(pages=st.lists(st.sampled_from(PAGES), min_size=1, max_size=5, unique=True), later=SECONDS)
    def pages_are_found(self, pages: list[tuple[str, int]], later: float) -> None:
        found = [self.page(url, number, self.now + later) for url, number in pages]
        unknown = self.frontier.add(found)
        assert unknown == [finding for finding in found if finding.url not in self.addresses]
        for finding in found:
            known = self.addresses.get(finding.url)
            if known is None:
                new = Address(finding.url, "page", finding.source_id, finding.due_at, NEW)
                self.addresses[finding.url] = new
            elif not known.under_way:
                self.found_again(known, finding.due_at)

    def found_again(self, known: Address, due_at: float) -> None:
        if known.settled_at is None:
            known.due = due_at if known.due is None else min(known.due, due_at)
        elif known.due is None and (known.gone or not known.fetched):
            known.due = max(due_at, known.settled_at + (7 * DAY if known.gone else DAY))

    def page(self, url: str, number: int, due_at: float) -> Finding:
        return Finding(url, "page", SOURCES[number % 3], "https://a.example/feed", due_at, "live")

    @rule(url=st.sampled_from(LISTS))
    def a_list_is_configured(self, url: str) -> None:
        self.frontier.add([Finding(url, "feed", "gazette", CONFIGURED, 0.0, "live")])
        known = self.addresses.setdefault(url, Address(url, "feed", "gazette", self.now, LIST))
        if known.due is None and not known.under_way:
            known.due = self.now

    @rule(page=st.sampled_from(PAGES))
    def a_page_is_requested(self, page: tuple[str, int]) -> None:
        finding = self.page(*page, self.now)
        self.frontier.request(finding)
        known = self.addresses.setdefault(page[0], Address(page[0], "page", finding.source_id, None, REQUESTED))
        if known.under_way:
            known.again = True
        else:
            known.due, known.asked_for, known.rank = self.now, True, min(known.rank, REQUESTED)

    @rule(limit=st.integers(0, 4), busy=st.sets(st.sampled_from(HOSTS), max_size=2))
    def take(self, limit: int, busy: set[str]) -> None:
        turns = {host: self.turn(host) for host in HOSTS if host not in busy}
        ready = {host: turn for host, turn in turns.items() if turn is not None and turn <= self.now}
        taken = self.frontier.take(self.now, limit=limit, busy=busy)
        assert len(taken) == min(limit, len(ready))
        assert len({found.host for found in taken}) == len(taken)
        for found in taken:
            assert found.host in ready
            self.is_given_out(found)

    def is_given_out(self, found: Target) -> None:
        address, host = self.addresses[found.url], self.hosts[found.host]
        best, due = self.best(found.host)
        assert (address.rank, address.due) == (best, due)
        assert (found.visit, found.repeated) == (address.visits + 1, address.repeated)
        assert not host.times or self.now - host.times[-1] >= host.delay
        host.times.append(self.now)
        host.asked_at, host.next_at = self.now, max(host.next_at, self.now + host.delay)
        host.given += 1
        address.due, address.under_way = None, True

    def best(self, name: str) -> tuple[int, float]:
        """The rank that comes first at this turn of a host, and the time that comes first in it."""
        due = [(address.rank, address.due) for address in self.waiting(name) if address.due is not None]
        due = [(rank, time) for rank, time in due if time <= self.now]
        preferred = STARVING_TURN.get(self.hosts[name].given % 8)
        rank = min((rank for rank, _ in due), key=lambda rank: 1.5 if rank == preferred else rank)
        newest_first = rank == NEW and preferred != NEW
        return rank, (max if newest_first else min)(time for other, time in due if other == rank)

    @rule(data=st.data(), due=st.none() | SECONDS, fetched=st.booleans(), gone=st.booleans(), asked=st.booleans())
    def a_visit_is_settled(
        self, data: st.DataObject, due: float | None, *, fetched: bool, gone: bool, asked: bool
    ) -> None:
        address = self.draw_under_way(data)
        if address is None:
            return
        due_at = None if due is None else self.now + due
        outcome = Outcome(address.url, due_at, fetched_at=self.now if fetched else None, gone=gone, asked=asked)
        self.frontier.settle([outcome], self.now)
        address.visits += 1
        address.under_way = address.repeated = address.asked_for = False
        address.due, address.settled_at, address.gone = due_at, self.now, gone
        address.fetched |= fetched
        address.rank = LIST if address.kind != "page" else REVISIT if address.fetched else NEW
        self.a_request_ends(address) if asked else self.a_turn_is_given_back(address)
        self.is_asked_again(address)

    def a_request_ends(self, address: Address) -> None:
        """The pause counts from here."""
        host = self.hosts[host_key(address.url)]
        host.asked_at, host.next_at = self.now, max(host.next_at, self.now + host.delay)

    def a_turn_is_given_back(self, address: Address) -> None:
        """Nothing was asked."""
        host = self.hosts[host_key(address.url)]
        host.asked_at, host.next_at = self.now - host.delay, self.now
        host.times.clear()

    @rule(data=st.data(), wait=SECONDS)
    def a_target_is_released(self, data: st.DataObject, wait: float) -> None:
        address = self.draw_under_way(data)
        if address is not None:
            self.frontier.release(address.url, self.now + wait)
            address.under_way, address.due = False, self.now + wait
            self.a_request_ends(address)
            self.is_asked_again(address)

    def draw_under_way(self, data: st.DataObject) -> Address | None:
        found = sorted(url for url, address in self.addresses.items() if address.under_way)
        return self.addresses[data.draw(st.sampled_from(found))] if found else None

    def is_asked_again(self, address: Address) -> None:
        if address.again:
            address.again, address.asked_for = False, True
            address.due, address.rank = self.now, min(address.rank, REQUESTED)

    @rule(wait=SECONDS)
    def it_is_killed_and_opened_again(self, wait: float) -> None:
        self.frontier._base.close()
        self.now += wait
        self.frontier = Frontier(self.folder / "frontier.sqlite", now=lambda: self.now)
        for address in self.addresses.values():
            if address.under_way:
                host = self.hosts[host_key(address.url)]
                host.next_at = max(host.next_at, host.asked_at + host.delay + 1.0)
                address.under_way, address.repeated = False, True
                address.due, address.rank = self.now, RESUMED

    @rule(host=st.sampled_from(HOSTS), seconds=SECONDS)
    def a_delay_is_set(self, host: str, seconds: float) -> None:
        self.frontier.set_delay(host, seconds)
        state = self.hosts[host]
        if state.delay != seconds:
            state.delay, state.next_at = seconds, state.asked_at + seconds

    @rule(host=st.sampled_from(HOSTS), wait=SECONDS)
    def a_host_is_blocked(self, host: str, wait: float) -> None:
        self.frontier.block(host, self.now + wait, "http_429")
        self.hosts[host].blocked_until = max(self.hosts[host].blocked_until, self.now + wait)

    @rule(paused=st.sets(st.sampled_from(("gazette", "post"))))
    def outlets_are_paused(self, paused: set[str]) -> None:
        self.frontier.pause(paused)
        self.paused = paused

    @rule(kept=st.sets(st.sampled_from(("gazette", "post"))))
    def outlets_are_kept(self, kept: set[str]) -> None:
        self.frontier.keep_outlets(kept)
        self.kept = {*kept, None}

    @invariant()
    def the_next_time_is_that_of_the_first_turn(self) -> None:
        turns = [turn for turn in map(self.turn, HOSTS) if turn is not None]
        assert self.frontier.next_time(self.now, ()) == (max(self.now, min(turns)) if turns else None)

    @invariant()
    def everything_is_counted(self) -> None:
        pages = [address for address in self.addresses.values() if address.kind == "page"]
        counted = self.frontier.count()
        assert (counted["page"], sum(counted.values())) == (len(pages), len(self.addresses))
        for source in ("gazette", "post"):
            tallies = self.frontier.tallies(source, self.now)
            assert tallies.known_pages == sum(address.source == source for address in pages)


TestFrontierLaws = FrontierLaws.TestCase
TestFrontierLaws.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
