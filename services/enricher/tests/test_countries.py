"""Names, adjectives and capitals of countries."""

import pytest

from watchfloor_enricher.countries import (
    country,
    country_of,
    country_of_adjective,
    country_of_capital,
    country_of_name,
    find_country_words,
)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("UK", "GB"), ("U.K.", "GB"), ("the United States", "US"), ("UAE", "AE"), ("DRC", "CD"), ("Türkiye", "TR"),
        ("Côte d’Ivoire", "CI"), ("Islamic Republic of Iran", "IR"), ("us", None), ("Atlantis", None),
    ],
)  # fmt: skip
def test_names_are_known_in_short_official_and_abbreviated_form(words: str, code: str | None) -> None:
    assert country_of_name(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [("Dutch", "NL"), ("Poles", "PL"), ("Thai", "TH"), ("Filipino", "PH"), ("South Sudanese", "SS"), ("Swisss", None)],
)
def test_adjectives_and_peoples_are_known_also_in_the_plural(words: str, code: str | None) -> None:
    assert country_of_adjective(words) == code


def test_a_capital_stands_for_its_government_unless_its_name_mostly_means_something_else() -> None:
    assert country_of_capital("Pretoria") == "ZA"
    assert country_of_capital("Kingston") == "JM"
    assert country_of_capital("Stanley") is None


def test_an_adjective_does_not_hide_in_a_longer_word() -> None:
    assert [word.country for word in find_country_words("Germanic tribes, Indiana, Nigeria, Niger.")] == ["NG", "NE"]


def test_the_longest_name_at_a_place_is_taken() -> None:
    text = "Troops of the Democratic Republic of the Congo met Equatorial Guinean envoys in Guinea-Bissau."
    found = [(text[word.start : word.end], word.country) for word in find_country_words(text)]
    assert found == [
        ("Democratic Republic of the Congo", "CD"), ("Equatorial Guinean", "GQ"), ("Guinea-Bissau", "GW"),
    ]  # fmt: skip


def test_a_country_has_its_middle_and_an_unknown_code_none() -> None:
    about = country("UA")
    assert about is not None
    assert (about.latitude, about.longitude) == (49.0, 32.0)
    assert country("ZZ") is None
    assert country_of("") is None
