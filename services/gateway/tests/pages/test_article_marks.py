"""Marks that overlap: every character stays, no link is within a link, each place leads to its innermost mark."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor_gateway.pages.article.marks import DEEPEST, RANK, Mark, Piece, draw, spread, words_of

TEXT = "Romania's Fleet Command said the mine had drifted for two days off Sulina before anybody saw it."
LINKS = ("mark", "link")
Marked = tuple[str, list[Mark], list[tuple[int, int]]]


def shown(pieces: tuple[Piece, ...]) -> str:
    """The tree as a line: `{kind>entry …}` for what is a link, `(kind …)` around other marks."""
    return "".join(_shown(piece) for piece in pieces)


def _shown(piece: Piece) -> str:
    inner = piece.text or shown(piece.parts)
    kind = piece.classes.removeprefix("mark ")
    later = "" if piece.stop else "-"
    forms = {"text": inner, "hit": f"*{inner}*", "link": f"{{>{piece.entry}{later} {inner}}}"}
    forms |= {"mark": f"{{{kind}>{piece.entry}{later} {inner}}}"}
    return forms.get(piece.form, f"({kind} {inner})")


def test_a_mark_alone_is_one_link_to_its_entry() -> None:
    assert shown(draw("Off Sulina.", [Mark("place", 4, 10, "where-1")])) == "Off {place>where-1 Sulina}."


def test_a_stretch_leads_to_its_innermost_mark() -> None:
    """An organisation named after a place is a span around a link to the place and one to the organisation."""
    marks = [Mark("organisation", 0, 23, "org-1"), Mark("place", 0, 7, "where-1")]

    assert shown(draw("Romania's Fleet Command said", marks)) == (
        "(organisation {place>where-1 Romania}{>org-1 's Fleet Command}) said"
    )


def test_a_quotation_is_ground_that_leads_nowhere_but_holds_links() -> None:
    marks = [Mark("quote", 0, 21, "said-1", own="said-1-text"), Mark("time", 13, 20, "when-1")]
    drawn = draw("“Nobody goes tonight”, he said", marks)

    assert shown(drawn) == "(quote “Nobody goes {time>when-1 tonight}”), he said"
    assert drawn[0].own == "said-1-text"


def test_of_two_that_cross_the_later_is_cut_in_two_with_one_stop_for_the_tabulator() -> None:
    marks = [Mark("person", 0, 6, "who-1"), Mark("place", 4, 9, "where-1")]

    assert shown(draw("abcdefghij", marks)) == "(person {>who-1 abcd}{place>where-1 ef}){place>where-1- ghi}j"


def test_a_mark_whose_first_piece_is_covered_stops_at_its_second() -> None:
    marks = [Mark("person", 0, 6, "who-1"), Mark("organisation", 4, 9, "org-1"), Mark("place", 4, 6, "where-1")]

    assert shown(draw("abcdefghij", marks)) == (
        "(person {>who-1 abcd}(organisation {place>where-1 ef})){organisation>org-1 ghi}j"
    )


def test_of_one_span_the_order_is_person_organisation_place_time_quantity() -> None:
    marks = [Mark(kind, 0, 3, kind) for kind in reversed(RANK)]

    assert shown(draw("abc", marks)) == ("(quote (person (organisation (place (time {quantity>quantity abc})))))")


def test_the_same_find_told_twice_is_one_mark() -> None:
    assert shown(draw("Sulina", [Mark("place", 0, 6, "where-1")] * 2)) == "{place>where-1 Sulina}"


def test_found_words_are_innermost_and_cut_at_the_borders_of_marks() -> None:
    marks = [Mark("quote", 0, 8, "said-1"), Mark("place", 3, 6, "where-1")]

    assert shown(draw("abcdefghij", marks, [(1, 5), (7, 10)])) == "(quote a*bc*{place>where-1 *de*f}g*h*)*ij*"


def test_a_mark_over_paragraphs_is_one_piece_in_each() -> None:
    pieces = spread([Mark("quote", 2, 14, "said-1", own="said-1-text")], [(0, 5), (7, 12), (14, 20)])

    assert [[(mark.start, mark.end, mark.own) for mark in each] for each in pieces] == [
        [(2, 5, "said-1-text")],
        [(0, 5, None)],
        [],
    ]


def test_a_later_paragraph_has_no_stop_of_its_own() -> None:
    first, second = spread([Mark("organisation", 2, 9, "org-1")], [(0, 5), (7, 12)])

    assert shown(draw("abcde", first)) == "ab{organisation>org-1 cde}"
    assert shown(draw("hijkl", second)) == "{organisation>org-1- hi}jkl"


@st.composite
def marked(draw_from: st.DrawFn) -> Marked:
    text = draw_from(st.text(min_size=1, max_size=60))
    places = st.integers(0, len(text))
    spans = draw_from(st.lists(st.tuples(places, places).map(sorted), max_size=12))
    kinds = draw_from(st.lists(st.sampled_from(RANK), min_size=len(spans), max_size=len(spans)))
    marks = [
        Mark(kind, start, end, f"entry-{index}", own=f"own-{index}")
        for index, (kind, (start, end)) in enumerate(zip(kinds, spans, strict=True))
        if start < end
    ]
    borders = sorted(draw_from(st.sets(places, max_size=8)))
    return text, marks, list(zip(borders[::2], borders[1::2], strict=False))


def walk(
    pieces: tuple[Piece, ...], around: tuple[Piece, ...] = (), at: int = 0
) -> Iterator[tuple[Piece, int, tuple[Piece, ...]]]:
    """Each piece with where it begins and what is around it."""
    for piece in pieces:
        yield piece, at, around
        yield from walk(piece.parts, (*around, piece), at)
        at += len(words_of([piece]))


@given(marked())
def test_no_character_is_lost_or_doubled(given_text: Marked) -> None:
    text, marks, hits = given_text

    assert words_of(draw(text, marks, hits)) == text


@given(marked())
def test_no_link_is_within_a_link(given_text: Marked) -> None:
    text, marks, hits = given_text

    for piece, _, around in walk(draw(text, marks, hits)):
        if piece.form in LINKS:
            assert not any(outer.form in LINKS for outer in around)
        if piece.form in ("text", "hit"):
            assert not piece.parts


@given(marked())
def test_each_mark_is_drawn_over_exactly_its_characters(given_text: Marked) -> None:
    text, marks, hits = given_text
    covered: dict[str | None, set[int]] = {}
    for piece, at, _ in walk(draw(text, marks, hits)):
        if piece.classes:
            covered.setdefault(piece.entry, set()).update(range(at, at + len(words_of([piece]))))

    assert covered == {mark.entry: set(range(mark.start, mark.end)) for mark in marks}


@given(marked())
def test_each_link_leads_to_the_innermost_mark_that_leads_anywhere(given_text: Marked) -> None:
    text, marks, hits = given_text

    for piece, _, around in walk(draw(text, marks, hits)):
        if piece.form in ("text", "hit"):
            links = [outer.entry for outer in around if outer.form in LINKS]
            lines = [outer.entry for outer in around if outer.form in ("mark", "around")]
            assert links == lines[-1:]


@given(marked())
def test_ids_and_stops_are_given_once(given_text: Marked) -> None:
    text, marks, hits = given_text
    pieces = [piece for piece, _, _ in walk(draw(text, marks, hits))]
    ids = [piece.own for piece in pieces if piece.own]
    stops = [piece.entry for piece in pieces if piece.form in LINKS and piece.stop]

    assert len(ids) == len(set(ids))
    assert len(stops) == len(set(stops))


@given(marked())
def test_found_words_are_all_shown(given_text: Marked) -> None:
    text, marks, hits = given_text
    found = {
        place
        for piece, at, _ in walk(draw(text, marks, hits))
        if piece.form == "hit"
        for place in range(at, at + len(piece.text))
    }

    assert found == {place for start, end in hits for place in range(start, end)}


def many_marks(number: int) -> tuple[str, list[Mark]]:
    draw_from = Random(number)  # noqa: S311 - not a secret
    text = "word " * number
    starts = [draw_from.randrange(len(text) - 60) for _ in range(number)]
    return text, [
        Mark(draw_from.choice(RANK), start, start + draw_from.randrange(1, 60), f"entry-{index}")
        for index, start in enumerate(starts)
    ]


def test_ten_times_the_marks_are_about_ten_times_the_pieces() -> None:
    """Counted in pieces, which is what the template pays for; a clock would measure the machine."""
    few, many = (sum(1 for _ in walk(draw(*many_marks(number)))) for number in (1_000, 10_000))

    assert many < 12 * few


def test_marks_that_all_cross_are_drawn_to_a_depth_that_a_template_can_follow() -> None:
    marks = [Mark("person", number, 4000 - number, f"who-{number}") for number in range(1900)]
    marks += [Mark("place", 1900 + number, 4000 + number, f"where-{number}") for number in range(50)]
    drawn = draw("x" * 5000, marks)

    assert words_of(drawn) == "x" * 5000
    assert max(len(around) for _, _, around in walk(drawn)) <= DEEPEST + 1


@pytest.mark.parametrize("hits", [[(0, 200)], [(90, 500)], [(0, 0)]])
def test_found_words_beyond_the_text_do_no_harm(hits: list[tuple[int, int]]) -> None:
    assert words_of(draw(TEXT, [Mark("place", 90, 2000, "where-1")], hits)) == TEXT
