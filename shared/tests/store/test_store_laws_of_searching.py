"""What every store promises of its searches: they find what `matches` finds, each once, in order, rightly counted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.events import ArticleEnriched, ArticleLatest
from watchfloor.query import And, Everything, FieldIs, Near, Node, Not, Or, Published, Words, matches, parse_query
from watchfloor.query.document import moment
from watchfloor.store import facets, spots
from watchfloor.store.highlights import CLOSES, OPENS, Finds, finds
from watchfloor.store.protocol import FacetName, Search, Sort, Spot, Store
from watchfloor.store.spots import MOST_SPOTS

from .conftest import GAZETTEER, MakeStore
from .invented import article, changes, entity, gone, place, quotation

VOCABULARY = (
    "convoy",
    "convoys",
    "harbour",
    "F-16",
    "Ракети",
    "ракета",
    "边防部队",
    "الحكومة",
    "حكومة",
    "armées",
    "2026",
)


def fill(store: Store, *articles: ArticleEnriched) -> None:
    store.apply(changes(*articles))


def found(store: Store, query: str, sort: Sort = "newest") -> list[str | None]:
    """The titles of the articles that a query finds, in order."""
    return [hit.kept.article.title for hit in store.search(Search(parse_query(query), sort)).hits]


LANGUAGES = {
    "en": ("Two convoys left the harbour before dawn.", ["convoy", '"convoys left"', "harb*", "HARBOUR"]),
    "ru": (
        "Миротворцы вошли в посёлок, ракеты упали у Киева.",
        ["миротворец", "ракетами", "Киев", "посёлок", "поселок"],
    ),
    "uk": (
        "Ракети влучили в будинок у Харкові, є питання безпеки.",
        ["ракета", "Харків", "безпека", "будинки", "безпеці"],
    ),
    "ar": ("قالت الحكومة إن القوات وصلت", ["حكومة", "قوات", "الحكومه", '"الحكومة إن"']),
    "zh": ("边防部队昨天抵达港口", ["部队", "边防", "港", '"昨天抵达"']),
    "ja": ("海上保安庁の巡視船が出港した", ["巡視船", "保安", "出港"]),
    "fr": ("Les armées ont sécurisé l’aéroport.", ["armée", "armees", "aéroport", "AEROPORT"]),
    "de": ("Die Häfen blieben geschlossen.", ["Häfen", "hafen", "geschlossen"]),
}


@pytest.mark.parametrize(
    ("language", "query"), [(code, query) for code, (_, queries) in LANGUAGES.items() for query in queries]
)
def test_a_word_is_found_whatever_its_language_and_inflection(store: Store, language: str, query: str) -> None:
    fill(
        store,
        *(
            article(text, page=f"{code}-a-b", language=code, title=code) for code, (text, _) in LANGUAGES.items()
        ),
    )  # fmt: skip
    assert language in found(store, query)
    for hit in store.search(Search(parse_query(query))).hits:
        assert any(OPENS in passage and CLOSES in passage for passage in hit.highlights)


def test_a_page_that_declares_the_wrong_language_is_found_all_the_same(store: Store) -> None:
    fill(
        store,
        article("Ракеты упали у Киева", language="en", title="wrong"),
        article("Ракети", page="n-o-n-e", language=None, title="none"),
    )
    assert sorted(map(str, found(store, "ракета"))) == ["none", "wrong"]


def test_a_phrase_is_found_as_it_stands(store: Store) -> None:
    fill(store, article("The patrol boats left.", title="T", subtitle="boats"))
    assert found(store, '"patrol boats"') == ["T"]
    assert found(store, '"patrol boat"') == []
    assert found(store, '"boats patrol"') == []
    assert found(store, '"boats The"') == []


def test_a_beginning_finds_the_words_that_begin_so(store: Store) -> None:
    fill(store, article("Missiles fell near the depot.", title="T"))
    assert found(store, "missil*") == ["T"]
    assert found(store, '"near the dep*"') == ["T"]
    assert found(store, "issil*") == []


def test_captions_and_subtitles_are_found_too(store: Store) -> None:
    image = {"url": None, "caption": "A hangar burns", "credit": "K. Orlova", "agency": None}
    fill(
        store,
        ArticleEnriched.model_validate({**dict(article("Text.", title="T", subtitle="Depot hit")), "images": (image,)}),
    )
    assert found(store, "hangar depot") == ["T"]


FIELDS = [
    "title:bridge", 'title:"bridge reopens"', "author:Orlova", 'author:"kira orlova"', "source:news.example",
    "source:herald", "source:desk", "section:world", "language:en", "type:opinion", "person:Tarvin",
    "organisation:ministry", "place:Portmoor", "country:FI", "speaker:Tarvin", "-source_country:GB",
    "place:Portmoor~10km", 'place:"Порт-Моор"', "place:Порт-Моор~1km", "published:2026-02-28",
    "published:[2026-02-28 TO 2026-02-28]", "published:[2026-02-01 TO *]", "published:[* TO now]",
]  # fmt: skip
NOT_FOUND = [
    "title:text", "author:Tarvin", "source:example.org", "language:de", "type:news", "person:Orlova", "country:SE",
    "place:Portmoor~10km -bridge", "published:2026-03-01", "published:[* TO 2026-02-27]", "place:Eastbay~500km",
]  # fmt: skip


@pytest.fixture
def one_article(store: Store) -> Store:
    """A store of one article that has something in every field, and one that has nothing."""
    fill(
        store,
        article(
            "text",
            title="The bridge reopens",
            authors=("Kira Orlova",),
            source_id="desk-7",
            site_name="The Herald",
            section="World",
            article_type="opinion",
            published_at="2026-02-28",
            entities=(entity("Ola Tarvin"), entity("Ministry of Ports", "organisation", 2)),
            places=(place("Portmoor", 54.0, 10.0, "FI"),),
            quotations=(quotation("Ola Tarvin"),),
        ),
        article("other", page="other-x-y", title="Other", language=None, url="https://news.example.co.uk/other"),
    )
    return store


@pytest.mark.parametrize("query", FIELDS)
def test_a_field_is_searched(one_article: Store, query: str) -> None:
    assert "The bridge reopens" in found(one_article, query)


@pytest.mark.parametrize("query", NOT_FOUND)
def test_a_field_finds_only_what_it_holds(one_article: Store, query: str) -> None:
    assert "The bridge reopens" not in found(one_article, query)


def test_a_circle_reaches_over_the_180th_meridian(store: Store) -> None:
    fill(
        store,
        article(title="west", places=(place("Reef", -17.0, -179.9),)),
        article(page="f-a-r", title="far", places=(place("Cape", -17.0, 170.0),)),
    )
    assert found(store, "place:Eastbay~50km") == ["west"]


def test_a_place_that_no_gazetteer_knows_is_sought_by_name(store: Store) -> None:
    fill(store, article(title="T", places=(place("Hidden Cove", None, None),)))
    assert found(store, 'place:"Hidden Cove"~50km') == ["T"]


def test_what_a_newer_version_no_longer_says_is_no_longer_found(store: Store) -> None:
    fill(store, article("A convoy left.", at=0, title="T", places=(place("Portmoor", 54.0, 10.0, "FI"),)))
    fill(store, article("A train left.", at=1, title="T"))
    assert found(store, "convoy") == found(store, "country:FI") == found(store, "place:Portmoor~5km") == []
    assert found(store, "train") == ["T"]


def test_relevance_puts_the_title_first_and_then_the_newest(store: Store) -> None:
    fill(
        store,
        article("A convoy, once.", page="p-1", title="Old passing", published_at="2026-01-01"),
        article("A convoy, once.", page="p-2", title="New passing", published_at="2026-01-02"),
        article("Nothing else.", page="p-3", title="Convoy arrives", published_at="2025-01-01"),
    )
    assert found(store, "convoy", "relevance") == ["Convoy arrives", "New passing", "Old passing"]


def test_highlights_are_the_words_as_printed(store: Store) -> None:
    fill(store, article("Ракети влучили в будинок.\n\nІнше.", language="uk", title="Про\u0002 ракету"))
    (hit,) = store.search(Search(parse_query("ракета -мир"))).hits
    assert hit.highlights == (f"Про {OPENS}ракету{CLOSES}", f"{OPENS}Ракети{CLOSES} влучили в будинок.")


SORTS: tuple[Sort, ...] = ("newest", "oldest", "relevance", "changed")


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_results_show_each_article_once_in_order_also_while_new_ones_arrive(store: Store, sort: Sort) -> None:
    dates = ["2026-02-01", "2026-02-02", None, "2026-02-02", "2026-02-03"]
    fill(
        store,
        *(
            article(f"A convoy {'convoy ' * (n % 3)}", page=f"p-{n}", at=n, published_at=dates[n % 5])
            for n in range(17)
        ),
    )
    whole = [hit.kept.article.article_id for hit in store.search(Search(parse_query("convoy"), sort)).hits]
    seen: list[str] = []
    after = None
    for arrival in range(100):
        answer = store.search(Search(parse_query("convoy"), sort, limit=3, after=after))
        seen += [hit.kept.article.article_id for hit in answer.hits]
        fill(store, article("A convoy " * 5, page=f"late-{arrival}", at=-90, published_at="2026-02-02"))
        after = answer.next
        if after is None:
            break
    assert [each for each in seen if each in whole] == whole
    assert len(seen) == len(set(seen))


def test_newest_and_oldest_go_by_publication_and_else_by_the_first_fetch(store: Store) -> None:
    fill(
        store,
        article(page="p-1", title="published", published_at="2026-03-01T12:05:00Z"),
        article(page="p-2", title="fetched early", at=1),
        article(page="p-2", title="fetched early", at=60),
        article(page="p-3", title="fetched late", at=30),
    )
    assert found(store, "", "newest") == ["fetched late", "published", "fetched early"]
    assert found(store, "", "oldest") == ["fetched early", "published", "fetched late"]


def test_changed_goes_by_when_the_latest_version_was_first_seen_or_the_article_withdrawn(store: Store) -> None:
    fill(
        store,
        article("old", page="p-1", title="corrected", at=0, published_at="2026-01-01"),
        article("new", page="p-1", title="corrected", at=20),
        article("new", page="p-1", title="corrected", at=90),
        article(page="p-2", title="withdrawn", at=1),
        article(page="p-3", title="new", at=30),
        article(page="p-4", title="seen again", at=10),
        article(page="p-4", title="seen again", at=95),
        article(page="p-5", title="came back", at=2),
    )
    store.apply(changes(gone("p-2", at=40), gone("p-5", at=50)))
    fill(store, article(page="p-5", title="came back", at=60))
    assert found(store, "", "changed") == ["withdrawn", "new", "corrected", "seen again", "came back"]


def test_facets_and_histogram_count_all_that_match_not_the_page_alone(store: Store) -> None:
    portmoor, eastbay = place("Portmoor", 54.0, 10.0, "FI"), place("Eastbay", -17.0, 179.9, "FJ")
    for number in range(8):
        where = (portmoor, portmoor, eastbay)[: number % 4]
        language, day = "en" if number % 3 else "de", f"2026-02-0{1 + number % 2}"
        fill(store, article("A convoy.", page=f"p-{number}", language=language, places=where, published_at=day))
    fill(store, article("Else.", page="other", language="fr"))
    names: tuple[FacetName, ...] = ("language", "country", "source", "section")
    answer = store.search(Search(parse_query("convoy"), limit=2, facets=names, histogram=True))
    assert answer.total == 8
    assert answer.facets == {
        "language": (("en", 5), ("de", 3)),
        "country": (("FI", 6), ("FJ", 2)),
        "source": (("news.example", 8),),
        "section": (),
    }
    assert answer.histogram == ((date(2026, 2, 1), 4), (date(2026, 2, 2), 4))
    for value, count in answer.facets["country"]:
        assert store.search(Search(And((parse_query("convoy"), FieldIs("country", Words(value)))))).total == count


@pytest.mark.parametrize("sort", SORTS)
def test_who_does_not_ask_for_the_total_gets_the_same_pages(store: Store, sort: Sort) -> None:
    fill(
        store,
        *(article("A convoy." * (1 + n % 3), page=f"p-{n}", published_at=f"2026-02-0{1 + n % 4}") for n in range(9)),
    )
    for query in ("convoy", "", "con*"):
        wanted = Search(parse_query(query), sort, limit=4)
        for size in (4, 4, 1):
            counted, plain = store.search(wanted), store.search(replace(wanted, total=False))
            assert (plain.hits, plain.next, counted.total, plain.total) == (counted.hits, counted.next, 9, size)
            wanted = replace(wanted, after=plain.next)
        assert plain.next is None


@pytest.mark.parametrize("sort", SORTS)
def test_who_wants_no_marks_gets_the_same_articles_without(store: Store, sort: Sort) -> None:
    fill(store, *(article("A convoy.", page=f"p-{n}", title=f"Convoy {n}") for n in range(3)))
    wanted = Search(parse_query("convoy"), sort)
    marked, plain = store.search(wanted), store.search(replace(wanted, highlights=False))
    assert [hit.kept.article for hit in plain.hits] == [hit.kept.article for hit in marked.hits]
    assert [(hit.highlights, hit.title) for hit in plain.hits] == [((), hit.kept.article.title) for hit in plain.hits]
    assert all(hit.highlights and OPENS in (hit.title or "") for hit in marked.hits)


def test_the_title_is_shown_whole_with_what_was_found_in_it(store: Store) -> None:
    fill(
        store,
        article("A convoy.", page="p-1", title="Two convoys\u0003 left, one convoy stayed"),
        article("A convoy.", page="p-2", title="A ferry", published_at="2026-01-01"),
        article("A convoy.", page="p-3", title=None, published_at="2025-01-01"),
    )
    titles = [hit.title for hit in store.search(Search(parse_query("convoy"))).hits]
    assert titles == [f"Two {OPENS}convoys{CLOSES} left, one {OPENS}convoy{CLOSES} stayed", "A ferry", None]
    assert store.search(Search(Everything())).hits[0].title == "Two convoys left, one convoy stayed"


def test_spots_are_the_points_of_all_that_matches_counted_by_articles(store: Store) -> None:
    portmoor, in_ukrainian = place("Portmoor", 54.0, 10.0, "FI"), place("Портмур", 54.0, 10.0, "FI")
    eastbay = place("Eastbay", -17.0, 179.9)
    fill(
        store,
        article("A convoy.", page="p-1", places=(portmoor, in_ukrainian, portmoor)),
        article("A convoy.", page="p-2", places=(in_ukrainian, eastbay)),
        article("A convoy.", page="p-3", places=(portmoor,)),
        article("Else.", page="p-4", places=(eastbay,)),
    )
    answer = store.search(Search(parse_query("convoy"), limit=1, spots=True))
    assert answer.spots == (
        Spot("Portmoor", "FI", 54.0, 10.0, "city", 3),
        Spot("Eastbay", None, -17.0, 179.9, "city", 1),
    )
    assert store.search(Search(parse_query("convoy"))).spots == ()
    assert store.search(Search(parse_query("nowhere"), spots=True)).spots == ()


def test_no_spot_is_somewhere_in_a_country(store: Store) -> None:
    known = place("Portmoor", 54.0, 10.0, "FI")
    vague = [known.model_copy(update={"precision": precision}) for precision in ("country", "region", "area")]
    exact = [
        known.model_copy(update={"precision": precision, "latitude": 55.0 + index})
        for index, precision in enumerate(("site", "city", "district"))
    ]
    fill(store, article(places=(*vague, *exact, place("Hidden Cove", None, None))))
    assert [spot.precision for spot in store.search(Search(spots=True)).spots] == ["site", "city", "district"]


def test_of_many_spots_the_hundred_most_frequent_are_shown(store: Store) -> None:
    for number in range(3):
        places = tuple(place(f"Place {n:03}", n / 4, n / 2) for n in range(number, 110))
        fill(store, article(page=f"p-{number}", places=places))
    shown = store.search(Search(spots=True)).spots
    assert len(shown) == MOST_SPOTS
    assert [(spot.name, spot.count) for spot in shown[:2]] == [("Place 002", 3), ("Place 003", 3)]


def test_finds_say_where_found_words_stand(store: Store) -> None:
    image = {"url": None, "caption": "A convoy burns", "credit": None, "agency": None}
    event = article("Two convoys.\n\nNo ferry, a CONVOY.", title="Convoy", subtitle="The ferry")
    fill(store, ArticleEnriched.model_validate({**dict(event), "images": (image,)}))
    (hit,) = store.search(Search()).hits
    found = finds(parse_query('convoy "convoys no" -ferry'), hit.kept.article)
    assert (found.title, found.subtitle, found.text) == (((0, 6),), (), ((4, 16), (26, 32)))
    assert found.captions == (((2, 8),),)
    assert finds(parse_query("title:convoy"), hit.kept.article).text == ()
    assert finds(Everything(), hit.kept.article) == Finds((), (), (), ((),))


texts = st.lists(st.sampled_from(VOCABULARY), max_size=4).map(" ".join)
words = st.builds(
    Words,
    st.one_of(st.sampled_from(VOCABULARY), st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=2).map(" ".join)),
    phrase=st.booleans(),
    prefix=st.booleans(),
)
moments = st.one_of(st.none(), st.sampled_from([datetime(2026, 2, day, tzinfo=UTC) for day in (1, 2, 3)]))
leaves: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    words,
    st.builds(FieldIs, st.sampled_from(["title", "author", "section", "person", "place"]), words),
    st.builds(FieldIs, st.just("language"), st.sampled_from(["en", "ru"]).map(Words)),
    st.builds(Near, st.sampled_from([*GAZETTEER, "Nowhere"]), st.sampled_from([0.0, 1.0, 5000.0])),
    st.builds(Published, moments, moments),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)
articles = st.builds(
    lambda number, text, title, language, published, where: article(
        text or "-",
        page=f"p-{number}",
        title=title,
        language=language,
        published_at=published,
        authors=(title,),
        section=text,
        entities=(entity(title or "x"),),
        places=tuple(place(name, *GAZETTEER[name]) for name in where),
    ),
    st.integers(0, 3),
    texts,
    texts,
    st.sampled_from(["en", "ru", "uk", "zh", "ar", "fr", None]),
    st.sampled_from([None, "2026-02-01", "2026-02-02", "2026-02-02T23:59:59+02:00"]),
    st.lists(st.sampled_from(list(GAZETTEER)), max_size=2),
)


FACETS: tuple[FacetName, ...] = get_args(FacetName)


def counted(matching: list[ArticleLatest]) -> tuple[object, ...]:
    """Facets, histogram and spots of these articles, counted one by one."""
    days = Counter(moment(each).astimezone(UTC).date() for each in matching)
    points = Counter(here for each in matching for here in spots.named(each))
    by = {name: Counter(value for each in matching for value in facets.values(each)[name]) for name in FACETS}
    counts = {name: facets.ordered(of_facet.items()) for name, of_facet in by.items()}
    return counts, tuple(sorted(days.items())), spots.ordered(points.items())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(articles, max_size=4), asked=st.lists(queries, min_size=1, max_size=8))
def test_a_search_finds_what_matches_in_memory_and_nothing_else(
    make_store: MakeStore, kept: list[ArticleEnriched], asked: list[Node]
) -> None:
    store = make_store()
    fill(store, *kept)
    every: list[ArticleLatest] = [hit.kept.article for hit in store.search(Search()).hits]
    assert len(every) == len({each.article_id for each in kept})
    for node in asked:
        counts: list[object] = []
        wanted = {each.article_id for each in every if matches(node, each, locate=GAZETTEER.get)}
        for sort in SORTS:
            answer = store.search(Search(node, sort, facets=FACETS, histogram=True, spots=True))
            counts.append((answer.facets, answer.histogram, answer.spots))
            assert {hit.kept.article.article_id for hit in answer.hits} == wanted
            assert answer.total == len(wanted)
        assert counts[1:] == counts[:-1]
        assert counts[0] == counted([each for each in every if each.article_id in wanted])
