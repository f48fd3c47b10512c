"""The frontier's file: what it costs, and what is not opened."""

import sqlite3
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fixtures.frontier import Clock, page

from watchfloor.errors import InvalidAddress, Stop
from watchfloor_scraper.frontier import Frontier


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "frontier.sqlite"


@pytest.fixture
def frontier(path: Path, clock: Clock) -> Iterator[Frontier]:
    with Frontier(path, now=clock) as opened:
        yield opened


def test_what_is_known_takes_no_memory(frontier: Frontier) -> None:
    """A few thousand addresses of late are remembered; five thousand more take no more."""
    tracemalloc.start()
    try:
        add_pages(frontier, 0, 5000)
        before, _ = tracemalloc.get_traced_memory()
        add_pages(frontier, 5000, 10_000)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert frontier.count()["page"] == 10_000
    assert after - before < 200_000


def add_pages(frontier: Frontier, first: int, last: int) -> None:
    for start in range(first, last, 500):
        frontier.add([page(f"https://h{number % 50}.example/{number}") for number in range(start, start + 500)])


def test_the_work_of_taking_does_not_grow_with_what_is_known(frontier: Frontier, clock: Clock) -> None:
    def work(act: Callable[[], object]) -> int:
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        frontier._base.set_progress_handler(step, 1)
        act()
        frontier._base.set_progress_handler(None, 0)
        return steps

    efforts = []
    for start, end in ((0, 200), (200, 20_000)):
        frontier.add([page(f"https://h{number % 20}.example/{number}") for number in range(start, end)])
        clock.now += 10
        take, ask = work(lambda: frontier.take(clock.now, limit=8, busy=())), work(lambda: frontier.next_time(0, ()))
        efforts.append(take + ask)
    assert efforts[1] < efforts[0] * 1.3


def test_a_bad_address_is_refused_and_nothing_of_its_list_is_kept(frontier: Frontier) -> None:
    with pytest.raises(InvalidAddress):
        frontier.add([page("https://a.example/1"), page("mailto:desk@a.example")])
    assert frontier.count()["page"] == 0


def test_a_second_process_is_refused_while_the_first_is_there(
    frontier: Frontier, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfloor_scraper.frontier.opening.BUSY_SECONDS", 0.05)
    with pytest.raises(Stop, match="in use by another process"):
        Frontier(path, now=clock)


def test_a_file_that_is_no_frontier_stops_with_a_remedy_and_is_left_as_it_is(path: Path, clock: Clock) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but text " * 100)
    with pytest.raises(Stop, match="move it away"):
        Frontier(path, now=clock)
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(Stop, match="is not a frontier"):
        Frontier(path, now=clock)
    assert path.read_bytes() == before


def test_a_file_of_another_version_stops_with_a_remedy(path: Path, clock: Clock) -> None:
    Frontier(path, now=clock).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(Stop, match="schema version 99"):
        Frontier(path, now=clock)


def test_a_folder_that_cannot_be_made_stops_with_a_remedy(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(Stop, match="WATCHFLOOR_DATA_FOLDER"):
        Frontier(tmp_path / "file" / "frontier.sqlite", now=clock)
