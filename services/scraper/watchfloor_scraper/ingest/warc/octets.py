"""The octets of an archive, plain or gzip, read forward in bounded memory.

warcio's own reader writes what is wrong with a gzip member to standard error and reads on in it, and its lines have no
end; so the bytes are read here, and warcio reads the headers out of them.
"""

import zlib
from typing import BinaryIO, Final, NamedTuple

CHUNK: Final = 64 * 1024
MAX_HEADER: Final = 256 * 1024
"""Octets that are read as lines between two calls of `expect_header`."""
GZIP: Final = b"\x1f\x8b"
MEMBER_START: Final = b"\x1f\x8b\x08"
RECORD_START: Final = b"WARC/"


class Position(NamedTuple):
    """A place between two records, at which reading can go on."""

    offset: int
    """In the file: where the gzip member, or in a plain file the record, begins."""
    ordinal: int = 0
    """Records before it in the same gzip member: 0, unless a whole archive is packed as one member."""


BEGINNING: Final = Position(0)


class Damaged(Exception):
    """The octets do not go on as they should; `resynchronise` looks for the next place where they do."""


class Octets:
    """Reads one archive. Within a gzip member `read` and `readline` end where the member ends."""

    def __init__(self, file: BinaryIO, offset: int = 0) -> None:
        self._file = file
        file.seek(0)
        self.packed = file.read(2) == GZIP
        self.size = file.seek(0, 2)
        self._go_to(offset)

    def _go_to(self, offset: int) -> None:
        self._file.seek(offset)
        self._reader: zlib._Decompress | None = None
        self._ahead = b""  # read from the file, not yet unpacked
        self._ready, self._place = b"", 0  # unpacked, and how much of that was given
        self._header_left = MAX_HEADER
        self.member = offset

    @property
    def offset(self) -> int:
        """In the file: of the next octet in a plain archive, of the next member after a whole one in a packed one."""
        return self._file.tell() - len(self._ahead) - (0 if self.packed else len(self._ready) - self._place)

    def begin(self) -> bool:
        """Make sure that there is something to read, in the next member if need be; False at the end of the archive.

        Raises Damaged where something stands there that is no gzip member.
        """
        while not self._fill():
            self.check_member()
            if not self.packed or not self._begin_member():
                return False
        return True

    def check_member(self) -> None:
        """Raises Damaged where all was read that is there of a gzip member, and its end is not there."""
        if self._reader is not None and not self._reader.eof and not self._fill():
            raise Damaged("the file ends inside a gzip member")

    def _begin_member(self) -> bool:
        while len(self._ahead) < len(MEMBER_START) and (more := self._file.read(CHUNK)):
            self._ahead += more
        self.member = self.offset
        if not self._ahead:
            return False
        if not self._ahead.startswith(GZIP):
            raise Damaged("no gzip member begins here")
        self._reader = zlib.decompressobj(wbits=31)
        return True

    def _fill(self) -> bool:
        """Have some octets ready; False at the end of the member or file."""
        while self._place >= len(self._ready):
            ready = self._unpack() if self.packed else self._file.read(CHUNK)
            if not ready:
                return False
            self._ready, self._place = ready, 0
        return True

    def _unpack(self) -> bytes:
        reader = self._reader
        if reader is None:
            return b""
        while not reader.eof:
            self._ahead = self._ahead or self._file.read(CHUNK)
            at_end = not self._ahead
            try:
                found = reader.decompress(self._ahead, CHUNK)
            except zlib.error as error:
                raise Damaged(f"the gzip member is broken: {error}") from error
            self._ahead = reader.unconsumed_tail or reader.unused_data
            if found or at_end:
                return found
        return b""

    def expect_header(self) -> None:
        """Let lines be read again, as many as a record's headers may have."""
        self._header_left = MAX_HEADER

    def read(self, size: int) -> bytes:
        """Up to `size` octets, fewer only at the end of the member or file."""
        parts: list[bytes] = []
        while size > 0 and self._fill():
            part = self._ready[self._place : self._place + size]
            self._place += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int | None = None) -> bytes:
        """The octets to the next line feed, at most `size`. Raises Damaged where the headers have no end."""
        parts: list[bytes] = []
        while (size is None or size > 0) and self._fill():
            end = self._ready.find(b"\n", self._place) + 1 or len(self._ready)
            part = self._ready[self._place : end if size is None else min(end, self._place + size)]
            self._place += len(part)
            size = None if size is None else size - len(part)
            parts.append(part)
            self._header_left -= len(part)
            if self._header_left < 0:
                raise Damaged(f"its headers are longer than {MAX_HEADER // 1024} KiB")
            if part.endswith(b"\n"):
                break
        return b"".join(parts)

    def skip_blank_lines(self) -> bool:
        """Pass over the line breaks between two records; whether something comes after them in this member or file."""
        while self._fill():
            rest = self._ready[self._place :].lstrip(b"\r\n")
            self._place = len(self._ready) - len(rest)
            if rest:
                return True
        return False

    def may_end_record(self) -> bool:
        """Whether a record may end here: before a line break, the next record, or the end of the member or file."""
        while self._fill() and len(self._ready) - self._place < len(RECORD_START):
            rest = self._ready[self._place :]
            more = self._unpack() if self.packed else self._file.read(CHUNK)
            self._ready, self._place = rest + more, 0
            if not more:
                break
        return self._place >= len(self._ready) or self._ready.startswith((b"\r", b"\n", RECORD_START), self._place)

    def skip(self, size: int) -> int:
        """Pass over `size` octets; returns how many there were. In a plain archive nothing is read for it."""
        if not self.packed:
            there = min(size, self.size - self.offset)
            self._go_to(self.offset + there)
            return there
        skipped = 0
        while skipped < size and (part := self.read(min(size - skipped, CHUNK))):
            skipped += len(part)
        return skipped

    def resynchronise(self, begun_at: int) -> bool:
        """Go to the next place after `begun_at` where a record begins; False where none does."""
        self._go_to(begun_at + 1)
        pattern = MEMBER_START if self.packed else b"\n" + RECORD_START
        window, start = b"", begun_at + 1
        while more := self._file.read(CHUNK):
            window += more
            found = window.find(pattern)
            while found >= 0:
                place = start + found + (0 if self.packed else 1)
                if not self.packed or self._packs_record(place):
                    self._go_to(place)
                    return True
                found = window.find(pattern, found + 1)
            kept = len(pattern) - 1
            start, window = start + len(window) - len(window[-kept:]), window[-kept:]
        return False

    def _packs_record(self, offset: int) -> bool:
        here = self._file.tell()
        self._file.seek(offset)
        try:
            beginning = zlib.decompressobj(wbits=31).decompress(self._file.read(CHUNK), len(RECORD_START))
        except zlib.error:
            return False
        finally:
            self._file.seek(here)
        return beginning == RECORD_START
