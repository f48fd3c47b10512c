"""The records of a WARC file, one after the other, whole; what is damaged is named, and reading goes on after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from watchfloor_scraper.ingest.warc.octets import BEGINNING, Damaged, Octets, Position

MAX_DAMAGES = 1000
"""Damaged places of one file that are passed over; after that many it is no archive any more."""
HTTP_SCHEMES = ("http://", "https://")


@dataclass(frozen=True)
class Head:
    """What a record says of itself before its body."""

    kind: str
    """`WARC-Type`: response, request, revisit, warcinfo…"""
    target: str
    """`WARC-Target-URI`; empty where there is none."""
    date: str
    """`WARC-Date`, as it stands."""
    segment: bool
    """Whether it is one part of a record that was split."""
    status: str
    """The code of the HTTP status line; empty where it has none."""
    http: tuple[tuple[str, str], ...]
    """The HTTP headers, names in lower case."""

    def header(self, name: str) -> str | None:
        """The first HTTP header of this name in lower case."""
        return next((value for known, value in self.http if known == name), None)


@dataclass(frozen=True)
class Record:
    """A record that is whole in the file."""

    head: Head
    body: bytes | None
    """What stands after the HTTP headers; None where it was not wanted, or is too large."""
    body_size: int
    begins: int
    """Octets into the file: of the record, or of the gzip member that it is in."""
    next: Position
    """Where reading goes on after it."""


@dataclass(frozen=True)
class Damage:
    """A place at which no whole record stands."""

    offset: int
    """Octets into the file."""
    reason: str


def read_records(
    file: BinaryIO, *, wants: Callable[[Head], bool], max_bytes: int, start: Position = BEGINNING
) -> Iterator[Record | Damage]:
    """The records from `start` on. The body is read only where it is wanted and has at most `max_bytes`.

    A record is given after its end was found and, in a packed archive, the checksum of its member held. Takes the
    memory of the largest body that is wanted. After a damage reading goes on at the next record that can be found.
    """
    reading = _Reading(Octets(file, start.offset), wants, max_bytes)
    for _ in range(MAX_DAMAGES):
        try:
            yield from (record for at, record in reading.records() if at >= start)
        except Damaged as damage:
            yield Damage(reading.begins, str(damage))
            if not reading.octets.resynchronise(reading.begins):
                return
        else:
            return


class _Reading:
    """Reads one archive. One use."""

    def __init__(self, octets: Octets, wants: Callable[[Head], bool], max_bytes: int) -> None:
        self.octets = octets
        self.begins = octets.offset
        self._last = Position(-1)
        self._wants = wants
        self._max_bytes = max_bytes
        self._loader = ArcWarcRecordLoader()
        self._http_parser = StatusAndHeadersParser(["HTTP/"])

    def records(self) -> Iterator[tuple[Position, Record]]:
        """Each record with its place. Raises Damaged; `begins` then says where."""
        self.begins = self.octets.offset
        while self._has_next():
            self.begins = self.octets.member if self.octets.packed else self.octets.offset
            same_member = self.octets.packed and self.begins == self._last.offset
            self._last = Position(self.begins, self._last.ordinal + 1 if same_member else 0)
            yield self._last, self._record()
            self.begins = self.octets.offset

    def _has_next(self) -> bool:
        while not self.octets.skip_blank_lines():
            if not self.octets.begin():
                return False
        return True

    def _record(self) -> Record:
        head, size = self._head()
        body = self.octets.read(size) if size <= self._max_bytes and self._wants(head) else None
        if (self.octets.skip(size) if body is None else len(body)) < size:
            self.octets.check_member()
            raise Damaged("it ends before its Content-Length says")
        if not self.octets.may_end_record():
            raise Damaged("it goes on after its Content-Length says")
        more = self.octets.skip_blank_lines()
        self.octets.check_member()
        following = self._last._replace(ordinal=self._last.ordinal + 1) if more and self.octets.packed else None
        return Record(head, body, size, self.begins, following or Position(self.octets.offset))

    def _head(self) -> tuple[Head, int]:
        """The headers of a record, and the octets that are left of it after them."""
        self.octets.expect_header()
        try:
            record = self._loader.parse_record_stream(self.octets, known_format="warc", no_record_parse=True)
        except (ArchiveLoadFailed, EOFError) as error:
            raise Damaged("no record begins here") from error
        if record.length is None:
            raise Damaged("it has no Content-Length")
        http = self._http(record)
        return _head(record, http), record.raw_stream.limit

    def _http(self, record: ArcWarcRecord) -> StatusAndHeaders | None:
        target = record.rec_headers.get_header("WARC-Target-URI") or ""
        if record.rec_type != "response" or not target.lower().startswith(HTTP_SCHEMES):
            return None
        try:
            return self._http_parser.parse(record.raw_stream)
        except (StatusAndHeadersParserException, EOFError):
            return None


def _head(record: ArcWarcRecord, http: StatusAndHeaders | None) -> Head:
    said = record.rec_headers
    return Head(
        kind=(record.rec_type or "").strip().lower(),
        target=(said.get_header("WARC-Target-URI") or "").strip(),
        date=(said.get_header("WARC-Date") or "").strip(),
        segment=said.get_header("WARC-Segment-Number") is not None,
        status=(http.statusline.split()[1:2] or [""])[0] if http else "",
        http=tuple((name.lower(), value) for name, value in http.headers) if http else (),
    )
