"""The wish to stop: Ctrl-C or SIGTERM asks for it, a second one hurries."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def _stop_signals() -> list[signal.Signals]:
    """SIGHUP among them, for a terminal that closes, unless `nohup` has it ignored."""
    hangs_up = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
    return [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hangs_up else [])]


class StopWish:
    """How often the operator has asked to stop."""

    def __init__(self) -> None:
        self.times = 0

    @property
    def asked(self) -> bool:
        """Whether to stop."""
        return self.times > 0

    @property
    def hurried(self) -> bool:
        """Whether to stop at once."""
        return self.times > 1

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Within, signals that ask to stop are counted, and interrupt nothing."""
        before = {number: signal.signal(number, self._count) for number in _stop_signals()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _count(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        self.times += 1
