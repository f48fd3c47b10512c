"""Numbering and withdrawal, pure."""

import pytest

from watchfloor.store.versions import Fetch, Gone, number, withdrawal

from .invented import minutes


def fetch(at: float, content: str = "x", page: str = "p") -> Fetch:
    return Fetch(minutes(at), page, content)


@pytest.mark.parametrize(
    ("contents", "runs"),
    [("", []), ("A", ["A"]), ("AAB", ["AA", "B"]), ("ABA", ["A", "B", "A"]), ("ABBA", ["A", "BB", "A"])],
)
def test_runs_of_equal_content_are_one_version(contents: str, runs: list[str]) -> None:
    versions = number(fetch(at, content) for at, content in enumerate(contents))
    assert ["".join(each.content_hash for each in version.fetches) for version in versions] == runs
    assert [version.number for version in versions] == list(range(1, len(runs) + 1))


def test_fetches_of_one_moment_are_ordered_by_page() -> None:
    one, other = fetch(1, "A", "p"), fetch(1, "B", "q")
    assert number([one, other]) == number([other, one])


@pytest.mark.parametrize(("gone_at", "withdrawn"), [(4, False), (5, False), (6, True)])
def test_an_article_is_withdrawn_only_by_what_is_newer_than_its_newest_fetch(gone_at: float, withdrawn: bool) -> None:
    gone = Gone(minutes(gone_at), "p", "410")
    assert withdrawal([fetch(1), fetch(5)], [Gone(minutes(2), "q", "410"), gone]) == (gone if withdrawn else None)


def test_what_has_no_fetch_is_not_withdrawn() -> None:
    assert withdrawal([], [Gone(minutes(1), "p", "410")]) is None
