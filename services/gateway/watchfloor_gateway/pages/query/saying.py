"""What a query means, in words. A saying is a lead ("published") and what is led to ("11 to 24 November 2026")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watchfloor.query import And, Everything, FieldIs, FieldName, Near, Node, Not, Or, Published, Words
from watchfloor_gateway.pages import wording
from watchfloor_gateway.pages.query.spans import span

NO_SLANT = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af\ufb1d-\ufeff]")
"""Scripts that have no italics."""
LEADS: dict[FieldName, str] = {
    "title": "with", "author": "by", "source": "from", "section": "in the section", "language": "in",
    "type": "of the kind", "person": "naming", "organisation": "naming", "place": "placed", "country": "placed",
    "speaker": "quoting", "source_country": "from a source",
}  # fmt: skip
BEFORE: dict[FieldName, str] = {"place": "in ", "country": "in ", "source_country": "in "}
AFTER: dict[FieldName, str] = {"title": " in the title"}


@dataclass(frozen=True)
class Said:
    """Some words of a sentence: ours, or as they stand in the query (`sought`), `upright` in scripts without italics."""

    text: str
    sought: bool = False
    upright: bool = False


@dataclass(frozen=True)
class Saying:
    """A part of the sentence."""

    lead: str
    said: tuple[Said, ...]

    @property
    def plain(self) -> str:
        """The words without the lead."""
        return "".join(said.text for said in self.said)


@dataclass(frozen=True)
class Speaker:
    """Says nodes. `sources` are names of sources by their ids; `now` is what `now` meant when the query was read."""

    now: datetime
    sources: Mapping[str, str] = field(default_factory=dict)

    def say(self, node: Node) -> Saying:
        """A part of the sentence; of a NOT, what is not to be."""
        match node:
            case Everything():
                return Saying("", (Said("of any kind"),))
            case Words():
                return Saying("with", (*_beginning(node), _sought(node.text, phrase=node.phrase)))
            case FieldIs():
                return self._field(node)
            case Near(place, kilometres):
                within = f"within {wording.number(kilometres)} km of " if kilometres else "in "
                return Saying("placed", (Said(within), _sought(place)))
            case Published(since, until):
                return Saying("published", (Said(span(since, _open(until, self.now), now=until is not None)),))
            case Not(part):
                return _denied(part, self.say(part))
            case And(parts):
                return self._joined(parts, "and")
            case Or(parts):
                return self._joined(parts, "or")

    def _field(self, node: FieldIs) -> Saying:
        name = node.field
        before = (Said(BEFORE[name]),) if name in BEFORE else ()
        after = (Said(AFTER[name]),) if name in AFTER else ()
        return Saying(LEADS[name], (*before, *_beginning(node.value), self._value(node), *after))

    def _value(self, node: FieldIs) -> Said:
        text = node.value.text
        match node.field:
            case "language":
                return Said(wording.language(text))
            case "country" | "source_country":
                return Said(wording.country(text))
            case "type":
                return Said(wording.kind(text))
            case "source":
                return _sought(self.sources.get(text, text))
            case _:
                return _sought(text)

    def _joined(self, parts: Sequence[Node], word: str) -> Saying:
        """Parts with one lead share it: "with mine or mină"; others are said whole: "with mine or placed in Sulina"."""
        sayings = [self.say(part) for part in parts]
        shared = {saying.lead for saying in sayings}
        lead = shared.pop() if len(shared) == 1 else ""
        told = [saying.said if lead else _whole(saying) for saying in sayings]
        nested = [_in_parentheses(said) if _compound(part) else said for said, part in zip(told, parts, strict=True)]
        return Saying(lead, tuple(_listed(nested, word)))


def _sought(text: str, *, phrase: bool = False) -> Said:
    upright = NO_SLANT.search(text) is not None
    return Said(f"“{text}”" if phrase else text, sought=True, upright=upright)


def _beginning(words: Words) -> tuple[Said, ...]:
    return (Said("words that begin with "),) if words.prefix else ()


def _open(until: datetime | None, now: datetime) -> datetime | None:
    """The end of a range; None where it is open or `now`, as far as one can tell: nothing is published later."""
    return None if until is None or abs(until - now) < timedelta(minutes=1) else until


def _denied(part: Node, saying: Saying) -> Saying:
    match part:
        case Everything():
            return Saying("none", (Said("at all"),))
        case FieldIs("type", value) if value.text != "other":
            return Saying("no", saying.said)
        case And():
            return Saying("not", _in_parentheses(_whole(saying)))
        case _:
            said = _in_parentheses(saying.said) if _compound(part) and not saying.lead else saying.said
            return Saying("without" if saying.lead == "with" else f"not {saying.lead}".strip(), said)


def _whole(saying: Saying) -> tuple[Said, ...]:
    return (Said(f"{saying.lead} "), *saying.said) if saying.lead else saying.said


def _compound(node: Node) -> bool:
    return isinstance(node, And | Or)


def _in_parentheses(said: tuple[Said, ...]) -> tuple[Said, ...]:
    return (Said("("), *said, Said(")"))


def _listed(parts: Sequence[tuple[Said, ...]], word: str) -> Iterator[Said]:
    """`a, b or c`."""
    for index, part in enumerate(parts):
        if index:
            yield Said(f" {word} " if index == len(parts) - 1 else ", ")
        yield from part
