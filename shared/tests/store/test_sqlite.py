"""What the embedded store promises beyond the laws: durability, several processes, its file."""

import sqlite3
import subprocess
import sys
import threading
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from watchfloor.errors import Stop, TryLater
from watchfloor.query import parse_query
from watchfloor.store.protocol import Search
from watchfloor.store.sqlite import SqliteStore, deriving

from .invented import article, changes, decided, gone, health, id_of, minutes, place

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from invented import article, changes
from watchfloor.store.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[2]))
for batch in range(10_000):
    store.apply(changes(*(article(f"convoy {batch}", page=f"p-{batch}-{n}") for n in range(5))))
    print(batch, flush=True)
"""


@pytest.mark.integration
@pytest.mark.parametrize("batches", [1, 7, 20])
def test_what_was_acknowledged_is_there_after_kill_9(tmp_path: Path, batches: int) -> None:
    """The writer is killed while it writes on; what it has spoken of is whole, what is under way whole or not there."""
    path = tmp_path / "store.sqlite"
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(next(writer.stdout)) for _ in range(batches)][-1] + 1
        writer.kill()
        acknowledged += len(writer.stdout.readlines())
    store = SqliteStore(path)
    total = store.search(Search(limit=1)).total
    assert total % 5 == 0
    assert total >= acknowledged * 5
    for batch in range(acknowledged):
        assert store.article(id_of(f"p-{batch}-4")) is not None
    assert store.search(Search(parse_query("convoy"))).total == total
    store.apply(changes(article("after the kill")))
    store.close()


def test_a_batch_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.sqlite")
    unreadable = article("bad", page="bad").model_copy(update={"canonical_url": "no address"})
    with pytest.raises(Exception, match="no address"):
        store.apply(changes(article("good"), unreadable))
    assert store.search(Search()).total == 0
    store.apply(changes(article("good")))
    assert store.search(Search()).total == 1
    store.close()


def test_readers_read_while_one_writes_and_see_each_batch_whole(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    writer, reader = SqliteStore(path), SqliteStore(path, read_only=True)
    totals: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            totals.append(reader.search(Search(parse_query("convoy"), facets=("language",), histogram=True)).total)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for batch in range(20):
        writer.apply(changes(*(article("A convoy.", page=f"p-{batch}-{n}") for n in range(5))))
    writer.rest()
    done.set()
    for thread in threads:
        thread.join()
    assert totals
    assert all(total % 5 == 0 for total in totals)
    assert reader.search(Search()).total == 100
    reader.close()
    writer.close()


def test_a_store_that_only_reads_waits_for_one_that_writes(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    reader = SqliteStore(path, read_only=True)
    with pytest.raises(TryLater, match="there is no store yet") as away:
        reader.newest()
    assert away.value.remedy == "start the indexer: make run"
    assert not path.exists()
    SqliteStore(path).close()
    assert reader.newest() is None
    reader.close()


def test_a_store_that_was_closed_in_order_can_be_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    store.apply(changes(article("text")))
    store.close()
    reader = SqliteStore(path, read_only=True)
    assert reader.search(Search()).total == 1
    reader.close()


def test_a_file_of_another_schema_version_is_refused_with_both_versions(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    SqliteStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(Stop, match="schema version 99, this program reads 3"):
        SqliteStore(path)
    with pytest.raises(Stop, match="schema version 99"):
        SqliteStore(path, read_only=True).newest()


OF_VERSION_1 = """
DROP TABLE instances; DROP TABLE words; DROP TABLE articles; DROP TABLE labels; DROP TABLE coded; DROP TABLE spots;
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, article_id TEXT NOT NULL UNIQUE, fetch_id INTEGER NOT NULL,
    first_fetched_at INTEGER NOT NULL, newest_fetched_at INTEGER NOT NULL, withdrawn_at INTEGER,
    moment INTEGER NOT NULL, day INTEGER NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE labels (
    field TEXT NOT NULL, value TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (field, value, article)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, author, source, section, person, organisation, place, speaker, columnsize = 0,
    tokenize = "ascii tokenchars ':|'"
);
CREATE VIRTUAL TABLE instances USING fts5vocab (words, instance);
"""
"""What follows from the facts, in the tables of the versions 1 and 2; what was in them does not matter."""


def make_older(path: Path, version: int) -> None:
    """Make a store's file what an older version of this program wrote."""
    later = "DROP TABLE decisions; DROP TABLE sources;" if version == 1 else ""
    with sqlite3.connect(path) as connection:
        connection.executescript(f"{OF_VERSION_1} {later} PRAGMA user_version = {version};")


@pytest.mark.parametrize("version", [1, 2])
def test_a_file_of_an_older_version_keeps_all_it_has_and_what_follows_is_derived_again(
    tmp_path: Path, version: int
) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    store.apply(changes(article("A convoy.", at=0), article("Two convoys.", at=1), gone(at=2), decided(), health()))
    store.apply(changes(article("A ferry.", page="other", places=(place("Portmoor", 54.0, 10.0, "FI"),))))
    everything = Search(sort="changed", facets=("place", "language"), histogram=True, spots=True)
    before = store.search(everything), store.versions(id_of()), store.search(Search(parse_query("convoy"))).total
    store.close()
    make_older(path, version)
    store = SqliteStore(path)
    after = store.search(everything), store.versions(id_of()), store.search(Search(parse_query("convoy"))).total
    assert after == before
    assert (len(store.trail(id_of())), len(store.sources())) == ((1, 1) if version == 2 else (0, 0))
    store.apply(changes(decided(), health()))
    assert (len(store.trail(id_of())), len(store.sources())) == (1, 1)
    store.close()


@pytest.mark.parametrize("version", [1, 2])
def test_who_only_reads_waits_until_an_older_file_was_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path = tmp_path / "store.sqlite"
    SqliteStore(path).close()
    make_older(path, version)
    reader = SqliteStore(path, read_only=True)
    with pytest.raises(TryLater, match=f"schema version {version}, this program reads 3") as away:
        reader.newest()
    assert "make run" in str(away.value.remedy)
    SqliteStore(path).close()
    assert reader.newest() is None
    reader.close()


def test_who_only_reads_waits_while_all_is_derived_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    SqliteStore(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM analysis")
    reader = SqliteStore(path, read_only=True)
    with pytest.raises(TryLater, match="in another way") as away:
        reader.newest()
    assert "make run" in str(away.value.remedy)
    reader.close()


def test_deriving_again_goes_on_where_it_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    store.apply(changes(*(article("A convoy.", page=f"p-{number}") for number in range(5))))
    store.close()
    make_older(path, 2)
    monkeypatch.setattr(deriving, "AT_ONCE", 2)
    refreshed: list[str] = []
    refresh = deriving.refresh

    def killed_at_the_fourth(connection: sqlite3.Connection, article_id: str) -> object:
        if len(refreshed) == 3:
            raise KeyboardInterrupt
        refreshed.append(article_id)
        return refresh(connection, article_id)

    monkeypatch.setattr(deriving, "refresh", killed_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        SqliteStore(path)
    monkeypatch.setattr(deriving, "refresh", refresh)
    with pytest.raises(TryLater):
        SqliteStore(path, read_only=True).newest()
    store = SqliteStore(path)
    assert store.search(Search(parse_query("convoys"))).total == 5
    store.close()


def test_an_event_that_an_older_program_wrote_is_answered_in_the_form_of_this_one(tmp_path: Path) -> None:
    """Here it is written with a blank that this program would not write."""
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    event = article("A convoy.")
    store.apply(changes(event))
    store.close()
    with sqlite3.connect(path) as connection:
        older = zlib.compress(event.write().replace(b"{", b"{ ", 1))
        connection.execute("UPDATE fetches SET event = ?", (older,))
        connection.execute("DELETE FROM analysis")
    store = SqliteStore(path)
    (hit,) = store.search(Search(parse_query("convoy"))).hits
    assert hit.kept.written == hit.kept.article.write()
    assert hit.kept == store.article(id_of())
    store.close()


@pytest.mark.parametrize("resting", [True, False])
def test_a_trail_is_swept_30_days_after_it_came_in_whatever_its_decisions_speak_of(
    tmp_path: Path, resting: bool
) -> None:
    """In pauses, and where there is none, as new decisions come."""
    now = minutes(0)
    store = SqliteStore(tmp_path / "store.sqlite", clock=lambda: now)
    store.apply(changes(*(decided(at=-(10**6), page=f"p-{number}") for number in range(4))))
    now += timedelta(days=30)
    store.apply(changes(decided(page="later")))
    assert len(store.trail(id_of("p-0"))) == 1
    now += timedelta(days=1)
    if resting:
        store.rest()
    else:
        store.apply(changes(decided(page="new-1"), decided(page="new-2")))
    assert [len(store.trail(id_of(page))) for page in ("p-0", "p-3", "later")] == [0, 0, 1]
    store.close()


def test_a_file_that_is_no_store_is_refused_by_name(tmp_path: Path) -> None:
    text, foreign = tmp_path / "text.sqlite", tmp_path / "foreign.sqlite"
    text.write_text("no database at all " * 100)
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    for path in (text, foreign):
        with pytest.raises(Stop, match=path.name):
            SqliteStore(path)


def test_a_locked_store_says_try_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfloor.store.sqlite.connections.BUSY_SECONDS", 0.05)
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryLater, match="locked"):
        store.apply(changes(article("text")))
    other.execute("ROLLBACK")
    other.close()
    store.apply(changes(article("text")))
    store.close()


def test_words_are_read_anew_when_the_analysis_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    store.apply(changes(article("A convoy.", at=0), gone(at=1)))
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE words SET text = 'stale'")
    monkeypatch.setattr(deriving, "VERSION", deriving.VERSION + " and another")
    store = SqliteStore(path)
    (hit,) = store.search(Search(parse_query("convoys"))).hits
    assert hit.kept.withdrawn_at is not None
    assert store.search(Search(parse_query("stale"))).total == 0
    store.close()


def test_the_log_comes_home_in_a_pause(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    store = SqliteStore(path)
    store.apply(changes(*(article("text " * 50, page=f"p-{n}") for n in range(50))))
    before = path.stat().st_size
    store.rest()
    assert path.stat().st_size > before
    store.close()


def test_a_store_opened_for_reading_does_not_write(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    SqliteStore(path).close()
    reader = SqliteStore(path, read_only=True)
    with pytest.raises(RuntimeError, match="opened for reading alone"):
        reader.apply(changes(article("text")))
    reader.close()
