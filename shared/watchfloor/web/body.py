"""Reading a body within its limits: what is too much or too slow ends the transfer at once."""

import asyncio
from dataclasses import dataclass

from aiohttp import StreamReader

from watchfloor.web.decoding import Decoder, NotDecodable, codings_of, decoders_of, unpack
from watchfloor.web.errors import Code, FetchError
from watchfloor.web.limits import Limits


@dataclass(frozen=True, slots=True)
class Body:
    """A body as transferred and unpacked; not complete where it was cut."""

    wire: bytes
    content: bytes
    complete: bool


class Pace:
    """The least rate: every window of `rate_seconds` brings its share, or the body is too slow."""

    def __init__(self, stream: StreamReader, limits: Limits, subject: str) -> None:
        self._stream = stream
        self._window = limits.rate_seconds
        self._share = limits.rate_bytes * limits.rate_seconds
        self._subject = subject
        self._now = asyncio.get_running_loop().time
        self._ends = self._now() + self._window
        self._received = 0

    async def chunk(self) -> bytes:
        """The next bytes, empty at the end. Raises FetchError `too_slow`."""
        while True:
            self._judge()
            try:
                async with asyncio.timeout_at(self._ends):
                    chunk = await self._stream.readany()
            except TimeoutError:
                continue
            self._received += len(chunk)
            return chunk

    def _judge(self) -> None:
        if self._now() < self._ends:
            return
        if self._received < self._share:
            reason = f"{self._received:,} bytes of the body in {self._window:g} s"
            raise FetchError("too_slow", reason, subject=self._subject)
        self._ends = self._now() + self._window
        self._received = 0


class Intake:
    """What has come of a body, counted against its limits."""

    def __init__(self, decoders: tuple[Decoder, ...], limits: Limits, subject: str) -> None:
        self._decoders = decoders
        self._limits = limits
        self._subject = subject
        self._wire: list[bytes] = []
        self._content: list[bytes] = []
        self._transferred = 0
        self._decoded = 0
        self.cut = False

    def take(self, chunk: bytes) -> None:
        """Take further bytes as transferred; sets `cut` where no more are wanted.

        Raises FetchError `too_large`, `ratio`, `encoding`.
        """
        self._wire.append(chunk)
        self._transferred += len(chunk)
        if self._transferred > self._limits.wire_bytes:
            raise self._failure("too_large", f"more than {self._limits.wire_bytes:,} bytes were sent")
        try:
            for piece in unpack(self._decoders, chunk):
                self._keep(piece)
                if self.cut:
                    return
        except NotDecodable as error:
            raise self._failure("encoding", f"the body cannot be unpacked: {error}") from error

    def _keep(self, piece: bytes) -> None:
        limits = self._limits
        self._content.append(piece)
        self._decoded += len(piece)
        if limits.cut_at is not None and self._decoded > limits.cut_at:
            self.cut = True
        elif self._decoded > limits.decoded_bytes:
            raise self._failure("too_large", f"more than {limits.decoded_bytes:,} bytes unpacked")
        elif self._decoded > max(limits.ratio_free_bytes, limits.ratio * self._transferred):
            raise self._failure("ratio", f"unpacks to more than {limits.ratio} times its size")

    def finish(self) -> Body:
        """The body, of which all has come that was wanted. Raises FetchError `truncated`."""
        if self._transferred and not self.cut and not all(decoder.complete for decoder in self._decoders):
            raise self._failure("truncated", "the packed body ends before its end")
        wire = _joined(self._wire)
        content = _joined(self._content) if self._decoders or self.cut else wire
        return Body(wire, content[: self._limits.cut_at], not self.cut)

    def _failure(self, code: Code, reason: str) -> FetchError:
        return FetchError(code, reason, subject=self._subject)


async def read_body(
    stream: StreamReader, content_encoding: str | None, declared: int | None, limits: Limits, subject: str
) -> Body:
    """Read a body of the declared length in bytes, if any, and unpack it.

    Raises FetchError `too_large`, `too_slow`, `ratio`, `encoding`, `truncated`, and what aiohttp raises.
    """
    intake = Intake(_decoders(content_encoding, subject), limits, subject)
    if stream.is_eof():  # a small body is here already, and asks for no clock
        if chunk := stream.read_nowait(-1):
            intake.take(chunk)
        return intake.finish()
    if declared is not None and declared > limits.wire_bytes and limits.cut_at is None:
        raise FetchError("too_large", f"declares a body of {declared:,} bytes", subject=subject)
    pace = Pace(stream, limits, subject)
    while not intake.cut and (chunk := await pace.chunk()):
        intake.take(chunk)
    return intake.finish()


def _decoders(content_encoding: str | None, subject: str) -> tuple[Decoder, ...]:
    try:
        return decoders_of(codings_of(content_encoding))
    except NotDecodable as error:
        raise FetchError("encoding", str(error), subject=subject) from error


def _joined(parts: list[bytes]) -> bytes:
    return parts[0] if len(parts) == 1 else b"".join(parts)
