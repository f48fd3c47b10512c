"""Which place an article is about: by headline, dateline, the first paragraphs, and how often it is named."""

import re
from collections.abc import Sequence

from watchfloor.events import Place, Precision, Span
from watchfloor.gazetteer.names import key_of
from watchfloor_enricher.text import Passage, Stretch
from watchfloor_enricher.text.dateline import dateline_of

LEAD = 600
"""Code points in which an article says what it is about."""
IN_TITLE = 4.0
IN_DATELINE = 3.0
IN_LEAD = 2.0
MARKS = re.compile(r"[^\w\s]")
FINENESS: dict[Precision, float] = {
    "site": 1.25, "city": 1.2, "district": 1.2, "region": 1.15, "area": 1.1, "country": 1.0,
}  # fmt: skip
"""Of two that are named as often, the finer place is the better answer."""


def find_main_place(places: Sequence[Place], title: str | None, text: str, language: str | None = None) -> str | None:
    """The `entity_id` of the place that an article is about; None where it names none.

    What counts is how often it is named, and whether headline, dateline and first paragraphs do.
    """
    if not places:
        return None
    dateline = dateline_of(Passage("text", text), language)
    written_in = dateline.names if dateline else None
    scores = {place.entity_id: _score(place, title or "", written_in) for place in places}
    return max(places, key=lambda place: (scores[place.entity_id], -place.mentions[0].start)).entity_id


def _score(place: Place, title: str, written_in: Stretch | None) -> float:
    spans = [mention for mention in place.mentions if mention.in_ == "text"]
    points = float(len(place.mentions))
    points += IN_LEAD * any(span.start < LEAD for span in spans)
    points += IN_DATELINE * any(_is_dateline(span, written_in) for span in spans)
    points += IN_TITLE * any(_has(title, mention.words) for mention in place.mentions)
    return points * FINENESS[place.precision]


def _is_dateline(span: Span, written_in: Stretch | None) -> bool:
    """Whether a mention is the first place of the dateline: "KYIV" of "KYIV, Ukraine (Agency) -"."""
    return written_in is not None and span.start == written_in.start


def _has(title: str, words: str) -> bool:
    return f" {key_of(words)} " in f" {key_of(MARKS.sub(' ', title))} "
