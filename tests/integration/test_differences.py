"""Differences between the versions of articles as they are really read and enriched: the newsroom's corrections."""

from fixtures.morning import changes

from watchfloor.events import AnnotatedArticle, ArticleEnriched
from watchfloor_enricher.completion import complete_article
from watchfloor_enricher.enrich import enrich
from watchfloor_gateway.differences.comparison import compare
from watchfloor_gateway.differences.model import Step


def hospitals() -> list[ArticleEnriched]:
    """The three versions of the article on the hospitals."""
    events = (change.event for change in changes())
    return [event for event in events if isinstance(event, ArticleEnriched) and "hospitals" in event.url]


def version(text: str, title: str) -> ArticleEnriched:
    """An English article through the enricher."""
    given = {
        "text": text,
        "title": title,
        "language": "en",
        "url": "https://tidewatch.example/1-mine",
        "origin": "live",
    }
    article = complete_article({**given, "fetched_at": "2026-11-24T14:23:07Z"}, subject="test")
    annotated = AnnotatedArticle.model_validate({**dict(article), **dict(enrich(article))})
    return ArticleEnriched.model_validate(dict(annotated))


def test_a_correction_with_a_note_is_not_silent_and_its_numbers_come_first() -> None:
    first, corrected, _ = hospitals()
    found = compare(first, corrected)
    assert [(change.kind, change.where.field) for change in found.changes] == [
        ("number", "title"), ("number", "paragraph"), ("number", "paragraph"), ("number", "paragraph"),
        ("time", "paragraph"), ("added", "paragraph"),
    ]  # fmt: skip
    assert found.steps[0] == Step("hospitals", "14", "11")
    assert not found.silent


def test_a_number_changed_without_note_or_date_is_silent() -> None:
    _, corrected, silently = hospitals()
    found = compare(corrected, silently)
    assert [(change.kind, change.old, change.new) for change in found.changes] == [("number", "2.4", "4.2")]
    assert found.steps == (Step(None, "USD 2.4 million", "USD 4.2 million"),)
    assert found.silent


def test_what_the_enricher_finds_is_enough_to_weigh_a_report_of_an_accident() -> None:
    old = version(
        "SULINA, Romania — A bulk carrier struck a mine early on Tuesday, injuring six sailors, the navy said.\n\n"
        "Two sailors were still missing. A third was found alive, a port source said.\n\n"
        "The ship is sinking. Sixty-two ships were queuing outside the channel.",
        "Carrier strikes mine; two sailors missing",
    )
    new = version(
        "SULINA, Romania — A bulk carrier struck a mine early on Tuesday, injuring at least seven sailors, the navy said.\n\n"
        "One sailor was still missing. A third was found alive, Rear Admiral Cezar Dobrovan said.\n\n"
        "The ship is not sinking. Sixty-two ships were waiting outside the channel.",
        "Carrier strikes mine; one sailor missing",
    )
    found = compare(old, new)
    assert [change.kind for change in found.changes] == [
        "number", "number", "number", "negation", "attribution", "wording",
    ]  # fmt: skip
    assert found.steps == (Step("injured", "6", "≥7"), Step("missing", "2", "1"))
