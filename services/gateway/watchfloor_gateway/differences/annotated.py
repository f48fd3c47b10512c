"""What the annotations say of a stretch of a passage: the numbers, names and times in it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from watchfloor.events import ArticleEnriched, Quantity
from watchfloor_gateway.differences.model import Passage
from watchfloor_gateway.differences.paragraphs import paragraphs
from watchfloor_gateway.differences.passages import BETWEEN

Place = tuple[str, int]
"""`("text", 0)`, or `("caption", its number from 1)`."""
Sort = Literal["name", "time", "quantity"]
FEWEST_LETTERS = 2
MOST_NAMES = 400


@dataclass(frozen=True)
class Mark:
    """A find in a passage, in code points of the passage."""

    start: int
    end: int
    sort: Sort
    quantity: Quantity | None = None


class Annotated:
    """One version's annotations, asked passage by passage. A headline has none of its own: names are sought in it."""

    def __init__(self, article: ArticleEnriched) -> None:
        self.language = article.language
        self._paragraphs = paragraphs(article)
        found: dict[Place, list[Mark]] = defaultdict(list)
        names: dict[str, Sort] = {}
        for entity in article.entities:
            for span in entity.mentions:
                found[_place(span.in_)].append(Mark(span.start, span.end, "name"))
                names[span.words] = "name"
        for time in article.times:
            found[_place(time.in_)].append(Mark(time.start, time.end, "time"))
            names.setdefault(time.words, "time")
        for quantity in article.quantities:
            found[_place(quantity.in_)].append(Mark(quantity.start, quantity.end, "quantity", quantity))
        self._found = {place: sorted(marks, key=lambda mark: mark.start) for place, marks in found.items()}
        self._starts = {place: [mark.start for mark in marks] for place, marks in self._found.items()}
        self._names = list(names.items())[:MOST_NAMES]

    def of(self, passage: Passage, numbers: Sequence[int], text: str) -> list[Mark]:
        """The marks of a passage, which has these numbers and this text in this version."""
        if not text:
            return []
        if passage.field == "paragraph":
            return list(self._of_paragraphs(numbers))
        if passage.field == "caption":
            return list(self._within(("caption", numbers[0]), 0, len(text), 0))
        return self._sought(text)

    def _of_paragraphs(self, numbers: Sequence[int]) -> Iterator[Mark]:
        reached = 0
        for number in numbers:
            paragraph = self._paragraphs[number - 1]
            yield from self._within(("text", 0), paragraph.start, paragraph.end, reached)
            reached += len(paragraph.text) + len(BETWEEN)

    def _within(self, place: Place, start: int, end: int, reached: int) -> Iterator[Mark]:
        marks = self._found.get(place, [])
        for at in range(bisect_left(self._starts.get(place, []), start), len(marks)):
            mark = marks[at]
            if mark.start >= end:
                return
            shift = reached - start
            yield Mark(mark.start + shift, min(mark.end, end) + shift, mark.sort, mark.quantity)

    def _sought(self, text: str) -> list[Mark]:
        """Names and times of the text below, where they stand in the headline too."""
        found = []
        for name, sort in self._names:
            at = text.find(name) if len(name) >= FEWEST_LETTERS else -1
            while at >= 0:
                if not (_letter(text, at - 1) or _letter(text, at + len(name))):
                    found.append(Mark(at, at + len(name), sort))
                at = text.find(name, at + len(name))
        return sorted(found, key=lambda mark: mark.start)


def _place(in_: int | str) -> Place:
    return ("text", 0) if isinstance(in_, str) else ("caption", in_ + 1)


def _letter(text: str, at: int) -> bool:
    """Whether a name goes on there; in scripts without spaces that cannot be said."""
    return 0 <= at < len(text) and text[at].isalnum() and ord(text[at]) < ord("\u0e00")
