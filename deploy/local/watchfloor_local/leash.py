"""Children that die with their parent, even where that is killed with SIGKILL, and their children too.

Each child leads a process group of its own, so that what it starts can be found. Two things hold the leash: on Linux
the kernel kills the child when its parent ends (PR_SET_PDEATHSIG, prctl(2)); everywhere a guard, this file run as a
program of its own, holds a pipe that closes with the parent and then kills every group that is still known to it.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Leash:
    """Starts children that end when this process ends. Also when it is killed; also what they started themselves.

    On Linux a child ends with the *thread* that started it, so start children from a thread that stays.
    """

    def __init__(self) -> None:
        reader, self._pipe = os.pipe()
        self._guard = subprocess.Popen(  # noqa: S603 - this very file
            [sys.executable, "-S", "-E", __file__], stdin=reader, stdout=subprocess.DEVNULL, start_new_session=True
        )
        os.close(reader)

    def start(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a child in a process group of its own; what it prints is appended to the file `log`.

        Raises OSError where it cannot be started.
        """
        with log.open("ab") as output:
            child = subprocess.Popen(  # noqa: S603 - the caller's own commands
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - one system call, no lock is taken
            )
        self._tell(f"+{child.pid}")
        return child

    def sweep(self, child: subprocess.Popen[bytes]) -> None:
        """Kill a child and all that it started, and collect it. Nothing happens where all of it has ended."""
        kill_group(child.pid)
        child.wait()
        self._tell(f"-{child.pid}")

    def close(self) -> None:
        """Let the guard go; it kills what is still on the leash."""
        os.close(self._pipe)
        self._guard.wait()

    def _tell(self, word: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # the guard was killed: the kernel's half of the leash holds
            os.write(self._pipe, f"{word}\n".encode())


def signal_group(group: int, number: signal.Signals) -> None:
    """Send a signal to a process group; nothing happens where it has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM where only zombies are left
        os.killpg(group, number)


def kill_group(group: int) -> None:
    """Kill every process of a group."""
    signal_group(group, signal.SIGKILL)


def _die_with(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def hold() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the kernel was told
            os._exit(1)

    return hold


def guard() -> None:
    """Read `+group` and `-group` lines until the pipe closes, then kill the groups that are left."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        change = groups.add if line[0] == "+" else groups.discard
        change(int(line[1:]))
    for group in groups:
        kill_group(group)


if __name__ == "__main__":
    guard()
