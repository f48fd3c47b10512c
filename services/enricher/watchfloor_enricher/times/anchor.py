"""What an expression of time is read against: the day of writing, and whether its clause looks forward or back."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FORWARD = re.compile(
    r"\b(?:will|won't|shall|'ll|’ll|going to|would|(?:is|are|be|being|remains?)\s+(?:\w+\s+)?(?:due|expected|scheduled|set|slated|"
    r"planned|supposed|to)|plans?|planning|expects?|expecting|intends?|hopes?|aims?|due|scheduled|slated|upcoming|coming|"
    r"forthcoming|until|till|by|deadline|may|might|could|can|should|must|looks? ahead|to\s+(?:be|begin|start|meet|hold|open|take|"
    r"vote|visit|decide|discuss|expire|end|resume|return|go|travel|appear|run|continue|step))\b",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?<!\bbe )\b(?:was|were|had|did|didn't|said|told|began|met|went|came|took|made|saw|held|left|got|fell|rose|won|lost|struck|hit|"
    r"shot|sent|gave|found|broke|ran|became|led|spoke|wrote|put|set off|flew|shook|sank|fought|heard|knew|thought|brought|"
    r"bought|sold|paid|kept|stood|\w{2,}ed)\b",
    re.IGNORECASE,
)
FORWARD_IN_THE_PAST = re.compile(
    r"\b(?:had|have|has|was|were)(?:\s+been)?\s+(?:due|expected|scheduled|set|slated|planned|supposed|meant|to)\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(
    r"[;:,.()“”\"—–]|\b(?:but|because|although|while|which|who|that|when|after|before|and|as|if|where)\b", re.IGNORECASE
)
DATELINE = re.compile(
    r"^\W*(?:[A-Z][A-Z\s.,'-]{2,40},?\s*)?(?P<date>[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{4})\s*"
    r"(?:\([^)]{2,40}\)|[-–—:])"
)
FURTHEST = 240
"""Code points on either side in which a clause is looked for."""
DATELINE_DISTANCE = timedelta(days=4)


@dataclass(frozen=True)
class Anchor:
    """The day, and where known the moment, that expressions are read against; None where the article tells none."""

    day: date | None
    moment: datetime | None
    published: date | None

    @classmethod
    def of(cls, printed: str | datetime | None) -> "Anchor":
        """From a time as events have it: ISO 8601 with zone, or a bare date."""
        if not printed:
            return cls(None, None, None)
        if isinstance(printed, datetime):
            return cls(printed.date(), printed, printed.date())
        if "T" not in printed:
            day = date.fromisoformat(printed)
            return cls(day, None, day)
        moment = datetime.fromisoformat(printed)
        return cls(moment.date(), moment, moment.date())

    def written_on(self, day: date) -> "Anchor":
        """The same, for a text that says the day of its writing; unchanged where that is far from its publication."""
        if self.day is None or abs(day - self.day) > DATELINE_DISTANCE:
            return self if self.day else Anchor(day, None, self.published)
        return Anchor(day, self.moment, self.published)


def direction(text: str, start: int, end: int, sentence: tuple[int, int], *, near: bool = False) -> int:
    """1 where the clause around an expression looks forward, -1 where back, 0 where it does not tell.

    With `near` only the clause itself is asked, else also the rest of its sentence.

    >>> text = "The talks, which ended without a result, will resume on Monday."
    >>> direction(text, 56, 62, (0, len(text)))
    1
    """
    left = text[max(sentence[0], start - FURTHEST) : start]
    borders = [found.end() for found in CLAUSE_END.finditer(left)]
    clause = left[borders[-1] if borders else 0 :]
    right = text[end : min(sentence[1], end + FURTHEST)]
    pieces = (clause, _right_clause(right)) if near else (clause, _right_clause(right), left, right)
    return next((told for piece in pieces if (told := _told(piece))), 0)


def _right_clause(right: str) -> str:
    found = CLAUSE_END.search(right)
    return right[: found.start()] if found else right


def _told(piece: str) -> int:
    """What the last verb of a piece of text says."""
    past = max((found.end() for found in FORWARD_IN_THE_PAST.finditer(piece)), default=-1)
    back = max((found.end() for found in BACK.finditer(piece)), default=-1)
    forward = max((found.end() for found in FORWARD.finditer(piece)), default=-1)
    if past >= 0 and past >= forward - 3:
        return -1
    if forward == back == -1:
        return 0
    return 1 if forward > back else -1
