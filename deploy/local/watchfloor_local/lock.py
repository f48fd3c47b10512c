"""One supervisor a data folder: a lock that the kernel gives up when its holder ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchfloor.errors import Stop

NAME = "supervisor.lock"


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the data folder for this process.

    Raises Stop where another process holds it, or where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / NAME).open("a+", encoding="ascii")
    except OSError as error:
        raise Stop(
            f"cannot be written: {error.strerror}",
            subject=str(folder),
            remedy="make it writable, or set WATCHFLOOR_DATA_FOLDER to a folder that is",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise _held(folder, file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_held(folder: Path) -> bool:
    """Whether a supervisor runs on this data folder."""
    try:
        with (folder / NAME).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _held(folder: Path, holder: str) -> Stop:
    return Stop(
        f"is in use by another `watchfloor run` (process {holder or 'unknown'})",
        subject=f"data folder {folder}",
        remedy="stop that one, or set WATCHFLOOR_DATA_FOLDER to another folder",
    )
