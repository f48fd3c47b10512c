"""What `watchfloor ingest` makes of files; without Kafka: the visits are drawn by hand."""

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchfloor.errors import Rejected, Stop
from watchfloor.events import PageFetched
from watchfloor.identity import page_id
from watchfloor.source import Visit
from watchfloor_scraper.ingest.inputs import Input, find_inputs, read_time
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.order import Order
from watchfloor_scraper.ingest.own_address import own_address
from watchfloor_scraper.ingest.source import build
from watchfloor_scraper.ingest.visits import page_visit, visit_number

NOW = datetime(2026, 5, 1, tzinfo=UTC)
PAGE = b'<html><head><link rel="canonical" href="https://news.example/a"></head><body>x</body></html>'


class Heard:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.skips = 0
        self.errors: list[str] = []
        self.ended = False

    def at(self, inputs: float) -> None:
        """Of no interest here."""

    def passed_over(self, kind: str) -> None:
        """Of no interest here."""

    def skipped(self, pages: int = 1) -> None:
        """Count."""
        self.skips += pages

    def failed(self, error: Rejected) -> None:
        """Keep what it says."""
        self.errors.append(str(error))

    def finished(self) -> None:
        """Keep that all were looked at."""
        self.ended = True


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "state" / "ingest.sqlite") as opened:
        yield opened


def order(*paths: Path, url: str | None = None, again: bool = False, fetched_at: datetime | None = None) -> Order:
    return Order(paths, url=url, fetched_at=fetched_at, again=again, page_max_bytes=1000)


async def draw(wanted: Order, ledger: Ledger, heard: Heard, most: int = 100) -> list[Visit]:
    """The visits of an ingest, the last one unacknowledged where there are more than `most`."""
    found: list[Visit] = []
    async for visit in build(wanted, ledger, heard).visits():
        assert isinstance(visit, Visit)
        found.append(visit)
        if len(found) == most:
            break
    return found


def page_of(visit: Visit) -> PageFetched:
    assert isinstance(visit.event, PageFetched)
    return visit.event


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "index.tsv").write_text(
        "file\turl\ttime\na.html\thttps://news.example/a?utm_source=x\t2025-03-01T10:00:00+01:00\n"
        "b.html.gz\thttps://news.example/b\t2025-03-02T10:00:00Z\n",
        encoding="utf-8",
    )
    (pages / "a.html").write_bytes(b"<p>one</p>")
    (pages / "b.html.gz").write_bytes(gzip.compress(b"<p>two</p>"))
    (pages / "not-listed.html").write_bytes(PAGE)
    return pages


async def test_an_index_says_which_pages_there_are_their_addresses_and_times(folder: Path, ledger: Ledger) -> None:
    heard = Heard()
    first, second = [page_of(visit) for visit in await draw(order(folder), ledger, heard)]
    assert (first.url, first.fetched_at) == ("https://news.example/a", datetime(2025, 3, 1, 9, tzinfo=UTC))
    assert (first.origin, first.status, first.page_id) == ("backfill", 200, page_id("https://news.example/a"))
    assert (second.url, second.content()) == ("https://news.example/b", b"<p>two</p>")
    assert (heard.errors, heard.ended) == ([], True)


async def test_what_was_acknowledged_is_skipped_by_the_next_run(folder: Path, ledger: Ledger) -> None:
    first = await draw(order(folder), ledger, Heard())
    heard = Heard()
    assert await draw(order(folder), ledger, heard) == []
    assert heard.skips == 2
    assert await draw(order(folder, again=True), ledger, Heard()) == first


async def test_a_visit_cut_off_before_its_acknowledgement_comes_again_with_the_same_number(
    folder: Path, ledger: Ledger
) -> None:
    unacknowledged = await draw(order(folder), ledger, Heard(), most=1)
    assert (await draw(order(folder), ledger, Heard()))[:1] == unacknowledged


async def test_a_file_that_has_changed_at_the_same_place_is_a_new_visit(folder: Path, ledger: Ledger) -> None:
    first, _ = await draw(order(folder), ledger, Heard())
    (folder / "a.html").write_bytes(b"<p>one, corrected</p>")
    (again,) = await draw(order(folder), ledger, Heard())
    assert (again.event.key, again.number != first.number) == (first.event.key, True)


async def test_good_inputs_are_sent_and_each_bad_one_is_named_with_its_remedy(tmp_path: Path, ledger: Ledger) -> None:
    good, empty, large, nameless, torn = (
        tmp_path / f"{name}.html" for name in "good empty large nameless torn".split()
    )
    good.write_bytes(PAGE)
    empty.write_bytes(b" \n")
    large.write_bytes(gzip.compress(b"x" * 2000))
    nameless.write_bytes(b"<p>who am I?</p>")
    torn.write_bytes(gzip.compress(PAGE)[:-9])
    (tmp_path / "bare").mkdir()
    heard = Heard()
    paths = (empty, large, nameless, torn, tmp_path / "bare", tmp_path / "gone", good)
    (visit,) = await draw(order(*paths), ledger, heard)
    assert page_of(visit).url == "https://news.example/a"
    reasons = ("is empty", "WATCHFLOOR_PAGE_MAX_MB", "give --url", "its end is missing", "has no pages", "is no file")
    for path, reason, error in zip(paths, reasons, heard.errors, strict=False):
        assert str(path) in error
        assert reason in error


async def test_without_any_time_the_page_was_fetched_when_its_file_was_last_changed(
    tmp_path: Path, ledger: Ledger
) -> None:
    file = tmp_path / "a.html"
    file.write_bytes(PAGE)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    (visit,) = await draw(order(file), ledger, Heard())
    assert page_of(visit).fetched_at == datetime.fromtimestamp(1_700_000_000, UTC)


async def test_what_the_operator_says_wins_over_index_and_page(folder: Path, ledger: Ledger) -> None:
    said = order(folder / "not-listed.html", url="https://other.example/x", fetched_at=NOW - timedelta(days=400))
    (visit,) = await draw(said, ledger, Heard())
    assert (page_of(visit).url, page_of(visit).fetched_at) == ("https://other.example/x", NOW - timedelta(days=400))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("../outside.html\thttps://news.example/a\t", "is no file of this folder"),
        ("gone.html\thttps://news.example/a\t", "is not there"),
        ("a.html\thttps://news.example/a\tlast Tuesday", "is no ISO 8601 time"),
        ("a.html\thttps://news.example/a\t2026-04-30T10:00:00", "has no zone"),
    ],
)
def test_a_bad_line_of_an_index_is_named_by_its_number(tmp_path: Path, line: str, reason: str) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "index.tsv").write_text(f"# pages\n{line}\n", encoding="utf-8")
    (error,) = find_inputs([tmp_path])
    assert isinstance(error, Rejected)
    assert reason in str(error)
    assert "index.tsv, line 2" in str(error)


def test_a_folder_without_an_index_is_its_pages_in_order_and_those_of_its_folders(tmp_path: Path) -> None:
    for name in ("b.html", "a.HTM", "notes.txt", "deep/c.html.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(PAGE)
    found = [item.path.name for item in find_inputs([tmp_path]) if isinstance(item, Input)]
    assert found == ["a.HTM", "b.html", "c.html.gz"]


def test_a_time_later_than_now_is_refused() -> None:
    with pytest.raises(Rejected, match="later than now"):
        page_visit(Input(Path("a.html")), PAGE, NOW + timedelta(seconds=1), now=NOW)


def test_an_address_that_no_page_can_have_names_the_file() -> None:
    with pytest.raises(Rejected, match=r"a\.html"):
        page_visit(Input(Path("a.html"), "mailto:desk@news.example"), PAGE, NOW, now=NOW)


def test_the_number_of_a_visit_hangs_on_time_and_content_alone() -> None:
    elsewhere = NOW.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00:00+05:00").tzinfo)
    assert visit_number(NOW, b"x") == visit_number(elsewhere, b"x")
    assert len({visit_number(NOW, b"x"), visit_number(NOW, b"y"), visit_number(NOW + timedelta(1), b"x")}) == 3


def test_the_own_address_of_a_page_is_its_canonical_link_before_og_url_and_never_a_relative_one() -> None:
    og = b'<meta property="og:url" content="https://news.example/og">'
    assert own_address(og + b'<link href="https://news.example/c" rel="Canonical">') == "https://news.example/c"
    assert own_address(b'<link rel="canonical" href="/c">' + og) == "https://news.example/og"
    assert own_address(b"<body>" + og) is None


def test_a_time_of_an_operator_needs_a_zone() -> None:
    assert read_time(" 2026-04-30T08:57:00+02:00", "x") == datetime(2026, 4, 30, 6, 57, tzinfo=UTC)
    with pytest.raises(Rejected, match="2026-04-30T08:57:00Z"):
        read_time("2026-04-30", "--fetched-at")


def test_a_ledger_that_is_no_database_stops_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "ingest.sqlite").write_bytes(b"not a database, but text " * 100)
    with pytest.raises(Stop, match="move it away"), Ledger(tmp_path / "ingest.sqlite"):
        pass
