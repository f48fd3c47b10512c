"""Opening the frontier's file, and writing to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from watchfloor.errors import Stop, TryLater
from watchfloor_scraper.frontier.schema import OTHER_FOLDER, check, create

BUSY_SECONDS = 5.0
"""How long a start waits for a process before it that has not quite ended."""
CACHE_KIB = 16 * 1024
FAULTS_OF_OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError)


def open_file(path: Path) -> sqlite3.Connection:
    """The one connection to the file; makes it where there is none. No second process can open it meanwhile.

    Raises Stop where it cannot be opened, is in use, another program's, or of another version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise Stop(f"cannot be opened: {error}", subject=str(path), remedy=OTHER_FOLDER) from error
    try:
        _prepare(base, path)
    except sqlite3.Error as error:
        base.close()
        raise _no_use(error, path) from error
    except Stop:
        base.close()
        raise
    return base


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    base.row_factory = sqlite3.Row
    base.execute("PRAGMA locking_mode = EXCLUSIVE")  # two scrapers would each ask a host at its full rate
    is_new = not base.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]
    if not is_new:
        check(base, path)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if is_new:
        create(base)


def _no_use(error: sqlite3.Error, path: Path) -> Stop:
    if "locked" in str(error):
        remedy = f"stop the scraper that runs on it, or {OTHER_FOLDER}"
        return Stop("is in use by another process", subject=str(path), remedy=remedy)
    remedy = f"move it away to begin anew, or {OTHER_FOLDER}"
    return Stop(f"cannot be opened: {error}", subject=str(path), remedy=remedy)


class translated:  # noqa: N801 - a context manager that is called as a function; one of contextlib costs thrice as much
    """What errors of the file mean. Raises TryLater where the disk is full or does not answer, Stop where it is broken."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing needs to be made ready."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.OperationalError):
            remedy = "see that the disk has room; see `watchfloor doctor`"
            raise TryLater(f"cannot be written: {error}", subject=str(self._path), remedy=remedy) from error
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, FAULTS_OF_OURS):
            remedy = "restore it, or move it away: all pages are then fetched anew"
            raise Stop(f"cannot be read: {error}", subject=str(self._path), remedy=remedy) from error


@contextmanager
def transaction(base: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing of what is written inside. Raises as `translated` does."""
    with translated(path):
        base.execute("BEGIN IMMEDIATE")
        try:
            yield
            base.execute("COMMIT")
        except BaseException:
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise
