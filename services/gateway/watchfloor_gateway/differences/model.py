"""What a comparison says. Every string is a stretch of one of the two versions, as printed."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Field = Literal["title", "subtitle", "paragraph", "caption", "credit"]
Kind = Literal[
    "number", "name", "time", "negation", "attribution", "removed", "added", "wording", "moved", "punctuation"
]


class Piece(NamedTuple):
    """A stretch of a passage in both versions: unchanged where both are the same, "" where it is in one alone."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether nothing changed in it."""
        return self.old == self.new


@dataclass(frozen=True)
class Passage:
    """A title, paragraph, caption or credit in both versions.

    `old` and `new` are its numbers from 1, empty where it is in one version alone, several where paragraphs were
    joined or parted: those stand with a blank line between them. The pieces put together are either version.
    """

    field: Field
    old: tuple[int, ...]
    new: tuple[int, ...]
    pieces: tuple[Piece, ...]
    moved: bool = False

    @property
    def old_text(self) -> str:
        """The passage before."""
        return "".join(piece.old for piece in self.pieces)

    @property
    def new_text(self) -> str:
        """The passage after."""
        return "".join(piece.new for piece in self.pieces)

    @property
    def same(self) -> bool:
        """Whether it reads as before; it may still have moved."""
        return all(piece.same for piece in self.pieces)


@dataclass(frozen=True)
class Where:
    """Where a change stands: which paragraph, caption or credit, from 1; None in the version that has it not."""

    field: Field
    old: int | None
    new: int | None


@dataclass(frozen=True)
class Step:
    """A number that is now another: `what` is counted, as printed, or None where only a unit is known."""

    what: str | None
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """Words that were replaced, added or taken away, with the newer version's words around them.

    `begins` and `ends` tell whether `before` and `after` reach the ends of the paragraph or were cut. `steps` are the
    numbers of this change that are now others.
    """

    kind: Kind
    weight: int
    where: Where
    old: str
    new: str
    before: str = ""
    after: str = ""
    begins: bool = True
    ends: bool = True
    steps: tuple[Step, ...] = ()

    @property
    def heavy(self) -> bool:
        """Whether it changes what the article says, as far as rules can tell."""
        return self.weight >= HEAVY


HEAVY = 20


@dataclass(frozen=True)
class Comparison:
    """All that changed. `changes` are the heaviest first; `passages` hold both versions whole, in the order of the new."""

    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    silent: bool
    """The text changed while the page's own word of it did not: neither its modified date nor a notice."""
    words: int
    """How many words the new version has more than the old; negative where it has fewer."""
    coarse: bool
    """Too much changed to be compared word by word throughout: some passages are given whole."""
