"""One file of an archive while it is written, and what a killed writer left."""

import fcntl
import os
from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from pathlib import Path

OPEN = ".open"
"""Ends the name of a file that is still written to, as the crawlers of the field have it; taken away at its end."""


class Segment:
    """A WARC file that grows by whole records. Its lock tells that its writer lives."""

    def __init__(self, folder: Path, prefix: str, begun: datetime) -> None:
        self._path, self._file = _create(folder, prefix, begun)
        self.day: date = begun.date()
        self.size = 0

    @property
    def name(self) -> str:
        """The name it will have when it is closed."""
        return self._path.name.removesuffix(OPEN)

    def append(self, records: bytes) -> None:
        """Write whole records, or nothing of them. Raises OSError."""
        rest = memoryview(records)
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError:
            os.ftruncate(self._file, self.size)
            raise
        self.size += len(records)

    def close(self) -> None:
        """End the file and give it its name. Raises OSError."""
        os.fsync(self._file)
        self._path.rename(self._path.with_name(self.name))
        os.close(self._file)


def _create(folder: Path, prefix: str, begun: datetime) -> tuple[Path, int]:
    stamp = begun.strftime("%Y%m%d%H%M%S") + f"{begun.microsecond // 1000:03}"
    names = (f"{prefix}-{stamp}-{serial:05}.warc.gz" for serial in count())
    path = folder / (next(name for name in names if not _is_taken(folder / name)) + OPEN)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
    fcntl.flock(file, fcntl.LOCK_EX)
    return path, file


def _is_taken(path: Path) -> bool:
    return path.exists() or path.with_name(path.name + OPEN).exists()


def close_abandoned(paths: Iterable[Path]) -> list[Path]:
    """Give the files that a killed writer left their names, or remove them where they are empty; returns the names.

    What is whole in them can be read; the last record may be cut off. A file whose writer lives is left alone.
    """
    closed: list[Path] = []
    for path in paths:
        file = os.open(path, os.O_RDWR)
        try:
            if not _lock(file):
                continue
            if os.fstat(file).st_size == 0:
                path.unlink()
            else:
                closed.append(path.rename(path.with_name(path.name.removesuffix(OPEN))))
        finally:
            os.close(file)
    return closed


def _lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
