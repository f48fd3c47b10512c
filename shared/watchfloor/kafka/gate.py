"""The gate before a stage's handler: while the breaker is open, one record alone is let through now and then."""

import asyncio
import logging

from watchfloor import logs, metrics
from watchfloor.kafka.breaker import Breaker
from watchfloor.kafka.records import Received
from watchfloor.kafka.retry import Delays, Halt

log = logging.getLogger(__name__)
REMEDY = "mend the fault or start a mended version; the paused records are tried again, then `watchfloor dlq retry`"


class Gate:
    """Holds records back while the breaker is open. The record that tripped it is the one that is tried again."""

    def __init__(self, stage: str, breaker: Breaker, delays: Delays, halt: Halt) -> None:
        self._stage = stage
        self._breaker = breaker
        self._delays = delays
        self._halt = halt
        self._trial: Received | None = None
        self._trials = 0
        self._closed = asyncio.Event()
        metrics.BREAKER_OPEN.labels(stage).set(0)

    @property
    def is_shut(self) -> bool:
        """Whether a record must enter by `enter`."""
        return self._breaker.is_open

    @property
    def alarm(self) -> str | None:
        """Why the stage is paused, and the remedy; None while it is not."""
        return f"paused by its breaker: {self._breaker.reason} ({REMEDY})" if self._breaker.reason else None

    async def enter(self, record: Received) -> None:
        """Wait until this record may be handled. Raises Halted."""
        while self._breaker.is_open:
            if self._trial is None:
                self._trial = record
            if self._trial is record:
                self._trials += 1
                await self._halt.sleep(self._delays.after(self._trials))
                return
            await self._halt.wait_for(self._closed)

    def leave(self, record: Received) -> None:
        """A record is let go of without an outcome: another may be the one that is tried."""
        if self._trial is record:
            self._trial = None

    def passed(self, record: Received) -> None:
        """A record went through; if it is the one that was tried, the stage goes on."""
        if not self._breaker.is_open:
            self._breaker.passed()
        elif self._trial is record:
            log.warning("%s goes on: %s passed", self._stage, record.place, extra=logs.event("breaker_closed"))
            self._breaker.close()
            self._trial, self._trials = None, 0
            metrics.BREAKER_OPEN.labels(self._stage).set(0)
            self._closed.set()

    def failed(self, record: Received, source: str, error: Exception, *, unforeseen: bool) -> bool:
        """A record failed. Returns whether it must wait at the gate instead of going to the dead letters."""
        was_open = self._breaker.is_open
        if not self._breaker.failed(source, unforeseen=unforeseen):
            return False
        if not was_open:
            self._closed.clear()
            metrics.BREAKER_OPEN.labels(self._stage).set(1)
            log.error(
                "%s is %s; the last: %s",
                self._stage,
                self.alarm,
                error,
                exc_info=error if unforeseen else None,
                extra=logs.event("breaker_opened"),
            )
        elif self._trial is record:
            log.warning(
                "%s stays paused: %s fails again: %s",
                self._stage,
                record.place,
                error,
                extra=logs.event("breaker_trial_failed"),
            )
        return True
