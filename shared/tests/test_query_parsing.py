"""The query language: what each form means, and what a faulty query is told."""

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.errors import Rejected
from watchfloor.query import (
    And,
    Everything,
    FieldIs,
    Near,
    Node,
    Not,
    Or,
    Published,
    QuerySyntaxError,
    Words,
    parse_query,
)

NOW = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
A, B, C = Words("alpha"), Words("bravo"), Words("charlie")


def read(text: str) -> Node:
    return parse_query(text, clock=lambda: NOW)


MEANINGS: dict[str, Node] = {
    "": Everything(),
    "  ": Everything(),
    "*": Everything(),
    "alpha": A,
    "alpha bravo": And((A, B)),
    "alpha AND bravo": And((A, B)),
    "alpha OR bravo charlie": Or((A, And((B, C)))),
    "(alpha OR bravo) charlie": And((Or((A, B)), C)),
    "alpha -bravo": And((A, Not(B))),
    "alpha NOT bravo": And((A, Not(B))),
    "alpha AND NOT (bravo OR charlie)": And((A, Not(Or((B, C))))),
    "-(alpha bravo)": Not(And((A, B))),
    "and or not": And((Words("and"), Words("or"), Words("not"))),
    '"air defence"': Words("air defence", phrase=True),
    "«воздушная тревога» „Luft“ “sea”": And(
        (Words("воздушная тревога", phrase=True), Words("Luft", phrase=True), Words("sea", phrase=True))
    ),
    "missil*": Words("missil", prefix=True),
    '"near the dep*"': Words("near the dep", phrase=True, prefix=True),
    "国*": Words("国", prefix=True),
    "F-1*": Words("F-1", prefix=True),
    "F-16 об'єкт U.S.": And((Words("F-16"), Words("об'єкт"), Words("U.S."))),
    "12:30": Words("12:30"),
    "title:alpha": FieldIs("title", A),
    "TITLE:alpha": FieldIs("title", A),
    'person:"Ola Tarvin"': FieldIs("person", Words("Ola Tarvin", phrase=True)),
    "author:tarv*": FieldIs("author", Words("tarv", prefix=True)),
    "-source:news.example": Not(FieldIs("source", Words("news.example"))),
    "language:UK": FieldIs("language", Words("uk")),
    "country:ua": FieldIs("country", Words("UA")),
    "source_country:uk": FieldIs("source_country", Words("GB")),
    "type:live_blog": FieldIs("type", Words("live_blog")),
    "place:Istanbul": FieldIs("place", Words("Istanbul")),
    "place:Istanbul~50km": Near("Istanbul", 50.0),
    'place:"Kryvyi Rih~7.5km"': Near("Kryvyi Rih", 7.5),
    'place:"Kryvyi Rih"~50km': Near("Kryvyi Rih", 50.0),
    "published:2026-03-01": Published(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)),
    "published:[2026-03-01 TO 2026-03-02]": Published(
        datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
    ),
    "published:[2026-03-01 to now]": Published(datetime(2026, 3, 1, tzinfo=UTC), NOW.replace(microsecond=1)),
    "published:[* TO 2026-03-01T12:00+02:00]": Published(None, datetime(2026, 3, 1, 10, 0, 0, 1, tzinfo=UTC)),
    "published:[now TO *]": Published(NOW, None),
    "published:[* TO *]": Published(None, None),
}


@pytest.mark.parametrize("text", MEANINGS)
def test_a_query_means(text: str) -> None:
    assert read(text) == MEANINGS[text]


FAULTS: list[tuple[str, int, str]] = [
    ("(alpha", 0, "not closed"),
    ("alpha)", 5, "was not opened"),
    ("()", 1, "closes where a word is needed"),
    ('alpha "bravo', 6, "quotation mark is not closed"),
    ("alpha OR", 8, "ends where a word is needed"),
    ("OR alpha", 0, "OR needs a word"),
    ("alpha AND AND bravo", 10, "AND needs a word"),
    ("NOT", 3, "ends where a word is needed"),
    ("alpha -", 6, "neither letter nor digit"),
    ("alpha !?", 6, "neither letter nor digit"),
    ('"…"', 0, "neither letter nor digit"),
    ("al*pha", 2, "wildcard stands only at the end"),
    ("alpha *bravo", 6, "wildcard stands only at the end"),
    ("a*", 0, "wildcard needs the beginning"),
    ('"alpha *"', 0, "wildcard needs the beginning"),
    ("alpha headline:bravo", 6, "no field 'headline'"),
    ("title:", 0, "nothing stands behind title:"),
    ("title: alpha", 0, "nothing stands behind title:"),
    ("title:(alpha bravo)", 0, "nothing stands behind title:"),
    ("title:[a TO b]", 6, "only published: takes a range"),
    ("[2026-01-01 TO now]", 0, "a range needs a field"),
    ("published:[2026-01-01 TO now", 10, "bracket is not closed"),
    ("published:[2026-01-01]", 10, "a range needs two ends"),
    ("published:[2026-02-01 TO 2026-01-01]", 10, "ends before it begins"),
    ("published:soon", 10, "'soon' is no time"),
    ("published:2026-02-30", 10, "is no time"),
    ("published:2026-02-03T10:00", 10, "has no zone"),
    ("published:9999-12-31", 10, "too late"),
    ("country:Ukraine", 8, "'Ukraine' is not a country code"),
    ("language:ukrainian", 9, "not a language code"),
    ("type:news*", 5, "not an article type"),
    ("place:Istanbul~50mi", 6, "number of kilometres"),
    ("place:~50km", 6, "a distance needs a place"),
    ("(" * 21 + "alpha" + ")" * 21, 21, "more than 20 parentheses"),
    ("NOT " * 30 + "alpha", 84, "more than 20 parentheses or negations"),
    ("ab " * 65, 192, "more than 64 words"),
    ("a" * 2001, 2000, "at most 2000 characters"),
    ("alpha ] bravo", 6, "stands alone"),
]


@pytest.mark.parametrize(("text", "position", "reason"), FAULTS)
def test_a_faulty_query_is_told_where_what_and_the_remedy(text: str, position: int, reason: str) -> None:
    with pytest.raises(QuerySyntaxError, match=reason) as refused:
        read(text)
    assert refused.value.position == position
    assert refused.value.remedy
    assert isinstance(refused.value, Rejected)


def test_an_unknown_field_is_told_the_known_ones() -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        read("headline:x")
    assert all(name in str(refused.value) for name in ("title", "source_country", "published"))


def test_the_error_keeps_its_position_where_it_crosses_a_process() -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        read("alpha (")
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own
    assert (str(again), again.position, again.remedy) == (str(refused.value), 7, refused.value.remedy)


@given(st.text(st.sampled_from('ab"()[]:-*~ «»“„国é\u0000\ud800') | st.characters(), max_size=40))
def test_any_text_is_a_query_or_is_refused_as_one(text: str) -> None:
    position = 0
    try:
        read(text)
    except QuerySyntaxError as error:
        position = error.position
    assert 0 <= position <= len(text)
