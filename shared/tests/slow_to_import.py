"""A module that takes a second of CPU time to import, as a language model does."""

import time

_until = time.process_time() + 1
while time.process_time() < _until:
    pass


def double(number: int) -> int:
    """Twice the number."""
    return 2 * number
