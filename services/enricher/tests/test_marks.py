"""Which words stand between which quotation marks."""

import pytest

from watchfloor_enricher.text.marks import quoted_in
from watchfloor_enricher.text.sentences import paragraphs_of


def between_marks(text: str) -> list[str]:
    return [text[found.start : found.end] for found in quoted_in(text, paragraphs_of(text))]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“Yes,” she said. “No.”", ["Yes,", "No."]),
        ('"Yes," she said. "No."', ["Yes,", "No."]),
        ("„Ja“, sagte er.", ["Ja"]),
        ("„Tak” powiedział.", ["Tak"]),
        ("«Так», – сказав він.", ["Так"]),
        ("»Nein«, rief sie.", ["Nein"]),
        ("‘Yes,’ she said. ‘No.’", ["Yes,", "No."]),
        ("他说：「好」。", ["好"]),
    ],
)
def test_marks_of_many_languages_are_paired(text: str, inside: list[str]) -> None:
    assert between_marks(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers' boots and the sailors' caps",
        "It’s the miners’ day, isn’t it",
        "In the '90s and the '80s",
        "rock ’n’ roll",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert between_marks(text) == []


def test_single_marks_close_behind_an_apostrophe_of_a_plural() -> None:
    assert between_marks("‘It is the pilots’ choice,’ he said.") == ["It is the pilots’ choice,"]


def test_what_is_quoted_inside_a_quotation_belongs_to_it() -> None:
    assert between_marks("“He cried ‘Halt’ and ran,” she said.") == ["He cried ‘Halt’ and ran,"]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("‘", "’")])
def test_a_quotation_over_paragraphs_is_one_and_keeps_its_reopening_marks(opening: str, closing: str) -> None:
    text = f"{opening}The ice came.\n\n{opening}Then it went.{closing} He left."
    assert between_marks(text) == [f"The ice came.\n\n{opening}Then it went."]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "She said: “The ice came.\n\nThe boats went out. “Good,” he said."
    assert between_marks(text) == ["The ice came.", "Good,"]


def test_a_mark_that_is_opened_twice_begins_at_the_second() -> None:
    assert between_marks('The 6" pipe was called "thin" by him.') == ["thin"]
