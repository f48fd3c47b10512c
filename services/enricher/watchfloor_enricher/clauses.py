"""Who does what in a sentence, as far as it can be told without a parser: subjects of verbs. English.

A clause is a list of tokens with everything in quotation marks left out; places in it are positions in that list.
The subject is looked for on the left of its verb, over adverbs, relative clauses and appositions between commas; a
verb that follows "and", or a participle, has the subject of the verb before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from watchfloor_enricher.text import Passage, Token
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.lexicon import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    MONTHS_AND_DAYS,
    PREPOSITIONS,
    SMALL_ADVERBS,
)
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.titles import is_head
from watchfloor_enricher.verbs import looks_like_a_verb, verb_of_saying

PERSONAL = frozenset("he she they it i we you".split())
RELATIVE = frozenset("who which whose whom where when".split())
OF_BEING = frozenset("is are was were be been being am".split())
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
WORDS_OF_TIME = frozenset(
    "week month year morning afternoon evening night day weekend hours days weeks months years time ago "
    "this last next early late earlier later today yesterday tomorrow tonight".split()
)
LINKS_IN_A_GROUP = frozenset({"of", "for", "in", "at", "from", "with", "on"})


@dataclass(frozen=True)
class Subject:
    """Who acts: tokens of the passage, first to one after the last; the actor where they name one."""

    tokens: Range
    actor: Actor | None
    kind: Literal["actor", "pronoun", "group"]


@dataclass(frozen=True)
class Clause:
    """Tokens of one sentence, by index, without what stands in quotation marks."""

    passage: Passage
    indices: Sequence[int]
    named: dict[int, tuple[Actor, Range]]
    """Which actor a token names, with the tokens of that mention."""

    def word(self, place: int) -> str:
        """The word at a place, in small letters; empty outside of the clause."""
        return self.token(place).words.lower() if 0 <= place < len(self.indices) else ""

    def token(self, place: int) -> Token:
        """The token at a place."""
        return self.passage.tokens[self.indices[place]]

    def actor_at(self, place: int) -> tuple[Actor, Range] | None:
        """The actor that the token at a place names, and the tokens of the mention."""
        return self.named.get(self.indices[place]) if 0 <= place < len(self.indices) else None


def is_saying(clause: Clause, place: int) -> bool:
    """Whether the word at a place is a verb of saying here: no noun, no participle before a noun, no passive."""
    verb = verb_of_saying(clause.word(place))
    before = clause.word(place - 1)
    if verb is None or clause.token(place).capitalised or clause.actor_at(place) or before in DETERMINERS:
        return False
    if verb.form == "past":
        return _is_active(clause, place)
    if verb.form == "participle":
        return before not in POSSESSIVES
    return _is_finite_present(clause, place, verb.form)


def _is_active(clause: Clause, place: int) -> bool:
    """Whether a past form is no passive ("was told") and no adjective behind a verb ("vowed continued support")."""
    before = _auxiliary_before(clause, place)
    return before not in OF_BEING and not (before not in AUXILIARIES and looks_like_a_verb(before))


def _auxiliary_before(clause: Clause, place: int) -> str:
    while clause.word(place - 1) in SMALL_ADVERBS or clause.word(place - 1).endswith("ly"):
        place -= 1
    return clause.word(place - 1)


def _is_finite_present(clause: Clause, place: int, form: str) -> bool:
    """Whether a form that is mostly a noun ("calls", "claim") is a verb here, by what stands before it."""
    before = _auxiliary_before(clause, place)
    if form == "base" and (
        before in AUXILIARIES - OF_BEING or before in {"to", "and", "we", "they", "i", "you", "who"}
    ):
        return before != "and" or clause.word(place + 1) in DETERMINERS | {"that", "for", "on"}
    if before in PERSONAL | {"who"} or clause.actor_at(place - 1):
        return True
    plural = before.endswith("s") and before not in FUNCTION_WORDS
    return plural if form == "base" else is_head(before) or (before == "," and clause.word(place + 1) not in {",", ""})


def subject_of(clause: Clause, place: int, depth: int = 0) -> Subject | None:
    """The subject of the verb at a place; None where none can be told."""
    if depth > 6:
        return None
    before = _over_adverbs(clause, place - 1)
    if before < 0:
        return None
    word = clause.word(before)
    if verb_of_saying(clause.word(place)) and clause.word(place).endswith("ing") and not clause.actor_at(before):
        return _subject_of_earlier_verb(clause, before, depth)
    if word in {"and", "but", "or", "then", "to", "by", "as", "of", "in", "while", "that"}:
        return _subject_of_earlier_verb(clause, before, depth)
    if word in RELATIVE:
        return _antecedent(clause, before - 1)
    if word == ",":
        return _over_parenthesis(clause, before, depth)
    return group_ending(clause, before)


def _over_adverbs(clause: Clause, place: int) -> int:
    """The place of what stands before adverbs, auxiliaries and expressions of time."""
    while place >= 0:
        word = clause.word(place)
        timely = word in WORDS_OF_TIME or clause.token(place).words in MONTHS_AND_DAYS
        if (
            word in SMALL_ADVERBS
            or word in AUXILIARIES
            or (word.endswith("ly") and not clause.actor_at(place))
            or timely
        ):
            place -= 1
            if (
                word not in AUXILIARIES
                and timely
                and clause.word(place) in {"on", "in", "this", "last", "next", "late", "early"}
            ):
                place -= 1
        else:
            break
    return place


def _subject_of_earlier_verb(clause: Clause, place: int, depth: int) -> Subject | None:
    """The subject of the verb of saying before a place, else of the verb before it, else the first that is named."""
    for earlier in range(place, -1, -1):
        if verb_of_saying(clause.word(earlier)) and _heads_a_clause(clause, earlier):
            found = subject_of(clause, earlier, depth + 1)
            if found is not None:
                return found
    for earlier in range(place, 0, -1):
        if looks_like_a_verb(clause.word(earlier)) and not clause.actor_at(earlier):
            found = subject_of(clause, earlier, depth + 1)
            if found is not None:
                return found
    return first_named(clause)


def _heads_a_clause(clause: Clause, place: int) -> bool:
    return is_saying(clause, place) and clause.word(place - 1) != "to"


def first_named(clause: Clause) -> Subject | None:
    """The first person or organisation of a clause that does not hang on a preposition; pronouns count."""
    for place in range(len(clause.indices)):
        found = clause.actor_at(place)
        if clause.word(place) in PERSONAL - {"it", "you"}:
            return Subject(Range(clause.indices[place], clause.indices[place] + 1), None, "pronoun")
        if found is not None and found[0].entity.kind != "place":
            last = clause.indices.index(found[1].end - 1) if found[1].end - 1 in clause.indices else place
            if clause.word(last + 1) not in POSSESSIVES:
                return Subject(found[1], found[0], "actor")
    return None


def _antecedent(clause: Clause, place: int) -> Subject | None:
    """Whom a relative pronoun means: what stands before it, a comma aside."""
    if clause.word(place) == ",":
        place -= 1
    return group_ending(clause, place) if place >= 0 else None


def _over_parenthesis(clause: Clause, comma: int, depth: int) -> Subject | None:
    """The subject behind whose apposition or relative clause a comma stands: "Odo Venck, who left, said"."""
    opening = next((place for place in range(comma - 1, -1, -1) if clause.word(place) == ","), -1)
    if opening < 0:
        return _after_subordinate(clause, comma)
    between = clause.actor_at(comma - 1)
    if (
        between is not None
        and between[0].entity.kind == "person"
        and between[1].start <= clause.indices[opening + 1] + 6
    ):
        named_first = clause.actor_at(opening - 1)
        if named_first is None and clause.word(opening + 1) not in RELATIVE | PREPOSITIONS:
            return group_ending(clause, comma - 1)
    for place in range(comma - 1, 0, -1):
        if clause.word(place) == "," and clause.word(place + 1) in RELATIVE:
            return group_ending(clause, place - 1)
    if clause.word(opening + 1) in RELATIVE:
        return group_ending(clause, opening - 1)
    found = group_ending(clause, opening - 1)
    return found or _subject_of_earlier_verb(clause, opening, depth)


def _after_subordinate(clause: Clause, comma: int) -> Subject | None:
    """Before the comma stands only an opening: "Odo Venck, who …" is not it, "In Kyiv, said" has no subject."""
    return group_ending(clause, comma - 1) if clause.actor_at(comma - 1) else None


def group_ending(clause: Clause, place: int) -> Subject | None:
    """The group of words that ends at a place: a name, a pronoun, or a noun with what belongs to it."""
    if place < 0:
        return None
    named = clause.actor_at(place)
    index = clause.indices[place]
    if named is None and clause.word(place) in PERSONAL:
        return Subject(Range(index, index + 1), None, "pronoun")
    if named is None and not _is_noun(clause, place):
        return None
    start = _start_of_name(clause, place, named[1]) if named else _start_of_group(clause, place)
    outer = _holder(clause, start)
    if outer is not None:
        return Subject(Range(outer.tokens.start, index + 1), outer.actor, outer.kind)
    if named is not None:
        return Subject(named[1], named[0], "actor")
    return Subject(Range(clause.indices[start], index + 1), None, "group")


def _is_noun(clause: Clause, place: int) -> bool:
    word = clause.word(place)
    return clause.token(place).is_word and word not in FUNCTION_WORDS and not looks_like_a_verb(word)


def _start_of_name(clause: Clause, place: int, tokens: Range) -> int:
    """The place where a name begins, with the title and the determiner before it."""
    while place > 0 and clause.indices[place - 1] >= tokens.start:
        place -= 1
    return _start_of_group(clause, place)


def _start_of_group(clause: Clause, place: int) -> int:
    """The place where a noun's group begins, its determiner included."""
    while place > 0:
        before = clause.word(place - 1)
        adjoining = clause.indices[place] - clause.indices[place - 1] == 1
        inside = before in POSSESSIVES or before == "-" or _is_noun(clause, place - 1)
        if before in DETERMINERS and adjoining:
            return place - 1
        if not (adjoining and inside) or before in PERSONAL:
            break
        place -= 1
    return place


def _holder(clause: Clause, start: int) -> Subject | None:
    """The group that a preposition hangs this one on: "a spokesman" for "the Kremlin"."""
    if start < 2 or clause.word(start - 1) not in LINKS_IN_A_GROUP:
        return None
    return group_ending(clause, start - 2)
