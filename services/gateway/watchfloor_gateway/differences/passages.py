"""Both versions passage by passage: paired, and in each pair the words that changed."""

from collections.abc import Iterator, Sequence
from itertools import islice

from watchfloor_gateway.differences import words
from watchfloor_gateway.differences.model import Field, Passage, Piece
from watchfloor_gateway.differences.pairing import Pair, pairs
from watchfloor_gateway.differences.sequences import Budget, shared

BETWEEN = "\n\n"


def passages(field: Field, old: Sequence[str], new: Sequence[str], budget: Budget) -> Iterator[Passage]:
    """The passages of one field, in the order of the new version. Empty ones are none."""
    for pair in pairs(old, new, budget):
        passage = _passage(field, pair, old, new, budget)
        if passage.pieces:
            yield passage


def _passage(field: Field, pair: Pair, old: Sequence[str], new: Sequence[str], budget: Budget) -> Passage:
    before, after = BETWEEN.join(old[n] for n in pair.old), BETWEEN.join(new[n] for n in pair.new)
    numbers = [tuple(n + 1 for n in side) for side in (pair.old, pair.new)]
    return Passage(field, numbers[0], numbers[1], tuple(pieces(before, after, budget)), pair.moved)


def pieces(old: str, new: str, budget: Budget) -> Iterator[Piece]:
    """Two texts as stretches that are the same and stretches that changed, in turn.

    >>> [piece for piece in pieces("injuring six men", "injuring at least seven men", Budget(1000))]
    [Piece(old='injuring ', new='injuring '), Piece(old='six', new='at least seven'), Piece(old=' men', new=' men')]
    """
    if old == new or not (old and new):
        yield from [Piece(old, new)] if old or new else []
        return
    yield from _merged(_raw(words.tokens(old), words.tokens(new), budget))


def _raw(old: list[str], new: list[str], budget: Budget) -> Iterator[Piece]:
    """Aligned by words: what stands between two that are aligned is compared as it is."""
    ours, theirs = _places(old), _places(new)
    runs = shared([old[at] for at in ours], [new[at] for at in theirs], budget)
    here = there = 0
    for run in runs:
        for n in range(run.length):
            one, other = ours[run.old_start + n], theirs[run.new_start + n]
            yield from _gap(old[here:one], new[there:other])
            yield Piece(old[one], new[other])
            here, there = one + 1, other + 1
    yield from _gap(old[here:], new[there:])


def _places(tokens: list[str]) -> list[int]:
    """Where what is no space stands."""
    return [at for at, token in enumerate(tokens) if not token.isspace()]


def _gap(old: list[str], new: list[str]) -> Iterator[Piece]:
    """What stands between two aligned words; spaces that both have at its ends are the same."""
    if old == new:
        yield Piece("".join(old), "".join(new))
        return
    ahead = int(bool(old and new) and old[0] == new[0] and old[0].isspace())
    rest = min(len(old), len(new)) - ahead
    behind = int(rest > 0 and old[-1] == new[-1] and old[-1].isspace())
    yield Piece("".join(islice(old, ahead)), "".join(islice(new, ahead)))
    yield Piece("".join(old[ahead : len(old) - behind]), "".join(new[ahead : len(new) - behind]))
    yield Piece("".join(old[len(old) - behind :]), "".join(new[len(new) - behind :]))


def _merged(raw: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours that are both the same, or both changed, are one."""
    held: list[Piece] = []
    for piece in raw:
        if piece == Piece("", ""):
            continue
        if held and held[-1].same != piece.same:
            yield _one(held)
            held = []
        held.append(piece)
    if held:
        yield _one(held)


def _one(held: Sequence[Piece]) -> Piece:
    return Piece("".join(piece.old for piece in held), "".join(piece.new for piece in held))
