"""Ministries, armies, agencies, parties, companies, seats of power."""

from collections.abc import Callable, Mapping

from watchfloor.events import Entity
from watchfloor_enricher.organisations import find_organisations
from watchfloor_enricher.text import ArticleText

Bodies = Callable[..., Mapping[str, Entity]]


def test_a_ministry_stands_without_its_countrys_adjective_and_keeps_the_country(
    organisations_in: Bodies,
) -> None:
    found = organisations_in("The Kenyan Defence Ministry denied it.")["Defence Ministry"]
    assert (found.subkind, found.country) == ("ministry", "KE")


def test_a_complement_belongs_to_the_name(organisations_in: Bodies) -> None:
    assert "Ministry of Trade and Industry" in organisations_in("The Ministry of Trade and Industry denied it.")


def test_the_ministries_of_two_countries_are_two(text_of: Callable[..., ArticleText]) -> None:
    text = text_of("Peru’s Foreign Ministry and Kenya’s Foreign Ministry spoke.")
    assert [actor.entity.country for actor in find_organisations(text, [])] == ["PE", "KE"]


def test_an_acronym_is_a_mention_of_the_name_that_it_stands_for(
    organisations_in: Bodies,
) -> None:
    found = organisations_in("The Maritime Safety Agency (MSA) spoke. The MSA left.")["Maritime Safety Agency"]
    assert [mention.words for mention in found.mentions] == ["Maritime Safety Agency", "MSA", "MSA"]


def test_seats_of_power_stand_for_governments(organisations_in: Bodies) -> None:
    found = organisations_in("The Kremlin denied it.")["Kremlin"]
    assert (found.subkind, found.country) == ("government", "RU")


def test_a_body_in_small_letters_counts_behind_a_country(organisations_in: Bodies) -> None:
    assert organisations_in("Kenya’s military left; the army stayed.")["Kenya’s military"].country == "KE"


def test_the_place_of_a_dateline_is_no_organisation(organisations_in: Bodies) -> None:
    assert organisations_in("ODESA — A ferry sank.") == {}
    assert "NATO" in organisations_in("NATO — The alliance met.")


def test_capitals_of_ordinary_words_are_no_organisations(organisations_in: Bodies) -> None:
    assert organisations_in("The CEO saw it on TV at 6 PM GMT.") == {}
