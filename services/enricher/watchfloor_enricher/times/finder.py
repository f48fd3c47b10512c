"""Find the expressions of time in an article and read them against the day of its writing."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from watchfloor.events import Time
from watchfloor_enricher.text import ArticleText, Passage
from watchfloor_enricher.times.anchor import DATELINE, Anchor
from watchfloor_enricher.times.foreign import Rule, rules_of
from watchfloor_enricher.times.found import Found
from watchfloor_enricher.times.values import ahead_of, days_in, granularity_of

FOUND_BY = "time-rules/2"


@dataclass(frozen=True)
class _Reading:
    start: int
    end: int
    value: str


def find_times(article: ArticleText, published_at: str | datetime | None) -> tuple[Time, ...]:
    """Every expression of time in the article, in order, with its TIMEX3 value.

    They are read against `published_at` (the caller gives the time of fetching where there is none), or the day that the
    article's dateline tells; never against the clock. Without either, only what tells its own day has a value.
    """
    anchor = Anchor.of(published_at)
    rules = rules_of(article.language)
    days = (_dateline(passage, rules) for passage in article.passages)
    anchor = next((anchor.written_on(day) for day in days if day), anchor)
    return tuple(time for passage in article.passages for time in _times_of(passage, anchor, rules))


def _dateline(passage: Passage, rules: tuple[Rule, ...]) -> date | None:
    found = DATELINE.match(passage.text) if passage.where == "text" else None
    if found is None:
        return None
    readings = _readings(found["date"], Anchor(None, None, None), [], rules)
    stretch = days_in(readings[0].value) if readings else None
    return stretch[0] if stretch and stretch[0] == stretch[1] else None


def _times_of(passage: Passage, anchor: Anchor, rules: tuple[Rule, ...]) -> Iterator[Time]:
    sentences = [(passage.tokens[each.start].start, passage.tokens[each.end - 1].end) for each in passage.sentences]
    for each in _readings(passage.text, anchor, sentences, rules):
        yield Time(
            in_=passage.where, start=each.start, end=each.end, words=passage.text[each.start : each.end],
            value=each.value, granularity=granularity_of(each.value), ahead=ahead_of(each.value, anchor.published),
            found_by=FOUND_BY, confidence=None,
        )  # fmt: skip


def _readings(text: str, anchor: Anchor, sentences: list[tuple[int, int]], rules: tuple[Rule, ...]) -> list[_Reading]:
    """All readings of a text that do not touch a longer one, or one as long before them."""
    starts = [start for start, _ in sentences]
    every = []
    for pattern, read in rules:
        for match in pattern.finditer(text):
            sentence = sentences[max(bisect_right(starts, match.start()) - 1, 0)] if sentences else (0, len(text))
            if value := read(Found(match, anchor, sentence)):
                every.append(_Reading(match.start(), match.end(), value))
    return _apart(every)


def _apart(every: list[_Reading]) -> list[_Reading]:
    """Those of the readings that touch no longer one, in the order of the text."""
    kept: list[_Reading] = []
    for reading in sorted(every, key=lambda each: (each.start - each.end, each.start)):
        place = bisect_right(kept, reading.start, key=lambda each: each.start)
        before_fits = place == 0 or kept[place - 1].end <= reading.start
        if before_fits and (place == len(kept) or reading.end <= kept[place].start):
            kept.insert(place, reading)
    return kept
