"""Expressions of time and what they mean on the day of writing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_enricher.text import ArticleText, Passage
from watchfloor_enricher.times import find_times
from watchfloor_enricher.times.anchor import Anchor

Texts = Callable[..., ArticleText]
WRITTEN = "2025-05-29T09:14:00Z"
"""A Thursday."""


@pytest.fixture
def values(text_of: Texts) -> Callable[..., dict[str, str]]:
    """What is found, by its words."""

    def find(body: str, language: str = "en", written: str | None = WRITTEN) -> dict[str, str]:
        return {time.words: time.value for time in find_times(text_of(body, language=language), written)}

    return find


Values = Callable[..., dict[str, str]]


@pytest.mark.parametrize(
    ("body", "words", "value"),
    [
        ("It opens on June 02 in Oslo.", "June 02", "2025-06-02"),
        ("They met on May 16.", "May 16", "2025-05-16"),
        ("Seen on May 28, 2025.", "May 28, 2025", "2025-05-28"),
        ("It was on the 3rd of January 2024.", "the 3rd of January 2024", "2024-01-03"),
        ("They met on 27 February.", "27 February", "2025-02-27"),
        ("It ended last December.", "last December", "2024-12"),
        ("A law of 2024-03-05 holds.", "2024-03-05", "2024-03-05"),
        ("The 14-month-old front moved.", "14-month", "P14M"),
        ("It comes this week.", "this week", "2025-W22"),
        ("It fell earlier this month.", "earlier this month", "2025-05"),
        ("It burned on Tuesday night.", "Tuesday night", "2025-05-27TNI"),
        ("It burned three days ago.", "three days ago", "2025-05-26"),
        ("It began in 2024.", "2024", "2024"),
        ("In the 1990s it stood.", "the 1990s", "199"),
        ("It opens next year.", "next year", "2026"),
        ("It opened two summers ago.", "two summers ago", "2023-SU"),
        ("In the third quarter of 2024 it fell.", "the third quarter of 2024", "2024-Q3"),
        ("It began at 10:30 GMT.", "10:30 GMT", "2025-05-29T10:30Z"),
        ("It began at 3 p.m. EST.", "3 p.m. EST", "2025-05-29T15:00-05:00"),
        ("It lasted two weeks.", "two weeks", "P2W"),
        ("It lasted several months.", "several months", "PXM"),
        ("It fires every two hours.", "every two hours", "PT2H"),
        ("By the end of the week it goes.", "the end of the week", "2025-W22"),
        ("They met the day before yesterday.", "the day before yesterday", "2025-05-27"),
        ("They will meet over the weekend.", "over the weekend", "2025-W22-WE"),
        ("It happened in March last year.", "March last year", "2024-03"),
    ],
)
def test_an_expression_is_read_against_the_day_of_writing(values: Values, body: str, words: str, value: str) -> None:
    assert values(body).get(words) == value


def test_a_weekday_lies_where_its_clause_looks(values: Values) -> None:
    assert values("The talks are put off until Monday.")["Monday"] == "2025-06-02"
    assert values("The minister will speak on Monday.")["Monday"] == "2025-06-02"
    assert values("The minister spoke on Monday.")["Monday"] == "2025-05-26"
    assert values("The boats had been due to cross on Friday, but stayed.")["Friday"] == "2025-05-23"
    assert values("The talks, which ended on Friday, will resume on Monday.") == {
        "Friday": "2025-05-23", "Monday": "2025-06-02",
    }  # fmt: skip
    assert values("Police said on Thursday.")["Thursday"] == "2025-05-29"


def test_a_dateline_of_the_day_before_is_the_day_of_writing(values: Values) -> None:
    found = values("May 27, 2025 (PORT SARN) - The ferry sank yesterday.")
    assert found["yesterday"] == "2025-05-26"


def test_a_dateline_far_from_publication_is_no_day_of_writing(values: Values) -> None:
    assert values("May 27, 2019 (PORT SARN) - The ferry sank yesterday.")["yesterday"] == "2025-05-28"


@pytest.mark.parametrize(
    "body",
    [
        "The 62-year-old left.", "He may go.", "They march on.", "He sat in the sun.", "Some 1999 men came.",
        "Article 12 says so.", "It cost $2000.", "As soon as he could.", "Phone 555-2024 now or never at 2024-5.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(values: Values, body: str) -> None:
    assert set(values(body)) <= {"now"}


def test_without_any_day_only_what_tells_its_own_has_a_value(values: Values) -> None:
    assert values("It began on 3 May 2024, and yesterday it ended.", written=None) == {"3 May 2024": "2024-05-03"}


def test_what_is_ahead_is_told_and_what_holds_the_day_is_not(text_of: Texts) -> None:
    found = find_times(text_of("On June 2 and May 2, this week, for two days, soon."), WRITTEN)
    assert [(time.words, time.ahead) for time in found] == [
        ("June 2", True), ("May 2", False), ("this week", None), ("two days", None), ("soon", True),
    ]  # fmt: skip
    assert [time.granularity for time in found] == ["day", "day", "week", None, None]


def test_captions_are_read_too(text_of: Texts) -> None:
    found = find_times(text_of("Nothing.", "A ferry on May 16."), WRITTEN)
    assert [(time.in_, time.words, time.value) for time in found] == [(0, "May 16", "2025-05-16")]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("de", "Am 12. Mai 2025 und am Montag, gestern.", ["2025-05-12", "2025-05-26", "2025-05-28"]),
        ("fr", "Le 1er juin, lundi et hier.", ["2025-06-01", "2025-05-26", "2025-05-28"]),
        ("es", "El 3 de mayo de 2024 y el lunes.", ["2024-05-03", "2025-05-26"]),
        ("ru", "12 мая 2025 года, в среду, вчера.", ["2025-05-12", "2025-05-28", "2025-05-28"]),
        ("uk", "12 травня, у п’ятницю.", ["2025-05-12", "2025-05-23"]),
        ("ar", "في 12 مايو 2025 أمس", ["2025-05-12", "2025-05-28"]),
        ("zh", "2025年5月12日,星期一,昨天。", ["2025-05-12", "2025-05-26", "2025-05-28"]),
    ],
)
def test_dates_are_read_in_other_languages(text_of: Texts, language: str, body: str, expected: list[str]) -> None:
    assert [time.value for time in find_times(text_of(body, language=language), WRITTEN)] == expected


PIECES = st.sampled_from(
    "may March Monday last next in on the 31 31st 2024 of February 29 quarter first until three days ago years 10:61 pm "
    "99th , . every two 1990s '90s mid- end week 0 12 century decade this nineteen ninety summers".split()
)


@given(st.lists(PIECES, max_size=25).map(" ".join), st.dates().map(str))
def test_no_words_and_no_day_make_it_fail(body: str, written: str) -> None:
    text = ArticleText((Passage("text", body),), "en")
    found = find_times(text, written)
    assert all(body[time.start : time.end] == time.words for time in found)
    assert found == find_times(text, written)


def test_a_bare_date_has_no_moment_and_a_clock_time_keeps_its_own_day() -> None:
    assert Anchor.of("2025-05-29").moment is None
    assert str(Anchor.of("2025-05-29T23:30:00-05:00").day) == "2025-05-29"


def test_shortly_beside_another_time_tells_none_of_its_own(values: Values) -> None:
    assert values("It burned shortly after 4 a.m.") == {"4 a.m.": "2025-05-29T04:00"}
    assert values("It reopens shortly.") == {"shortly": "FUTURE_REF"}
