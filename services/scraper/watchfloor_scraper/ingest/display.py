"""How an ingest goes, on standard error: a bar on a terminal, else a plain line now and then."""

from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from watchfloor.errors import Rejected

LINE_EVERY = 100
"""Pages between two plain lines."""


class Display:
    """Counts and shows. Used by `with`; `sent`, `skipped` and `failed` may be called in any order."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.sent_pages = self.skipped_pages = self.failed_inputs = 0
        self.complete = False
        self._console = Console(stderr=True)
        columns = (TextColumn("ingest"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("ingest", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    @property
    def summary(self) -> str:
        """What was done, in one line."""
        parts = [f"{self.sent_pages} sent", f"{self.skipped_pages} skipped, sent before"]
        parts += [f"{self.failed_inputs} failed"] if self.failed_inputs else []
        parts += [] if self.complete else ["stopped before the end; the same command goes on"]
        return "; ".join(parts)

    def sent(self) -> None:
        """The broker has acknowledged a page."""
        self.sent_pages += 1
        self._advance()

    def skipped(self) -> None:
        """A page was sent in an earlier run."""
        self.skipped_pages += 1
        self._advance()

    def failed(self, error: Rejected) -> None:
        """An input is none: say so at once, above the bar."""
        self.failed_inputs += 1
        self._say(f"error: {error}")
        self._advance()

    def finished(self) -> None:
        """All inputs were looked at."""
        self.complete = True

    def _advance(self) -> None:
        self._bar.advance(self._task)
        done = self.sent_pages + self.skipped_pages + self.failed_inputs
        if not self._console.is_terminal and done % LINE_EVERY == 0:
            self._say(f"ingest: {done} of {self.total}: {self.sent_pages} sent, {self.skipped_pages} skipped")

    def _say(self, line: str) -> None:
        if self._console.is_terminal:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)
