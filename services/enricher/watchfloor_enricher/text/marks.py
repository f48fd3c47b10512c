"""Pairing of quotation marks: which words stand between which marks, also over the borders of paragraphs.

Doubles and guillemets part speech from report. Single marks count only outside of doubles, and only where an opening
one meets a closing one that is no apostrophe. What is quoted inside of a quotation belongs to it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watchfloor_enricher.text.sentences import Range

CLOSERS = {
    "“": '”"',
    "”": "”",
    "„": '“”"‟',
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "＂": "＂",
    '"': '"',
}
SINGLES = {"‘": "’", "'": "'", "‚": "‘’"}
BOTH_WAYS = frozenset('"”»＂')
"""Marks that open only where their place says so."""
BEFORE_OPENING = re.compile(r"[\s(\[{—–―\-/:,;¿¡‘'’“\"]")
ELISION = re.compile(r"(?:\d0s|em|tis|twas|til|till|cause|round|bout|n)\b", re.IGNORECASE)
REOPENING_FRENCH = "»"
REOPENING = frozenset('"“„«»')
OUTSIDE = -1


@dataclass(frozen=True)
class Quoted:
    """Words between marks: `text[start:end]`, the marks outside of it; `closed` tells whether the last was printed."""

    start: int
    end: int
    mark: str
    closed: bool

    @property
    def outer_start(self) -> int:
        """Where the opening mark stands."""
        return self.start - 1

    @property
    def outer_end(self) -> int:
        """The code point after the closing mark."""
        return self.end + self.closed


def quoted_in(text: str, paragraphs: Sequence[Range]) -> list[Quoted]:
    r"""Every outermost quoted stretch, in order.

    A quotation that is opened in several paragraphs and closed in the last is one, its reopening marks inside. One that
    is never closed ends with its paragraph.

    >>> text = 'He said: “Go.\n\n“Now.” Then he left the soldiers’ tent.'
    >>> [text[q.start : q.end] for q in quoted_in(text, [Range(0, 13), Range(15, 52)])]
    ['Go.\n\n“Now.']
    """
    return list(_Pairing(text, paragraphs).run())


class _Pairing:
    """One pass over a text. `opened` is where the open quotation's mark stands, `OUTSIDE` outside of quotations."""

    def __init__(self, text: str, paragraphs: Sequence[Range]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.opened = OUTSIDE
        self.done = 0

    def run(self) -> Iterator[Quoted]:
        for number, paragraph in enumerate(self.paragraphs):
            if self.opened != OUTSIDE and not self._goes_on(paragraph):
                yield self._closed(self.paragraphs[number - 1].end, printed=False)
            yield from self._in_paragraph(paragraph, number)
        if self.opened != OUTSIDE:
            yield self._closed(self.paragraphs[-1].end, printed=False)

    def _closed(self, end: int, *, printed: bool) -> Quoted:
        found = Quoted(self.opened + 1, end, self.text[self.opened], printed)
        self.opened = OUTSIDE
        return found

    def _goes_on(self, paragraph: Range) -> bool:
        """Whether the open quotation runs on: its mark is printed again, or only closed in this paragraph."""
        mark = self.text[self.opened]
        first = self.text[paragraph.start]
        if first == mark or (mark == "«" and first == REOPENING_FRENCH):
            return True
        for place in range(paragraph.start, paragraph.end):
            if self.text[place] in CLOSERS[mark]:
                return not (self.text[place] in BOTH_WAYS and self._may_open(place, paragraph))
            if self.text[place] == mark:
                return False
        return False

    def _in_paragraph(self, paragraph: Range, number: int) -> Iterator[Quoted]:
        place = paragraph.start + (self.opened != OUTSIDE and self.text[paragraph.start] in REOPENING)
        place = max(place, self.done)
        while place < paragraph.end:
            letter = self.text[place]
            if self.opened != OUTSIDE:
                found = self._at_mark_inside(place, paragraph)
                if found is not None:
                    yield found
            elif letter in CLOSERS and self._may_open(place, paragraph):
                self.opened = place
            elif letter in SINGLES and self._may_open(place, paragraph):
                single = self._single(place, paragraph, number)
                if single is not None:
                    yield single
                    place = self.done = single.end
            place += 1

    def _at_mark_inside(self, place: int, paragraph: Range) -> Quoted | None:
        """The quotation that a mark closes; a second opening mark of the same form means that the first was astray."""
        letter, opened = self.text[place], self.opened
        mark = self.text[opened]
        if letter in CLOSERS[mark]:
            if letter == mark and self._opens_only(place, paragraph):
                self.opened = place
                return None
            return self._closed(place, printed=True)
        if letter == mark and self._may_open(place, paragraph) and "\n" not in self.text[opened:place]:
            self.opened = place
        return None

    def _may_open(self, place: int, paragraph: Range) -> bool:
        before = self.text[place - 1] if place > paragraph.start else " "
        after = self.text[place + 1] if place + 1 < paragraph.end else " "
        letter = self.text[place]
        if letter in "«„「『":
            return place + 1 < paragraph.end
        if after.isspace() or not BEFORE_OPENING.match(before):
            return letter == "“" and not after.isspace()
        if letter in "'’‘" and ELISION.match(self.text, place + 1):
            return False
        return letter not in "”»" or before.isspace()

    def _opens_only(self, place: int, paragraph: Range) -> bool:
        """Whether a mark that looks alike on both sides can only be an opening one here."""
        before = self.text[place - 1] if place > paragraph.start else " "
        return before.isspace() and self._may_open(place, paragraph)

    def _single(self, place: int, paragraph: Range, number: int) -> Quoted | None:
        """The quotation between single marks that begins here; None where its closing mark cannot be told."""
        mark = self.text[place]
        border = next((i for i in range(place + 1, paragraph.end) if self._reopens(i, mark, paragraph)), paragraph.end)
        ends = [i for i in range(place + 2, border) if self._may_close_single(i, SINGLES[mark], paragraph)]
        if ends:
            sure = (i for i in ends if not self._may_be_possessive(i, paragraph))
            return Quoted(place + 1, next(sure, ends[0]), mark, closed=True)
        following = self.paragraphs[number + 1 : number + 2]
        if mark != "‘" or border < paragraph.end or not following or self.text[following[0].start] != mark:
            return None
        rest = self._single(following[0].start, following[0], number + 1)
        return rest and Quoted(place + 1, rest.end, mark, closed=True)

    def _may_close_single(self, place: int, closers: str, paragraph: Range) -> bool:
        after = self.text[place + 1] if place + 1 < paragraph.end else " "
        return self.text[place] in closers and not after.isalnum() and not self.text[place - 1].isspace()

    def _reopens(self, place: int, mark: str, paragraph: Range) -> bool:
        return self.text[place] == mark and self._may_open(place, paragraph)

    def _may_be_possessive(self, place: int, paragraph: Range) -> bool:
        """Whether the mark may be the apostrophe of a plural: "the soldiers' boots"."""
        after = self.text[place + 1 : place + 3]
        return self.text[place - 1] in "sS" and place + 1 < paragraph.end and bool(re.match(r"\s[a-z]", after))
