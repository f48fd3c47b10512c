"""How a text is cut before it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_gateway.differences import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27,400 t", ["27,400", " ", "t"]),
        ("27 400 тонн", ["27 400", " ", "тонн"]),
        ("at 05:40.", ["at", " ", "05:40", "."]),
        ("don’t", ["don’t"]),
        ("об'єкт", ["об'єкт"]),
        ("long-range", ["long", "-", "range"]),
        ("7名船员", ["7", "名", "船", "员"]),
        ("เรือ", ["เ", "รื", "อ"]),
        ("군함이 왔다", ["군함이", " ", "왔다"]),
        ("cafe\u0301!", ["cafe\u0301", "!"]),
        ("👩\u200d🚒🇺🇦🇷🇴", ["👩\u200d🚒", "🇺🇦", "🇷🇴"]),
    ],
)
def test_words_numbers_and_signs_are_pieces_of_their_own(text: str, expected: list[str]) -> None:
    assert words.tokens(text) == expected


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(words.tokens(text)) == text


@given(st.text(alphabet=st.characters(categories=["Mn", "Mc", "Me", "Lo", "So", "Nd", "Cf", "Sk"])))
def test_no_piece_ends_within_a_grapheme(text: str) -> None:
    regex = pytest.importorskip("regex")
    ends, at = {match.end() for match in regex.finditer(r"\X", text)}, 0
    for token in words.tokens(text):
        at += len(token)
        assert at in ends
