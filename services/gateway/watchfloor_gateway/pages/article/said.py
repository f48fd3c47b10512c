"""Who said what: the quotations by speaker, in the order in which the speakers first speak."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from watchfloor.events import Annotations, Quotation, QuotationKind
from watchfloor_gateway.pages.article.entry import Entry, Pin
from watchfloor_gateway.pages.article.evidence import evidence
from watchfloor_gateway.pages.article.marks import Mark
from watchfloor_gateway.pages.article.passages import In, Passages, Reference, in_order
from watchfloor_gateway.pages.links import search_for

OPENING, CLOSING = frozenset("\"'“”„‟«»‹›‘‚「『《"), frozenset("\"'”“«»›‹’」』》")


@dataclass(frozen=True)
class Saying(Entry):
    """One quotation; `words` with its quotation marks, where the article prints them."""

    words: str
    kind: QuotationKind
    verb: str | None
    addressee: str | None
    where: In
    start: int
    end: int

    @property
    def text_id(self) -> str:
        """The id of the mark in the text."""
        return f"{self.id}-text"


@dataclass(frozen=True)
class Speaker:
    """Somebody who is quoted; `name` is None where the article does not say who. `address` is here or a search."""

    name: str | None
    address: str | None
    sayings: tuple[Saying, ...]


def said(article: Annotations, passages: Passages, entries: Mapping[str, str]) -> tuple[Speaker, ...]:
    """The quotations by speaker. `entries` are the ids of what stands about entities, by the entity's id."""
    numbers = count(1)
    groups: dict[tuple[str | None, str | None], list[Quotation]] = {}
    ids = {each.speaker: each.speaker_id for each in article.quotations if each.speaker and each.speaker_id}
    for quotation in in_order(article.quotations):
        entity = quotation.speaker_id or ids.get(quotation.speaker or "")
        groups.setdefault((entity, None if entity else quotation.speaker), []).append(quotation)
    return tuple(
        _speaker(group, entries.get(entity or ""), [_saying(each, f"said-{next(numbers)}", passages) for each in group])
        for (entity, _), group in groups.items()
    )


def _speaker(group: Sequence[Quotation], entry: str | None, sayings: Sequence[Saying]) -> Speaker:
    name = next((each.speaker for each in group if each.speaker), None)
    elsewhere = search_for("speaker", name) if name else None
    return Speaker(name, f"#{entry}" if entry else elsewhere, tuple(sayings))


def _saying(quotation: Quotation, entry: str, passages: Passages) -> Saying:
    start, end = _with_marks(quotation, passages)
    label = passages.reference(quotation.in_, quotation.start).label
    return Saying(
        id=entry,
        evidence=evidence([quotation], (Reference(f"{entry}-text", label),)),
        spans=(quotation,),
        words=passages.words(quotation.in_, start, end) or quotation.words,
        kind=quotation.kind,
        verb=quotation.verb,
        addressee=quotation.addressee,
        where=quotation.in_,
        start=start,
        end=end,
    )


def _with_marks(quotation: Quotation, passages: Passages) -> tuple[int, int]:
    """The quotation drawn out over its quotation marks: they belong to what is seen as said."""
    start, end = quotation.start, quotation.end
    before, after = (passages.words(quotation.in_, at, at + 1) for at in (max(start - 1, 0), end))
    if quotation.kind != "indirect" and before in OPENING and after in CLOSING:
        return start - 1, end + 1
    return start, end


def quote_pins(speakers: tuple[Speaker, ...]) -> Iterator[Pin]:
    """The ground of each quotation; its entry leads to it."""
    for saying in (saying for speaker in speakers for saying in speaker.sayings):
        manner = "indirect" if saying.kind == "indirect" else ""
        yield Pin(saying.where, Mark("quote", saying.start, saying.end, saying.id, saying.text_id, manner))
