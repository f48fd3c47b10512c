"""Which paragraph of one version is which of the other: the same first, then by the words that they share."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from watchfloor_gateway.differences import words
from watchfloor_gateway.differences.sequences import Budget, increasing, shared

ALIKE = 0.45
"""Share of words in common from which two paragraphs in one place are taken for one."""
ALIKE_ELSEWHERE = 0.7
"""The same for paragraphs that are not in one place any more."""
FEW = 20
"""Shorter ones (in characters) that moved are taken for new ones: `Advertisement` is no finding."""
PARTED = 0.5
"""Share of a paragraph's words that its neighbour lost, from which it was parted from it, not written."""
MOST_PLACES = 8
"""Words that stand in more paragraphs than that tell nothing about which is which."""
MOST_TRIED = 4
MOST_CHARACTERS = 400_000
"""Of paragraphs that are not the same: beyond it they are not compared."""


@dataclass(frozen=True)
class Pair:
    """Paragraphs that are one another, by position from 0; one side is empty where they are in one version alone."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def pairs(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Pair]:
    """Every paragraph of both, once, in the order of the new version; those that are gone behind their predecessor."""
    same = {run.old_start + n: run.new_start + n for run in shared(old, new, budget) for n in range(run.length)}
    left = [n for n in range(len(old)) if n not in same], _without(range(len(new)), same.values())
    moved = _the_same_elsewhere(old, new, *left)
    left = _without(left[0], moved), _without(left[1], moved.values())
    alike, elsewhere = _alike(old, new, left, same, budget)
    in_place = _parted(old, new, {**same, **alike}, left)
    return _in_order(len(old), len(new), in_place, {**moved, **elsewhere})


def _without(numbers: Iterable[int], taken: Iterable[int]) -> list[int]:
    gone = set(taken)
    return [n for n in numbers if n not in gone]


def _the_same_elsewhere(
    old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> dict[int, int]:
    """Those that read the same in another place."""
    places: dict[str, list[int]] = defaultdict(list)
    for n in reversed(right):
        places[new[n]].append(n)
    return {n: places[old[n]].pop() for n in left if len(old[n]) >= FEW and places.get(old[n])}


def _alike(
    old: Sequence[str],
    new: Sequence[str],
    left: tuple[list[int], list[int]],
    same: Mapping[int, int],
    budget: Budget,
) -> tuple[dict[int, int], dict[int, int]]:
    """Those that share words: in their place between the ones that are the same, and elsewhere."""
    if sum(len(old[n]) for n in left[0]) + sum(len(new[n]) for n in left[1]) > MOST_CHARACTERS:
        budget.coarse = True
        return {}, {}
    bags = {n: _bag(old[n]) for n in left[0]}, {n: _bag(new[n]) for n in left[1]}
    in_place: dict[int, int] = {}
    for ours, theirs in _gaps(left, same):
        found = _best({n: bags[0][n] for n in ours}, {n: bags[1][n] for n in theirs}, ALIKE)
        in_place |= dict(increasing(sorted(found.items())))
    rest = (
        {n: bag for n, bag in bags[0].items() if n not in in_place and len(old[n]) >= FEW},
        {n: bags[1][n] for n in _without(bags[1], in_place.values())},
    )
    return in_place, _best(*rest, ALIKE_ELSEWHERE)


def _gaps(left: tuple[list[int], list[int]], same: Mapping[int, int]) -> list[tuple[list[int], list[int]]]:
    """What is left of both versions between paragraphs that are the same."""
    edges = sorted(same.items())
    gaps: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side in (0, 1):
        passed = 0
        for n in left[side]:
            while passed < len(edges) and edges[passed][side] < n:
                passed += 1
            gaps[passed][side].append(n)
    return [gap for gap in gaps.values() if gap[0] and gap[1]]


def _bag(text: str) -> Counter[str]:
    return Counter(token.casefold() for token in words.tokens(text) if words.is_word(token))


def _best(old: Mapping[int, Counter[str]], new: Mapping[int, Counter[str]], least: float) -> dict[int, int]:
    """The pairs that share most words, each paragraph in one pair; of equals the nearest."""
    places: dict[str, list[int]] = defaultdict(list)
    for n, bag in old.items():
        for word in bag:
            places[word].append(n)
    sizes = {n: bag.total() for n, bag in old.items()}
    offered: list[tuple[float, int, int, int]] = []
    for n, bag in new.items():
        votes = Counter(
            place for word in bag if len(places.get(word, ())) <= MOST_PLACES for place in places.get(word, ())
        )
        for place, _ in votes.most_common(MOST_TRIED):
            likeness = 2 * (bag & old[place]).total() / max(bag.total() + sizes[place], 1)
            if likeness >= least:
                offered.append((-likeness, abs(place - n), place, n))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, n in sorted(offered):
        if place not in chosen and n not in taken:
            chosen[place] = n
            taken.add(n)
    return chosen


def _parted(
    old: Sequence[str], new: Sequence[str], paired: Mapping[int, int], left: tuple[list[int], list[int]]
) -> list[Pair]:
    """The pairs in place; a paragraph whose words its neighbour lost or gained belongs to it: it was parted or joined."""
    pairs = {ours: Pair((ours,), (theirs,)) for ours, theirs in paired.items()}
    reverse = {theirs: ours for ours, theirs in paired.items()}
    for n in _without(left[1], reverse):
        for beside in (n - 1, n + 1):
            ours = reverse.get(beside)
            if ours is not None and _came_from(new[n], old[ours], new[beside]):
                pairs[ours] = Pair((ours,), tuple(sorted((beside, n))))
                del reverse[beside]
                break
    for n in _without(left[0], paired):
        for beside in (n - 1, n + 1):
            pair = pairs.get(beside)
            if pair and len(pair.new) == len(pair.old) == 1 and _came_from(old[n], new[pair.new[0]], old[beside]):
                pairs[beside] = Pair(tuple(sorted((beside, n))), pair.new)
                break
    return list(pairs.values())


def _came_from(alone: str, whole: str, rest: str) -> bool:
    """Whether a paragraph's words are what `whole` has more than `rest`."""
    if len(whole) <= len(rest):
        return False
    bag = _bag(alone)
    return ((_bag(whole) - _bag(rest)) & bag).total() >= PARTED * max(bag.total(), 1)


def _in_order(old: int, new: int, in_place: Sequence[Pair], moved: Mapping[int, int]) -> list[Pair]:
    found = [*in_place, *(Pair((ours,), (theirs,), moved=True) for ours, theirs in moved.items())]
    gone = _without(range(old), (n for pair in found for n in pair.old))
    added = _without(range(new), (n for pair in found for n in pair.new))
    ends = sorted((pair.old[-1], pair.new[-1]) for pair in in_place)
    placed = [((pair.new[0], 0, 0), pair) for pair in found]
    placed += [((n, 0, 0), Pair((), (n,))) for n in added]
    passed = 0
    for n in gone:
        while passed < len(ends) and ends[passed][0] < n:
            passed += 1
        placed.append(((ends[passed - 1][1] if passed else -1, 1, n), Pair((n,), ())))
    return [pair for _, pair in sorted(placed, key=lambda each: each[0])]
