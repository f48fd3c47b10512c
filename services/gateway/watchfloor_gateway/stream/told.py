"""Which records are news: the topic says the same of an article again and again, a client should hear it once.

The indexer says what the store says is the latest even where nothing changed: after a kill, when a page was fetched again
and shows a reader the same, when it was read again by a better parser. So a record is news only by what it says.
"""

from collections import OrderedDict
from datetime import datetime
from typing import NamedTuple

from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor.kafka.tail import Tailed


class Said(NamedTuple):
    """What was last said of an article, and by which record first."""

    version: int
    changed_at: datetime
    fetched_at: datetime
    withdrawn: bool
    offset: int


class Told:
    """What was said of the articles that were last heard of, of `most` at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._said: OrderedDict[str, Said] = OrderedDict()

    def hear(self, tailed: Tailed) -> bool | None:
        """Whether a record is news; it is then remembered, and forgotten after others.

        None where nothing is remembered of the article and the record does not tell either: an article fetched again
        in the same version, which is news only if it was withdrawn in between.
        """
        event, before = tailed.event, self._said.get(tailed.event.article_id)
        if isinstance(event, ArticleWithdrawn):
            news: bool | None = _is_gone(event, before)
        else:
            news = _has_changed(event, before)
        self._said[event.article_id] = _said(tailed, before, news=news is not False)
        self._said.move_to_end(event.article_id)
        if len(self._said) > self._most:
            self._said.popitem(last=False)
        return news

    def before(self, tailed: Tailed) -> bool:
        """Whether something else was said of its article by a record before this one, and nothing new since."""
        said = self._said.get(tailed.event.article_id)
        return said is not None and said.offset < tailed.offset

    def copy(self) -> "Told":
        """The same memory, to go on from twice."""
        other = Told(self._most)
        other._said = self._said.copy()
        return other

    def __len__(self) -> int:
        return len(self._said)


def _is_gone(event: ArticleWithdrawn, before: Said | None) -> bool:
    """A withdrawal is news unless the article is withdrawn already, or was fetched again since."""
    return before is None or not (before.withdrawn or event.fetched_at < before.fetched_at)


def _has_changed(event: ArticleLatest, before: Said | None) -> bool | None:
    """A version is news if it is a later one, or brings a withdrawn article back."""
    if before is None:
        return True if event.fetched_at == event.changed_at else None
    if before.withdrawn:
        return event.fetched_at >= before.fetched_at
    return event.changed_at > before.changed_at or event.version > before.version


def _said(tailed: Tailed, before: Said | None, *, news: bool) -> Said:
    event = tailed.event
    if before is not None and not news:
        return before._replace(fetched_at=max(before.fetched_at, event.fetched_at))
    if isinstance(event, ArticleLatest):
        return Said(event.version, event.changed_at, event.fetched_at, withdrawn=False, offset=tailed.offset)
    version, changed_at = (before.version, before.changed_at) if before else (0, event.fetched_at)
    return Said(version, changed_at, event.fetched_at, withdrawn=True, offset=tailed.offset)
