"""The query said as a sentence, each part of which can be taken out: the filter bar."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor.query import Clause, Everything, Not
from watchfloor_gateway.pages.query.here import Here
from watchfloor_gateway.pages.query.saying import Said, Saying, Speaker

UNDERSTOOD = frozenset({"with", "placed", "published"})
"""Leads without which a part still says what it is."""


@dataclass(frozen=True)
class Part:
    """A clause of the query in the sentence: `before` it our words, then what it says, and the search without it."""

    before: str
    said: tuple[Said, ...]
    without: bool
    take_out: str
    href: str


@dataclass(frozen=True)
class Sentence:
    """The query as a sentence, but for its full stop."""

    opening: str
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The sentence as text, without its full stop."""
        words = (part.before + "".join(said.text for said in part.said) for part in self.parts)
        return self.opening + "".join(words)


def sentence(here: Here, speaker: Speaker) -> Sentence:
    """What is asked, what is left out at the end. Every article where nothing is demanded."""
    demanding = [clause for clause in here.clauses if not isinstance(clause.node, Everything)]
    wanted = [clause for clause in demanding if not isinstance(clause.node, Not)]
    unwanted = [clause for clause in demanding if isinstance(clause.node, Not)]
    parts = (*_wanted(wanted, here, speaker), *_unwanted(unwanted, here, speaker))
    return Sentence("Articles" if wanted else "Every article", parts)


def said_of(clause: Clause, speaker: Speaker) -> str:
    """A clause by itself, for a list of clauses: `within 150 km of Sulina`, `in Arabic`."""
    saying = speaker.say(clause.node)
    return saying.plain if saying.lead in UNDERSTOOD else f"{saying.lead} {saying.plain}".strip()


def _wanted(clauses: list[Clause], here: Here, speaker: Speaker) -> Iterator[Part]:
    """Those with one lead stand together: "with drone and convoy"."""
    sayings = [(clause, speaker.say(clause.node)) for clause in clauses]
    last: str | None = None
    for clause, saying in sorted(sayings, key=lambda said: _first_with_lead(sayings, said[1].lead)):
        yield Part(
            _before(saying.lead, last), saying.said, without=False, take_out=saying.plain, href=here.without(clause)
        )
        last = saying.lead


def _before(lead: str, last: str | None) -> str:
    if lead and lead == last:
        return " and "
    return f"{' ' if last is None else ', '}{lead}{' ' if lead else ''}"


def _unwanted(clauses: list[Clause], here: Here, speaker: Speaker) -> Iterator[Part]:
    for index, clause in enumerate(clauses):
        saying = speaker.say(clause.node)
        before = f", {'' if index else 'but '}{saying.lead} "
        taken = f"{saying.lead} {saying.plain}"
        yield Part(before, saying.said, without=True, take_out=taken, href=here.without(clause))


def _first_with_lead(sayings: list[tuple[Clause, Saying]], lead: str) -> int:
    return next(index for index, (_, saying) in enumerate(sayings) if saying.lead == lead)
