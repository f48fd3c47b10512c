"""Numbers with what they count or measure."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.events import Quantity
from watchfloor_enricher.quantities import find_quantities
from watchfloor_enricher.text import ArticleText, Passage, Stretch

Texts = Callable[..., ArticleText]


@pytest.fixture
def found_in(text_of: Texts) -> Callable[[str], list[Quantity]]:
    def find(body: str) -> list[Quantity]:
        return list(find_quantities(text_of(body)))

    return find


Find = Callable[[str], list[Quantity]]


@pytest.mark.parametrize(
    ("body", "words", "value", "bound", "unit", "of"),
    [
        ("It strikes targets 500km away.", "500km", 500, "exactly", "km", None),
        ("A strike killed 13 civilians, it said.", "13 civilians", 13, "exactly", None, "civilians"),
        ("They mass more than 50,000 troops there.", "50,000 troops", 50000, "more_than", None, "troops"),
        ("At least a dozen villagers fled.", "a dozen villagers", 12, "at_least", None, "villagers"),
        ("It cost about 3.5 million euros.", "3.5 million euros", 3500000, "about", "EUR", None),
        ("It cost $2.4bn in all.", "$2.4bn", 2400000000, "exactly", "USD", None),
        ("It cost £4,000 each.", "£4,000", 4000, "exactly", "GBP", None),
        ("Up to 40 percent was lost.", "40 percent", 40, "at_most", "%", None),
        ("A 1,500-kg bomb fell.", "1,500-kg", 1500, "exactly", "kg", None),
        ("Two thousand soldiers left.", "Two thousand soldiers", 2000, "exactly", None, "soldiers"),
        ("Some 300 were wounded.", "300", 300, "about", None, None),
        ("Fewer than 20 rescue workers came.", "20 rescue workers", 20, "less_than", None, "workers"),
        ("They lost 10 or more tanks.", "10", None, None, None, None),
        ("The convoy had 40 tanks or more.", "40 tanks", 40, "at_least", None, "tanks"),
        ("It flew at 900 km/h.", "900 km/h", 900, "exactly", "km/h", None),
        ("It hit 2.5 nautical miles off.", "2.5 nautical miles", 2.5, "exactly", "nmi", None),
        ("They sent 12 aircraft.", "12 aircraft", 12, "exactly", None, "aircraft"),
        ("They sent eleven more drifting mines.", "eleven more drifting mines", 11, "exactly", None, "mines"),
    ],
)
def test_a_quantity_has_its_words_value_bound_unit_and_noun(
    found_in: Find, body: str, words: str, value: float | None, bound: str | None, unit: str | None, of: str | None
) -> None:
    found = {each.words: (each.value, each.bound, each.unit, each.of) for each in found_in(body)}
    if value is None:
        assert words not in found
    else:
        assert found[words] == (value, bound, unit, of)


def test_a_whole_number_is_an_int_and_a_broken_one_a_float(found_in: Find) -> None:
    assert [type(each.value) for each in found_in("It took 3.0 km and 2.5 km.")] == [int, float]


@pytest.mark.parametrize(
    "body",
    [
        "T-72 tanks and F-16 jets and a B-52 flew.", "The 42-year-old left.", "Smith, 42, said so.", "1. First things",
        "Call 555-1234 now.", "Article 5 was named.", "Boeing 737 jets flew.", "It ended 3-2.", "The 22nd came.",
        "In 1987 houses fell.", "One of them left.", "Resolution 2334 passed.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity_is_none(found_in: Find, body: str) -> None:
    assert found_in(body) == []


def test_the_harmed_and_the_doers_are_named(found_in: Find) -> None:
    assert found_in("Shells killed 13 miners.")[0].whom == "miners"
    assert found_in("In all, 13 miners were wounded.")[0].whom == "miners"
    assert found_in("The aide said Ruritania is massing more than 900 tanks.")[0].whom == "Ruritania"
    assert found_in("It has 900 tanks.")[0].whom is None


def test_numbers_in_taken_stretches_are_passed_over(text_of: Texts) -> None:
    text = text_of("It lasted 20 days and cost 20 horses.")
    assert [each.words for each in find_quantities(text, [Stretch("text", 10, 17)])] == ["20 horses"]


def test_a_noun_that_is_taken_does_not_take_its_number(text_of: Texts) -> None:
    text = text_of("They sent 20 Oslo policemen.")
    assert [each.words for each in find_quantities(text, [Stretch("text", 13, 17)])] == ["20 Oslo policemen"]


def test_captions_are_read_too(text_of: Texts) -> None:
    found = find_quantities(text_of("Nothing.", "Only 3 boats left."))
    assert [(each.in_, each.words) for each in found] == [(0, "3 boats")]


PIECES = st.sampled_from(
    "500km 13 civilians $ 2.4bn more than at least , . - 1,500 half a million dozen two hundred and thousand % km/h t m "
    "killed were wounded 3-2 T-72 years old 1999 one of the € 0 000 1. ² 𝟚 ٣".split()
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
def test_no_words_make_it_fail_and_spans_hold(body: str) -> None:
    text = ArticleText((Passage("text", body),), "en")
    found = find_quantities(text)
    assert all(body[each.start : each.end] == each.words for each in found)
    assert found == find_quantities(text)
