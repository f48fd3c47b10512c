"""How an ingest goes, on standard error: a bar on a terminal, else a plain line now and then."""

from collections import Counter
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from watchfloor.errors import Rejected

LINE_EVERY = 100
"""Pages between two plain lines."""


class Display:
    """Counts and shows. Used by `with`; what it is told may come in any order."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.passed: Counter[str] = Counter()
        self.sent_pages = self.skipped_pages = self.failed_inputs = 0
        self.complete = False
        self._inputs = 0.0
        self._console = Console(stderr=True)
        counted = TextColumn("{task.fields[counted]}")
        columns = (TextColumn("ingest"), BarColumn(), TaskProgressColumn(), counted, TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("ingest", total=total, counted="")

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
        if self.passed:
            kinds = ", ".join(f"{count} {kind}" for kind, count in self.passed.most_common())
            parts.append(f"{self.passed.total()} records of archives passed over ({kinds})")
        parts += [] if self.complete else ["stopped before the end; the same command goes on"]
        return "; ".join(parts)

    def sent(self) -> None:
        """The broker has acknowledged a page."""
        self.sent_pages += 1
        self._count()

    def skipped(self, pages: int = 1) -> None:
        """Pages were sent in an earlier run."""
        self.skipped_pages += pages
        self._count()

    def failed(self, error: Rejected) -> None:
        """An input, or a record of one, is none: say so at once, above the bar."""
        self.failed_inputs += 1
        self._say(f"error: {error}")
        self._count()

    def passed_over(self, kind: str) -> None:
        """A record of an archive is no page."""
        self.passed[kind] += 1

    def at(self, inputs: float) -> None:
        """So many inputs were looked at, the one under way by the share that was read of it."""
        self._inputs = inputs
        self._bar.update(self._task, completed=inputs)

    def finished(self) -> None:
        """All inputs were looked at."""
        self.complete = True
        self.at(self.total)

    def _count(self) -> None:
        counted = f"{self.sent_pages} sent, {self.skipped_pages} skipped"
        self._bar.update(self._task, counted=counted)
        done = self.sent_pages + self.skipped_pages + self.failed_inputs
        if not self._console.is_terminal and done % LINE_EVERY == 0:
            self._say(f"ingest: {counted}; {self._inputs:.1f} of {self.total} inputs")

    def _say(self, line: str) -> None:
        if self._console.is_terminal:
            self._console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)
