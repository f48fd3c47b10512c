"""What holds of every comparison, whatever the two versions are."""

from collections import Counter

import pytest
from fixtures.two_versions import article
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_gateway.differences import words
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.differences.model import Comparison, Passage
from watchfloor_gateway.differences.passages import BETWEEN, pieces
from watchfloor_gateway.differences.sequences import Budget, shared

WORDS = (
    "six seven sailors said not the 7 27,400 Odesa , . “ ” не 7 семь سبعة 未 确 认 船 é e\u0301 🇺🇦 👩\u200d🚒".split()
)
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)
ANY = st.text(min_size=1, max_size=40).filter(lambda text: BETWEEN not in text)
PARAGRAPHS = st.lists(st.one_of(SENTENCE, ANY), max_size=7)


def rebuilt(passages: tuple[Passage, ...], side: str) -> list[str]:
    """The paragraphs of one version, put together from the pieces."""
    found: dict[int, str] = {}
    for passage in passages:
        numbers = getattr(passage, side)
        if passage.field == "paragraph" and numbers:
            texts = (
                getattr(passage, f"{side}_text").split(BETWEEN)
                if len(numbers) > 1
                else [getattr(passage, f"{side}_text")]
            )
            found |= dict(zip(numbers, texts, strict=True))
    return [found[number] for number in sorted(found)]


@given(PARAGRAPHS, PARAGRAPHS)
def test_the_pieces_put_together_are_either_version_exactly(old: list[str], new: list[str]) -> None:
    found = compare(article(*old), article(*new))
    assert rebuilt(found.passages, "old") == old
    assert rebuilt(found.passages, "new") == new


@given(PARAGRAPHS.flatmap(lambda old: st.tuples(st.just(old), st.permutations(old))))
def test_so_they_are_where_the_new_version_was_made_of_the_old(versions: tuple[list[str], list[str]]) -> None:
    old, shuffled = versions
    new = [text.replace("six", "seven") for text in shuffled[1:]]
    found = compare(article(*old), article(*new))
    assert rebuilt(found.passages, "old") == old
    assert rebuilt(found.passages, "new") == new


@given(PARAGRAPHS)
def test_a_version_compared_with_itself_has_no_changes(paragraphs: list[str]) -> None:
    found = compare(article(*paragraphs), article(*paragraphs))
    assert not found.changes
    assert not found.steps
    assert not found.silent
    assert not found.coarse
    assert found.words == 0


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_changed_word_stands_in_one_change_and_no_more(old: list[str], new: list[str]) -> None:
    found = compare(article(*old), article(*new))
    assert gone(found) == Counter(), "words that changed and stand in no change"


def gone(found: Comparison) -> Counter[str]:
    """The words of changed pieces without those of the changes; a change holds more where two lay close together."""
    told: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for change in found.changes:
        if change.kind != "moved":
            told += counted(change.old) + counted(change.new)
    for passage in found.passages:
        for piece in passage.pieces:
            if not piece.same:
                changed += counted(piece.old) + counted(piece.new)
    whole = sum((counted(each.old_text) + counted(each.new_text) for each in found.passages), Counter[str]())
    assert not told - whole, "words that stand in two changes"
    return changed - told


def counted(text: str) -> Counter[str]:
    return Counter(token for token in words.tokens(text) if not token.isspace())


@given(ANY, ANY)
def test_no_character_that_a_reader_sees_is_cut(old: str, new: str) -> None:
    regex = pytest.importorskip("regex")
    for side in (0, 1):
        at, text = 0, (old, new)[side]
        ends = {match.end() for match in regex.finditer(r"\X", text)}
        for piece in pieces(old, new, Budget(10_000)):
            at += len(piece[side])
            assert at == 0 or at in ends


@given(st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_shared_runs_are_equal_and_in_the_order_of_both(old: list[str], new: list[str]) -> None:
    here = there = 0
    for run in shared(old, new, Budget(10_000)):
        assert run.old_start >= here
        assert run.new_start >= there
        here, there = run.old_start + run.length, run.new_start + run.length
        assert old[run.old_start : here] == new[run.new_start : there]


def test_what_repeats_without_end_is_compared_coarsely_in_bounded_work() -> None:
    old, new = ["a", "b"] * 10_000, ["b", "a"] * 10_000
    budget = Budget(1_000_000)
    shared(old, new, budget)
    assert budget.coarse
    assert budget.left > 0


def test_twenty_thousand_times_one_word_but_one_is_one_change() -> None:
    found = compare(article(" ".join(["a"] * 20_000)), article(" ".join(["a"] * 19_999 + ["b"])))
    assert [(change.old, change.new) for change in found.changes] == [("a", "b")]
    assert not found.coarse


def test_three_thousand_paragraphs_are_compared_and_all_of_them_told() -> None:
    old = [f"Paragraph {n} tells of ship {n * 7919 % 3000} and its crew." for n in range(3000)]
    new = [text.replace("crew", "cargo") for text in reversed(old)]
    found = compare(article(*old), article(*new))
    assert rebuilt(found.passages, "new") == new
    assert found.coarse
