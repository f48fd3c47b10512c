"""The longest stretches that two sequences share, in bounded time."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

GRAMS = (8, 3, 1)
"""Lengths of the stretches that anchor an alignment, if each version has them once (patience, by B. Cohen)."""
FULL_PAIRS = 4_000
"""Up to so many pairs of equal items the whole alignment is sought; its time grows with them."""
DEEPEST = 60


class Run(NamedTuple):
    """`old[old_start : old_start + length]` is equal to `new[new_start : new_start + length]`."""

    old_start: int
    new_start: int
    length: int


@dataclass
class Budget:
    """How much work is left; `coarse` once something had to be left unaligned for want of it."""

    left: int
    coarse: bool = False

    def spend(self, work: int) -> bool:
        """Whether there is enough left for this work."""
        if work > self.left:
            self.coarse = True
            return False
        self.left -= work
        return True


def shared(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Run]:
    """Equal stretches of both, in the order of both, as long as they can be.

    What repeats too often to be aligned in the budget is taken for different.
    """
    return list(_joined(_within(old, new, (0, len(old), 0, len(new)), budget, 0)))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs that follow each other without a gap are one."""
    held: Run | None = None
    for run in runs:
        if held and held.old_start + held.length == run.old_start and held.new_start + held.length == run.new_start:
            held = held._replace(length=held.length + run.length)
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _within(
    old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int], budget: Budget, depth: int
) -> Iterator[Run]:
    """The runs within `old[a:b]` and `new[c:d]`: what both begin with, what lies between, what both end with."""
    first, last, start, end = box
    ahead = _ahead(old, new, box)
    behind = _behind(old, new, (first + ahead, last, start + ahead, end))
    if ahead:
        yield Run(first, start, ahead)
    yield from _between(old, new, (first + ahead, last - behind, start + ahead, end - behind), budget, depth)
    if behind:
        yield Run(last - behind, end - behind, behind)


def _ahead(old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int]) -> int:
    first, last, start, end = box
    most = min(last - first, end - start)
    return next((n for n in range(most) if old[first + n] != new[start + n]), most)


def _behind(old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int]) -> int:
    first, last, start, end = box
    most = min(last - first, end - start)
    return next((n for n in range(most) if old[last - 1 - n] != new[end - 1 - n]), most)


def _between(
    old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int], budget: Budget, depth: int
) -> Iterator[Run]:
    first, last, start, end = box
    if first == last or start == end or not budget.spend(last - first + end - start):
        return
    pairs = _pairs(old[first:last], new[start:end])
    if pairs == 0:
        return
    if pairs <= FULL_PAIRS and budget.spend(4 * pairs):
        yield from _full(old, new, box)
        return
    anchors = _anchors(old, new, box) if depth < DEEPEST else []
    if not anchors:
        budget.coarse = True
        return
    for here, there in [*anchors, (last, end)]:
        yield from _within(old, new, (first, here, start, there), budget, depth + 1)
        if here < last:
            yield Run(here, there, 1)
        first, start = here + 1, there + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of equal items there are."""
    counted = Counter(old)
    return sum(counted[item] for item in new)


def _full(old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int]) -> Iterator[Run]:
    first, last, start, end = box
    matcher = SequenceMatcher(None, old[first:last], new[start:end], autojunk=False)
    for here, there, length in matcher.get_matching_blocks():
        if length:
            yield Run(first + here, start + there, length)


def _anchors(old: Sequence[str], new: Sequence[str], box: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    """Where stretches begin that each version has once, in the order of both; the longest stretches that there are."""
    first, last, start, end = box
    for length in GRAMS:
        ours, theirs = _once(old, first, last, length), _once(new, start, end, length)
        found = sorted((at, theirs[gram]) for gram, at in ours.items() if gram in theirs)
        if found:
            return increasing(found)
    return []


def _once(items: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Where the stretches of a length begin that occur once."""
    seen: dict[tuple[str, ...], int] = {}
    for at in range(start, end - length + 1):
        gram = tuple(items[at : at + length])
        seen[gram] = -1 if gram in seen else at
    return {gram: at for gram, at in seen.items() if at >= 0}


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs, in their order, whose second members grow.

    >>> increasing([(0, 2), (1, 0), (2, 1), (3, 3)])
    [(1, 0), (2, 1), (3, 3)]
    """
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        at = bisect_left(ends, second)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [second]
        last[at : at + 1] = [index]
    chain, index = [], last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
