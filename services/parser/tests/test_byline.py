"""Authors and agencies."""

import json

import pytest

from watchfloor_parser.byline import read_byline
from watchfloor_parser.page.person_names import people


def names(page) -> list[str]:  # type: ignore[no-untyped-def]
    found = read_byline(page).authors
    return list(found.value) if found else []


def ld(author: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "author": author})}</script>'


@pytest.mark.parametrize(
    "author",
    [
        [{"@type": "Person", "name": "Ana Duarte"}, {"@type": "Person", "name": "Piet Maas"}],
        ["Ana Duarte", "Piet Maas"],
        "Ana Duarte, Piet Maas",
        {"@type": "Person", "name": ["Ana Duarte", "Piet Maas"]},
        {"@type": "Person", "name": "By Ana Duarte and Piet Maas"},
        [{"@type": "Person", "givenName": "Ana", "familyName": "Duarte"}, {"@type": "Person", "name": "Piet Maas"}],
    ],
)
def test_json_ld_names_all_authors_in_order(page_of, text, author) -> None:  # type: ignore[no-untyped-def]
    assert names(page_of(f"<h1>Mines</h1>{text}", ld(author))) == ["Ana Duarte", "Piet Maas"]


def test_the_byline_on_the_page_is_read_where_metadata_name_none(page_of, text) -> None:  # type: ignore[no-untyped-def]
    assert names(page_of(f"<h1>Mines</h1><p>By Ana Duarte, Piet Maas and Li Na</p>{text}")) == [
        "Ana Duarte",
        "Piet Maas",
        "Li Na",
    ]
    assert names(page_of(f'<h1>Mines</h1><a rel="author" href="/a">Ana Duarte</a>{text}')) == ["Ana Duarte"]


def test_authors_of_other_stories_are_not_taken(page_of, text) -> None:  # type: ignore[no-untyped-def]
    rail = '<ul><li><h3><a href="/b">Ferry late</a></h3><a rel="author">Omar Brandt</a></li></ul>'
    page = page_of(
        f'{rail}<article><h1>Mines</h1><a rel="author">Ana Duarte</a>{text}</article><aside class="related">By Jo Bell</aside>'
    )
    assert names(page) == ["Ana Duarte"]


def test_agencies_and_desks_are_no_authors(page_of, text) -> None:  # type: ignore[no-untyped-def]
    found = read_byline(
        page_of(f"<h1>Mines</h1>{text}", ld([{"@type": "Organization", "name": "Reuters"}, "News desk"]))
    )
    assert found.authors is None
    assert found.agencies is not None
    assert found.agencies.value == ("Reuters",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Von Jens Muster und Eva Groß", ["Jens Muster", "Eva Groß"]),
        ("Par Luc Petit et Anne-Marie Roux", ["Luc Petit", "Anne-Marie Roux"]),
        ("Автор: Олена Коваль", ["Олена Коваль"]),
        ("ANA DUARTE in Vesk", ["Ana Duarte"]),
        ("Ana Duarte, Defence Correspondent", ["Ana Duarte"]),
        ("Ana Duarte (Vesk)", ["Ana Duarte"]),
        ("By staff writer", []),
        ("12 minutes ago", []),
    ],
)
def test_names_are_told_from_the_words_around_them(line: str, expected: list[str]) -> None:
    assert people(line, ()) == expected
