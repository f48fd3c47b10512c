"""Keeping one member running: started again when it dies or hangs, with growing delays."""

from collections.abc import Callable

from watchfloor.errors import WatchfloorError
from watchfloor_local.member import Member

FIRST_DELAY_SECONDS = 0.2
LONGEST_DELAY_SECONDS = 30.0
WELL_AFTER_SECONDS = 30.0
"""A member that ran for this long is well: its next death is again a first one."""
HANGS_AFTER_SECONDS = 60.0
WORDS_SHOWN = 200

Tell = Callable[[str, str], None]
"""Tells the operator of a member: its name, a sentence."""


def delay(deaths: int) -> float:
    """Seconds to wait before a start that follows this many deaths in a row.

    Doubling, from a delay too short to notice to one that leaves a machine at rest.

    >>> [delay(deaths) for deaths in (1, 2, 3, 20)]
    [0.2, 0.4, 0.8, 30.0]
    """
    return float(min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** min(deaths - 1, 16)))


class Keeper:
    """Keeps one member running. All times are seconds of a monotonic clock, given by the caller."""

    def __init__(self, member: Member, tell: Tell) -> None:
        self.member = member
        self.ready = False
        """Whether it was ready when last looked at."""
        self._tell = tell
        self._deaths = 0
        self._launched_at = 0.0
        self._due: float | None = None
        self._pulse: object = None
        self._pulse_at = 0.0

    def launch(self, now: float) -> None:
        """Start the member. Raises Stop or OSError where that cannot be."""
        self._due = None
        self._launched_at = self._pulse_at = now
        self.member.launch()

    def tend(self, now: float) -> None:
        """Look after the member once: see whether it is ready, died, hangs, or is due to be started again."""
        if self._due is not None:
            if now >= self._due:
                self._launch_again(now)
        elif self.member.pid is None:
            words = self.member.last_words()[:WORDS_SHOWN]
            self._bury(now, f"ended: {words}" if words else "ended")
        elif self._hangs(now):
            self._bury(now, f"gave no sign of life for {HANGS_AFTER_SECONDS:.0f} s and was killed")
        elif not self.ready and self.member.ready():
            self.ready = True
            self._tell(self.member.name, f"ready after {now - self._launched_at:.1f} s  {self.member.address}".rstrip())

    def _launch_again(self, now: float) -> None:
        try:
            self.launch(now)
        except (WatchfloorError, OSError) as error:
            self._bury(now, f"cannot be started: {error}")

    def _bury(self, now: float, how: str) -> None:
        self.member.kill()  # what it started must not outlive it
        if now - self._launched_at > WELL_AFTER_SECONDS:
            self._deaths = 0
        self._deaths += 1
        self.ready = False
        self._due = now + delay(self._deaths)
        self._tell(self.member.name, f"{how}; again in {delay(self._deaths):.1f} s (its log: {self.member.log})")

    def _hangs(self, now: float) -> bool:
        pulse = self.member.pulse()
        if pulse is None or pulse != self._pulse or not self.ready:
            self._pulse, self._pulse_at = pulse, now
        return now - self._pulse_at > HANGS_AFTER_SECONDS
