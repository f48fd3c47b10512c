# ruff: noqa: E501 - a page in a test stands on one line, as it is served
"""The title."""

import pytest

from watchfloor_parser.title import read_title


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Mines found at Vesk harbour | Coast Herald</title>", "<h1>Mines found at Vesk harbour</h1>"),
        ('<title>x</title><meta property="og:title" content="Mines found at Vesk harbour - Coast Herald">', "<h1>Mines found at Vesk harbour</h1>"),
        ("<title>Mines found at Vesk harbour</title>", '<h1><img src="/logo.svg" alt=""></h1><h2>Other</h2>'),
        ("<title>Coast Herald</title>", '<h1><a href="/">Coast Herald</a></h1><div><h2>Mines found at Vesk harbour</h2>{text}</div>'),
        (
            '<meta property="og:site_name" content="Coast Herald"><meta property="og:title" content="Coast Herald: Mines found at Vesk harbour">',
            "<h1>Mines found at Vesk harbour</h1>",
        ),
        ('<meta property="og:title" content="Mines found at Ve…">', "<h1>Mines found at Vesk harbour</h1>"),
    ],
)  # fmt: skip
def test_the_headline_is_given_without_the_sites_name(page_of, text, head, body) -> None:  # type: ignore[no-untyped-def]
    found = read_title(page_of(body.replace("{text}", text) + text, head))
    assert found is not None
    assert found.value == "Mines found at Vesk harbour"


def test_a_dash_that_belongs_to_the_headline_stays(page_of, text) -> None:  # type: ignore[no-untyped-def]
    page = page_of(f"<h1>Vesk - a harbour at war</h1>{text}", "<title>Vesk - a harbour at war - Coast Herald</title>")
    found = read_title(page)
    assert found is not None
    assert (found.value, found.source) == ("Vesk - a harbour at war", "page:headline")


def test_a_page_without_any_heading_has_no_title(page_of, text) -> None:  # type: ignore[no-untyped-def]
    assert read_title(page_of(text)) is None
