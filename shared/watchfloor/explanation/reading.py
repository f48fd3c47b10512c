"""What is wrong with how an article was read: empty, too short, a teaser, without a date, in another language. Pure."""

from collections.abc import Iterator
from statistics import median

from watchfloor.events import ArticleLatest, PageDecided, SourceHealth
from watchfloor.explanation import reasons
from watchfloor.explanation.facts import Facts
from watchfloor.explanation.finding import Finding
from watchfloor.explanation.reasons import Reason
from watchfloor.store.protocol import Kept

SHORT_SHARE = 0.4
"""A text of less than this share of what is usual for its source: the health of sources goes by the same."""


def misread(facts: Facts, kept: Kept) -> Iterator[Finding]:
    """The faults of a reading, the gravest first."""
    article, said = kept.article, parsed(facts, kept)
    words = said.words if said and said.words is not None else len(article.text.split())
    for reason, detail in _faults(article, facts.source, words):
        more = f" ({detail})" if detail else ""
        yield Finding(
            "here", reason, f"Here, in version {article.version}, but {reason.meaning}{more}.", said or "parse"
        )


def _faults(article: ArticleLatest, source: SourceHealth | None, words: int) -> Iterator[tuple[Reason, str]]:
    usual = _usual_words(source)
    if not article.text:
        yield reasons.PARSE_EMPTY, f"title: {article.title or 'none'}"
    if article.paywalled:
        yield reasons.PAYWALLED, f"{words} words are shown"
    elif usual is not None and words < SHORT_SHARE * usual:
        yield _short(source), f"{words} words, where {usual} are usual"
    if article.published_at is None:
        yield reasons.NO_DATE, ""
    if source and source.language and article.language and article.language != source.language:
        found = next((each.source for each in article.evidence if each.field == "language"), "the page")
        detail = f"{article.language}, by {found}; {source.source_id} is in {source.language}"
        yield reasons.OTHER_LANGUAGE, detail


def _short(source: SourceHealth | None) -> Reason:
    codes = {reason.code for reason in source.reasons} if source else set()
    return reasons.LAYOUT_CHANGED if reasons.LAYOUT_CHANGED.code in codes else reasons.SHORT


def _usual_words(source: SourceHealth | None) -> int | None:
    known = [words for words in source.words_daily if words is not None] if source else []
    return round(median(known)) if known else None


def parsed(facts: Facts, kept: Kept) -> PageDecided | None:
    """What the parser said of the fetch that is shown; None where the trail no longer has it."""
    said = [step for step in facts.trail if step.verdict == "parsed" and step.at <= kept.article.fetched_at]
    return said[-1] if said else None
