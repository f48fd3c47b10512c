"""What the entries beside the text have in common, and the marks that lead to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchfloor.events import Span
from watchfloor_gateway.pages.article.evidence import Evidence
from watchfloor_gateway.pages.article.marks import Mark, MarkKind
from watchfloor_gateway.pages.article.passages import In


@dataclass(frozen=True)
class Entry:
    """Something that the article says, once; `spans` are all places where it says it.

    `id` is made of the entry's number, never of a name, which is the article's own.
    """

    id: str
    evidence: Evidence
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Pin:
    """A mark, and which text it stands in."""

    where: In
    mark: Mark


def pins(kind: MarkKind, entries: Iterable[Entry]) -> Iterator[Pin]:
    """A mark at each place where an entry is spoken of."""
    for entry in entries:
        manner = "unsure" if entry.evidence.low else ""
        for span in entry.spans:
            yield Pin(span.in_, Mark(kind, span.start, span.end, entry.id, manner=manner))
