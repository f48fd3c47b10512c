"""What `watchfloor ingest` makes of WARC files."""

import gzip
import os
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from fixtures.warc import PAGE_HEADERS, packed, record, response

from watchfloor.errors import Rejected
from watchfloor.events import PageFetched
from watchfloor.identity import page_id
from watchfloor.source import Visit
from watchfloor_scraper.ingest.display import Display
from watchfloor_scraper.ingest.ledger import Ledger
from watchfloor_scraper.ingest.order import Order
from watchfloor_scraper.ingest.source import build
from watchfloor_scraper.ingest.warc.archives import is_warc
from watchfloor_scraper.ingest.warc.octets import MAX_HEADER, Position
from watchfloor_scraper.ingest.warc.records import Damage, Record, read_records

INFO = record("warcinfo", b"software: invented\r\n")
A, B, C = (response(f"https://news.example/{name}", f"<!DOCTYPE html><p>{name}".encode()) for name in "abc")
MEGABYTE = 1024 * 1024


class Heard:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.skips = 0
        self.passed: list[str] = []
        self.errors: list[str] = []
        self.places: list[float] = []
        self.ended = False

    def at(self, inputs: float) -> None:
        """Keep the place."""
        self.places.append(inputs)

    def skipped(self, pages: int = 1) -> None:
        """Count."""
        self.skips += pages

    def passed_over(self, kind: str) -> None:
        """Keep the kind."""
        self.passed.append(kind)

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


async def draw(
    path: Path,
    ledger: Ledger,
    heard: Heard | None = None,
    *,
    most: int = 1000,
    again: bool = False,
    url: str | None = None,
) -> list[Visit]:
    """The visits of an ingest; the last one unacknowledged where there are more than `most`."""
    found: list[Visit] = []
    order = Order((path,), url=url, fetched_at=None, again=again, page_max_bytes=MEGABYTE)
    async for visit in build(order, ledger, heard or Heard()).visits():
        assert isinstance(visit, Visit)
        found.append(visit)
        if len(found) == most:
            break
    return found


def pages(visits: list[Visit]) -> list[PageFetched]:
    assert all(isinstance(visit.event, PageFetched) for visit in visits)
    return [visit.event for visit in visits if isinstance(visit.event, PageFetched)]


def names(visits: list[Visit]) -> str:
    return "".join(page.url[-1] for page in pages(visits))


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.fixture(params=["plain", "packed", "packed as one"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of three pages, in each form."""
    records = (INFO, A, record("request", b"GET /a HTTP/1.1\r\n\r\n", url="https://news.example/a"), B, C)
    whole = b"".join(records)
    forms = {"plain": whole, "packed": packed(*records), "packed as one": gzip.compress(whole)}
    return write(tmp_path / "news", forms[request.param])


async def test_a_response_becomes_the_page_that_was_fetched_then(archive: Path, ledger: Ledger) -> None:
    heard = Heard()
    first, *others = pages(await draw(archive, ledger, heard))
    assert first == PageFetched(
        page_id=page_id("https://news.example/a"),
        url="https://news.example/a",
        final_url="https://news.example/a",
        status=200,
        fetched_at=datetime(2026, 4, 30, 8, 57, tzinfo=UTC),
        content_type="text/html; charset=utf-8",
        etag='"7"',
        last_modified="Thu, 30 Apr 2026 08:00:00 GMT",
        body=first.body,
        source_id=None,
        origin="backfill",
    )
    assert first.content() == b"<!DOCTYPE html><p>a"
    assert [page.url[-1] for page in others] == ["b", "c"]
    assert (heard.passed, heard.errors, heard.ended) == (["warcinfo", "request"], [], True)


async def test_a_killed_run_goes_on_where_it_was_and_what_comes_again_has_the_same_number(
    archive: Path, ledger: Ledger
) -> None:
    cut_off = await draw(archive, ledger, most=2)
    heard = Heard()
    rest = await draw(archive, ledger, heard)
    assert (names(rest), rest[0]) == ("bc", cut_off[1])
    assert (heard.skips, heard.passed) == (1, ["request"])
    heard = Heard()
    assert await draw(archive, ledger, heard) == []
    assert (heard.skips, heard.passed) == (3, [])
    assert names(await draw(archive, ledger, again=True)) == "abc"


async def test_an_archive_that_was_moved_is_the_same_and_one_that_has_grown_is_looked_at_anew(
    tmp_path: Path, ledger: Ledger
) -> None:
    first = write(tmp_path / "a.warc", A + B)
    await draw(first, ledger)
    moved = first.rename(tmp_path / "moved.warc")
    heard = Heard()
    assert await draw(moved, ledger, heard) == []
    assert names(await draw(write(moved, A + B + C), ledger, heard)) == "c"


async def test_a_folder_may_hold_archives_and_pages(tmp_path: Path, ledger: Ledger) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "1.warc", A)
    write(folder / "2.warc.gz", packed(B))
    write(folder / "3.html", b'<link rel="canonical" href="https://news.example/c">')
    write(folder / "4.warc.gz.open", packed(C))
    assert names(await draw(folder, ledger)) == "abc"


async def test_an_address_of_the_operator_does_not_go_with_an_archive(tmp_path: Path, ledger: Ledger) -> None:
    heard = Heard()
    assert await draw(write(tmp_path / "a.warc", A), ledger, heard, url="https://news.example/x") == []
    assert "leave out --url and --fetched-at" in heard.errors[0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (record("revisit", b"", url="https://news.example/a"), "revisit"),
        (record("metadata", b"x: y\r\n", url="https://news.example/a"), "metadata"),
        (record("resource", b"<p>", url="https://news.example/a"), "resource"),
        (record("response", b"20260430 news.example 192.0.2.1", url="dns:news.example"), "response that is not of the web"),
        (record("response", b"<p>no headers", url="https://news.example/a"), "response without HTTP"),
        (response("https://news.example/a", status="HTTP/1.1 301 Moved"), "response with status 301"),
        (response("https://news.example/a", headers=[("Content-Type", "image/png")]), "response that is no HTML"),
        (response("https://news.example/a", b"just text", headers=[]), "response that is no HTML"),
        (response("https://news.example/a", b" \n"), "response that is empty"),
        (response("https://news.example/a", WARC_Segment_Number="1"), "part of a record"),
        (record("", b""), "record without a type"),
    ],
)  # fmt: skip
async def test_a_record_that_is_no_page_is_passed_over_and_counted(
    tmp_path: Path, ledger: Ledger, content: bytes, kind: str
) -> None:
    heard = Heard()
    assert names(await draw(write(tmp_path / "a.warc", content + B), ledger, heard)) == "b"
    assert (heard.passed, heard.errors) == ([kind], [])


@pytest.mark.parametrize(
    "headers", [[], [("Content-Type", "text/plain")], [("content-type", "APPLICATION/XHTML+XML;x=y")]]
)
async def test_a_page_is_known_by_its_first_tags_where_the_server_did_not_say_what_it_is(
    tmp_path: Path, ledger: Ledger, headers: list[tuple[str, str]]
) -> None:
    content = response("https://news.example/a", b"\n<!-- x --><HTML lang=en><p>x", headers)
    assert names(await draw(write(tmp_path / "a.warc", content), ledger)) == "a"


CHUNKED = [*PAGE_HEADERS, ("Transfer-Encoding", "chunked")]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"3\r\n<ht\r\n7;a=b\r\nml>page\r\n0\r\n\r\n", CHUNKED),
        (b"<html>page", CHUNKED),
        (b"a\n<html>page\n0\n\n", CHUNKED),
        (b"ff\r\n<html>page", CHUNKED),
        (gzip.compress(b"<html>page"), [*PAGE_HEADERS, ("Content-Encoding", "gzip")]),
        (b"<html>page", [*PAGE_HEADERS, ("Content-Encoding", "gzip")]),
        (b"<html>page", [*PAGE_HEADERS, ("content-encoding", "br")]),
        (brotli.compress(b"<html>page"), [*PAGE_HEADERS, ("Content-Encoding", "BR")]),
        (zlib.compress(b"<html>page"), [*PAGE_HEADERS, ("Content-Encoding", "deflate")]),
        (zlib.compress(b"<html>page", wbits=-15), [*PAGE_HEADERS, ("Content-Encoding", "deflate")]),
        (brotli.compress(gzip.compress(b"<html>page")), [*PAGE_HEADERS, ("Content-Encoding", "gzip, br")]),
        (b"<html>page", [*PAGE_HEADERS, ("X-Crawl-Content-Encoding", "gzip"), ("X-Crawl-Transfer-Encoding", "chunked")]),
    ],
)  # fmt: skip
async def test_chunks_are_joined_and_codings_undone_also_where_the_archivist_has_done_that_already(
    tmp_path: Path, ledger: Ledger, body: bytes, headers: list[tuple[str, str]]
) -> None:
    (page,) = pages(await draw(write(tmp_path / "a.warc", response("https://news.example/a", body, headers)), ledger))
    assert page.content() == b"<html>page"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (response("https://news.example/a", b"<p>" + b"x" * MEGABYTE), "is larger than 1 MB"),
        (
            response("https://news.example/a", gzip.compress(b"\0" * 50 * MEGABYTE), [("Content-Encoding", "gzip")]),
            "is larger than 1 MB",
        ),
        (
            response("https://news.example/a", brotli.compress(b"\0" * 50 * MEGABYTE), [("Content-Encoding", "br")]),
            "is larger than 1 MB",
        ),
        (response("https://news.example/a", b"\x28\xb5", [("Content-Encoding", "zstd")]), "'zstd' is unknown"),
        (response("https://news.example/a", gzip.compress(b"<p>x")[:-9], [("Content-Encoding", "gzip")]), "is cut off"),
        (response("https://news.example/a", date="yesterday"), "'yesterday' is no time"),
        (response("https://news.example/a", date="2999-01-01T00:00:00Z"), "is later than now"),
        (response("https://[news/a"), "is not an address"),
    ],
)  # fmt: skip
async def test_a_page_that_cannot_be_sent_is_named_with_its_place_in_every_run_and_the_others_are_sent(
    tmp_path: Path, ledger: Ledger, content: bytes, reason: str
) -> None:
    path = write(tmp_path / "a.warc", A + content + B)
    heard = Heard()
    assert names(await draw(path, ledger, heard)) == "ab"
    (error,) = heard.errors
    assert f"{path}, record at byte {len(A)}: " in error
    assert reason in error
    heard = Heard()
    assert await draw(path, ledger, heard) == []
    assert (heard.skips, heard.errors) == (2, [error])


PACKED_A, PACKED_B, PACKED_C = packed(A), packed(B), packed(C)
LONGER = B.replace(b"Content-Length: 1", b"Content-Length: 11")
SHORTER = B.replace(b"<p>b", b"<p>b and more")
BAD_SUM = PACKED_B[:-8] + bytes([PACKED_B[-8] ^ 1]) + PACKED_B[-7:]


@pytest.mark.parametrize(
    ("content", "sent", "offset", "reason"),
    [
        (A + B + C[:-30], "ab", len(A + B), "it ends before its Content-Length says"),
        (A + B + C[:40], "ab", len(A + B), "it has no Content-Length"),
        (PACKED_A + PACKED_B + PACKED_C[:-12], "ab", len(PACKED_A + PACKED_B), "the file ends inside a gzip member"),
        (PACKED_A + PACKED_B + PACKED_C[:30], "ab", len(PACKED_A + PACKED_B), "the file ends inside a gzip member"),
        (gzip.compress(A + B + C)[:-6], "ab", 0, "the file ends inside a gzip member"),
        (PACKED_A + BAD_SUM + PACKED_C, "ac", len(PACKED_A), "the gzip member is broken"),
        (PACKED_A + b"\xff" * 500 + PACKED_C, "ac", len(PACKED_A), "no gzip member begins here"),
        (PACKED_A + PACKED_B[:60] + PACKED_C, "ac", len(PACKED_A), "the gzip member is broken"),
        (PACKED_A + gzip.compress(b"no record") + PACKED_C, "ac", len(PACKED_A), "no record begins here"),
        (A + b"what is this?\r\n" + C, "ac", len(A), "no record begins here"),
        (A + SHORTER + C, "ac", len(A), "it goes on after its Content-Length says"),
        (A + LONGER + C, "ac", len(A), "it ends before its Content-Length says"),
        (A + B.replace(b"Content-Length", b"Content-Width") + C, "ac", len(A), "it has no Content-Length"),
        (PACKED_A + packed(LONGER) + PACKED_C, "ac", len(PACKED_A), "it ends before its Content-Length says"),
        (PACKED_A + packed(SHORTER) + PACKED_C, "ac", len(PACKED_A), "it goes on after its Content-Length says"),
        (A + b"WARC/1.1\r\nX: " + b"x" * MAX_HEADER + b"\r\n\r\n" + C, "ac", len(A), "its headers are longer than 256 KiB"),
    ],
)  # fmt: skip
async def test_what_is_whole_is_sent_and_what_is_damaged_is_named_by_its_place(
    tmp_path: Path, ledger: Ledger, content: bytes, sent: str, offset: int, reason: str
) -> None:
    path = write(tmp_path / "a.warc", content)
    heard = Heard()
    assert names(await draw(path, ledger, heard)) == sent
    (error,) = heard.errors
    assert f"{path}, byte {offset}: is damaged: {reason}" in error


def test_a_record_may_end_without_blank_lines_and_the_file_with_many() -> None:
    content = A.removesuffix(b"\r\n\r\n") + B.removesuffix(b"\r\n\r\n") + b"\n" * 200_000
    found = list(read_records(BytesIO(content), wants=lambda _: True, max_bytes=1000))
    assert [type(item) for item in found] == [Record, Record]


def test_reading_goes_on_from_the_place_after_any_record() -> None:
    for content in (A + B + C, PACKED_A + PACKED_B + PACKED_C, gzip.compress(A + B) + PACKED_C):
        whole = list(read_records(BytesIO(content), wants=lambda _: True, max_bytes=1000))
        for number, item in enumerate(whole):
            assert isinstance(item, Record)
            rest = read_records(BytesIO(content), wants=lambda _: True, max_bytes=1000, start=item.next)
            assert list(rest) == whole[number + 1 :]


def test_an_archive_that_is_damaged_everywhere_is_given_up() -> None:
    content = b"WARC/1.1\r\n\r\n" * 3000
    found = list(read_records(BytesIO(content), wants=lambda _: True, max_bytes=1000))
    assert len(found) == 1000
    assert all(isinstance(item, Damage) for item in found)


def test_memory_hangs_neither_on_the_length_of_the_archive_nor_on_that_of_a_record(tmp_path: Path) -> None:
    path = tmp_path / "large.warc.gz"
    noise = os.urandom(50_000)
    with path.open("wb") as file:
        for number in range(400):
            file.write(gzip.compress(response(f"https://news.example/{number}", b"<html>" + noise), 1))
        file.write(gzip.compress(record("resource", b"\0" * (64 * MEGABYTE)), 1))
        file.write(PACKED_C)
    tracemalloc.start()
    with path.open("rb") as file:
        sizes = [
            len(item.body or b"")
            for item in read_records(file, wants=lambda _: True, max_bytes=MEGABYTE)
            if isinstance(item, Record)
        ]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(sizes) == 402
    assert peak < 4 * MEGABYTE


@pytest.mark.parametrize(
    ("content", "expected"),
    [(A, True), (PACKED_A, True), (b"<html>", False), (gzip.compress(b"<html>"), False), (b"\x1f\x8bno", False), (b"", False)],
)  # fmt: skip
def test_an_archive_is_known_by_its_content(tmp_path: Path, content: bytes, expected: bool) -> None:
    assert is_warc(write(tmp_path / "x", content)) is expected


def test_a_place_orders_by_offset_then_by_record() -> None:
    assert sorted([Position(5, 0), Position(0, 2), Position(0, 1)]) == [Position(0, 1), Position(0, 2), Position(5, 0)]


def test_the_summary_counts_what_was_passed_over_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    with Display(2) as display:
        display.at(0.5)
        display.sent()
        display.skipped(98)
        display.failed(Rejected("is damaged", subject="a.warc, byte 7"))
        for kind in ("request", "revisit", "request"):
            display.passed_over(kind)
        display.finished()
    assert display.summary == (
        "1 sent; 98 skipped, sent before; 1 failed; 3 records of archives passed over (2 request, 1 revisit)"
    )
    said = capsys.readouterr().err
    assert "error: a.warc, byte 7: is damaged" in said
    assert "ingest: 1 sent, 98 skipped; 0.5 of 2 inputs" in said
