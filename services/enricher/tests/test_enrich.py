"""What holds of every text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchfloor.events import Annotations, Article, Span
from watchfloor_enricher.completion import complete_article
from watchfloor_enricher.enrich import enrich

PIECES = [
    "General Odo Venck", "Thole", "said", "“", "”", '"', "'", "’", "‘", "«", "»", ",", ".", "!", "—", ":", "\n\n",
    "(", ")", "he", "she", "told", "the Kremlin", "Kenya’s", "army", "who", "and", "of", "as", "calling", "NATO",
    "(MSA)", "Ms", "13", "Friday", "1 May", "О", "王", "𝔘", "é", "al-", "according to", "President", "of Kenya",
    "Kenyan", "Presidents", "that", "a", "the", "500km", "\u0301", "\x00", "\u2028",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)
TEXTS = st.one_of(NEWS, st.text(st.characters(exclude_categories=["Cs"]), max_size=200))


def article_of(text: str, caption: str, language: str | None) -> Article:
    record = {
        "text": text,
        "images": [{"caption": caption}],
        "language": language,
        "published_at": "2026-05-13T06:00:00Z",
    }
    return complete_article(record, subject="the text")


def spans_of(found: Annotations) -> list[Span]:
    items = [*found.quotations, *found.times, *found.quantities]
    mentions = [mention for entity in found.entities for mention in entity.mentions]
    places = [mention for place in found.places for mention in place.mentions]
    return [
        *mentions,
        *places,
        *(Span(in_=item.in_, start=item.start, end=item.end, words=item.words) for item in items),
    ]


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["en", "de", "uk", "zh", None]))
@example("“", "”", "en")
@example("General \n\n Odo Venck said “x", "", "en")
def test_spans_hold_on_every_text_and_the_same_text_gives_the_same(
    text: str, caption: str, language: str | None
) -> None:
    article = article_of(text, caption, language)
    found = enrich(article)
    for span in spans_of(found):
        source = article.text if span.in_ == "text" else article.images[span.in_].caption or ""
        assert source[span.start : span.end] == span.words
    known = {entity.id for entity in found.entities}
    assert len(known) == len(found.entities)
    assert {each.speaker_id for each in found.quotations} - {None} <= known
    assert enrich(article) == found
