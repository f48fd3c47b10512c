"""What the supervisor keeps running: the broker, and services that are processes of their own."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from watchfloor import status
from watchfloor_local import log_files
from watchfloor_local.leash import Leash


class Member(Protocol):
    """A process that is to be kept running."""

    @property
    def name(self) -> str:
        """How the operator knows it."""

    @property
    def address(self) -> str:
        """Where it listens, for a person; empty where it does not."""

    @property
    def log(self) -> Path:
        """The file that it writes its log to."""

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""

    def launch(self) -> None:
        """Start it, without waiting until it is ready. Raises Stop or OSError where that cannot be."""

    def pulse(self) -> object:
        """Something that changes while it is well and stays while it hangs; None where nothing is known of it."""

    def ready(self) -> bool:
        """Whether it does its work."""

    def last_words(self) -> str:
        """The last complaint in its log since it was started; empty where there is none."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it and all that it started, at once, and collect it. Nothing happens where it has ended."""


@dataclass(frozen=True)
class ServiceSpecification:
    """A service: its name (that of its status file), the command that runs it, where it listens, its own variables."""

    name: str
    command: tuple[str, ...]
    address: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


class Service:
    """A service in a process of its own, which tells of itself in its status file."""

    def __init__(self, specification: ServiceSpecification, leash: Leash, logs: Path, statuses: Path) -> None:
        self.name = specification.name
        self.address = specification.address
        self.log = logs / f"{specification.name}.log"
        self._specification = specification
        self._leash = leash
        self._statuses = statuses
        self._process: subprocess.Popen[bytes] | None = None
        self._log_began = 0

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    @property
    def exit_status(self) -> int | None:
        """What the process ended with; negative: the signal that ended it; None while it runs or never ran."""
        return None if self._process is None else self._process.poll()

    def launch(self) -> None:
        """Start the process. Raises OSError where it cannot be started."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._log_began = log_files.size(self.log)
        environment = {**os.environ, **self._specification.environment}
        self._process = self._leash.start(self._specification.command, log=self.log, environment=environment)

    def pulse(self) -> object:
        """When this process last wrote its status file; None where it has not."""
        last = self._status()
        return last.at if last else None

    def ready(self) -> bool:
        """Whether this process says that it is at work. One that its breaker has paused is up, too."""
        last = self._status()
        return last is not None and last.fresh and last.state in ("ready", "paused")

    def terminate(self) -> None:
        """Send SIGTERM to the process, not to its pool, which is its own to end."""
        if self._process is not None:
            self._process.terminate()

    def kill(self) -> None:
        """End the process and all that it started."""
        if self._process is not None:
            self._leash.sweep(self._process)

    def last_words(self) -> str:
        """The last complaint in its log since it was started; empty where there is none."""
        return log_files.last_complaint(log_files.tail(self.log, self._log_began)) or ""

    def _status(self) -> status.Status | None:
        try:
            last = status.read(self._statuses, self.name)
        except ValueError:  # not a status file: as good as none
            return None
        return last if last is not None and last.pid == self.pid else None
