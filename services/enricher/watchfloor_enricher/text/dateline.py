"""The dateline that opens a report: "KYIV, Ukraine (Agency) —", "SINGAPORE:", "LONDON, March 3 -", "АКТАУ."."""

import re
from dataclasses import dataclass

from watchfloor_enricher.text.lexicon import FUNCTION_WORDS
from watchfloor_enricher.text.passage import Passage, Stretch

FURTHEST = 3
"""Paragraphs: a standfirst and the like may stand before the one that opens the report."""
MOST_WORDS = 3
"""Words of a place that is not printed in capitals."""
OPENING = re.compile(
    r"(?P<place>[^\W\d_][\w.’'/ -]{1,39}?)(?P<beside>(?:,\s*[\w.’' -]{1,30}?){0,3})"
    r"(?P<agency>\s*\([^()\n]{2,40}\))?(?:\s*(?P<dash>—)\s*|(?<!\s)\s*(?P<mark>:)\s+|(?:(?<=\))|\s)\s*(?P<minus>[–_]|--?)\s+)"
)
STOPPED = re.compile(r"(?P<place>[^\W\d_][\w’' -]{2,39}?)\.\s+")
SECOND_DASH = re.compile(r"\s[—–-]\s|—")
SENTENCE_END = re.compile(r"[.!?…](?:\s|$)")
WORD = re.compile(r"[^\s/]+")


@dataclass(frozen=True)
class Dateline:
    """Where a report says that it was written: the places' names, and the code point where its text begins."""

    names: Stretch
    end: int


def dateline_of(passage: Passage, language: str | None) -> Dateline | None:
    """The dateline of a body, by its form alone; None where it has none, and in captions.

    The place stands in capitals, or an agency, a region or a day stands beside it, or a dash parts it from a new
    sentence. Outside of English also a place and a stop count.
    """
    if passage.where != "text":
        return None
    for number, paragraph in enumerate(passage.paragraphs[:FURTHEST]):
        found = OPENING.match(passage.text, paragraph.start, paragraph.end)
        if found is not None and found.end() < paragraph.end and _opens(found, passage.text, paragraph.end):
            return Dateline(Stretch("text", paragraph.start, found.end("beside")), found.end())
        stopped = STOPPED.match(passage.text, paragraph.start, paragraph.end)
        if stopped is not None and _begins_a_report(stopped, passage.text, paragraph.end, language, number):
            return Dateline(Stretch("text", paragraph.start, stopped.end("place")), stopped.end())
    return None


def _opens(found: re.Match[str], text: str, end: int) -> bool:
    beside = [part.strip() for part in found["beside"].split(",")[1:]]
    if any(part[:1].islower() for part in beside):
        return False
    if _in_capitals(found["place"]):
        return True
    if found["mark"] or not _may_be_a_name(found["place"]):
        return False
    return bool(found["agency"]) or (not text[found.end()].islower() and not _is_parenthesis(text, found.end(), end))


def _in_capitals(place: str) -> bool:
    """Whether all words but small ones are in capitals: "KYIV/MOSCOW", "WASHINGTON and LONDON"."""
    words = [word for word in WORD.findall(place) if word.lower() not in FUNCTION_WORDS]
    return bool(words) and all(word.isupper() and sum(map(str.isalpha, word)) > 1 for word in words)


def _may_be_a_name(place: str) -> bool:
    words = WORD.findall(place)
    return (
        len(words) <= MOST_WORDS
        and words[0].lower() not in FUNCTION_WORDS
        and not any(word[0].islower() for word in words)
    )


def _is_parenthesis(text: str, start: int, end: int) -> bool:
    """Whether a second dash in the sentence makes the first the beginning of a parenthesis."""
    border = SENTENCE_END.search(text, start, end)
    return SECOND_DASH.search(text, start, border.start() if border else end) is not None


def _begins_a_report(stopped: re.Match[str], text: str, end: int, language: str | None, number: int) -> bool:
    """Whether a name before a stop can be a dateline's: in capitals, or one word before the first paragraph's text."""
    place = stopped["place"]
    if stopped.end() >= end or text[stopped.end()].islower():
        return False
    return _in_capitals(place) or (
        number == 0 and language not in (None, "en") and " " not in place and place[0].isupper()
    )
