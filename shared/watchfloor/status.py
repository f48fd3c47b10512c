"""The status file that each running service keeps: what `watchfloor health` and the supervisor read.

A file, not a port: it needs no free port, works inside a container, and a dead process leaves its last word.
"""

import logging
import os
import time
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from watchfloor import logs

log = logging.getLogger(__name__)
State = Literal["starting", "ready", "paused", "stopping"]
STALE_AFTER_SECONDS = 15.0
"""A service writes every second or two; one that has been silent for this long hangs or is dead."""


class Status(BaseModel):
    """What a service says of itself."""

    model_config = ConfigDict(frozen=True)

    service: str
    pid: int
    state: State
    detail: str = ""
    """For a person: why it is paused, where it listens, what is wrong though it is at work."""
    handled: int = 0
    """Events (or requests) handled since the process began."""
    at: float
    """Seconds since the epoch when this was written."""

    @property
    def fresh(self) -> bool:
        """Whether the service has spoken lately."""
        return time.time() - self.at < STALE_AFTER_SECONDS


_own: Status | None = None


def own() -> Status | None:
    """The last word of this process; None before the first. Known even where the file cannot be written."""
    return _own


def write(folder: Path, service: str, state: State, *, detail: str = "", handled: int = 0) -> None:
    """Replace the status file of this process's service, whole or not at all. Raises OSError where that cannot be."""
    global _own  # noqa: PLW0603 - there is one process, and so one last word
    status = Status(service=service, pid=os.getpid(), state=state, detail=detail, handled=handled, at=time.time())
    _own = status
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{service}.{os.getpid()}.part"
    part.write_text(status.model_dump_json(), encoding="utf-8")
    part.replace(folder / f"{service}.json")


def tell(folder: Path, service: str, state: State, *, detail: str = "", handled: int = 0) -> None:
    """The same for a service at work, which goes on where the file cannot be written, and says so in its log."""
    try:
        write(folder, service, state, detail=detail, handled=handled)
    except OSError as error:
        log.warning("%s cannot write its status: %s", service, error, extra=logs.event("status_unwritable"))


def read(folder: Path, service: str) -> Status | None:
    """The last word of a service; None where it never spoke."""
    try:
        return Status.model_validate_json((folder / f"{service}.json").read_bytes())
    except FileNotFoundError:
        return None
