"""Reported speech without quotation marks, where it is sure: "she said that …", "…, the ministry said". English."""

from collections.abc import Iterator
from dataclasses import dataclass

from watchfloor_enricher.attribution import Attribution, Frame, addressee, behind
from watchfloor_enricher.clauses import RELATIVE, Clause, is_saying, subject_of
from watchfloor_enricher.text.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.titles import is_head
from watchfloor_enricher.verbs import looks_like_a_verb, verb_of_saying

SHORTEST = 4
"""Tokens of a reported clause; fewer are mostly an object: "said nothing"."""
WITHOUT_THAT = frozenset("said says say added adds claimed claims insisted insists announced".split())
LONGEST_RANK = 4
"""Tokens in which a speaker is named behind a comma, rank included."""
SPEAKS_TO = frozenset("asked asks told tells urged urges warned warns reminded reminds assured assures".split())
OBJECTS = frozenset({"the same", "the opposite", "the contrary"})
"""What is said in "Moscow has said the same": no clause."""
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
    start = frame.opening if frame.opening in range(sentence.start, end) else sentence.start
    clause = Clause(frame.passage, range(start, end), frame.named)
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
    opens = opens and f"{word} {clause.word(place + 2)}" not in OBJECTS
    return place + 1 if clause.word(place) in WITHOUT_THAT and opens and word not in PREPOSITIONS else None


def _before_speaker(clause: Clause) -> Reported | None:
    """As in "The bridge is closed, the ministry said on Friday."."""
    for comma in range(len(clause.indices) - 3, SHORTEST, -1):
        if clause.word(comma) != "," or clause.word(comma + 1) in RELATIVE:
            continue
        tail = Clause(clause.passage, clause.indices[comma:], clause.named)
        found = behind(tail, ended=False)
        if found is not None and _has_an_object(found):
            return None
        end = _end_of_report(clause, comma)
        if found is not None and found.verb is not None:
            return Reported(Range(clause.indices[0], clause.indices[end - 1] + 1), found)
    return None


def _end_of_report(clause: Clause, comma: int) -> int:
    """The place behind the report before a speaker's comma: before their title, if it stands there as an apposition.

    As in "The bridge is closed, a spokesman for the ministry, Odo Venck, said."
    """
    before = next((place for place in range(comma - 1, SHORTEST, -1) if clause.word(place) == ","), None)
    named = (clause.actor_at(place) for place in range(comma + 1, comma + 1 + LONGEST_RANK))
    if before is None or not any(each and each[0].entity.kind == "person" for each in named):
        return comma
    words = [clause.word(place) for place in range(before + 1, comma)]
    titled = words[:1] != [] and words[0] in DETERMINERS and any(map(is_head, words))
    return before if titled and not any(map(looks_like_a_verb, words)) else comma


def _has_an_object(said: Attribution) -> bool:
    """Whether the group behind the verb is spoken to, not the speaker: "The minister, Odo Venck, asked the council"."""
    return said.verb_at is None and said.verb in SPEAKS_TO
