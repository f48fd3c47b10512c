"""What is archived, and that it is read again."""

import gzip
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from watchfloor.errors import TryLater
from watchfloor.web.response import Response
from watchfloor_scraper.archive import ArchiveWriter
from watchfloor_scraper.ingest.visits import ServedPage
from watchfloor_scraper.ingest.warc.archives import read_archive

AT = datetime(2026, 4, 30, 8, 57, 0, 250_000, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
URL = "https://news.example/a"
PAGE = "<!DOCTYPE html><p>Катер".encode()
HEADERS = ((b"Content-Type", b"text/html"), (b"ETag", b'"1"'), (b"X-Place", b"K\xf6ln"))


@dataclass(frozen=True)
class Unpacked:
    """A response of which only the unpacked body was kept."""

    content: bytes
    raw_headers: tuple[tuple[bytes, bytes], ...]
    final_url: str = URL
    status: int = 200
    reason: str = "OK"
    http_version: str = "1.1"
    wire: bytes | None = None
    remote_address: str = ""
    complete: bool = True


def fetched(content: bytes = PAGE, *, wire: bytes | None = None, status: int = 200, url: str = URL) -> Response:
    return Response(
        url=url,
        final_url=url,
        hops=(),
        status=status,
        reason="OK",
        http_version="1.1",
        raw_headers=HEADERS,
        content=content,
        wire=content if wire is None else wire,
        content_encoding=None,
        remote_address="192.0.2.7",
    )


def at_the_time() -> datetime:
    return AT


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[ArchiveWriter]:
    with ArchiveWriter(tmp_path, now=at_the_time) as opened:
        yield opened


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.warc.gz"))


def records(folder: Path) -> list[SimpleNamespace]:
    """All records, with their headers and what stands in them."""
    found = []
    for path in files(folder):
        with path.open("rb") as file:
            found += [
                SimpleNamespace(
                    kind=record.rec_type,
                    said=dict(record.rec_headers.headers),
                    http=dict(record.http_headers.headers) if record.http_headers else {},
                    body=record.raw_stream.read(),
                )
                for record in ArchiveIterator(file)
            ]
    return found


def pages(folder: Path) -> list[ServedPage]:
    steps = [step for path in files(folder) for step in read_archive(path, 10_000_000)]
    return [step.found for step in steps if isinstance(step.found, ServedPage)]


def complaints(folder: Path) -> str:
    """What `warcio check` says; empty where all digests hold."""
    with redirect_stdout(StringIO()) as said:
        Checker(SimpleNamespace(inputs=[str(path) for path in files(folder)], verbose=False)).process_all()
    return said.getvalue()


def test_a_response_is_read_again_as_it_was_fetched(tmp_path: Path, writer: ArchiveWriter) -> None:
    writer.write(fetched(), AT)
    writer.close()
    (page,) = pages(tmp_path)
    assert (page.url, page.content, page.fetched_at, page.content_type, page.etag) == (
        URL,
        PAGE,
        AT,
        "text/html",
        '"1"',
    )
    info, response = records(tmp_path)
    assert (info.kind, response.kind) == ("warcinfo", "response")
    assert info.said["WARC-Filename"] == files(tmp_path)[0].name
    assert response.said["WARC-Date"] == "2026-04-30T08:57:00.250000Z"
    assert response.said["WARC-IP-Address"] == "192.0.2.7"
    assert response.said["WARC-Warcinfo-ID"] == info.said["WARC-Record-ID"]
    assert response.said["WARC-Payload-Digest"].startswith("sha1:")
    assert complaints(tmp_path) == ""


def test_the_head_is_kept_octet_for_octet_with_the_length_of_what_is_stored(
    tmp_path: Path, writer: ArchiveWriter
) -> None:
    writer.write(fetched(), AT)
    writer.close()
    head = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nX-Place: K\xf6ln\r\nContent-Length: %d\r\n\r\n'
    assert head % len(PAGE) + PAGE in gzip.decompress(files(tmp_path)[0].read_bytes())


def test_a_body_is_stored_as_transferred_and_its_chunks_joined(tmp_path: Path, writer: ArchiveWriter) -> None:
    wire = gzip.compress(PAGE)
    headers = (*HEADERS, (b"Content-Encoding", b"gzip"), (b"Transfer-Encoding", b"chunked"))
    writer.write(replace(fetched(wire=wire), raw_headers=headers), AT)
    writer.close()
    _, response = records(tmp_path)
    assert response.body == wire
    assert (response.http["Content-Encoding"], response.http["X-Crawl-Transfer-Encoding"]) == ("gzip", "chunked")
    assert response.http["Content-Length"] == str(len(wire))
    assert pages(tmp_path)[0].content == PAGE
    assert complaints(tmp_path) == ""


def test_where_only_the_unpacked_body_is_left_the_headers_do_not_say_otherwise(
    tmp_path: Path, writer: ArchiveWriter
) -> None:
    headers = (*HEADERS, (b"content-encoding", b"br"), (b"Content-Length", b"12"), (b"X-Bad", b"a\r\nInjected: b"))
    writer.write(Unpacked(PAGE, headers), AT)
    writer.close()
    _, response = records(tmp_path)
    assert "content-encoding" not in response.http
    assert (response.http["X-Crawl-content-encoding"], response.http["X-Crawl-Content-Length"]) == ("br", "12")
    assert (response.http["Content-Length"], response.http["X-Bad"]) == (str(len(PAGE)), "a  Injected: b")
    assert "WARC-IP-Address" not in response.said
    assert pages(tmp_path)[0].content == PAGE


def test_the_same_payload_of_the_same_address_is_a_revisit_of_when_it_was_archived(
    tmp_path: Path, writer: ArchiveWriter
) -> None:
    writer.write(fetched(), AT)
    writer.write(fetched(b"<html>corrected"), LATER)
    writer.write(fetched(), LATER)
    writer.write(fetched(url="https://news.example/b"), LATER)
    writer.close()
    _, first, corrected, again, other = records(tmp_path)
    kinds = [record.kind for record in (first, corrected, again, other)]
    assert kinds == ["response", "response", "revisit", "response"]
    assert again.said["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert again.said["WARC-Payload-Digest"] == first.said["WARC-Payload-Digest"]
    assert (again.said["WARC-Refers-To-Target-URI"], again.said["WARC-Refers-To-Date"]) == (
        URL,
        first.said["WARC-Date"],
    )
    assert (again.http["ETag"], again.body) == ('"1"', b"")
    assert complaints(tmp_path) == ""


def test_an_answer_304_is_a_revisit_of_what_the_address_had_last(tmp_path: Path, writer: ArchiveWriter) -> None:
    writer.write(fetched(b"", status=304), AT)
    writer.write(fetched(), AT)
    writer.write(fetched(b"", status=304), LATER)
    writer.close()
    _, unknown, _, again = records(tmp_path)
    assert (unknown.kind, again.kind) == ("response", "revisit")
    assert again.said["WARC-Profile"].endswith("/1.1/revisit/server-not-modified")
    assert again.said["WARC-Refers-To-Date"] == "2026-04-30T08:57:00.250000Z"
    assert complaints(tmp_path) == ""


def test_a_body_that_was_cut_off_is_said_to_be_and_no_later_one_refers_to_it(
    tmp_path: Path, writer: ArchiveWriter
) -> None:
    writer.write(replace(fetched(), complete=False), AT)
    writer.write(fetched(), LATER)
    writer.close()
    _, cut, whole = records(tmp_path)
    assert (cut.said["WARC-Truncated"], cut.kind, whole.kind) == ("length", "response", "response")


def test_what_was_archived_is_known_to_the_next_writer(tmp_path: Path) -> None:
    for moment in (AT, LATER):
        with ArchiveWriter(tmp_path, now=at_the_time) as writer:
            writer.write(fetched(), moment)
    assert [record.kind for record in records(tmp_path)] == ["warcinfo", "response", "warcinfo", "revisit"]


def test_a_file_ends_when_it_is_long_and_at_midnight_and_is_open_until_then(tmp_path: Path) -> None:
    clock = [AT]
    with ArchiveWriter(tmp_path, max_bytes=1500, prefix="desk", now=lambda: clock[0]) as writer:
        writer.write(fetched(), AT)
        assert files(tmp_path) == []
        assert [path.name for path in tmp_path.glob("*.open")] == ["desk-20260430085700250-00000.warc.gz.open"]
        for number in range(4):
            writer.write(fetched(f"<html>{number}".encode()), AT)
        clock[0] = AT + timedelta(days=1)
        writer.write(fetched(b"<html>next day"), clock[0])
    names = [path.name for path in files(tmp_path)]
    assert names[0] == "desk-20260430085700250-00000.warc.gz"
    assert names[1] == "desk-20260430085700250-00001.warc.gz"
    assert names[-1] == "desk-20260501085700250-00000.warc.gz"
    assert [record.kind for record in records(tmp_path)].count("warcinfo") == len(names)
    assert len(pages(tmp_path)) == 6
    assert not list(tmp_path.glob("*.open"))


ENDLESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from itertools import count
from watchfloor.web.response import Response
from watchfloor_scraper.archive import ArchiveWriter

writer = ArchiveWriter(Path(sys.argv[1]))
for number in count():
    url = f"https://news.example/{number}"
    body = f"<!DOCTYPE html><p>{number}".encode()
    headers = ((b"Content-Type", b"text/html"),)
    response = Response(url, url, (), 200, "OK", "1.1", headers, body, body, None, "192.0.2.7")
    writer.write(response, datetime.now(UTC))
    print(number, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_was_written_and_the_next_begins_a_new_file(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(tmp_path)], stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        for line in victim.stdout:
            if int(line) == 200:
                victim.send_signal(signal.SIGKILL)
                break
        written = 200 + len(victim.stdout.read().splitlines())
    with ArchiveWriter(tmp_path) as writer:
        writer.write(fetched(url="https://news.example/next"), AT)
    urls = [page.url for page in pages(tmp_path)]
    assert len(files(tmp_path)) == 2
    assert not list(tmp_path.glob("*.open"))
    assert urls[: written + 1] == [f"https://news.example/{number}" for number in range(written + 1)]
    assert urls[-1] == "https://news.example/next"


def test_a_file_cut_off_in_its_last_record_is_readable_up_to_it(tmp_path: Path, writer: ArchiveWriter) -> None:
    writer.write(fetched(), AT)
    writer.write(fetched(b"<html>second"), LATER)
    writer.close()
    (path,) = files(tmp_path)
    path.rename(path.with_name(path.name + ".open"))
    left = path.with_name(path.name + ".open")
    left.write_bytes(left.read_bytes()[:-20])
    (tmp_path / "watchfloor-0-00000.warc.gz.open").touch()
    ArchiveWriter(tmp_path).close()
    assert [page.content for page in pages(tmp_path)] == [PAGE]
    assert [file.name for file in files(tmp_path)] == [path.name]


def test_a_living_writer_of_the_same_folder_is_left_alone(tmp_path: Path, writer: ArchiveWriter) -> None:
    writer.write(fetched(), AT)
    with ArchiveWriter(tmp_path, now=at_the_time) as second:
        second.write(fetched(b"<html>second"), AT)
    writer.write(fetched(b"<html>third"), AT)
    writer.close()
    assert sorted(page.content for page in pages(tmp_path)) == sorted([PAGE, b"<html>second", b"<html>third"])


def test_a_folder_that_cannot_be_written_is_said_with_a_remedy_to_be_tried_later(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TryLater, match="make room"):
        ArchiveWriter(tmp_path / "file")


def test_a_record_is_a_gzip_member_of_its_own(tmp_path: Path, writer: ArchiveWriter) -> None:
    writer.write(fetched(), AT)
    writer.close()
    content = files(tmp_path)[0].read_bytes()
    with gzip.GzipFile(fileobj=BytesIO(content)) as whole:
        assert whole.read().count(b"WARC/1.1\r\n") == content.count(b"\x1f\x8b\x08") == 2
