"""The ring: the last of what was read, bounded by number and by bytes, whoever is still behind."""

from collections import deque

from watchfloor import metrics
from watchfloor.kafka.tail import Position
from watchfloor_gateway.stream.entries import Entry


class Ring:
    """Entries numbered from 0; the oldest make room. A client is a number in it, so that clients take no memory."""

    def __init__(self, start: Position, *, records: int, size: int) -> None:
        self.start = start
        """Before its first entry: a client that has read this far can go on from here."""
        self.first = 0
        """The number of its first entry."""
        self._entries: deque[Entry] = deque()
        self._records = records
        self._most = size
        self._size = 0

    @property
    def next(self) -> int:
        """The number that the next entry will have."""
        return self.first + len(self._entries)

    def restart(self, start: Position) -> None:
        """Empty it, to go on from another position; whoever was in it has missed something."""
        self.first = self.next + 1
        self.start = start
        self._entries.clear()
        self._size = 0

    def append(self, entry: Entry) -> None:
        """Take an entry; the newest stays, however large it is."""
        self._entries.append(entry)
        self._size += entry.size
        while len(self._entries) > self._records or (self._size > self._most and len(self._entries) > 1):
            self._drop()
        metrics.STREAM_RING.labels("records").set(len(self._entries))
        metrics.STREAM_RING.labels("bytes").set(self._size)

    def since(self, number: int, most: int) -> list[Entry]:
        """The entries from this number on, `most` at most."""
        begin = max(0, number - self.first)
        return [self._entries[index] for index in range(begin, min(begin + most, len(self._entries)))]

    def _drop(self) -> None:
        gone = self._entries.popleft()
        self._size -= gone.size
        self.first += 1
        self.start = self.start.join(gone.position)
