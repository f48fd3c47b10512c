"""The query said as a sentence."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.query import Everything, clauses
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.saying import Speaker
from watchfloor_gateway.pages.query.sentence import Sentence, sentence

NOW = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)


def said(query: str) -> Sentence:
    return sentence(Here(query, clauses(query)), Speaker(NOW, {"tidewatch": "The Tidewatch"}))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Every article"),
        ("*", "Every article"),
        ("drone", "Articles with drone"),
        ("drone convoy", "Articles with drone and convoy"),
        ("mine OR mină OR міна", "Articles with mine, mină or міна"),
        ('"air show"', "Articles with “air show”"),
        ("missil*", "Articles with words that begin with missil"),
        ("title:mine", "Articles with mine in the title"),
        ("author:smith", "Articles by smith"),
        ("source:tidewatch", "Articles from The Tidewatch"),
        ("source:elsewhere", "Articles from elsewhere"),
        ("section:World", "Articles in the section World"),
        ("language:uk", "Articles in Ukrainian"),
        ("type:live_blog", "Articles of the kind live blog"),
        ('person:"Ilinca Văduva"', "Articles naming Ilinca Văduva"),
        ("organisation:NATO person:Kos", "Articles naming NATO and Kos"),
        ('place:"Kryvyi Rih"', "Articles placed in Kryvyi Rih"),
        ("place:Sulina~150km", "Articles placed within 150 km of Sulina"),
        ("place:Sulina~0km", "Articles placed in Sulina"),
        ("country:UA", "Articles placed in Ukraine"),
        ("speaker:Kos", "Articles quoting Kos"),
        ("source_country:PL", "Articles from a source in Poland"),
        ("published:2026-11-24", "Articles published on 24 November 2026"),
        ("published:[2026-11-11 TO 2026-11-24]", "Articles published 11 to 24 November 2026"),
        ("published:[2026-10-11 TO 2026-11-24]", "Articles published 11 October to 24 November 2026"),
        ("published:[2025-12-31 TO 2026-01-01]", "Articles published 31 December 2025 to 1 January 2026"),
        ("published:[2026-11-11 TO *]", "Articles published since 11 November 2026"),
        ("published:[* TO 2026-11-24]", "Articles published up to 24 November 2026"),
        ("published:[* TO *]", "Articles published at any time"),
        (
            "published:[2026-11-24T10:00Z TO 2026-11-24T12:30Z]",
            "Articles published 24 November 2026, 10:00 to 12:30 UTC",
        ),
        ("drone -type:opinion", "Articles with drone, but no opinion"),
        (
            "-type:opinion drone -fishing -language:ru",
            "Articles with drone, but no opinion, without fishing, not in Russian",
        ),
        ("-type:opinion", "Every article, but no opinion"),
        ("drone -(mine OR shoal)", "Articles with drone, but without mine or shoal"),
        ("drone -(mine shoal)", "Articles with drone, but not (with mine and shoal)"),
        ("drone NOT NOT mine", "Articles with drone, but not without mine"),
        ("drone -*", "Articles with drone, but none at all"),
        ("mine OR place:Sulina", "Articles with mine or placed in Sulina"),
        ("(mine place:Sulina) OR drone", "Articles (with mine and placed in Sulina) or with drone"),
        ("ship (mine OR -drone)", "Articles with ship, with mine or without drone"),
    ],
)
def test_every_part_of_the_language_is_said_in_words(query: str, words: str) -> None:
    assert said(query).plain == words


def test_now_is_said_as_now() -> None:
    query = "published:[2026-11-11 TO now]"
    spoken = sentence(Here(query, clauses(query)), Speaker(datetime.now(UTC)))

    assert spoken.plain == "Articles published 11 November 2026 to now"


def test_each_part_can_be_taken_out_alone() -> None:
    parts = said("mine AND place:Sulina~150km -type:opinion").parts

    assert [part.href for part in parts] == [
        "/search?q=place%3ASulina~150km+-type%3Aopinion",
        "/search?q=mine+-type%3Aopinion",
        "/search?q=mine+AND+place%3ASulina~150km",
    ]
    assert [part.take_out for part in parts] == ["mine", "within 150 km of Sulina", "no opinion"]
    assert [part.without for part in parts] == [False, False, True]


def test_words_of_the_query_stand_apart_upright_where_their_script_has_no_italics() -> None:
    [part] = said("mine OR لغم OR 水雷").parts
    sought = [(word.text, word.upright) for word in part.said if word.sought]

    assert sought == [("mine", False), ("لغم", True), ("水雷", True)]


ATOMS = (
    "mine", "水雷", '"air show"', "missil*", "person:Kos", 'place:"Kryvyi Rih"~50km', "place:Sulina", "language:uk",
    "type:opinion", "published:[2026-11-01 TO now]", "published:2026-11-24", "source_country:PL", "*", "title:xy*",
)  # fmt: skip
QUERIES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.builds("-{}".format, inner.filter(lambda text: text[0] != "-")),
        st.builds("NOT ({})".format, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("({} {})".format, inner, inner),
    ),
    max_leaves=8,
)


@given(st.lists(QUERIES, max_size=5).map(" ".join))
def test_any_query_is_a_sentence_and_each_of_its_parts_leaves_a_query_of_the_others(query: str) -> None:
    nodes = [clause.node for clause in clauses(query) if not isinstance(clause.node, Everything)]
    parts = said(query).parts

    assert len(parts) == len(nodes)
    for part in parts:
        assert part.take_out.strip()
        rest = clauses(parse_qs(urlsplit(part.href).query).get("q", [""])[0])
        assert len([clause for clause in rest if not isinstance(clause.node, Everything)]) == len(nodes) - 1
