"""Which files are to be ingested, and what is said of them beside what they hold."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from watchfloor.errors import Rejected

INDEX = "index.tsv"
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz", ".xhtml.gz", ".shtml.gz")
ARCHIVE_ENDINGS = (".warc", ".warc.gz")
TIME_REMEDY = "give ISO 8601 with a zone, such as 2026-04-30T08:57:00Z"


@dataclass(frozen=True)
class Input:
    """A file with a page in it, or a WARC file with many; not yet read."""

    path: Path
    url: str | None = None
    fetched_at: datetime | None = None


def find_inputs(paths: Iterable[Path]) -> Iterator[Input | Rejected]:
    """The files at these places, one after the other; in the place of one that cannot be, the error that says why.

    In a folder an `index.tsv` lists its files (file, URL, time); in one without, they are those whose names end as those
    of HTML or WARC files do, in the order of their names, and its folders are looked into.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif path.is_file():
            yield Input(path)
        else:
            yield Rejected("is no file and no folder", subject=str(path), remedy="check the path")


def read_time(text: str, subject: str) -> datetime:
    """A moment as an operator writes it. Raises Rejected where it is not ISO 8601 with a zone.

    >>> read_time("2026-04-30T08:57:00+02:00", "--fetched-at").isoformat()
    '2026-04-30T06:57:00+00:00'
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise Rejected(f"{text!r} is no ISO 8601 time", subject=subject, remedy=TIME_REMEDY) from error
    if moment.tzinfo is None:
        raise Rejected(f"{text!r} has no zone", subject=subject, remedy=TIME_REMEDY)
    return moment.astimezone(UTC)


def _in_folder(root: Path) -> Iterator[Input | Rejected]:
    errors: list[Rejected] = []
    nothing = True
    for folder, folders, files in os.walk(root, onerror=lambda error: errors.append(_unreadable(error))):
        if INDEX in files:
            folders.clear()
            found = _in_index(Path(folder, INDEX))
        else:
            folders.sort()
            found = (
                Input(Path(folder, name))
                for name in sorted(files)
                if name.lower().endswith(PAGE_ENDINGS + ARCHIVE_ENDINGS)
            )
        for item in found:
            nothing = False
            yield item
    yield from errors
    if nothing and not errors:
        endings = ", ".join(PAGE_ENDINGS[:4])
        remedy = f"pages end in {endings} (or .gz), archives in .warc or .warc.gz, or {INDEX} lists them"
        yield Rejected("has no pages", subject=str(root), remedy=remedy)


def _unreadable(error: OSError) -> Rejected:
    return Rejected(f"cannot be read: {error.strerror}", subject=str(error.filename), remedy="check its permissions")


def _in_index(index: Path) -> Iterator[Input | Rejected]:
    try:
        with index.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                cells = [cell.strip() for cell in line.rstrip("\r\n").split("\t")]
                if any(cells) and not line.startswith("#") and not (number == 1 and cells[0].lower() == "file"):
                    yield _listed(index, number, cells)
    except OSError as error:
        yield _unreadable(error)
    except UnicodeDecodeError:
        yield Rejected("is not UTF-8", subject=str(index), remedy="save it as UTF-8, columns apart by tabs")


def _listed(index: Path, number: int, cells: list[str]) -> Input | Rejected:
    """One line of an index; what it names must lie in the index's own folder."""
    name, url, time = (*cells, "", "")[:3]
    subject = f"{index}, line {number}"
    path = index.parent / name
    if not name or not path.resolve().is_relative_to(index.parent.resolve()):
        return Rejected(
            f"{name!r} is no file of this folder", subject=subject, remedy="name files relative to the index"
        )
    if not path.is_file():
        return Rejected(f"{name!r} is not there", subject=subject, remedy="mend the line or restore the file")
    try:
        return Input(path, url or None, read_time(time, subject) if time else None)
    except Rejected as error:
        return error
