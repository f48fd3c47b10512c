"""Keeps the broker and the services running, starts them in order, stops them in order.

One thread, one loop: every tenth of a second it looks after each member. Starting: the broker, the preparation, which
makes the topics, the services together. Stopping: the services together, one still alive after 6 s is killed, then the
broker.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watchfloor.errors import Stop
from watchfloor_local import log_files
from watchfloor_local.broker import READY_SECONDS, EmbeddedBroker
from watchfloor_local.keeping import Keeper, Tell
from watchfloor_local.leash import Leash
from watchfloor_local.member import Member, Service, ServiceSpecification
from watchfloor_local.stopping import StopWish

LOOK_SECONDS = 0.1
SERVICES_STOP_SECONDS = 6.0
ALL_STOP_SECONDS = 8.5
"""Services and broker together; what is left of ten seconds is for this process's own end on a busy machine."""
BROKER_LEAST_SECONDS = 0.5


@dataclass(frozen=True)
class Plan:
    """What is to be run, in order."""

    broker: Callable[[Leash], EmbeddedBroker] | None
    """None where a broker is given from outside."""
    preparation: tuple[str, ...]
    """A command that runs to its end when the broker answers; it makes the topics."""
    services: tuple[ServiceSpecification, ...]
    announcement: str
    """What the operator is told when all are ready."""
    logs: Path
    statuses: Path


class _Stopping(Exception):
    """The operator wishes to stop."""


class Supervisor:
    """Runs a plan until it is asked to stop."""

    def __init__(self, plan: Plan, leash: Leash, wish: StopWish, tell: Tell) -> None:
        self._plan = plan
        self._leash = leash
        self._wish = wish
        self._tell = tell
        self._broker = Keeper(plan.broker(leash), tell) if plan.broker else None
        self._services = [Keeper(self._service(specification), tell) for specification in plan.services]
        self._tended: list[Keeper] = []

    def run(self) -> None:
        """Start everything, keep it running, return when all has ended after the wish to stop.

        Raises Stop where it cannot be started; then, too, nothing is left running.
        """
        try:
            self._start_broker()
            self._prepare()
            self._start_services()
            self._tell("all", self._plan.announcement)
            self._until(lambda: False)
        except _Stopping:
            pass
        finally:
            self._stop()

    def _start_broker(self) -> None:
        if self._broker is None:
            return
        broker = self._broker.member
        self._broker.launch(time.monotonic())
        deadline = time.monotonic() + READY_SECONDS
        while not self._broker.ready:
            if (broker.pid is None or time.monotonic() > deadline) and isinstance(broker, EmbeddedBroker):
                raise broker.failure()
            self._broker.tend(time.monotonic())
            self._pause()
        self._tended.append(self._broker)

    def _prepare(self) -> None:
        if not self._plan.preparation:
            return
        preparation = self._service(ServiceSpecification("topics", self._plan.preparation))
        preparation.launch()
        try:
            self._until(lambda: preparation.exit_status is not None)
        finally:
            preparation.kill()
        if preparation.exit_status:
            words = preparation.last_words() or f"ended with status {preparation.exit_status}"
            raise Stop(words, subject="topics", remedy=f"read {preparation.log}")
        self._tell("topics", "ready")

    def _start_services(self) -> None:
        for keeper in self._services:
            self._tended.append(keeper)
            keeper.launch(time.monotonic())
        self._until(lambda: all(keeper.ready for keeper in self._services))

    def _until(self, done: Callable[[], bool]) -> None:
        """Look after all that was started until `done`. Raises _Stopping where the operator wishes to stop."""
        while not done():
            for keeper in self._tended:
                keeper.tend(time.monotonic())
                log_files.shorten(keeper.member.log)
            self._pause()

    def _pause(self) -> None:
        if self._wish.asked:
            raise _Stopping
        time.sleep(LOOK_SECONDS)

    def _stop(self) -> None:
        self._tell("all", "stopping")
        began = time.monotonic()
        services: list[Member] = [keeper.member for keeper in self._services]
        self._end(services, SERVICES_STOP_SECONDS, hurried=0.0)
        if self._broker is not None:
            left = max(BROKER_LEAST_SECONDS, began + ALL_STOP_SECONDS - time.monotonic())
            self._end([self._broker.member], left, hurried=BROKER_LEAST_SECONDS)
        self._tell("all", "stopped")

    def _end(self, members: Sequence[Member], seconds: float, *, hurried: float) -> None:
        """Ask all to end, wait so many seconds (`hurried` ones where the operator hurries), kill what is left."""
        for member in members:
            member.terminate()
        began = time.monotonic()
        while any(member.pid is not None for member in members):
            if time.monotonic() - began > (hurried if self._wish.hurried else seconds):
                break
            time.sleep(0.02)
        for member in members:
            if member.pid is not None:
                self._tell(member.name, "still alive, so killed")
            member.kill()

    def _service(self, specification: ServiceSpecification) -> Service:
        return Service(specification, self._leash, self._plan.logs, self._plan.statuses)
