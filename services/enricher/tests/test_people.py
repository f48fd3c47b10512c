"""Who is named, with which title, of which country."""

from collections.abc import Callable, Mapping

import pytest

from watchfloor_enricher.text.actors import Actor

People = Callable[..., Mapping[str, Actor]]


def words(people_in: People, name: str, body: str, *captions: str) -> list[tuple[object, str]]:
    return [(mention.in_, mention.words) for mention in people_in(body, *captions)[name].entity.mentions]


@pytest.mark.parametrize(
    ("text", "title", "country"),
    [
        ("Norwegian Foreign Minister Odo Venck left.", "Foreign Minister", "NO"),
        ("Peru’s interior minister Odo Venck left.", "interior minister", "PE"),
        ("Odo Venck, the Czech interior minister, left.", "interior minister", "CZ"),
        ("Odo Venck, minister of trade of Kenya, left.", "minister of trade", "KE"),
        ("Former United States President Odo Venck left.", "Former United States President", "US"),
        ("Kremlin spokesman Odo Venck left.", "Kremlin spokesman", "RU"),
        ("The boat was sold, said harbour master Odo Venck.", "harbour master", None),
        ("The group’s chief envoy, Odo Venck, left.", "chief envoy", None),
        ("The yard named Odo Venck as its chief engineer.", "chief engineer", None),
        ("Lt. Gen. Odo Venck left.", "Lt. Gen.", None),
        ("Secretary of State Odo Venck left.", "Secretary of State", None),
        ("Odo Venck (chancellor) left.", "chancellor", None),
        ("A newly appointed Polish premier Odo Venck left.", "premier", "PL"),
        ("According to defence ministry spokeswoman Odo Venck, it sank.", "defence ministry spokeswoman", None),
    ],
)
def test_a_title_is_read_where_the_article_prints_it(
    people_in: People, text: str, title: str, country: str | None
) -> None:
    found = people_in(text)["Odo Venck"].entity
    assert (found.title, found.country) == (title, country)


def test_a_country_is_not_taken_from_what_only_stands_near(people_in: People) -> None:
    found = people_in("President Odo Venck met Polish sailors in Kenya.")["Odo Venck"].entity
    assert found.country is None


def test_a_country_told_elsewhere_in_the_article_counts(people_in: People) -> None:
    found = people_in("President Odo Venck left.", "Peruvian President Odo Venck at the pier.")["Odo Venck"].entity
    assert found.country == "PE"


def test_last_names_and_titles_with_them_are_mentions_of_the_full_name(
    people_in: People,
) -> None:
    body = "Chancellor Jarla Thole spoke. Thole left. Later Chancellor Thole returned."
    assert words(people_in, "Jarla Thole", body) == [
        ("text", "Jarla Thole"),
        ("text", "Thole"),
        ("text", "Chancellor Thole"),
    ]


def test_mentions_in_captions_carry_the_number_of_their_image(people_in: People) -> None:
    assert words(people_in, "Jarla Thole", "Chancellor Jarla Thole spoke.", "Thole at the pier.")[-1] == (0, "Thole")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Ursula van der Vliet", "Van der Vliet"),
        ("Sami al-Khatib", "Khatib"),
        ("Xu Weiming", "Xu"),
        ("Tomas Reyes-Quintana", "Reyes-Quintana"),
        ("José Álvarez", "Alvarez"),
        ("Oleksandr Hrytsak", "Hrytsak"),
        ("Mehmet Yıldırım", "Yıldırım"),
    ],
)
def test_short_forms_of_names_of_many_languages_are_found(people_in: People, full: str, short: str) -> None:
    found = people_in(f"Minister {full} spoke. {short} left the pier.")
    assert list(found) == [full]
    assert [mention.words for mention in found[full].entity.mentions] == [full, short]


def test_two_people_of_one_last_name_stay_two(people_in: People) -> None:
    body = "Mayor Inge Thorsen opened the pier. Judge Erik Thorsen watched. Mayor Thorsen left."
    found = people_in(body)
    assert [mention.words for mention in found["Inge Thorsen"].entity.mentions] == ["Inge Thorsen", "Mayor Thorsen"]
    assert [mention.words for mention in found["Erik Thorsen"].entity.mentions] == ["Erik Thorsen"]


def test_a_form_of_address_parts_a_woman_from_a_man_of_her_name(people_in: People) -> None:
    body = "Maria Venck and Erik Venck came. Mr Venck left. Ms Venck stayed."
    found = people_in(body)
    assert [mention.start for mention in found["Maria Venck"].entity.mentions] == [0, body.index("Venck stayed")]


def test_people_of_a_shared_title_both_have_it(people_in: People) -> None:
    found = people_in("Presidents Odo Venck and Jarla Thole met.")
    assert {name: actor.entity.title for name, actor in found.items()} == {
        "Odo Venck": "Presidents",
        "Jarla Thole": "Presidents",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council met.",
        "General Motors closed a yard.",
        "He lives in Port Sarn.",
        "The Foreign Ministry spoke on Monday.",
        "Rivers rose.",
    ],
)
def test_names_of_things_are_nobody(people_in: People, text: str) -> None:
    assert people_in(text) == {}


def test_in_other_languages_only_full_names_with_a_first_name_count(
    people_in: People,
) -> None:
    found = people_in("Bundeskanzler Konrad Vesk sprach im Neuen Hafen. Vesk ging.", language="de")
    assert [mention.words for mention in found["Konrad Vesk"].entity.mentions] == ["Konrad Vesk", "Vesk"]
    assert list(found) == ["Konrad Vesk"]


def test_a_ship_is_no_person(people_in: People) -> None:
    assert people_in("The bulk carrier Amber Vesk left Oslo. Police held the 180-metre Amber Vesk.") == {}


def test_a_month_behind_a_day_is_no_first_name(people_in: People) -> None:
    assert people_in("Sie soll am 2. April den Hafen verlassen.", language="de") == {}
