"""What was lately asked for, by host: read again for every page of it, and changed by this process alone."""

from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """The values of the hosts that were last asked for, at most `most` of them.

    >>> recent = Recent[float](most=2)
    >>> for host in ("a", "b", "c"):
    ...     recent.keep(host, 1.0)
    >>> [recent.get(host) for host in ("a", "b", "c")]
    [None, 1.0, 1.0]
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, Value] = OrderedDict()

    def get(self, host: str) -> Value | None:
        """The value; None where it is not remembered."""
        value = self._values.get(host)
        if value is not None:
            self._values.move_to_end(host)
        return value

    def keep(self, host: str, value: Value) -> None:
        """Remember a value."""
        self._values[host] = value
        self._values.move_to_end(host)
        if len(self._values) > self._most:
            self._values.popitem(last=False)

    def forget(self, host: str) -> None:
        """Remember it no longer."""
        self._values.pop(host, None)
