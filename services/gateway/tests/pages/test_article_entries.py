"""What stands beside an article's text: each thing once, with links to where it is said."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from watchfloor.events import ArticleEnriched, ArticleLatest
from watchfloor.store.protocol import Kept
from watchfloor_gateway.pages.article import timex
from watchfloor_gateway.pages.article.numbers import numbers
from watchfloor_gateway.pages.article.passages import passages
from watchfloor_gateway.pages.article.said import quote_pins, said
from watchfloor_gateway.pages.article.view import view
from watchfloor_gateway.pages.article.when import when
from watchfloor_gateway.pages.article.where import where
from watchfloor_gateway.pages.article.who import organisations, persons, things

Keep = Callable[..., ArticleEnriched]
PARAGRAPHS = (
    "Minister Anna Bergmann said “seven were hurt” in Odesa on Tuesday.",
    "Bergmann, of the Ministry of Ports, said seven sailors and one crane were hit; “nobody slept,” she said.",
    "On Tuesday Romania sent at least seven sailors home.",
)
TEXT = "\n\n".join(PARAGRAPHS)
DAY = date(2026, 3, 2)


def span(words: str, nth: int = 0, where: object = "text") -> dict[str, object]:
    """Where words stand for the nth time in the text; in a caption, at its beginning."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1) if where == "text" else 0
    return {"in": where, "start": start, "end": start + len(words), "words": words}


def find(**fields: object) -> dict[str, object]:
    return {"found_by": "rule/1", "confidence": None, **fields}


def entity(entity_id: str, kind: str, name: str, *mentions: dict[str, object], **fields: object) -> dict[str, object]:
    known = {"subkind": None, "title": None, "country": None, "links": (), **fields}
    return find(id=entity_id, kind=kind, name=name, mentions=mentions) | known


def place(
    entity_id: str, name: str, precision: str, *mentions: dict[str, object], **fields: object
) -> dict[str, object]:
    known = {"kind": precision, "country": None, "admin": (), "latitude": 46.48, "longitude": 30.73, "radius_km": 9.0}
    return find(entity_id=entity_id, name=name, precision=precision, mentions=mentions) | known | fields


def quotation(
    words: str, speaker: str | None, speaker_id: str | None = None, kind: str = "direct"
) -> dict[str, object]:
    fields = {"speaker": speaker, "speaker_id": speaker_id, "addressee": None, "verb": "said", "kind": kind}
    return find(**span(words)) | fields


def quantity(value: float, at: dict[str, object], **fields: object) -> dict[str, object]:
    return find(**at) | {"value": value, "bound": "exactly", "unit": None, "of": None, "whom": None} | fields


def time(value: str, at: dict[str, object], **fields: object) -> dict[str, object]:
    return find(**at) | {"value": value, "granularity": "day", "ahead": None} | fields


@pytest.fixture
def article(keep: Keep) -> Callable[..., ArticleEnriched]:
    """An article of three paragraphs with these finds."""

    def article(**fields: object) -> ArticleEnriched:
        starts = [TEXT.index(paragraph) for paragraph in PARAGRAPHS]
        blocks = [
            {"kind": "paragraph", "text": paragraph, "start": start, "end": start + len(paragraph)}
            for paragraph, start in zip(PARAGRAPHS, starts, strict=True)
        ]
        return keep(text=TEXT, **{"blocks": blocks, **fields})

    return article


Given = Callable[..., ArticleEnriched]


def labels(entry: object) -> list[tuple[str, str]]:
    return [(each.target, each.label) for each in entry.evidence.references]  # type: ignore[attr-defined]


def test_a_person_is_listed_once_with_every_paragraph_that_names_them(article: Given) -> None:
    given = article(entities=[entity("x", "person", "Anna Bergmann", span("Anna Bergmann"), span("Bergmann", 1))])
    (person,) = persons(given, passages(given))

    assert (person.id, person.name, person.country) == ("who-1", "Anna Bergmann", None)
    assert labels(person) == [("p1", "¶1"), ("p2", "¶2")]


def test_a_person_leads_to_where_they_are_named_and_one_who_speaks_to_what_they_said(article: Given) -> None:
    entities = [entity("x", "person", "Anna Bergmann", span("Anna Bergmann"))]
    silent = article(entities=entities)
    quoted = article(entities=entities, quotations=[quotation("seven were hurt", "Anna Bergmann", "x")])

    assert persons(silent, passages(silent))[0].address == "/search?q=person%3A%22Anna+Bergmann%22"
    assert persons(quoted, passages(quoted))[0].address == "/search?q=speaker%3A%22Anna+Bergmann%22"


def test_ids_come_from_numbers_not_from_names(article: Given) -> None:
    hostile = '"><script>alert(1)</script>'
    given = article(
        entities=[
            entity(hostile, "person", hostile, span("Anna")),
            entity("o", "organisation", hostile, span("Ministry of Ports")),
            entity("t", "equipment", hostile, span("crane")),
        ]
    )
    known = passages(given)

    assert [each.id for each in persons(given, known)] == ["who-1"]
    assert [each.id for each in organisations(given, known)] == ["org-1"]
    assert [each.id for each in things(given, known)] == ["thing-1"]


def test_things_are_listed_but_not_marked(article: Given) -> None:
    given = article(entities=[entity("t", "equipment", "crane", span("crane"))])
    shown = view(_kept(given))

    assert [thing.name for thing in shown.entries.things] == ["crane"]
    assert not shown.marked


def test_sayings_stand_under_their_speaker_in_the_order_of_first_saying(article: Given) -> None:
    given = article(
        entities=[entity("x", "person", "Anna Bergmann", span("Anna Bergmann"))],
        quotations=[
            quotation("nobody slept,", None, "x"),
            quotation("seven sailors and one crane were hit", None, kind="indirect"),
            quotation("seven were hurt", "Anna Bergmann", "x"),
        ],
    )
    first, unnamed = said(given, passages(given), {"x": "who-1"})

    assert (first.name, first.address) == ("Anna Bergmann", "#who-1")
    assert [saying.words for saying in first.sayings] == ["“seven were hurt”", "“nobody slept,”"]
    assert (unnamed.name, unnamed.address) == (None, None)
    assert unnamed.sayings[0].words == "seven sailors and one crane were hit"


def test_a_quotation_leads_to_its_mark_and_the_mark_takes_in_the_quotation_marks(article: Given) -> None:
    given = article(quotations=[quotation("seven were hurt", "Anna Bergmann")])
    speakers = said(given, passages(given), {})
    (pin,) = quote_pins(speakers)

    assert labels(speakers[0].sayings[0]) == [("said-1-text", "¶1")]
    assert (pin.mark.entry, pin.mark.own) == ("said-1", "said-1-text")
    assert TEXT[pin.mark.start : pin.mark.end] == "“seven were hurt”"
    assert speakers[0].address == "/search?q=speaker%3A%22Anna+Bergmann%22"


def test_a_place_that_is_entity_and_place_is_one_entry_and_one_mark(article: Given) -> None:
    given = article(
        entities=[entity("o", "place", "Odesa", span("Odesa"), country="UA")],
        places=[place("o", "Odesa", "city", span("Odesa"), country="UA")],
    )
    (found,) = where(given, passages(given))

    assert (found.id, found.coordinates, found.country) == ("where-1", "46.48, 30.73", "UA")
    assert len(found.spans) == 1


def test_a_country_has_no_point_and_stands_last(article: Given) -> None:
    given = article(
        places=[
            place("r", "Romania", "country", span("Romania")),
            place("b", "the bay", "region", span("Ports"), radius_km=80.4),
            place("o", "Odesa", "city", span("Odesa"), longitude=-0.126),
        ],
        main_place="o",
    )
    found = where(given, passages(given))

    assert [each.name for each in found] == ["Odesa", "the bay", "Romania"]
    assert [each.coordinates for each in found] == ["46.48, −0.13", "46.48, 30.73", None]
    assert [each.reach for each in found] == [None, "±80 km", None]
    assert [each.wide for each in found] == [False, False, True]


def test_equal_times_are_one_with_all_their_words(article: Given) -> None:
    given = article(times=[time("2026-03-03", span("on Tuesday"), ahead=True), time("2026-03-03", span("On Tuesday"))])
    (told,) = when(given, passages(given), DAY)

    assert (told.said, told.words, told.ahead) == ("3 Mar", ("on Tuesday", "On Tuesday"), True)
    assert labels(told) == [("p1", "¶1"), ("p3", "¶3")]


def test_points_in_time_come_in_their_order_then_what_is_coarser_then_durations(article: Given) -> None:
    given = article(
        times=[
            time("P2D", span("Anna"), granularity=None),
            time("2026-01", span("seven"), granularity="month"),
            time("2026-03-03", span("Odesa")),
            time("2026-03-02T18:00", span("Tuesday"), granularity="minute"),
        ]
    )
    told = when(given, passages(given), DAY)

    assert [each.said for each in told] == ["2 Mar, 18:00", "3 Mar", "Jan 2026", "2 days"]


@pytest.mark.parametrize(
    "value", ["2026-13-01", "2026-W99", "2026-00", "9999-99-99T99:99", "P", "", "nonsense", "0000"]
)
def test_a_time_that_cannot_be_put_in_words_is_shown_as_it_is(value: str) -> None:
    assert timex.said(value, DAY) == value


def test_equal_numbers_of_the_same_are_one(article: Given) -> None:
    given = article(
        quantities=[
            quantity(7, span("seven sailors"), of="sailors"),
            quantity(7, span("seven sailors", 1), of="Sailors"),
            quantity(7, span("at least seven"), of="sailors", bound="at_least"),
            quantity(7, span("seven were"), of=None),
        ]
    )
    found = numbers(given, passages(given))

    assert [(each.shown, each.of, len(each.spans)) for each in found] == [
        ("7", None, 1),
        ("7", "sailors", 2),
        ("≥\N{NO-BREAK SPACE}7", "sailors", 1),
    ]


@pytest.mark.parametrize(
    ("value", "bound", "unit", "shown"),
    [
        (27400, "exactly", "t", "27,400 t"),
        (0.005, "about", None, "~ 0.005"),
        (40, "less_than", "%", "< 40%"),
        (2.0, "more_than", "USD", "> 2 USD"),
        (10**30, "at_most", None, "≤ " + f"{10**30:,}"),
    ],
)
def test_a_number_keeps_its_bound_its_unit_and_every_digit(
    article: Given, value: float, bound: str, unit: str | None, shown: str
) -> None:
    given = article(quantities=[quantity(value, span("seven"), bound=bound, unit=unit)])

    assert numbers(given, passages(given))[0].shown.replace("\N{NO-BREAK SPACE}", " ") == shown


@pytest.mark.parametrize(
    ("confidence", "bar", "low"), [(None, False, False), (0.85, False, False), (0.84, True, False), (0.79, True, True)]
)
def test_only_what_is_doubtful_has_a_bar(article: Given, confidence: float | None, bar: bool, low: bool) -> None:
    given = article(quantities=[{**quantity(7, span("seven")), "confidence": confidence}])
    (found,) = numbers(given, passages(given))

    assert (found.evidence.bar, found.evidence.low) == (bar, low)


def test_a_find_in_a_caption_leads_to_its_figure(article: Given) -> None:
    image = {"url": None, "caption": "Anna Bergmann", "credit": None, "agency": None}
    given = article(images=[image], entities=[entity("x", "person", "Anna Bergmann", span("Anna Bergmann", where=0))])
    (person,) = persons(given, passages(given))

    assert labels(person) == [("figure-1", "caption")]


def test_a_find_in_an_image_that_is_not_there_does_no_harm(article: Given) -> None:
    lost = {**quotation("seven were hurt", None), "in": 4}
    given = article(quotations=[lost])

    assert said(given, passages(given), {})[0].sayings[0].words == "seven were hurt"


def _kept(event: ArticleEnriched) -> Kept:

    at = datetime(2026, 3, 2, tzinfo=UTC)
    latest = ArticleLatest.model_validate({**dict(event), "version": 1, "first_fetched_at": at, "changed_at": at})
    return Kept(article=latest, withdrawn_at=None, withdrawn_reason=None, trace_id=None)
