"""Which words name places, and which place of that name."""

from collections.abc import Callable

import pytest

from watchfloor.events import Place
from watchfloor.gazetteer import Gazetteer, open_gazetteer
from watchfloor.settings import Settings
from watchfloor_enricher.places import FoundPlaces, find_places
from watchfloor_enricher.text import ArticleText, Stretch

Texts = Callable[..., ArticleText]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(Settings().cache)


@pytest.fixture
def places_in(text_of: Texts, gazetteer: Gazetteer) -> Callable[..., dict[str, Place]]:
    """The places of a text by name."""

    def find(body: str, *captions: str, language: str = "en", **known: object) -> dict[str, Place]:
        found = find_places(text_of(body, *captions, language=language), gazetteer, **known)  # type: ignore[arg-type]
        return {place.name: place for place in found.places}

    return find


Find = Callable[..., dict[str, Place]]


def test_a_state_behind_a_city_decides_its_place_and_is_a_place_itself(places_in: Find) -> None:
    found = places_in("Crates left Newport, RI, for Albany, N.Y., and later Paris, Texas. In Newport nobody spoke.")
    assert (found["Newport"].country, found["Newport"].admin) == ("US", ("Rhode Island",))
    assert round(found["Paris"].latitude or 0) == 34
    assert found["RI"].kind == "region"
    assert [mention.words for mention in found["Newport"].mentions] == ["Newport", "Newport"]


def test_a_country_behind_a_city_decides_its_place(places_in: Find) -> None:
    assert places_in("Workers met in Birmingham, Alabama, on Monday.")["Birmingham"].country == "US"
    assert places_in("Workers met in Birmingham, England, on Monday.")["Birmingham"].country == "GB"


def test_countries_named_nearby_decide_between_small_places_of_one_name(places_in: Find) -> None:
    ukrainian = places_in("Ukraine said Ukrainian troops held Pokrovsk in the Donetsk region.")
    assert ukrainian["Pokrovsk"].country == "UA"
    assert ukrainian["Donetsk"].precision == "region"


def test_a_country_that_is_also_a_state_is_what_its_company_says(places_in: Find) -> None:
    assert places_in("Armenia and Georgia met in Tbilisi, near the border of Azerbaijan.")["Georgia"].kind == "country"
    american = places_in("Voters in Atlanta, Ga., and Savannah, Georgia, and in Alabama and Florida, waited.")
    assert american["Georgia"].country == "US"


def test_words_and_names_of_people_are_no_places_without_evidence(places_in: Find) -> None:
    found = places_in("Nice work, said Mr Reading. A Mobile phone rang in March. Jordan Smith laughed.")
    assert found == {}


def test_a_word_is_a_place_where_something_lies_in_it(places_in: Find) -> None:
    assert places_in("The ministers met in Nice and went on to Reading.")["Nice"].country == "FR"


def test_stretches_taken_by_people_and_organisations_are_left_alone(text_of: Texts, gazetteer: Gazetteer) -> None:
    text = text_of("Vienna Halloran spoke for the Bank of Cyprus in Vienna.")
    taken: FoundPlaces = find_places(
        text, gazetteer, people=[Stretch("text", 0, 15)], organisations=[Stretch("text", 26, 44)]
    )
    assert [(m.start, m.words) for place in taken.places for m in place.mentions] == [(48, "Vienna")]


def test_a_place_inside_the_name_of_something_else_is_no_mention(places_in: Find) -> None:
    assert places_in("The Houston Chronicle and Moscow State University and the University of Texas declined.") == {}


def test_adjectives_are_no_mentions_of_their_country(places_in: Find) -> None:
    assert places_in("Russian and Turkish officials, and South African miners, agreed.") == {}


def test_fronts_directions_and_regions_keep_the_place_they_speak_of(places_in: Find) -> None:
    found = places_in(
        "Shelling went on along the Sumy front, near Kharkiv, in northern Gaza and off the Red Sea coast."
    )
    assert (found["Sumy"].kind, found["Kharkiv"].kind, found["Gaza"].precision) == ("city", "city", "area")
    assert abs((found["Sumy"].longitude or 0) - 34.8) < 0.1
    assert found["Red Sea"].country is None


def test_spellings_of_one_place_are_one_entity(text_of: Texts, gazetteer: Gazetteer) -> None:
    found = find_places(text_of("Kyiv was quiet. In Kiev, as some write it, trams ran.", "A tram in Kyiv."), gazetteer)
    assert len(found.places) == 1
    assert [(m.in_, m.words) for m in found.places[0].mentions] == [("text", "Kyiv"), ("text", "Kiev"), (0, "Kyiv")]
    assert found.entities[0].links == ("geonames:703448",)
    assert found.entities[0].id == found.places[0].entity_id


def test_a_dateline_in_capitals_is_a_place(places_in: Find) -> None:
    found = places_in("ODESA (Agency) - A ferry sank.")["Odesa"]
    assert (found.country, found.mentions[0].words) == ("UA", "ODESA")


def test_a_town_of_four_letters_in_the_dateline_is_a_place_and_elsewhere_an_abbreviation(places_in: Find) -> None:
    assert "Kiel" in places_in("KIEL — A ferry sank.")
    assert places_in("The ferry sank off KIEL.") == {}


def test_a_ship_is_no_place(places_in: Find) -> None:
    assert "Halland" not in places_in("The frigate Halland left Kiel. The Halland is due back.")


def test_short_words_in_small_letters_are_no_abbreviations(places_in: Find) -> None:
    assert set(places_in("Us and them: the U.S. and the UK sent aid.")) == {"U.S.", "UK"}


@pytest.mark.parametrize(
    ("language", "body", "codes"),
    [
        ("de", "In München und Kiew sprach man über Russland.", {"DE", "UA", "RU"}),
        ("fr", "Il est arrivé à Genève et l’Allemagne attend.", {"CH", "DE"}),
        ("ru", "В Киеве и под Харьковом тихо, в России молчат.", {"UA", "RU"}),
        ("uk", "Прибув до Києва з Варшави.", {"UA", "PL"}),
        ("zh", "发言人在北京说,乌克兰代表将前往伊斯坦布尔。", {"CN", "UA", "TR"}),
        ("ar", "وصل الرئيس إلى القاهرة من بغداد", {"EG", "IQ"}),
    ],
)
def test_large_places_are_found_in_other_languages(places_in: Find, language: str, body: str, codes: set[str]) -> None:
    assert {place.country for place in places_in(body, language=language).values()} == codes
