"""Which versions an article has, which is the latest, whether it was withdrawn. Pure: it depends on the set alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter


@dataclass(frozen=True)
class Fetch:
    """One reading of one of the article's pages."""

    fetched_at: datetime
    page_id: str
    content_hash: str


@dataclass(frozen=True)
class Gone:
    """The latest word that one of its pages is no more."""

    fetched_at: datetime
    page_id: str
    reason: str


@dataclass(frozen=True)
class Version:
    """A run of fetches that show a reader the same, oldest first."""

    number: int
    fetches: tuple[Fetch, ...]

    @property
    def first(self) -> Fetch:
        """When it was first seen."""
        return self.fetches[0]

    @property
    def last(self) -> Fetch:
        """Its newest fetch, which speaks for it."""
        return self.fetches[-1]


def number(fetches: Iterable[Fetch]) -> tuple[Version, ...]:
    """Number the versions by `fetched_at` from 1, without gaps; runs of equal content are one, so A, B, A are three.

    Fetches of one moment, of two pages, are ordered by page, so that the order they came in does not matter.
    """
    ordered = sorted(fetches, key=attrgetter("fetched_at", "page_id"))
    runs = (tuple(run) for _, run in groupby(ordered, key=attrgetter("content_hash")))
    return tuple(Version(index, run) for index, run in enumerate(runs, start=1))


def withdrawal(fetches: Iterable[Fetch], gones: Iterable[Gone]) -> Gone | None:
    """The latest word that a page of the article is gone, where it is newer than its newest fetch; else None."""
    newest = max((fetch.fetched_at for fetch in fetches), default=None)
    last = max(gones, key=attrgetter("fetched_at", "page_id", "reason"), default=None)
    return last if last and newest and last.fetched_at > newest else None
