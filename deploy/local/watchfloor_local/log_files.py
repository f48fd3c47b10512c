"""The log files of supervised processes: kept short while they are written, and read for the last complaint."""

import re
import shutil
from pathlib import Path

LONGEST_BYTES = 16 * 1024 * 1024
TAIL_BYTES = 64 * 1024
COMPLAINT = re.compile(
    r"^error: |\b(?:ERROR|FATAL|CRITICAL)\b|^\S*(?:Error|Exception)\b|^Exception in thread"
    r'|"level": "(?:error|critical)"'
)


def shorten(log: Path) -> None:
    """Move what a log holds to `NAME.1` where it has grown long; its writers append, so they go on in what is left."""
    if size(log) <= LONGEST_BYTES:
        return
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    with log.open("r+b") as file:
        file.truncate(0)


def size(log: Path) -> int:
    """Bytes of a log; 0 where there is none."""
    return log.stat().st_size if log.exists() else 0


def tail(log: Path, since: int = 0) -> list[str]:
    """The last lines of a log, without blank ones, none of them from before the byte `since`; none without a log."""
    length = size(log)
    if not length:
        return []
    with log.open("rb") as file:
        file.seek(max(0, length - TAIL_BYTES, since if since <= length else 0))
        text = file.read().decode("utf-8", errors="replace")
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def last_complaint(lines: list[str]) -> str | None:
    """The last line that tells of an error; None where none does.

    >>> last_complaint(["Traceback (most recent call last):", "ValueError: no such stage", "bye"])
    'ValueError: no such stage'
    """
    return next((line.strip() for line in reversed(lines) if COMPLAINT.search(line)), None)
