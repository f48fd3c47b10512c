"""A query that cannot be read: where it stops making sense, said under its field."""

import unicodedata
from dataclasses import dataclass

from watchfloor.query import QuerySyntaxError

AROUND = 70
"""Characters of a long query on either side of its fault."""
BESIDE = {
    "hx-retarget": "#refused",
    "hx-reselect": "#refused",
    "hx-reswap": "outerHTML show:none ignoreTitle:true",
    "hx-push-url": "false",
}
"""How htmx puts what is wrong with a query under the field, and leaves the last answer where it is."""


@dataclass(frozen=True)
class Fault:
    """A query that cannot be read: where, and what to do. `caret` is what stands under the text before the fault."""

    reason: str
    remedy: str | None
    character: int
    at_end: bool
    before: str
    after: str
    caret: str


def fault(query: str, error: QuerySyntaxError) -> Fault:
    """Where a query stops making sense, with its surroundings."""
    at = min(error.position, len(query))
    start, end = max(0, at - AROUND), at + AROUND
    before = ("…" if start else "") + _on_one_line(query[start:at])
    after = _on_one_line(query[at:end]) + ("…" if end < len(query) else "")
    caret = "".join(map(_blank, before))
    remedy = _sentence(error.remedy) if error.remedy else None
    return Fault(_sentence(error.fault), remedy, at + 1, not query[at:].strip(), before, after, caret)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _on_one_line(text: str) -> str:
    return "".join(" " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character for character in text)


def _blank(character: str) -> str:
    """As wide as the character in a face where all are equally wide."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    return "\u3000" if unicodedata.east_asian_width(character) in "WF" else " "
