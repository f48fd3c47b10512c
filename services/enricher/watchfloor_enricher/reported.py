"""Reported speech without quotation marks, where it is sure: "she said that …", "…, the ministry said". English."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor_enricher.attribution import Attribution, Frame, addressee, behind
from watchfloor_enricher.clauses import Clause, is_saying, subject_of
from watchfloor_enricher.text.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.verbs import verb_of_saying

SHORTEST = 4
"""Tokens of a reported clause; fewer are mostly an object: "said nothing"."""
WITHOUT_THAT = frozenset("said says say added adds claimed claims insisted insists announced".split())
OPENS_CLAUSE = DETERMINERS | (PRONOUNS - {"which", "who"}) | frozenset({"there", "all", "most", "more"})


@dataclass(frozen=True)
class Reported:
    """A reported clause, as tokens of the passage, and what attributes it."""

    tokens: Range
    attribution: Attribution


def reported_in(frame: Frame) -> Iterator[Reported]:
    """The reported clauses of a passage; sentences with quotation marks have none."""
    for sentence in frame.passage.sentences:
        if not any(frame.hidden[sentence.start : sentence.end]):
            found = _in_sentence(frame, sentence)
            if found is not None:
                yield found


def _in_sentence(frame: Frame, sentence: Range) -> Reported | None:
    end = sentence.end - (not frame.passage.tokens[sentence.end - 1].is_word)
    clause = Clause(frame.passage, range(sentence.start, end), frame.named)
    return _after_verb(clause) or _before_speaker(clause)


def _after_verb(clause: Clause) -> Reported | None:
    for place in range(len(clause.indices)):
        verb = verb_of_saying(clause.word(place))
        if verb is None or not verb.parenthetical or verb.form == "participle" or not is_saying(clause, place):
            continue
        start = _start_of_report(clause, place)
        subject = subject_of(clause, place) if start is not None else None
        if start is not None and subject is not None and len(clause.indices) - start >= SHORTEST:
            said = Attribution(subject, clause.token(place).words, addressee(clause, place), clause.indices[place])
            return Reported(Range(clause.indices[start], clause.indices[-1] + 1), said)
    return None


def _start_of_report(clause: Clause, place: int) -> int | None:
    """Where the reported clause begins: behind "that", an addressee or a time aside; None where none is sure."""
    for ahead in range(place + 1, min(place + 7, len(clause.indices))):
        if clause.word(ahead) == "that" and clause.word(ahead + 1) not in {"", ","}:
            return ahead + 1
        if clause.word(ahead) in {",", ";", ":"}:
            break
    word = clause.word(place + 1)
    opens = word in OPENS_CLAUSE or clause.actor_at(place + 1) is not None or clause.word(place + 1).endswith("s")
    return place + 1 if clause.word(place) in WITHOUT_THAT and opens and word not in PREPOSITIONS else None


def _before_speaker(clause: Clause) -> Reported | None:
    """As in "The bridge is closed, the ministry said on Friday."."""
    for comma in range(len(clause.indices) - 3, SHORTEST, -1):
        if clause.word(comma) != ",":
            continue
        tail = Clause(clause.passage, clause.indices[comma:], clause.named)
        found = behind(tail, ended=False)
        if found is not None and found.verb is not None:
            return Reported(Range(clause.indices[0], clause.indices[comma - 1] + 1), found)
    return None
