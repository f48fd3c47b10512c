"""Unpacking a body piece by piece: gzip, deflate and br (RFC 9110, section 8.4), with bounded memory.

zstd is not announced: the library for it that bounds its output is young, and every server that has zstd has br or gzip.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli

ACCEPT_ENCODING = "gzip, deflate, br"
PIECE = 64 * 1024
MOST_CODINGS = 2
MOST_MEMBERS = 1000
GZIP, ZLIB, RAW = 31, 15, -15  # zlib's window bits, which also name the container


class NotDecodable(ValueError):
    """The bytes are not in the coding that they are declared in, or the coding is unknown."""


class Decoder(Protocol):
    """One coding of one body."""

    @property
    def complete(self) -> bool:
        """Whether the end that the coding itself marks has come."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Unpack further bytes into pieces of not much more than PIECE. Raises NotDecodable."""


class Deflated:
    """gzip, all its members, and deflate, in zlib's container as the RFC has it or raw as some servers send it.

    What follows the end is ignored, as browsers do; so that endless empty members cost no time, there is a limit.
    """

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._begun = b""
        self._stream = zlib.decompressobj(bits) if bits == GZIP else None
        self._members = 1
        self._over = False

    @property
    def complete(self) -> bool:
        """Whether the member's checksum has been read."""
        return self._stream is not None and self._stream.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Unpack further bytes. Raises NotDecodable."""
        try:
            yield from self._pieces(data)
        except zlib.error as error:
            raise NotDecodable(str(error)) from error

    def _pieces(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None:
            self._begun = data = self._begun + data
            if len(data) < 2:
                return
            self._stream = zlib.decompressobj(ZLIB if _is_zlib(data) else RAW)
        while data and not self._over:
            if self._stream.eof:
                self._next_member(data)
                continue
            yield self._stream.decompress(data, PIECE)
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def _next_member(self, data: bytes) -> None:
        self._over = self._bits != GZIP or data[0] != 0x1F
        if self._over:
            return
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise NotDecodable(f"more than {MOST_MEMBERS:,} gzip members")
        self._stream = zlib.decompressobj(GZIP)


def _is_zlib(start: bytes) -> bool:
    """Whether these are the two bytes that a zlib stream begins with (RFC 1950, section 2.2)."""
    return start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0


class Brotli:
    """br (RFC 7932). What follows the end is an error, since the library makes it one where both come together."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    @property
    def complete(self) -> bool:
        """Whether the last block has been read."""
        return bool(self._stream.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Unpack further bytes. Raises NotDecodable."""
        if self.complete:
            raise NotDecodable("there is more after the end of the brotli stream")
        try:
            while piece := self._stream.process(data, output_buffer_limit=PIECE):
                yield piece  # there may be more of what was given before, which only an empty piece denies
                data = b""
                if self.complete:
                    return
        except brotli.error as error:
            raise NotDecodable("is no brotli stream") from error


def codings_of(content_encoding: str | None) -> tuple[str, ...]:
    """The codings of a body in the order in which they were applied; `identity` is none."""
    names = (content_encoding or "").lower().split(",")
    return tuple(name for name in map(str.strip, names) if name and name != "identity")


def decoders_of(codings: tuple[str, ...]) -> tuple[Decoder, ...]:
    """What unpacks them, in the order of unpacking.

    Raises NotDecodable for an unknown coding, and for more than two, one upon the other.
    """
    if len(codings) > MOST_CODINGS:
        raise NotDecodable(f"{len(codings)} codings, one upon the other")
    return tuple(_decoder(name) for name in reversed(codings))


def _decoder(name: str) -> Decoder:
    match name:
        case "gzip" | "x-gzip":
            return Deflated(GZIP)
        case "deflate":
            return Deflated(ZLIB)
        case "br":
            return Brotli()
    raise NotDecodable(f"the coding {name[:40]!r} is unknown")


def unpack(decoders: tuple[Decoder, ...], data: bytes) -> Iterator[bytes]:
    """Unpack further bytes through all decoders, in pieces. Raises NotDecodable.

    >>> b"".join(unpack(decoders_of(("gzip",)), zlib.compress(b"news", wbits=GZIP)))
    b'news'
    """
    if not decoders:
        yield data
        return
    for piece in decoders[0].pieces(data):
        if piece:
            yield from unpack(decoders[1:], piece)
