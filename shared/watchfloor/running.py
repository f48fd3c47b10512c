"""How a command has its source run. What runs it is found by entry point, so that no source imports Kafka."""

from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import entry_points
from typing import Protocol, cast

from watchfloor.errors import Stop
from watchfloor.events import Event
from watchfloor.settings import Settings
from watchfloor.source import Source

GROUP = "watchfloor.runners"


class RunSource(Protocol):
    """Runs a source to its end; calls `on_sent` for each event that the broker has. Returns how many were sent."""

    def __call__(
        self, source: Source, settings: Settings, on_sent: Callable[[Event], None] | None = None
    ) -> Awaitable[int]:
        """Run it. Raises what the worker of sources raises."""
        ...


class Behind(Protocol):
    """How many records one stage has before it."""

    @property
    def records(self) -> int:
        """The number."""
        ...


def source_runner() -> RunSource:
    """What runs a source. Raises Stop where none is installed."""
    return cast("RunSource", _load("source"))


def lag_reader() -> Callable[[Settings], Awaitable[Sequence[Behind]]]:
    """What tells how far each stage is behind. Raises Stop where none is installed."""
    return cast("Callable[[Settings], Awaitable[Sequence[Behind]]]", _load("lag"))


def _load(name: str) -> object:
    for entry in entry_points(group=GROUP, name=name):
        return entry.load()
    raise Stop("is not installed", subject=f"the entry point {GROUP}: {name}", remedy="install watchfloor[kafka]")
