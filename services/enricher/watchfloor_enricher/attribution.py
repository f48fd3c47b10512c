"""How an article ties words to who said them: the verb, its subject, whom it speaks to. English."""

from collections.abc import Sequence
from dataclasses import dataclass

from watchfloor_enricher.clauses import OF_BEING, Clause, Subject, group_ending, is_saying, subject_of
from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.lexicon import CONJUNCTIONS, DETERMINERS, FUNCTION_WORDS, PREPOSITIONS, PRONOUNS
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.verbs import looks_like_a_verb, verb_of_saying

STOPS = frozenset(".!?…")
DASHES = frozenset("—–-―")
NEAR = 28
"""Tokens between a quotation and the verb behind it."""
SPOKEN_TO = frozenset("tell inform assure remind urge warn ask advise reassure instruct".split())
END_OF_ADDRESSEE = CONJUNCTIONS | PREPOSITIONS - {"of"} | frozenset({",", ":", ";", "to", "—", "–", "(", "-"})
LONGEST_ADDRESSEE = 8


@dataclass(frozen=True)
class Attribution:
    """The subject that speaks, the verb and the addressee as printed; the last two where there are some."""

    subject: Subject
    verb: str | None
    addressee: str | None
    verb_at: int | None = None
    """The verb's token."""


@dataclass(frozen=True)
class Frame:
    """A passage with the tokens in quotation marks hidden, and who is named where."""

    passage: Passage
    hidden: Sequence[bool]
    named: dict[int, tuple[Actor, Range]]
    ends_sentence: frozenset[int]
    """Tokens that begin a new sentence right behind a quotation that ends with a stop."""
    opening: int = 0
    """The token that the text begins with, behind the dateline."""

    def before(self, token: int, floor: int) -> Clause:
        """The rest of the sentence before a token, not before the token `floor`."""
        indices = []
        floor = max(floor, self.opening) if self.opening <= token else floor
        for index in range(token - 1, floor - 1, -1):
            if not self.hidden[index]:
                if self.passage.tokens[index].words in STOPS:
                    break
                indices.append(index)
            if index in self.ends_sentence:
                break
        return Clause(self.passage, indices[::-1], self.named)

    def after(self, token: int, ceiling: int) -> Clause:
        """The rest of the sentence from a token on, up to its stop."""
        indices: list[int] = []
        for index in range(token, ceiling):
            if self.hidden[index]:
                continue
            if self.passage.tokens[index].words in STOPS or (indices and index in self.ends_sentence):
                break
            indices.append(index)
        return Clause(self.passage, indices, self.named)


def behind(clause: Clause, *, ended: bool) -> Attribution | None:
    """The attribution that follows a quotation: "…," she said; … said the minister; — the minister.

    `ended`: the quotation ended with a stop, so that only a dash, or a short sentence of nothing else, attributes it.
    """
    dashed = behind_dash(clause)
    if dashed is not None:
        return dashed
    start = int(clause.word(0) == "," or clause.word(0) in DASHES)
    if clause.word(start) == "according" and clause.word(start + 1) == "to":
        subject = group_beginning(clause, start + 2)
        return Attribution(subject, "according to", None) if subject else None
    if ended and (len(clause.indices) > 8 or start):
        return None
    return _inverted(clause, start) or _subject_then_verb(clause, start)


def behind_dash(clause: Clause) -> Attribution | None:
    """A speaker behind a dash, in a line without a verb."""
    if clause.word(0) not in DASHES or len(clause.indices) < 2:
        return None
    subject = group_beginning(clause, 1)
    verbs = any(
        is_saying(clause, place) or looks_like_a_verb(clause.word(place)) for place in range(1, len(clause.indices))
    )
    return Attribution(subject, None, None) if subject and subject.actor and not verbs else None


def _inverted(clause: Clause, start: int) -> Attribution | None:
    """As in "…," said harbour master Odo Venck."""
    verb = verb_of_saying(clause.word(start))
    if verb is None or not verb.parenthetical or verb.form not in ("past", "third"):
        return None
    subject = group_beginning(clause, start + 1)
    return Attribution(subject, clause.token(start).words, None) if subject else None


def _subject_then_verb(clause: Clause, start: int) -> Attribution | None:
    """As in "…," Odo Venck, who had asked for it, told reporters."""
    for place in range(start + 1, min(len(clause.indices), start + NEAR)):
        verb = verb_of_saying(clause.word(place))
        if verb and is_saying(clause, place) and verb.form in ("past", "third", "base") and verb.parenthetical:
            subject = subject_of(clause, place)
            begins = subject is not None and _begins_at(clause, subject, start)
            if subject is not None and begins and _closes(clause, place):
                return Attribution(subject, clause.token(place).words, addressee(clause, place), clause.indices[place])
        if looks_like_a_verb(clause.word(place)) and not _in_relative(clause, start, place):
            return None
    return None


def _begins_at(clause: Clause, subject: Subject, start: int) -> bool:
    """Whether nothing but the subject's own words stands between a place and the subject."""
    place = start
    while place < len(clause.indices) and clause.indices[place] < subject.tokens.start:
        word = clause.word(place)
        apposed = word == "," and place + 1 < len(clause.indices) and clause.indices[place + 1] == subject.tokens.start
        if (word in {",", "and", "but"} and not apposed) or word in PREPOSITIONS or looks_like_a_verb(word):
            return False
        place += 1
    return True


def _in_relative(clause: Clause, start: int, place: int) -> bool:
    return any(clause.word(i) in {"who", "whose", "which"} for i in range(start, place))


def _closes(clause: Clause, place: int) -> bool:
    """Whether the verb only attributes: what follows is no object and no clause of its own."""
    following = clause.word(place + 1)
    told = clause.word(place) in {"told", "tells", "asked", "asks", "reminded", "assured", "warned", "informed"}
    return (
        told
        or following in {"", ",", ";", ":"} | PREPOSITIONS
        or following not in DETERMINERS | PRONOUNS | {"that", "he", "she"}
    )


def group_beginning(clause: Clause, start: int) -> Subject | None:
    """The group of words that begins at a place: a pronoun, a name with its title, a noun with what belongs to it."""
    place = start
    word = clause.word(place)
    if word in {"he", "she", "they", "it", "i", "we"}:
        return group_ending(clause, place)
    first_actor = None
    while place < min(len(clause.indices), start + 14) and _goes_on(clause, place, start):
        named = clause.actor_at(place)
        owned = clause.word(place + 1) in {"'s", "’s", "'", "’"}
        if named is not None and not owned and named[0].entity.kind == "person":
            return Subject(named[1], named[0], "actor")
        first_actor = first_actor or (named if named and not owned else None)
        place += 1
    following = clause.actor_at(place + 1) if clause.word(place) == "," else None
    if following is not None and following[0].entity.kind == "person" and first_actor is None:
        return Subject(following[1], following[0], "actor")
    if place == start:
        return None
    last = clause.actor_at(place - 1)
    if first_actor is not None and last is not None:
        return (
            Subject(first_actor[1], first_actor[0], "actor")
            if _is_whole(clause, start, first_actor[1])
            else _group(clause, start, place)
        )
    return _group(clause, start, place)


def _is_whole(clause: Clause, start: int, tokens: Range) -> bool:
    lead = [clause.word(place) for place in range(start, len(clause.indices)) if clause.indices[place] < tokens.start]
    return all(word in DETERMINERS for word in lead)


def _group(clause: Clause, start: int, end: int) -> Subject:
    return Subject(Range(clause.indices[start], clause.indices[end - 1] + 1), None, "group")


def _goes_on(clause: Clause, place: int, start: int) -> bool:
    """Whether a word still belongs to the group that began before it."""
    word = clause.word(place)
    if place == start:
        return word in DETERMINERS or (clause.token(place).is_word and word not in FUNCTION_WORDS)
    adjoining = clause.indices[place] == clause.indices[place - 1] + 1
    inner = word in {"of", "the", "for", "'s", "’s", "'", "’", "-"} or clause.actor_at(place) is not None
    plain = clause.token(place).is_word and word not in FUNCTION_WORDS and not looks_like_a_verb(word)
    return adjoining and (inner or plain)


def before_it(clause: Clause) -> Attribution | None:
    """What leads to a quotation: the nearest verb of saying with its subject; "according to"; a colon."""
    end = len(clause.indices) - 1
    for place in range(end, -1, -1):
        if clause.word(place) == "according" and clause.word(place + 1) == "to":
            subject = group_beginning(clause, place + 2)
            if subject is not None:
                return Attribution(subject, "according to", None)
        if is_saying(clause, place):
            subject = subject_of(clause, place)
            if subject is not None:
                return Attribution(subject, clause.token(place).words, addressee(clause, place), clause.indices[place])
    return _before_colon(clause)


def _before_colon(clause: Clause) -> Attribution | None:
    """As in "Odo Venck: …", "And a word from Odo Venck: …"."""
    end = len(clause.indices) - 1
    if end < 1 or clause.word(end) != ":":
        return None
    for place in range(end - 1, -1, -1):
        named = clause.actor_at(place)
        if named is not None and named[0].entity.kind in ("person", "organisation"):
            return Attribution(Subject(named[1], named[0], "actor"), None, None)
    return None


def addressee(clause: Clause, place: int) -> str | None:
    """Whom the verb at a place speaks to: "told Russian state media that"."""
    if not any(clause.word(place).startswith(stem[:-1]) or clause.word(place) == "told" for stem in SPOKEN_TO):
        return None
    start = end = place + 1
    while end < min(len(clause.indices), start + LONGEST_ADDRESSEE) and _may_be_spoken_to(clause, start, end):
        end += 1
    first = start + (clause.word(start) in DETERMINERS)
    if (
        end <= first
        or clause.word(start) in PRONOUNS
        or clause.indices[end - 1] - clause.indices[first] != end - 1 - first
    ):
        return None
    return clause.passage.words(Range(clause.indices[first], clause.indices[end - 1] + 1))


def _may_be_spoken_to(clause: Clause, start: int, place: int) -> bool:
    word = clause.word(place)
    adjoining = place == start or clause.indices[place] == clause.indices[place - 1] + 1
    verb = looks_like_a_verb(word) and clause.actor_at(place) is None
    return adjoining and word not in END_OF_ADDRESSEE and not verb and word not in OF_BEING
