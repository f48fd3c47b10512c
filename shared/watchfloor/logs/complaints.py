"""What a library complains of several times a second as long as something is away: once a minute is enough."""

import logging
import time
from collections.abc import Callable

PAUSE_SECONDS = 60.0


class Seldom(logging.Filter):
    """Lets through what others say, and of this library and its parts one entry in PAUSE_SECONDS."""

    def __init__(self, library: str, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(library)
        self._clock = clock
        self._said: float | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether an entry is written."""
        if not super().filter(record):
            return True
        now = self._clock()
        if self._said is not None and now - self._said < PAUSE_SECONDS:
            return False
        self._said = now
        return True


def once_a_minute(library: str) -> None:
    """Hold a library to it, in all that this process writes."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(Seldom(library))
