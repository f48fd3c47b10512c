"""What is said of every find: by which rule, how sure, and where in the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watchfloor.events import Find, Span
from watchfloor_gateway.pages.article.passages import Passages, Reference

SURE = 0.85
"""From here on no bar is drawn: what is sure stays quiet."""
LOW = 0.80


@dataclass(frozen=True)
class Evidence:
    """How a find came about. `confidence` is None where it was not measured."""

    found_by: tuple[str, ...]
    confidence: float | None
    references: tuple[Reference, ...] = ()

    @property
    def bar(self) -> bool:
        """Whether the confidence is to be seen as a bar."""
        return self.confidence is not None and self.confidence < SURE

    @property
    def low(self) -> bool:
        """Whether it is to be doubted."""
        return self.confidence is not None and self.confidence < LOW


def evidence(finds: Sequence[Find], references: tuple[Reference, ...]) -> Evidence:
    """Of equal finds together: every rule, and the lowest confidence."""
    known = [find.confidence for find in finds if find.confidence is not None]
    return Evidence(tuple(dict.fromkeys(find.found_by for find in finds)), min(known, default=None), references)


def evidence_at(finds: Sequence[Find], spans: Iterable[Span], passages: Passages) -> Evidence:
    """The evidence of finds that stand at these places."""
    return evidence(finds, passages.references(spans))
