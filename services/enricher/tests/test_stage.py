"""The stage: articles are annotated in a worker process, the end of a page passes."""

from datetime import UTC, datetime

from watchfloor.events import ArticleEnriched, ArticleParsed, PageGone
from watchfloor.identity import article_id, page_id
from watchfloor.settings import Settings
from watchfloor_enricher.completion import complete_article
from watchfloor_enricher.stage import build, enrich_event

URL = "https://news.example/pier-is-closed"
FETCHED = datetime(2026, 5, 13, 6, tzinfo=UTC)


def parsed() -> ArticleParsed:
    record = {"text": "General Odo Venck left.", "language": "en", "url": URL}
    article = complete_article(record, subject=URL)
    ids = {"article_id": article_id(URL), "page_id": page_id(URL), "fetched_at": FETCHED, "origin": "pushed"}
    return ArticleParsed.model_validate({**dict(article), **ids})


def test_an_article_keeps_its_fields_and_gains_annotations() -> None:
    enriched = enrich_event(parsed())
    assert ArticleParsed.model_validate(enriched.model_dump(include=set(ArticleParsed.model_fields))) == parsed()
    assert [entity.name for entity in enriched.entities] == ["Odo Venck"]


async def test_articles_are_annotated_and_ends_of_pages_pass_unchanged() -> None:
    stage = build(Settings(pool_processes=1))
    gone = PageGone(
        page_id=page_id(URL), url=URL, status=410, fetched_at=FETCHED, reason="gone", source_id=None, origin="live"
    )
    try:
        passed = [event async for event in stage.handle(gone)]
        enriched = [event async for event in stage.handle(parsed())]
    finally:
        await stage.close()
    assert passed == [gone]
    assert isinstance(enriched[0], ArticleEnriched)
