"""The audit of the long run sees what it is there to see."""

from fixtures.asking import Json
from fixtures.faults.audit import Findings, in_store, once_each, through_stage
from fixtures.faults.ledger import PUSHED, Article, Ledger

from watchfloor.kafka.records import Received, following_id
from watchfloor.topics import ARTICLES_PARSED


def kept(article: Article, **changed: object) -> Json:
    whole = {"article_id": article.id, "url": article.url, "version": 1, "text": article.mark, "withdrawn_at": None}
    return {**whole, **changed}


def record(ce_id: str, value: bytes = b"{}", offset: int = 0) -> Received:
    return Received(ARTICLES_PARSED.name, 0, offset, b"key", value, (("ce_id", ce_id.encode()),))


def of_store(*articles: Json, sent: Article) -> Findings:
    found = Findings()
    in_store(found, Ledger([sent]), list(articles))
    return found


def test_what_is_as_it_was_sent_is_well() -> None:
    article = Article(1, PUSHED)
    assert of_store(kept(article), sent=article).lines == []


def test_a_missing_article_an_old_version_and_a_forgotten_withdrawal_are_lost() -> None:
    assert len(of_store(sent=Article(1, PUSHED)).lost) == 1
    updated = Article(1, PUSHED, versions=2)
    assert len(of_store(kept(updated), sent=updated).lost) == 1
    assert len(of_store(kept(updated, version=2, text="1000 boats"), sent=updated).lost) == 1
    withdrawn = Article(1, PUSHED, withdrawn=True)
    assert len(of_store(kept(withdrawn), sent=withdrawn).lost) == 1


def test_an_article_that_nobody_sent_and_a_version_too_many_are_doubled() -> None:
    article = Article(1, PUSHED)
    assert len(of_store(kept(article), kept(Article(2, PUSHED)), sent=article).doubled) == 1
    assert len(of_store(kept(article, version=2), sent=article).doubled) == 1


def test_a_record_of_which_nothing_was_made_is_skipped_unless_it_lies_with_the_dead() -> None:
    given, made = [record("a", offset=1), record("b", offset=2)], [record(following_id("a", "enricher", 0))]
    found = Findings()
    through_stage(found, "enricher", given, made, {})
    assert found.skipped == [f"enricher made nothing of {given[1].place}"]
    well = Findings()
    through_stage(well, "enricher", given, made, {(ARTICLES_PARSED.name, 0, 2): b"{}"})
    assert well.skipped == []


def test_a_record_that_comes_again_is_told_and_one_that_comes_otherwise_is_doubled() -> None:
    found = Findings()
    once_each(found, ARTICLES_PARSED, [record("a"), record("a", offset=1)])
    assert (found.repeats, found.doubled) == (1, [])
    once_each(found, ARTICLES_PARSED, [record("a"), record("a", b"[]")])
    assert len(found.doubled) == 1
