"""Two versions side by side, paragraph by paragraph; those that are the same are folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from watchfloor_gateway.differences.model import Passage, Piece

MOST_CHARACTERS = 200_000
"""Of both texts together: a page is not made longer than that."""


@dataclass(frozen=True)
class Fold:
    """Passages that are the same in both versions."""

    texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.texts)


@dataclass(frozen=True)
class Line:
    """A passage in both versions; one side is empty where it is in one alone."""

    field: str
    old: str
    new: str
    pieces: tuple[Piece, ...]
    moved: bool


def twin(passages: Sequence[Passage]) -> tuple[tuple[Fold | Line, ...], bool]:
    """The passages in the order of the newer version, and whether they were cut for their length."""
    shown: list[Passage] = []
    used = 0
    for passage in passages:
        used += sum(len(piece.old) + (0 if piece.same else len(piece.new)) for piece in passage.pieces)
        if used > MOST_CHARACTERS:
            return tuple(_lines(shown)), True
        shown.append(passage)
    return tuple(_lines(shown)), False


def _lines(passages: Iterable[Passage]) -> Iterable[Fold | Line]:
    for same, group in groupby(passages, key=lambda passage: passage.same and not passage.moved):
        if same:
            yield Fold(tuple(passage.new_text for passage in group))
        else:
            yield from map(_line, group)


def _line(passage: Passage) -> Line:
    return Line(
        field="headline" if passage.field == "title" else passage.field,
        old=_numbers(passage, passage.old),
        new=_numbers(passage, passage.new),
        pieces=passage.pieces,
        moved=passage.moved,
    )


def _numbers(passage: Passage, numbers: Sequence[int]) -> str:
    """How a passage is called on one side: `¶3`, `¶3, ¶4`, `caption 1`."""
    if passage.field in ("title", "subtitle"):
        return "headline" if passage.field == "title" else "subtitle"
    mark = "¶" if passage.field == "paragraph" else f"{passage.field} "
    return ", ".join(f"{mark}{number}" for number in numbers)
