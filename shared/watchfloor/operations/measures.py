"""What a process can tell of itself when it is asked: its clock, its memory, its disk."""

import os
import shutil
import time
from collections import defaultdict
from math import nan
from pathlib import Path

from watchfloor import metrics

PROC = Path("/proc")


def measure(data_folder: Path) -> None:
    """From now on clock, memory and disk are measured at every question for the metrics."""
    metrics.CLOCK_SECONDS.set_function(time.time)
    metrics.MEMORY_BYTES.set_function(memory_bytes)
    metrics.DISK_FREE_BYTES.set_function(lambda: disk_free_bytes(data_folder))


def disk_free_bytes(folder: Path) -> float:
    """What this user may still write there; not a number where there is no such folder yet."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return nan


def memory_bytes() -> float:
    """Bytes that this process and its descendants hold, a page that n share counted n times a nth (`Pss` of proc(5)).

    Not a number where the system has no such account (not Linux).
    """
    held = [_proportional_set(pid) for pid in _family(os.getpid())]
    return sum(each for each in held if each is not None) if held[0] is not None else nan


def _family(root: int) -> list[int]:
    """A process and all its descendants, itself first."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in PROC.glob("[0-9]*"):
        parent = _parent(folder)
        if parent is not None:
            children[parent].append(int(folder.name))
    family = [root]
    for pid in family:
        family.extend(children[pid])
    return family


def _parent(folder: Path) -> int | None:
    try:
        # The name of the program stands in parentheses and may hold anything.
        return int((folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None


def _proportional_set(pid: int) -> int | None:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
