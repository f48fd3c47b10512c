"""Whether a number is meant exactly: the words before and behind it."""

import re

from watchfloor.events import Bound

BEFORE: tuple[tuple[str, Bound], ...] = (
    (r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of|minimum", "at_least"),
    (r"no\s+more\s+than|not\s+more\s+than|at\s+most|up\s+to|as\s+many\s+as|as\s+much\s+as|a\s+maximum\s+of|maximum", "at_most"),
    (r"more\s+than|over|above|in\s+excess\s+of|upwards?\s+of|exceeding|greater\s+than|larger\s+than|well\s+over|beyond", "more_than"),
    (r"less\s+than|fewer\s+than|under|below|just\s+under|short\s+of", "less_than"),
    ((r"about|around|some|roughly|approximately|approx\.?|nearly|almost|an?\s+estimated|estimated|close\s+to|circa|near|~|"
     r"perhaps|maybe|or\s+so|more\s+or\s+less|an\s+average\s+of"), "about"),
    (r"exactly|precisely|just|only", "exactly"),
)  # fmt: skip
COMPILED = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})\s*(?:the\s+|an?\s+)?$", re.IGNORECASE), bound) for pattern, bound in BEFORE
)
BEHIND: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"^\s*(?:\+|or\s+more\b|plus\b|at\s+least\b)", re.IGNORECASE), "at_least"),
    (re.compile(r"^\s*(?:or\s+(?:less|fewer)\b|at\s+most\b)", re.IGNORECASE), "at_most"),
    (re.compile(r"^\s*or\s+so\b", re.IGNORECASE), "about"),
)


def bound_of(before: str, behind: str) -> Bound:
    """What the words on both sides of a quantity say of it.

    >>> bound_of("Moscow is massing more than ", " troops"), bound_of("killed ", " or more"), bound_of("killed ", ".")
    ('more_than', 'at_least', 'exactly')
    """
    last = before[-40:]
    for pattern, bound in COMPILED:
        if pattern.search(last):
            return bound
    return next((bound for pattern, bound in BEHIND if pattern.match(behind)), "exactly")
