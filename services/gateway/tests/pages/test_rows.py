"""The rows of a list of articles."""

from datetime import UTC, datetime, timedelta
from typing import Any

from watchfloor.events import ArticleLatest, Block, Entity, Image, Place, Span
from watchfloor.store.protocol import Hit, Kept
from watchfloor_gateway.pages.rows.view import Around, Row, row

AT = datetime(2026, 11, 24, 4, 12, tzinfo=UTC)
DAY = AT.date()
BY: dict[str, Any] = {"found_by": "rule/1", "confidence": None}


def article(text: str = "A harbour pilot saw the convoy off Sulina.", **known: object) -> ArticleLatest:
    nothing = dict.fromkeys(("source_id", "subtitle", "publisher", "section", "modified_at", "main_place"))
    empty = dict.fromkeys(
        "authors agencies tags images evidence entities places quotations times quantities".split(), ()
    )
    given = {
        "article_id": "a" * 32, "page_id": "b" * 32, "url": "https://tidewatch.example/1", "origin": "live",
        "canonical_url": "https://tidewatch.example/1", "fetched_at": AT, "content_hash": "c" * 64, "title": "Report",
        "site_name": "Tidewatch", "language": "en", "published_at": AT.isoformat(), "article_type": "news",
        "paywalled": False, "blocks": (Block(kind="paragraph", text=text, start=0, end=len(text)),), "text": text,
        "version": 1, "first_fetched_at": AT, "changed_at": AT,
    }  # fmt: skip
    return ArticleLatest.model_validate({**nothing, **empty, **given, **known})


def shown(found: ArticleLatest, *highlights: str, gone: datetime | None = None, **around: Any) -> Row:
    title = around.pop("title", found.title)
    kept = Kept(article=found, withdrawn_at=gone, withdrawn_reason="answered 410" if gone else None, trace_id=None)
    return row(Hit(kept, highlights, title), Around(**around), DAY)


def text_of(view: Row) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in view.snippet)


def entity(kind: str, name: str, mentions: int = 1) -> Entity:
    spans = tuple(Span(in_="text", start=0, end=1, words="A") for _ in range(mentions))
    return Entity.model_validate(
        {"id": name, "kind": kind, "subkind": None, "name": name, "title": None, "country": None, "links": (),
         "mentions": spans, **BY}
    )  # fmt: skip


def test_the_edge_tells_when_it_was_changed_and_beneath_when_it_came_first() -> None:
    changed = shown(article(modified_at="2026-11-24T14:21:00+02:00", version=4))

    assert (changed.edge.text, changed.edge.machine) == ("12:21", "2026-11-24T12:21:00Z")
    assert changed.beneath == ("first 04:12",)


def test_a_bare_date_is_a_day_without_a_clock_time() -> None:
    view = shown(article(published_at="2026-11-24"))

    assert (view.edge.text, view.edge.machine, view.edge.fetched) == ("day", "2026-11-24", False)


def test_without_a_printed_time_the_edge_tells_when_it_was_fetched() -> None:
    view = shown(article(published_at=None))

    assert (view.edge.text, view.edge.fetched) == ("04:12", True)


def test_a_change_that_the_page_keeps_still_about_is_told_by_when_it_was_seen() -> None:
    view = shown(article(version=2, changed_at=AT + timedelta(hours=5)))

    assert view.beneath == ("changed 09:12",)


def test_a_time_on_another_day_than_the_heading_names_its_day() -> None:
    assert shown(article(modified_at="2026-11-25T01:00:00Z")).beneath == ("25 Nov",)


def test_in_the_order_of_changes_the_edge_tells_of_the_change() -> None:
    view = shown(article(version=2, changed_at=AT + timedelta(hours=5)), by_change=True)

    assert (view.edge.text, view.beneath) == ("09:12", ("first 04:12",))


def test_a_withdrawn_article_is_said_to_be_gone_and_for_how_long_it_stood() -> None:
    view = shown(article(), gone=AT + timedelta(minutes=45))

    assert view.withdrawn == "04:57"
    assert view.beneath == ("gone 04:57",)
    assert view.lost == "Withdrawn by the source 45 minutes after it appeared. The last text is kept:"


def test_the_title_is_cut_at_its_found_words() -> None:
    view = shown(article(), title="A \x02mine\x03 off \x02Sulina\x03")

    assert [(piece.text, piece.hit) for piece in view.title] == [
        ("A ", False), ("mine", True), (" off ", False), ("Sulina", True)
    ]  # fmt: skip


def test_an_article_without_a_title_is_known_by_its_first_words() -> None:
    assert shown(article(title=None)).title[0].text == "A harbour pilot saw the convoy off Sulina."


def test_passages_that_repeat_the_title_are_left_out() -> None:
    view = shown(article(title="A mine off Sulina"), "A \x02mine\x03 off Sulina", "saw the \x02mine\x03 today")

    assert text_of(view) == "… saw the [mine] today …"


def test_a_passage_that_begins_and_ends_its_paragraph_stands_without_dots() -> None:
    view = shown(article("One mine."), "One \x02mine\x03.")

    assert text_of(view) == "One [mine]."


def test_the_first_found_word_is_never_far_from_the_beginning() -> None:
    view = shown(article(), f"{'so it went on and on ' * 5}until the \x02mine\x03 blew")

    assert text_of(view).index("[mine]") <= 55


def test_where_no_words_are_sought_the_row_begins_as_the_article_does() -> None:
    assert text_of(shown(article(subtitle="What is known so far"))) == "What is known so far"
    assert text_of(shown(article("Odesa. " + "The port was closed on Tuesday after three mines were found. " * 5))) == (
        "Odesa. The port was closed on Tuesday after three mines were found."
    )


def test_control_characters_of_an_article_never_pass_for_marks() -> None:
    view = shown(article("\x02Not a mark\x03 at all, only what a page printed between its words, and it goes on."))

    assert not any(piece.hit or "\x02" in piece.text for piece in view.snippet)


def test_names_that_are_sought_come_first_then_those_mentioned_most() -> None:
    people = tuple(entity("person", f"Person {number}", number) for number in range(1, 8))
    view = shown(article(entities=(*people, entity("organisation", "Coast Guard"))), sought=frozenset({"coast guard"}))

    assert [chip.name for chip in view.chips] == ["Coast Guard", "Person 7", "Person 6", "Person 5", "Person 4"]
    assert view.chips[0].href == "/search?q=organisation%3A%22Coast+Guard%22"


def test_a_name_is_a_chip_once() -> None:
    twice = (entity("organisation", "ODESA"), entity("person", "Odesa", 3))

    assert [(chip.kind, chip.name) for chip in shown(article(entities=twice)).chips] == [("person", "Odesa")]


def test_a_row_names_the_dots_of_its_places() -> None:
    place = Place.model_validate(
        {"entity_id": "e1", "name": "Sulina", "kind": "city", "country": "RO", "admin": (), "latitude": 45.1566,
         "longitude": 29.6533, "radius_km": None, "mentions": (Span(in_="text", start=0, end=1, words="A"),),
         "precision": "city", **BY}
    )  # fmt: skip

    assert shown(article(places=(place,))).spots == "45.157,29.653"


def test_an_article_opens_with_the_query_that_found_it() -> None:
    assert shown(article(), q="mine & co").href == f"/articles/{'a' * 32}?q=mine+%26+co"


def test_the_country_of_a_source_nobody_configured_is_that_of_its_address() -> None:
    assert shown(article(url="https://portul.ro/1")).country == "RO"
    assert shown(article(), q="").country is None


def test_captions_are_passages_too() -> None:
    image = Image(url=None, caption="The mine on the beach", credit=None, agency=None)

    assert text_of(shown(article(images=(image,)), "The \x02mine\x03 on the beach")) == "The [mine] on the beach"
