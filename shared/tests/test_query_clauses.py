"""The query as a filter bar: what its clauses are, and that one can be taken out or added without harm to the rest."""

from datetime import date

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from watchfloor.query import (
    And,
    Everything,
    FieldIs,
    FieldName,
    Node,
    Not,
    Or,
    QuerySyntaxError,
    Words,
    clauses,
    parse_query,
    quoted,
    with_clause,
    without,
)
from watchfloor.query.clauses import published
from watchfloor.query.values import FIELDS

WRITTEN = {
    "": [],
    "  ": [],
    "*": ["*"],
    " alpha ": ["alpha"],
    "alpha bravo": ["alpha", "bravo"],
    "alpha AND bravo": ["alpha", "bravo"],
    "alpha OR bravo charlie": ["alpha OR bravo charlie"],
    "(alpha OR bravo) -charlie": ["(alpha OR bravo)", "-charlie"],
    "NOT alpha NOT NOT bravo": ["NOT alpha", "NOT NOT bravo"],
    "(alpha bravo)": ["(alpha bravo)"],
    'person:"Ola Tarvin" published:[2026-03-01 TO *]': ['person:"Ola Tarvin"', "published:[2026-03-01 TO *]"],
    'place:"Kryvyi Rih"~50km type:news': ['place:"Kryvyi Rih"~50km', "type:news"],
    'alpha"bravo"«charlie»': ["alpha", '"bravo"', "«charlie»"],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_the_clauses_of_a_query_are(text: str) -> None:
    assert [clause.of(text) for clause in clauses(text)] == WRITTEN[text]


def test_a_query_that_cannot_be_read_has_no_clauses_but_a_fault_with_its_position() -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        clauses("alpha (bravo")
    assert refused.value.position == 6


def together(nodes: list[Node]) -> Node:
    """What is asked where all of these are."""
    return And(tuple(nodes)) if len(nodes) > 1 else (nodes or [Everything()])[0]


leaves = st.sampled_from(
    [
        *("alpha", '"bravo charlie"', "«delta»", "missil*", "*", "and", "U.S."),
        *("person:tarvin", 'source:"news.example"', "language:uk", "published:[2026-01-01 TO 2026-01-31]"),
        *("place:Istanbul~50km", 'place:"Kryvyi Rih"~7km'),
    ]
)
negations = st.sampled_from(["", "", "", "-", "NOT "])
groups = st.recursive(
    leaves,
    lambda inner: st.lists(st.tuples(negations, inner), min_size=1, max_size=3).flatmap(
        lambda parts: st.sampled_from([" OR ", " ", " AND ", "  "]).map(
            lambda joint: f"({joint.join(f'{sign}{part}' for sign, part in parts)})"
        )
    ),
    max_leaves=5,
)
joints = st.sampled_from([" ", "  ", " AND ", "\n", "\tAND  ", " OR ", ""])


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query, joined in every way that the language knows, also by nothing where that can be read."""
    text = draw(st.sampled_from(["", " "]))
    for index in range(draw(st.integers(0, 5))):
        text += f"{draw(joints) if index else ''}{draw(negations)}{draw(groups)}"
    text += draw(st.sampled_from(["", " "]))
    try:
        parse_query(text)
    except QuerySyntaxError:
        reject()
    return text


@given(queries())
def test_all_clauses_together_mean_what_the_query_means(text: str) -> None:
    found = clauses(text)
    assert together([clause.node for clause in found]) == parse_query(text)
    for clause in found:
        assert parse_query(clause.of(text)) == clause.node
    assert [clause.start for clause in found] == sorted(clause.start for clause in found)


@given(queries())
def test_what_is_left_without_a_clause_means_the_others(text: str) -> None:
    found = clauses(text)
    for index, clause in enumerate(found):
        others = [each.node for each in (*found[:index], *found[index + 1 :])]
        assert parse_query(without(text, clause)) == together(others)


def test_a_clause_of_another_query_cannot_be_taken_out() -> None:
    (clause,) = clauses("alpha")
    with pytest.raises(LookupError):
        without("charlie delta", clause)


@given(queries(), queries())
def test_an_added_clause_is_demanded_too_and_only_once(text: str, addition: str) -> None:
    both = with_clause(text, addition)
    nodes = {clause.node for clause in clauses(both)} - {Everything()}
    demanded = {clause.node for clause in (*clauses(text), *clauses(addition))} - {Everything()}
    assert nodes == demanded
    assert with_clause(both, addition) == both
    assert with_clause(text, text) == text


ADDED = {
    ("", "type:news"): "type:news",
    ("*", "type:news"): "type:news",
    ("alpha", "type:news"): "alpha type:news",
    ("alpha OR bravo", "type:news"): "(alpha OR bravo) type:news",
    ("(alpha) OR (bravo)", "type:news"): "((alpha) OR (bravo)) type:news",
    ("alpha", "bravo OR charlie"): "alpha (bravo OR charlie)",
    ("alpha type:NEWS", "type:news"): "alpha type:NEWS",
    ("alpha", "alpha bravo"): "alpha bravo",
    ("alpha", "bravo bravo"): "alpha bravo",
    ("published:[* TO now]", "published:[* TO now]"): "published:[* TO now]",
    ("alpha OR bravo", "alpha OR bravo"): "alpha OR bravo",
}


@pytest.mark.parametrize(("text", "addition"), ADDED)
def test_a_query_with_one_more_clause_is(text: str, addition: str) -> None:
    assert with_clause(text, addition) == ADDED[text, addition]


values = st.text(
    st.sampled_from("ab\"'\\()[]:-*~ «»“”„é国\u0000\u0002\n\t\u200e") | st.characters(codec="utf-8"), max_size=20
)


@given(st.sampled_from(FIELDS), values)
def test_a_written_value_reads_back_as_exactly_itself_or_is_not_written(field: FieldName, value: str) -> None:
    text = quoted(field, value)
    if text is not None:
        node = parse_query(text)
        assert isinstance(node, FieldIs)
        assert (node.field, node.value.text, node.value.prefix) == (field, value, False)
        assert parse_query(f"-{text} alpha {text}") == And((Not(node), Words("alpha"), node))


@pytest.mark.parametrize(
    "value", ['Ola "Bear" Tarvin', "back\\slash", "two\nlines", "a:b", "OR", "(x)", "-x", "О'Ніл", "\u0002x\u0003"]
)
def test_a_value_of_words_can_be_written_whatever_else_is_in_it(value: str) -> None:
    text = quoted("person", value)
    assert text is not None
    assert parse_query(text) == FieldIs("person", Words(value, phrase=True))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("person", value) for value in ("", "…", "x*", " x", 'x"»”“')),
        ("language", "klingon"),
        ("country", "ua"),
    ],
)
def test_what_the_language_cannot_say_is_not_written(field: FieldName, value: str) -> None:
    assert quoted(field, value) is None


def test_days_are_written_as_a_range_with_both_its_ends() -> None:
    assert published(date(2026, 11, 11), date(2026, 11, 24)) == "published:[2026-11-11 TO 2026-11-24]"
    parse_query(published(date(890, 1, 1), date(2026, 1, 1)))


def test_an_or_is_one_clause_and_its_words_none() -> None:
    (clause,) = clauses("alpha OR bravo")
    assert clause.node == Or((Words("alpha"), Words("bravo")))
    assert without("alpha OR bravo", clause) == ""
