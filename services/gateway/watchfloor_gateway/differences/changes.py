"""Pieces put together to changes that can be read: what lies a word apart is one, with unchanged words around it."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from watchfloor_gateway.differences import words
from watchfloor_gateway.differences.model import Change, Passage, Piece, Where
from watchfloor_gateway.differences.passages import BETWEEN

FEW_WORDS = 1
FEW_CHARACTERS = 2
"""Unchanged words between two changes, up to which they are read as one; characters where no spaces part words."""
CONTEXT_COLUMNS = 64
"""Of a change's surroundings on each side; a character of a wide script takes two."""
READ = CONTEXT_COLUMNS + 32
"""Characters on each side among which the context is sought: more than fit, so that the first may be cut in two."""
SHORT = 4
"""Words up to which a change is told by its step alone."""


@dataclass(frozen=True)
class Stretch:
    """Where a change stands in its passage, in both versions, in code points; and what stands around it."""

    old: tuple[int, int]
    new: tuple[int, int]
    before: str = ""
    after: str = ""
    begins: bool = True
    ends: bool = True


def stretches(passage: Passage) -> list[Stretch]:
    """The changes of a passage in order: all that changed in it stands in one of them."""
    pieces, text = passage.pieces, passage.new_text
    olds = [0, *accumulate(len(piece.old) for piece in pieces)]
    news = [0, *accumulate(len(piece.new) for piece in pieces)]
    return [
        _with_context(Stretch((olds[first], olds[last + 1]), (news[first], news[last + 1])), text)
        for first, last in _groups(pieces)
    ]


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """First and last piece of each change."""
    first = last = None
    for index, piece in enumerate(pieces):
        if piece.same:
            continue
        if first is None or last is None:
            first = index
        elif not _joins(pieces[last], pieces[last + 1 : index], piece):
            yield first, last
            first = index
        last = index
    if first is not None and last is not None:
        yield first, last


def _joins(one: Piece, between: Sequence[Piece], other: Piece) -> bool:
    """Whether what lies between two changes is too little to part them. A number in digits is a finding by itself."""
    text = "".join(piece.new for piece in between)
    if not text.strip():
        return "\n" not in text
    found = [token for token in words.tokens(text) if not token.isspace()]
    if not all(map(words.is_word, found)) or _numeric(one) or _numeric(other):
        return False
    return len(found) <= (FEW_CHARACTERS if all(map(words.is_unspaced, found)) else FEW_WORDS)


def _numeric(piece: Piece) -> bool:
    return all(any(map(str.isdecimal, side)) for side in piece)


def _with_context(stretch: Stretch, text: str) -> Stretch:
    """With what the newer version has around it, in the same paragraph."""
    start, end = stretch.new
    ahead = text[max(0, start - READ) : start].rsplit(BETWEEN, 1)[-1]
    behind = text[end : end + READ].split(BETWEEN, 1)[0]
    before = "".join(reversed(_fitting(reversed(words.tokens(ahead)))))
    after = "".join(_fitting(words.tokens(behind)))
    begins = before == ahead and (start <= READ or text[: start - len(before)].endswith(BETWEEN))
    return replace(stretch, before=before, after=after, begins=begins, ends=after == behind and len(behind) < READ)


def _fitting(tokens: Iterable[str]) -> list[str]:
    """The first of them that have room."""
    kept: list[str] = []
    used = 0
    for token in tokens:
        used += 2 * len(token) if words.is_unspaced(token) else len(token)
        if used > CONTEXT_COLUMNS:
            break
        kept.append(token)
    return kept


def grouped(changes: Iterable[Change]) -> list[list[Change]]:
    """Changes that are one finding together, as in headline and text: of the same words, or of the same number."""
    groups: list[list[Change]] = []
    of: dict[Hashable, list[Change]] = {}
    for change in changes:
        names = list(_names(change))
        group = next((of[name] for name in names if name in of), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(change)
        of |= dict.fromkeys(names, group)
    return groups


def _names(change: Change) -> Iterator[Hashable]:
    """By what a change is known again; a long one not by its number, since it says more."""
    yield change.kind, change.old.casefold(), change.new.casefold()
    if change.steps and len(change.old.split()) <= SHORT and len(change.new.split()) <= SHORT:
        yield change.kind, change.steps


def where(passage: Passage, stretch: Stretch) -> Where:
    """Which paragraph, caption or credit a change stands in."""
    return Where(
        passage.field,
        _number(passage.old, passage.old_text, stretch.old[0]),
        _number(passage.new, passage.new_text, stretch.new[0]),
    )


def _number(numbers: Sequence[int], text: str, at: int) -> int | None:
    """Of paragraphs that stand together: the one at this place."""
    if len(numbers) < 2:
        return numbers[0] if numbers else None
    return numbers[min(text.count(BETWEEN, 0, at + 1), len(numbers) - 1)]
