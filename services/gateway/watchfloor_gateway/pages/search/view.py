"""What the search screen shows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """A query and its answer."""

    q: str
