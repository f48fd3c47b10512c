"""The bytes of a file of sources as text."""

from pathlib import Path

from watchfloor_scraper.configuration.faults import Fault, InvalidConfiguration
from watchfloor_scraper.configuration.located import MAX_BYTES


def read_bytes(path: Path) -> bytes:
    """What the file holds, up to one byte more than is taken.

    Raises InvalidConfiguration where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise _invalid(path, "is not there", "make it, or set WATCHFLOOR_SOURCES to the path of another") from error
    except OSError as error:
        raise _invalid(path, f"cannot be read: {error.strerror}", "check its permissions") from error


def decode(content: bytes, path: Path) -> str:
    """The text, without a byte order mark.

    Raises InvalidConfiguration where it is too large or no UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise _invalid(path, f"is larger than {MAX_BYTES // 1024**2} MB", "give a smaller file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _invalid(path, "is not UTF-8", "save it as UTF-8", line=line) from error


def _invalid(path: Path, reason: str, remedy: str, *, line: int = 0) -> InvalidConfiguration:
    return InvalidConfiguration([Fault(line, "", reason, remedy)], subject=str(path))
