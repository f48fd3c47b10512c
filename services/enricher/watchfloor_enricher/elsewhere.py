"""Attribution in languages other than English: the nearest verb of saying, and the nearest name beside it."""

from functools import lru_cache

from watchfloor_enricher.attribution import Attribution
from watchfloor_enricher.clauses import Clause, Subject
from watchfloor_enricher.text.lexicon import read_lists

WITHOUT_SPACES = frozenset({"zh", "ja"})
NEAR_QUOTATION = 12
"""Tokens between a quotation and its verb of saying."""
NEAR_VERB = 6
"""Tokens between a verb of saying and the name of who speaks."""


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    return read_lists("verbs_of_saying_elsewhere.txt")


def attribution_elsewhere(ahead: Clause, after: Clause, language: str) -> Attribution | None:
    """What attributes a quotation: a verb of saying behind it, else before it, with a name beside the verb."""
    behind = list(range(min(len(after.indices), NEAR_QUOTATION)))
    before = list(range(len(ahead.indices) - 1, max(-1, len(ahead.indices) - 1 - NEAR_QUOTATION), -1))
    for clause, places in ((after, behind), (ahead, before)):
        for place in places:
            if _says(clause.word(place), language):
                subject = _beside(clause, place)
                if subject is not None:
                    return Attribution(subject, clause.token(place).words, None, clause.indices[place])
    return None


def _says(word: str, language: str) -> bool:
    verbs = _verbs().get(language, frozenset())
    return any(verb in word for verb in verbs) if language in WITHOUT_SPACES else word in verbs


def _beside(clause: Clause, verb: int) -> Subject | None:
    """The person or organisation that is named nearest to the verb."""
    places = range(max(0, verb - NEAR_VERB), min(len(clause.indices), verb + NEAR_VERB + 1))
    for place in sorted(places, key=lambda place: (abs(place - verb), place)):
        named = clause.actor_at(place)
        if named is not None and named[0].entity.kind in ("person", "organisation"):
            return Subject(named[1], named[0], "actor")
    return None
