"""Who speaks: the name behind a pronoun, an office, or a body that is mentioned again."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from watchfloor_enricher.clauses import POSSESSIVES, Subject
from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.lexicon import DETERMINERS, PREPOSITIONS
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.titles import is_head

GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
SENTENCES_BACK = 8
THIS_ARTICLE = frozenset({"article", "story", "report", "column", "page"})
"""With "this" before them: the article itself, which is nobody's words."""
LONGEST_GROUP = 90
"""Code points of a speaker who is described and not named; a longer group of words was read wrongly."""


@dataclass(frozen=True)
class Speaker:
    """A speaker as the article names them; `id` of the entity where they are one."""

    name: str
    id: str | None
    actor: Actor | None


@dataclass(frozen=True)
class Cast:
    """Everybody and everything in one passage that can speak, with the tokens where they are mentioned."""

    passage: Passage
    actors: Sequence[Actor]

    @cached_property
    def mentions(self) -> list[tuple[Range, Actor]]:
        """Mentions in this passage, in order, as ranges of tokens."""
        found = [
            (self.passage.tokens_in(stretch.start, stretch.end), actor)
            for actor in self.actors
            for stretch in actor.mentions
            if stretch.where == self.passage.where
        ]
        return sorted((each for each in found if each[0].start < each[0].end), key=lambda each: each[0])

    @cached_property
    def named(self) -> dict[int, tuple[Actor, Range]]:
        """Which actor a token names, people before bodies and places."""
        order = {"person": 2, "organisation": 1}
        ranked = sorted(self.mentions, key=lambda each: order.get(each[1].entity.kind, 0))
        return {index: (actor, tokens) for tokens, actor in ranked for index in range(*tokens)}

    @cached_property
    def _starts(self) -> list[int]:
        return [tokens.start for tokens, _ in self.mentions]

    def before(self, token: int) -> Iterator[tuple[Range, Actor]]:
        """Mentions before a token, the nearest first."""
        for place in range(bisect_right(self._starts, token - 1) - 1, -1, -1):
            yield self.mentions[place]


def speaker_of(subject: Subject, cast: Cast, hidden: Sequence[bool], last: Speaker | None) -> Speaker | None:
    """The speaker that a subject means. `hidden`: which tokens stand in quotation marks; `last`: who spoke before."""
    if subject.actor is not None:
        return _of_actor(subject.actor)
    word = cast.passage.tokens[subject.tokens.start].words.lower()
    if subject.kind == "pronoun":
        return _of_pronoun(word, subject.tokens.start, cast, hidden, last)
    return _of_group(subject, cast)


def _of_actor(actor: Actor) -> Speaker:
    return Speaker(actor.entity.name, actor.entity.id, actor)


def _of_pronoun(word: str, token: int, cast: Cast, hidden: Sequence[bool], last: Speaker | None) -> Speaker | None:
    if word == "it":
        bodies = (actor for _, actor in cast.before(token) if actor.entity.kind == "organisation")
        found = next(bodies, None)
        return _of_actor(found) if found else None
    gender = GENDER.get(word)
    if gender is None:
        return None
    person = person_for(gender, token, cast, hidden, last)
    return _of_actor(person) if person else None


def person_for(gender: str, token: int, cast: Cast, hidden: Sequence[bool], last: Speaker | None) -> Actor | None:
    """The person whom "he" or "she" at a token means.

    The first of that gender named before it in the sentence; else in the sentences since somebody was quoted; else who
    spoke last; else in the sentences before. People whose gender nothing tells count where no other fits.
    """
    number = bisect_right([s.start for s in cast.passage.sentences], token) - 1
    found = _fitting(_people_in(cast, cast.passage.sentences[number].start, token, hidden), gender)
    spoken = last.actor if last is not None and last.actor is not None and _may_be(last.actor, gender) else None
    for sentence in reversed(cast.passage.sentences[max(0, number - SENTENCES_BACK) : number]):
        if found is not None:
            break
        if spoken is not None and any(hidden[sentence.start : sentence.end]):
            return spoken
        found = _fitting(_people_in(cast, sentence.start, sentence.end, hidden), gender)
    return found or spoken


def _people_in(cast: Cast, start: int, end: int, hidden: Sequence[bool]) -> list[Actor]:
    """People named in a run of tokens outside of quotation marks; owners and those behind a preposition come last."""
    ranked = []
    for tokens, actor in cast.mentions:
        if start <= tokens.start < end and actor.entity.kind == "person" and not hidden[tokens.start]:
            after = cast.passage.tokens[tokens.end].words if tokens.end < len(cast.passage.tokens) else ""
            before = cast.passage.tokens[tokens.start - 1].words.lower() if tokens.start else ""
            ranked.append((after in POSSESSIVES or before in PREPOSITIONS, tokens.start, actor))
    return [actor for _, _, actor in sorted(ranked, key=lambda each: each[:2])]


def _may_be(actor: Actor, gender: str) -> bool:
    return actor.entity.kind == "person" and actor.gender in (gender, None)


def _fitting(people: Sequence[Actor], gender: str) -> Actor | None:
    sure = next((actor for actor in people if actor.gender == gender), None)
    return sure or next((actor for actor in people if actor.gender is None), None)


def _of_group(subject: Subject, cast: Cast) -> Speaker | None:
    """As in "The minister" is the last person with that title, "the ministry" the last such body; others as printed."""
    passage = cast.passage
    first = passage.tokens[subject.tokens.start].words.lower()
    words = [token.words.lower() for token in passage.tokens[subject.tokens.start : subject.tokens.end]]
    if first in {"the", "this", "that", "his", "her", "its", "their"}:
        known = _mentioned_again(words[1:], subject.tokens.start, cast)
        if known is not None:
            return _of_actor(known)
    if "this" in words and words[-1] in THIS_ARTICLE:
        return None
    start = subject.tokens.start + (first in DETERMINERS and len(words) > 1)
    name = passage.words(Range(start, subject.tokens.end))
    return Speaker(name, None, None) if len(name) <= LONGEST_GROUP and any(map(str.isalpha, name)) else None


def _mentioned_again(words: Sequence[str], token: int, cast: Cast) -> Actor | None:
    """Whom a definite group means: the last one before with all of its words in a title, or in the name of a body."""
    if not words or not words[-1].isalpha():
        return None
    wanted = set(words[-2:]) if len(words) > 1 and not is_head(words[-1]) else {words[-1]}
    for _, actor in cast.before(token):
        if actor.entity.kind == "person" and is_head(words[-1]):
            if any(words[-1] in title.lower().split() for title in actor.titles):
                return actor
        elif actor.entity.kind == "organisation" and wanted <= set(actor.entity.name.lower().split()):
            return actor
    return None
