"""What is news: each version once, never an older one after a newer, and what was withdrawn or came back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.events import ArticleLatest, ArticleWithdrawn
from watchfloor_gateway.stream.told import Told

from .invented import Topic, latest, withdrawn

Event = ArticleLatest | ArticleWithdrawn


def heard(*events: Event) -> list[bool | None]:
    topic, told = Topic(), Told(100)
    return [told.hear(topic.put(event)) for event in events]


def test_a_version_is_told_once_however_often_the_topic_says_it() -> None:
    assert heard(latest(1), latest(1), latest(1, refetched=5), latest(2), latest(1)) == [
        True,
        False,
        False,
        True,
        False,
    ]


def test_a_later_version_is_told_and_then_no_older_one() -> None:
    assert heard(latest(1), latest(1, 2), latest(1), latest(1, 2), latest(1, 3)) == [True, True, False, False, True]


def test_a_version_that_was_given_another_number_is_told_by_it() -> None:
    before = latest(1, 1)
    after = before.model_copy(update={"version": 2})
    assert heard(before, after, after) == [True, True, False]


def test_a_change_is_told_though_versions_were_counted_anew() -> None:
    first, second, third = latest(1, 1), latest(1, 2), latest(1, 3)
    merged = second.model_copy(update={"version": 1, "changed_at": first.changed_at})
    assert heard(first, second, merged, third.model_copy(update={"version": 2})) == [True, True, False, True]


def test_a_withdrawal_is_told_once_and_so_is_the_return() -> None:
    told = heard(latest(1), withdrawn(1), withdrawn(1, 13), latest(1, refetched=720), latest(1, refetched=721))
    assert told == [True, True, False, True, False]


def test_neither_a_version_nor_a_withdrawal_that_was_overtaken_is_told() -> None:
    assert heard(latest(1), withdrawn(1, 12), latest(1, refetched=60)) == [True, True, False]
    assert heard(latest(1, 13), withdrawn(1, 12)) == [True, False]


def test_of_an_article_of_which_nothing_is_remembered_only_its_first_fetch_is_surely_news() -> None:
    assert heard(latest(1, 3), latest(2, 3, refetched=1), withdrawn(3)) == [True, None, True]


def test_the_memory_is_bounded_and_forgets_what_was_not_heard_of_longest() -> None:
    topic, told = Topic(), Told(2)
    for number in (1, 2, 1, 3):
        told.hear(topic.put(latest(number)))
    assert len(told) == 2
    assert [told.hear(topic.put(latest(number))) for number in (1, 3, 2)] == [False, False, True]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), max_size=40))
@pytest.mark.filterwarnings("error")
def test_whatever_comes_again_each_article_only_grows(records: list[tuple[int, int]]) -> None:
    topic, told, seen = Topic(), Told(100), dict[int, list[int]]()
    for number, version in records:
        if told.hear(topic.put(latest(number, version))):
            seen.setdefault(number, []).append(version)
    for number, versions in seen.items():
        assert versions == sorted(set(versions))
        assert versions[-1] == max(version for other, version in records if other == number)
