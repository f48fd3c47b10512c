"""How much a change weighs, by its kind and place: a number before a name, a headline before the text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from watchfloor_gateway.differences import lexicon, words
from watchfloor_gateway.differences.annotated import Mark
from watchfloor_gateway.differences.changes import Stretch
from watchfloor_gateway.differences.model import Field, Kind
from watchfloor_gateway.differences.numbers import Number, numbers

WEIGHTS: dict[Kind, int] = {
    "number": 60, "name": 50, "time": 45, "negation": 40, "attribution": 30, "removed": 24, "added": 16, "wording": 10,
    "moved": 4, "punctuation": 1,
}  # fmt: skip
HEADLINE = 15
"""What a change in the headline weighs more: wording there is heavy."""
SUBTITLE = 5
NEAR = 2
"""Words between a change and the verb of saying that makes it one of attribution."""


@dataclass(frozen=True)
class Side:
    """A passage in one version: its text, its marks, the language, and where the change stands in it."""

    text: str
    marks: Sequence[Mark]
    language: str | None
    start: int
    end: int

    @property
    def words(self) -> str:
        """What changed."""
        return self.text[self.start : self.end]

    def numbers(self) -> list[Number]:
        """The numbers in the change, and one directly behind it: `at least` before a 7 is a change of the number."""
        return numbers(self.text, self.start, self.end, self.marks, self.language) or self._behind()

    def _behind(self) -> list[Number]:
        at = self.end + (self.text[self.end : self.end + 1] == " ")
        mark = next((mark for mark in self.marks if mark.quantity and mark.start == at), None)
        return numbers(self.text, at, mark.end, self.marks, self.language) if mark else []

    def marked(self, sort: str) -> Counter[str]:
        """The words of the change that stand in names, or in times."""
        found: Counter[str] = Counter()
        for mark in self.marks:
            start, end = max(mark.start, self.start), min(mark.end, self.end)
            if mark.sort == sort and start < end:
                found.update(token.casefold() for token in words.tokens(self.text[start:end]) if words.is_word(token))
        return found


def weight(kind: Kind, field: Field) -> int:
    """The weight of a change; from model.HEAVY on it is heavy.

    >>> weight("number", "paragraph"), weight("wording", "title"), weight("wording", "paragraph")
    (60, 25, 10)
    """
    return WEIGHTS[kind] + {"title": HEADLINE, "subtitle": SUBTITLE}.get(field, 0)


def kind_of(old: Side, new: Side, stretch: Stretch) -> Kind:
    """The heaviest of what differs between the two sides of a change."""
    if not any(words.is_word(token) for side in (old, new) for token in words.tokens(side.words)):
        return "punctuation" if _identities(old) == _identities(new) else "number"
    if _numbers_differ(old, new):
        return "number"
    attributed = _attribution_differs(old, new, stretch)
    if old.marked("name") != new.marked("name") and not attributed:
        return "name"
    if old.marked("time") != new.marked("time"):
        return "time"
    if _found(old, lexicon.negation(old.language)) != _found(new, lexicon.negation(new.language)):
        return "negation"
    return "attribution" if attributed or _verbs(old) != _verbs(new) else "wording"


def _identities(side: Side) -> Counter[object]:
    return Counter(number.identity for number in side.numbers())


def _numbers_differ(old: Side, new: Side) -> bool:
    """Whether the numbers are others; `one` alone is none where the other version has no number."""
    before, after = old.numbers(), new.numbers()
    if not (before and after):
        return any(number.sure for number in (*before, *after))
    return Counter(number.identity for number in before) != Counter(number.identity for number in after)


def _attribution_differs(old: Side, new: Side, stretch: Stretch) -> bool:
    """Whether somebody is named in one version alone as who says so: `a port source` for `Dobrovan`, beside `said`."""
    if bool(old.marked("name")) == bool(new.marked("name")):
        return False
    return bool(_verbs(old) or _verbs(new) or _says(stretch, old.language))


def _says(stretch: Stretch, language: str | None) -> bool:
    pattern = lexicon.attribution(language)
    ahead = words.tokens(stretch.before)[-2 * NEAR :]
    behind = words.tokens(stretch.after)[: 2 * NEAR]
    return bool(pattern and (pattern.search("".join(ahead)) or pattern.search("".join(behind))))


def _verbs(side: Side) -> Counter[str]:
    return _found(side, lexicon.attribution(side.language))


def _found(side: Side, pattern: re.Pattern[str] | None) -> Counter[str]:
    return Counter(each.casefold() for each in pattern.findall(side.words)) if pattern else Counter()
