"""Which place an article is about: by headline, dateline, the first paragraphs, and how often it is named."""

import re
from collections.abc import Sequence

from watchfloor.events import Place, Precision
from watchfloor.gazetteer.names import key_of

LEAD = 600
"""Code points in which an article says what it is about."""
IN_TITLE = 4.0
IN_DATELINE = 3.0
IN_LEAD = 2.0
MARKS = re.compile(r"[^\w\s]")
DATELINE_END = re.compile(r"\s*(?:\([^)]{2,30}\)\s*)?[-–—:]|\s*\(|\s*,")
FINENESS: dict[Precision, float] = {
    "site": 1.25, "city": 1.2, "district": 1.2, "region": 1.15, "area": 1.1, "country": 1.0,
}  # fmt: skip
"""Of two that are named as often, the finer place is the better answer."""


def find_main_place(places: Sequence[Place], title: str | None, text: str) -> str | None:
    """The `entity_id` of the place that an article is about; None where it names none.

    What counts is how often it is named, and whether headline, dateline and first paragraphs do.
    """
    if not places:
        return None
    scores = {place.entity_id: _score(place, title or "", text) for place in places}
    return max(places, key=lambda place: (scores[place.entity_id], -place.mentions[0].start)).entity_id


def _score(place: Place, title: str, text: str) -> float:
    spans = [mention for mention in place.mentions if mention.in_ == "text"]
    points = float(len(place.mentions))
    points += IN_LEAD * any(span.start < LEAD for span in spans)
    points += IN_DATELINE * any(_is_dateline(text, span.start, span.end) for span in spans)
    points += IN_TITLE * any(_has(title, mention.words) for mention in place.mentions)
    return points * FINENESS[place.precision]


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a mention opens the article as its dateline: "KYIV (Agency) -", "Odesa, Ukraine —"."""
    return start < 3 and bool(DATELINE_END.match(text, end))


def _has(title: str, words: str) -> bool:
    return f" {key_of(words)} " in f" {key_of(MARKS.sub(' ', title))} "
