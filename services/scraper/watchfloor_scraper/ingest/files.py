"""Reading one page's file, plain or gzip, with a bound on both."""

import zlib
from pathlib import Path

from watchfloor.errors import Rejected


def read_page(path: Path, max_bytes: int) -> bytes:
    """The bytes of the page in a file, gzip undone.

    Raises Rejected where the file cannot be read, is empty, is broken gzip, or holds more than `max_bytes`.
    """
    try:
        with path.open("rb") as file:
            stored = file.read(max_bytes + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise Rejected(reason, subject=str(path), remedy="check its permissions") from error
    content = _gunzip(stored, path, max_bytes) if stored.startswith(b"\x1f\x8b") else stored
    if not content.strip():
        raise Rejected("is empty", subject=str(path))
    if max(len(content), len(stored)) > max_bytes:
        reason = f"is larger than {max_bytes // 1024**2} MB"
        raise Rejected(reason, subject=str(path), remedy="WATCHFLOOR_PAGE_MAX_MB sets how large a page may be")
    return content


def _gunzip(stored: bytes, path: Path, max_bytes: int) -> bytes:
    """Unpack all members; one byte over the bound is enough to know."""
    whole = bytearray()
    while stored and len(whole) <= max_bytes:
        reader = zlib.decompressobj(wbits=31)
        try:
            whole += reader.decompress(stored, max_bytes + 1 - len(whole))
        except zlib.error as error:
            raise Rejected(f"is broken gzip: {error}", subject=str(path), remedy="fetch or pack it again") from error
        if not reader.eof and len(whole) <= max_bytes:
            raise Rejected("is broken gzip: its end is missing", subject=str(path), remedy="fetch or pack it again")
        stored = reader.unused_data
    return bytes(whole)
