"""The body of an archived HTTP response as the page that was served: chunks joined, content coding undone, bounded.

Many archivers store a body unpacked and leave the headers that say how it was packed, so what is markup already is left
as it is.
"""

import re

from watchfloor.web.decoding import NotDecodable, codings_of, decoders_of, unpack

CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


class TooLarge(Exception):
    """The body unpacks to more than was allowed."""


def join_chunks(body: bytes) -> bytes:
    r"""The body without the framing of `Transfer-Encoding: chunked` (RFC 9112, section 7.1).

    A body that does not begin with a chunk is given as it is; a last chunk that is cut off is kept as far as it goes.

    >>> join_chunks(b"3\r\n<p>\r\n2;x=y\r\nok\r\n0\r\n\r\n"), join_chunks(b"<p>ok")
    (b'<p>ok', b'<p>ok')
    """
    chunks: list[bytes] = []
    place = 0
    while (found := CHUNK_SIZE.match(body, place)) and (size := int(found[1], 16)):
        chunks.append(body[found.end() : found.end() + size])
        place = found.end() + size
        place += 2 if body.startswith(b"\r\n", place) else body.startswith(b"\n", place)
    only_the_last = found is not None and not body[found.end() :].strip()
    return b"".join(chunks) if chunks or only_the_last else body


def undo_codings(body: bytes, content_encoding: str, max_bytes: int) -> bytes:
    r"""The body with its content codings undone (RFC 9110, section 8.4).

    Raises TooLarge where more than `max_bytes` come out, and `NotDecodable` where a coding is unknown, broken or cut off.

    >>> import gzip
    >>> undo_codings(gzip.compress(b"<p>ok"), "gzip", 100), undo_codings(b"\n<p>ok", "gzip", 100)
    (b'<p>ok', b'\n<p>ok')
    """
    if looks_like_markup(body):
        return body
    decoders = decoders_of(codings_of(content_encoding))
    whole = bytearray()
    for piece in unpack(decoders, body):
        whole += piece
        if len(whole) > max_bytes:
            raise TooLarge
    if body and not all(decoder.complete for decoder in decoders):
        raise NotDecodable("it is cut off")
    return bytes(whole)


def looks_like_markup(body: bytes) -> bool:
    """Whether the first sign after white space and a byte order mark opens a tag; packed bytes never do that."""
    return body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
