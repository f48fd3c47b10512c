"""When: the times that the article speaks of, equal ones together, points first."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from watchfloor.events import Annotations, Granularity, Time
from watchfloor_gateway.pages.article import timex
from watchfloor_gateway.pages.article.entry import Entry
from watchfloor_gateway.pages.article.evidence import evidence_at
from watchfloor_gateway.pages.article.passages import Passages, in_order

FINE: tuple[Granularity, ...] = ("second", "minute", "hour", "day")


@dataclass(frozen=True)
class Told(Entry):
    """A time; `words` are those of the article, `ahead` is true where it is still to come after publication."""

    value: str
    said: str
    words: tuple[str, ...]
    granularity: Granularity | None
    ahead: bool


def when(article: Annotations, passages: Passages, counted_from: date) -> tuple[Told, ...]:
    """Days and hours in their order, then what is coarser, then durations and times that recur as the article has them.

    `counted_from` is the day that the article's times were resolved against; years other than its own are named.
    """
    times = in_order(article.times)
    first = {value: index for index, value in reversed(list(enumerate(time.value for time in times)))}
    times.sort(key=lambda time: (*_rank(time), first[time.value]))
    groups = [list(group) for _, group in groupby(times, key=lambda time: time.value)]
    return tuple(
        Told(
            id=f"when-{number}",
            evidence=evidence_at(group, group, passages),
            spans=tuple(group),
            value=group[0].value,
            said=timex.said(group[0].value, counted_from),
            words=tuple(dict.fromkeys(time.words for time in group)),
            granularity=group[0].granularity,
            ahead=any(time.ahead for time in group),
        )
        for number, group in enumerate(groups, start=1)
    )


def _rank(time: Time) -> tuple[int, str]:
    if time.granularity is None:
        return 2, ""
    return (0 if time.granularity in FINE else 1), time.value
