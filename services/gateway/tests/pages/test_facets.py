"""Facets: what narrows an answer down."""

from urllib.parse import parse_qs, urlsplit

from watchfloor.query import clauses, parse_query
from watchfloor.store.protocol import FacetName
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.search.facets import NAMES, Facet, facets


def counted(**known: tuple[tuple[str, int], ...]) -> dict[FacetName, tuple[tuple[str, int], ...]]:
    return {name: known.get(name, ()) for name in NAMES}


def facet(query: str, name: FacetName, *values: tuple[str, int], whole: FacetName | None = None) -> Facet:
    here = Here(query, clauses(query))
    [made] = facets(counted(**{name: values}), here, {"tidewatch": "The Tidewatch"}, whole)
    return made


def query_of(href: str | None) -> str:
    return parse_qs(urlsplit(href or "").query).get("q", [""])[0]


def test_plus_asks_for_a_value_and_minus_leaves_it_out() -> None:
    [value] = facet("drone", "person", ("Ilinca Văduva", 3)).values

    assert query_of(value.take) == 'drone person:"Ilinca Văduva"'
    assert query_of(value.leave) == 'drone -person:"Ilinca Văduva"'


def test_a_value_that_is_asked_for_is_marked_and_can_be_taken_out() -> None:
    [taken, other] = facet("drone language:UK", "language", ("uk", 3), ("en", 1)).values

    assert taken.taken
    assert query_of(taken.take) == "drone"
    assert taken.leave is None
    assert not other.taken


def test_a_source_that_is_asked_for_by_its_name_is_marked_unless_another_has_that_name() -> None:
    [taken] = facet('drone source:"the Tidewatch"', "source", ("tidewatch", 3)).values
    here = Here('source:"Tidewatch"', clauses('source:"Tidewatch"'))
    namesakes = {"tidewatch-1": "Tidewatch", "tidewatch-2": "Tidewatch"}
    [doubtful] = facets(counted(source=(("tidewatch-1", 3), ("tidewatch-2", 1))), here, namesakes, None)

    assert taken.taken
    assert query_of(taken.take) == "drone"
    assert not any(value.taken for value in doubtful.values)


def test_an_or_is_closed_before_a_clause_is_added() -> None:
    [value] = facet("drone OR mine", "type", ("news", 3)).values

    assert query_of(value.take) == "(drone OR mine) type:news"


def test_values_are_said_in_words() -> None:
    assert facet("", "country", ("UA", 1)).values[0].word == "Ukraine"
    assert facet("", "source", ("tidewatch", 1)).values[0].word == "The Tidewatch"
    assert facet("", "type", ("live_blog", 1)).values[0].word == "live blog"


def test_only_the_first_are_shown_until_all_are_asked_for() -> None:
    many = tuple((f"Person {number}", 20 - number) for number in range(20))
    short, whole = facet("", "person", *many), facet("", "person", *many, whole="person")

    assert (len(short.values), short.rest, short.more) == (6, 14, "/search?facet=person#facet-person")
    assert (len(whole.values), whole.rest) == (20, 0)


def test_a_value_that_the_language_cannot_say_leads_nowhere() -> None:
    [value] = facet("", "section", ("…", 3)).values

    assert (value.take, value.leave) == (None, None)


def test_any_value_is_quoted_so_that_it_means_itself() -> None:
    hostile = 'a" OR title:"b'
    [value] = facet("drone", "organisation", (hostile, 3)).values
    meant = parse_query(query_of(value.take))

    assert parse_query(f"drone organisation:«{hostile}»") == meant


def test_facets_without_values_are_left_out() -> None:
    assert facets(counted(), Here(""), {}, None) == ()
