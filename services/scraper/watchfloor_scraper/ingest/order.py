"""What an operator asks to be ingested, and who is told how it goes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from watchfloor.errors import Rejected


@dataclass(frozen=True)
class Order:
    """What an operator asks to be ingested."""

    paths: tuple[Path, ...]
    url: str | None
    """The address of the page; for a single file."""
    fetched_at: datetime | None
    """When the pages were fetched; None: what the index says, else when their files were last changed."""
    again: bool
    """Send also what was acknowledged in an earlier run."""
    page_max_bytes: int


class Progress(Protocol):
    """Who is told how it goes."""

    def at(self, inputs: float) -> None:
        """So many inputs were looked at, the one under way by the share that was read of it."""

    def skipped(self, pages: int = 1) -> None:
        """Pages were sent in an earlier run."""

    def passed_over(self, kind: str) -> None:
        """A record of an archive is no page."""

    def failed(self, error: Rejected) -> None:
        """An input, or a record of one, is none; the others go on."""

    def finished(self) -> None:
        """All inputs were looked at."""
