"""Which place an article is about."""

from watchfloor.events import Place, Span
from watchfloor.events.enrichment import Precision
from watchfloor_enricher.main_place import find_main_place


def place(name: str, text: str, precision: Precision = "city") -> Place:
    starts = [start for start in range(len(text)) if text.startswith(name, start)]
    spans = tuple(Span(in_="text", start=start, end=start + len(name), words=name) for start in starts)
    return Place(
        entity_id=name, name=name, kind=precision, country=None, admin=(), latitude=0.0, longitude=0.0, radius_km=1.0,
        mentions=spans, precision=precision, found_by="test/1", confidence=None,
    )  # fmt: skip


def test_an_article_without_places_is_about_none() -> None:
    assert find_main_place((), "A title", "Some text.") is None


def test_the_place_of_headline_and_lead_comes_before_one_named_late() -> None:
    text = "Trams ran in Lviv again." + " Nothing happened." * 60 + " A clerk from Warsaw saw it. Warsaw."
    places = (place("Lviv", text), place("Warsaw", text))
    assert find_main_place(places, "Trams run in Lviv", text) == "Lviv"


def test_the_dateline_counts_for_its_place() -> None:
    text = "LIMA (Agency) - A ship from Oslo came."
    assert find_main_place((place("Oslo", text), place("LIMA", text)), None, text) == "LIMA"


def test_of_a_city_and_its_country_named_alike_the_city_is_the_answer() -> None:
    text = "In Chad, a market in Abeche burned."
    assert find_main_place((place("Chad", text, "country"), place("Abeche", text)), None, text) == "Abeche"
