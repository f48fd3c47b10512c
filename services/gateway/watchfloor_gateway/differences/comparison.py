"""The conductor: two versions in, what changed between them out."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from watchfloor.events import ArticleEnriched, Image
from watchfloor_gateway.differences import lexicon, words
from watchfloor_gateway.differences.annotated import Annotated
from watchfloor_gateway.differences.findings import findings
from watchfloor_gateway.differences.model import Comparison, Passage, Step
from watchfloor_gateway.differences.paragraphs import paragraphs
from watchfloor_gateway.differences.passages import passages
from watchfloor_gateway.differences.sequences import Budget
from watchfloor_gateway.differences.steps import HARMS

WORK = 1_000_000
"""Items that an alignment may look at: about a second."""
MOST_PIECES = 4_000
"""Beyond it what changed is told passage by passage."""


def compare(old: ArticleEnriched, new: ArticleEnriched) -> Comparison:
    """What changed from one version of an article to another: headline, subtitle, paragraphs, captions, credits.

    The same two versions give the same answer. Time is bounded: what would take longer is compared coarsely, which
    `coarse` says.
    """
    budget = Budget(WORK)
    found = tuple(_passages(old, new, budget))
    changed = [passage for passage in found if not passage.same or passage.moved]
    if sum(len(passage.pieces) for passage in changed) > MOST_PIECES:
        budget.coarse = True
    before, after = Annotated(old), Annotated(new)
    told = [each for passage in changed for each in findings(passage, before, after, whole=budget.coarse)]
    return Comparison(
        passages=found,
        changes=tuple(sorted(told, key=lambda change: -change.weight)),
        steps=_ordered(step for change in told for step in change.steps),
        silent=bool(told) and old.modified_at == new.modified_at and not any(map(_is_notice, changed)),
        words=sum(words.count(passage.new_text) - words.count(passage.old_text) for passage in changed),
        coarse=budget.coarse,
    )


def _passages(old: ArticleEnriched, new: ArticleEnriched, budget: Budget) -> Iterator[Passage]:
    yield from passages("title", _only(old.title), _only(new.title), budget)
    yield from passages("subtitle", _only(old.subtitle), _only(new.subtitle), budget)
    texts = [[paragraph.text for paragraph in paragraphs(article)] for article in (old, new)]
    yield from passages("paragraph", texts[0], texts[1], budget)
    yield from passages("caption", *_of_images(old, new, lambda image: image.caption), budget)
    yield from passages("credit", *_of_images(old, new, lambda image: image.credit), budget)


def _of_images(
    old: ArticleEnriched, new: ArticleEnriched, part: Callable[[Image], str | None]
) -> tuple[Sequence[str], Sequence[str]]:
    """The same part of each image; an image without it keeps its number."""
    return [part(image) or "" for image in old.images], [part(image) or "" for image in new.images]


def _only(text: str | None) -> Sequence[str]:
    return [text] if text else []


def _is_notice(passage: Passage) -> bool:
    """Whether the new version has a notice of correction here that the old one had not."""
    return passage.old_text != passage.new_text and lexicon.is_notice(passage.new_text)


def _ordered(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Each step once, what befell people first."""
    harms = list(HARMS)
    found = list(dict.fromkeys(steps))
    return tuple(sorted(found, key=lambda step: harms.index(step.what) if step.what in harms else len(harms)))
