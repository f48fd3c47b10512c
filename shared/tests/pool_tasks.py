"""What test_pool.py has its workers do."""

import os
import signal
import time

from watchfloor.errors import Rejected


def double(number: int) -> int:
    return 2 * number


def spin(_: object) -> None:
    while True:
        pass


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def own_pid(_: object) -> int:
    return os.getpid()


def wait(seconds: float) -> str:
    time.sleep(seconds)
    return "done"


def kill_oneself(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def reject(subject: str) -> None:
    raise Rejected("holds no text", subject=subject, remedy="give another")


class Unpicklable(Exception):
    """An error with a constructor that pickle cannot call again."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} and {two}")


def raise_unpicklable(_: object) -> None:
    raise Unpicklable("this", "that")


def divide(number: int) -> float:
    return 1 / number
