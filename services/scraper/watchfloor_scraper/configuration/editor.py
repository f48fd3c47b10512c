"""Changing a file of sources: one editor at a time, checked before it is written, whole or not at all."""

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from watchfloor.errors import Rejected, Stop
from watchfloor_scraper.configuration.configuration import Configuration
from watchfloor_scraper.configuration.edits import NEW_FILE, with_outlets, with_paused
from watchfloor_scraper.configuration.files import decode, read_bytes
from watchfloor_scraper.configuration.merging import Merged, settle
from watchfloor_scraper.configuration.outlet import Outlet
from watchfloor_scraper.configuration.reading import read_configuration

MARK = "\ufeff"
NEW_FILE_MODE = 0o644


@dataclass(frozen=True)
class _Draft:
    """A file as it is before an edit."""

    path: Path
    content: bytes | None
    """None where there is no file yet."""
    text: str
    configuration: Configuration


def add_outlet(path: Path, outlet: Outlet) -> None:
    """Write a further outlet at the end of the file; a file that is not there is begun.

    Raises Rejected where its id is another's, InvalidConfiguration where the file is a bad one, Stop where it cannot be
    written.
    """
    with _opened(path, begin=True) as draft:
        if outlet.id in draft.configuration.by_id:
            raise Rejected("is the id of another", subject=outlet.id, remedy="give another by --id")
        _add(draft, (outlet,))


def merge(path: Path, outlets: Iterable[Outlet]) -> Merged:
    """Write those outlets that the file has not; a file that is not there is begun. Returns which they were.

    Raises InvalidConfiguration where the file is a bad one, Stop where it cannot be written.
    """
    with _opened(path, begin=True) as draft:
        merged = settle(draft.configuration, outlets)
        _add(draft, merged.added)
    return merged


def set_paused(path: Path, ids: Iterable[str], *, paused: bool) -> None:
    """Pause outlets, or resume them; all of them or none.

    Raises Rejected where there is none of an id, InvalidConfiguration where the file is a bad one, Stop where it cannot
    be written.
    """
    wanted = tuple(ids)
    with _opened(path) as draft:
        for name in wanted:
            if name not in draft.configuration.by_id:
                raise Rejected(f"is no source of {path}", subject=name, remedy=_nearest(name, draft.configuration))
        changed = tuple(
            outlet.model_copy(update={"paused": paused}) if outlet.id in wanted else outlet
            for outlet in draft.configuration.outlets
        )
        _replace(draft, with_paused(draft.text, wanted, paused=paused), changed)


def _nearest(name: str, configuration: Configuration) -> str:
    near = get_close_matches(name, configuration.by_id, n=1)
    return f"is it {near[0]}?" if near else "see `watchfloor sources list`"


def _add(draft: _Draft, outlets: tuple[Outlet, ...]) -> None:
    _replace(draft, with_outlets(draft.text, outlets), draft.configuration.outlets + outlets)


@contextmanager
def _opened(path: Path, *, begin: bool = False) -> Iterator[_Draft]:
    """Hold the file's folder against other editors, and read the file. A link is followed: its target is edited."""
    target = path.resolve()
    with _held(target.parent):
        content = None if begin and not target.exists() else read_bytes(target)
        text = NEW_FILE if content is None else decode(content, target)
        yield _Draft(target, content, text, read_configuration(text, str(path)))


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The lock is on the folder, since the file itself is replaced; the kernel gives it up when its holder ends."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise Stop(f"cannot be opened: {error.strerror}", subject=str(folder), remedy="check the path") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(draft: _Draft, text: str, outlets: tuple[Outlet, ...]) -> None:
    """Put a text in the file's place, if it says what it is meant to say."""
    if text == draft.text and draft.content is not None:
        return
    if read_configuration(text, str(draft.path)).outlets != outlets:
        remedy = "make the change by hand"
        raise Stop("is written in a way that is not edited by program", subject=str(draft.path), remedy=remedy)
    try:
        _write(draft, _encoded(draft, text))
    except OSError as error:
        raise Stop(
            f"cannot be written: {error.strerror}", subject=str(draft.path), remedy="check its folder"
        ) from error


def _encoded(draft: _Draft, text: str) -> bytes:
    marked = (draft.content or b"").startswith(MARK.encode())
    return ((MARK if marked else "") + text).encode()


def _write(draft: _Draft, content: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old file or the new one."""
    mode = NEW_FILE_MODE if draft.content is None else draft.path.stat().st_mode & 0o7777
    descriptor, name = tempfile.mkstemp(dir=draft.path.parent, prefix=f".{draft.path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if draft.content is not None and read_bytes(draft.path) != draft.content:
            raise Stop("was changed by another meanwhile", subject=str(draft.path), remedy="do it again")
        Path(name).replace(draft.path)
    finally:
        Path(name).unlink(missing_ok=True)
