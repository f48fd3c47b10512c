"""Find the expressions of time in an article and read them against the day of its writing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from watchfloor.events import Time
from watchfloor_enricher.text import ArticleText, Passage
from watchfloor_enricher.times.anchor import DATELINE, Anchor
from watchfloor_enricher.times.rules import COMPILED, Found
from watchfloor_enricher.times.values import ahead_of, days_in, granularity_of

FOUND_BY = "time-rules/1"


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
    anchor = next((anchor.written_on(day) for passage in article.passages if (day := _dateline(passage))), anchor)
    return tuple(time for passage in article.passages for time in _times_of(passage, anchor))


def _dateline(passage: Passage) -> date | None:
    found = DATELINE.match(passage.text) if passage.where == "text" else None
    if found is None:
        return None
    readings = list(
        _readings(passage.text, Anchor(None, None, None), [(0, found.end())], found.start("date"), found.end("date"))
    )
    stretch = days_in(readings[0].value) if readings else None
    return stretch[0] if stretch and len(readings[0].value) == 10 else None


def _times_of(passage: Passage, anchor: Anchor) -> Iterator[Time]:
    sentences = [(passage.tokens[each.start].start, passage.tokens[each.end - 1].end) for each in passage.sentences]
    for reading in _readings(passage.text, anchor, sentences, 0, len(passage.text)):
        yield Time(
            in_=passage.where, start=reading.start, end=reading.end, words=passage.text[reading.start : reading.end],
            value=reading.value, granularity=granularity_of(reading.value), ahead=ahead_of(reading.value, anchor.published),
            found_by=FOUND_BY, confidence=None,
        )  # fmt: skip


def _readings(text: str, anchor: Anchor, sentences: list[tuple[int, int]], start: int, end: int) -> list[_Reading]:
    """The readings that do not touch each other; of those that do, the longest, then the first."""
    every = []
    for pattern, read in COMPILED:
        for match in pattern.finditer(text, start, end):
            sentence = next((each for each in sentences if each[0] <= match.start() < each[1]), (start, end))
            value = read(Found(match, anchor, sentence))
            if value:
                every.append(_Reading(match.start(), match.end(), value))
    kept: list[_Reading] = []
    for reading in sorted(every, key=lambda each: (each.start - each.end, each.start)):
        if all(reading.end <= other.start or other.end <= reading.start for other in kept):
            kept.append(reading)
    return sorted(kept, key=lambda each: each.start)
