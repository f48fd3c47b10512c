"""A comparison in short, as tabs, rows and banners say it; kept, since what was compared once is asked for again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from watchfloor.events import ArticleEnriched
from watchfloor_gateway.differences.changes import grouped
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.differences.model import Comparison, Kind, Step

KEPT = 4096
"""Digests of one store; each is some hundred bytes."""


@dataclass(frozen=True)
class Digest:
    """What one comparison comes to: how many different numbers and names changed, how many words came in or went."""

    steps: tuple[Step, ...]
    silent: bool
    numbers: int
    names: int
    words: int
    changes: int


def digest(comparison: Comparison) -> Digest:
    """The comparison in short."""
    return Digest(
        steps=comparison.steps,
        silent=comparison.silent,
        numbers=_different(comparison, "number"),
        names=_different(comparison, "name"),
        words=comparison.words,
        changes=len(comparison.changes),
    )


def _different(comparison: Comparison, kind: Kind) -> int:
    """The same change in headline and text is one."""
    return len(grouped(change for change in comparison.changes if change.kind == kind))


class Digests:
    """Digests by what they are of; the longest unasked are forgotten. Safe among threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Digest] = OrderedDict()
        self._lock = Lock()

    def of(
        self, key: Hashable, versions: Callable[[], tuple[ArticleEnriched, ArticleEnriched] | None]
    ) -> Digest | None:
        """The digest of two versions, which are read only where they were not compared before; None where they are not."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        both = versions()
        return self._keep(key, digest(compare(*both))) if both else None

    def _keep(self, key: Hashable, made: Digest) -> Digest:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_of_stores: WeakKeyDictionary[object, Digests] = WeakKeyDictionary()


def digests_of(store: object) -> Digests:
    """The digests of what a store has; they go with it."""
    return _of_stores.setdefault(store, Digests())
