"""People: who is named, with which title, of which country. English rules; elsewhere only full names."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from watchfloor.events import Entity
from watchfloor_enricher.coreference import FAMILY_NAME_FIRST, Cluster, NameMention, clusters_of
from watchfloor_enricher.countries import country_of, country_of_adjective
from watchfloor_enricher.text import ArticleText, Passage, Stretch
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.lexicon import (
    MONTHS_AND_DAYS,
    PARTICLES,
    common_words,
    first_names,
    gender_of,
    known_organisations,
    organisation_words,
    words_of_no_person,
)
from watchfloor_enricher.text.names import name_runs
from watchfloor_enricher.text.sentences import Range
from watchfloor_enricher.titles import (
    Title,
    head_before,
    honorific_gender,
    is_adherent,
    is_former,
    is_head,
    is_honorific,
    is_title_word,
    title_after,
    title_before,
    title_before_comma,
)
from watchfloor_enricher.verbs import verb_of_saying
from watchfloor_enricher.vessels import names_of_vessels

FOUND_BY = "people-rules/2"
LONGEST_NAME = 5
HEADS_OF_THINGS = frozenset(
    "general justice major private king prince chief head captain master premier count principal model speaker".split()
)
"""Titles that, capitalised, also begin names of things: General Motors, Justice Department."""

CONTINENTS = frozenset("Africa Asia Europe America Americas Oceania Antarctica".split())
NOUNS_THAT_ARE_NAMES = frozenset(
    "hill hills day law field fields park church court street bridge lake castle temple forest banks north west east war "
    "press post guard beach bell coast spring cup bay".split()
)
"""Nouns of places and things that are last names as well."""

IsPlace = Callable[[str], bool]


@dataclass(frozen=True)
class Candidate:
    """What may be a person's name, with what speaks for it."""

    passage: Passage
    name: Range
    title: Title | None
    gender: str | None
    sure: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name."""
        return tuple(token.words for token in self.passage.tokens[self.name.start : self.name.end])


def find_people(text: ArticleText, is_place: IsPlace) -> list[Actor]:
    """Every person who is named, in order of first mention; `is_place` tells the names of places.

    A name that nothing marks as a person's, by title, first name, verb of saying or apposition, is left out.
    """
    find = partial(_candidates, is_place=is_place) if text.is_english else _candidates_elsewhere
    vessels = names_of_vessels(text)
    found = (candidate for passage in text.passages for candidate in find(passage))
    candidates = [candidate for candidate in found if " ".join(candidate.words) not in vessels]
    known = _sure_names(candidates)
    mentions = [_mention(number, each, known) for number, each in enumerate(candidates)]
    clusters = clusters_of(mentions)
    return [_actor(number, cluster, candidates, text) for number, cluster in enumerate(clusters, start=1)]


def _sure_names(candidates: Sequence[Candidate]) -> frozenset[tuple[str, ...]]:
    """Names that something marks as a person's at one place at least: elsewhere they need no mark.

    A full name is also marked by its last name behind a title: "Vesk's envoy" and later "President Vesk".
    """
    sure = frozenset(each.words for each in candidates if each.sure)
    last_names = {words[-1] for words in sure if len(words) == 1}
    return sure | {each.words for each in candidates if each.words[-1] in last_names}


def _mention(number: int, candidate: Candidate, known: frozenset[tuple[str, ...]]) -> NameMention:
    titles = (candidate.title.words,) if candidate.title else ()
    sure = candidate.sure or candidate.words in known
    return NameMention(number, candidate.words, titles, candidate.gender, sure)


def _candidates(passage: Passage, is_place: IsPlace) -> Iterator[Candidate]:
    last: Candidate | None = None
    for run in name_runs(passage):
        name = _name_in(passage, run)
        if name is not None:
            last = _sharing(_judged(passage, name, is_place), last)
            yield last


def _candidates_elsewhere(passage: Passage) -> Iterator[Candidate]:
    """Names in other languages: a first name with what follows it, and single words, which may be last names."""
    for run in name_runs(passage):
        words = [token.words for token in passage.tokens[run.start : run.end]]
        day = (
            run.start > 1 and "".join(token.words for token in passage.tokens[run.start - 2 : run.start])[:1].isdigit()
        )
        first = next((place for place, word in enumerate(words[:-1]) if word in first_names()), None)
        if day and words[0] in MONTHS_AND_DAYS:
            continue
        if first is not None and len(words) - first <= LONGEST_NAME:
            name = Range(run.start + first, run.end)
            yield Candidate(passage, name, None, gender_of(words[first]), sure=True)
        elif len(words) == 1:
            yield Candidate(passage, run, None, None, sure=False)


def _sharing(candidate: Candidate, last: Candidate | None) -> Candidate:
    """A candidate that shares the title before it: "Presidents Odo Venck and Jarla Thole"."""
    if candidate.title is not None or last is None or last.title is None or last.passage is not candidate.passage:
        return candidate
    between = [token.words for token in candidate.passage.tokens[last.name.end : candidate.name.start]]
    plural = last.title.words.endswith("s") and is_head(last.title.words.split()[-1][:-1])
    return (
        replace(candidate, title=last.title, sure=True)
        if plural and between in (["and"], [","], [",", "and"])
        else candidate
    )


def _name_in(passage: Passage, run: Range) -> Range | None:
    """The part of a run that can be a person's name: without titles, countries and what begins a sentence before it."""
    start = _after_titles(passage, run)
    tokens = passage.tokens
    if start == passage.sentence_of(start).start and run.end - start > 1 and _only_begins(tokens[start].words):
        start += 1
    name = Range(start, run.end)
    words = [token.words for token in tokens[name.start : name.end]]
    if not 0 < len(words) <= LONGEST_NAME or not any(len(word) > 1 and word[-1] != "." for word in words):
        return None
    fitting = all(_may_name_a_person(word, words) for word in words)
    whole = " ".join(words)
    return name if fitting and not (country_of(whole) or whole in known_organisations()) else None


def _only_begins(word: str) -> bool:
    """Whether a capitalised word at the start of a sentence is a common one: "Yesterday Odo Venck"."""
    names = word in first_names() or word in FAMILY_NAME_FIRST or word.lower() in PARTICLES
    return word.lower() in common_words() and not names


def _may_name_a_person(word: str, name: Sequence[str]) -> bool:
    """Whether a word can be part of a person's name; some nouns can only behind a first name, or before a given one."""
    noun = word.lower() in words_of_no_person()
    if noun and len(name) > 1:
        last = word == name[-1] and word.lower() in NOUNS_THAT_ARE_NAMES
        noun = not (last or (word == name[0] and (word in FAMILY_NAME_FIRST or word in first_names())))
    plain = not noun and word not in MONTHS_AND_DAYS | CONTINENTS and (word != "I" or word != name[0])
    return (
        plain and word not in organisation_words()["acronym"] and not country_of_adjective(word) and not is_former(word)
    )


def _after_titles(passage: Passage, run: Range) -> int:
    """The first token of a run that is no title, no form of address and no country before them."""
    sentence = passage.sentence_of(run.start)
    for end in range(run.end - 1, run.start, -1):
        head = head_before(passage, end, sentence.start)
        if head is not None and _leads_to_a_name(passage, Range(run.start, end), head):
            return end
        if is_honorific(passage.tokens[end - 1].words):
            return end
    start = run.start
    while start < run.end and _stands_before_names(passage.tokens[start].words):
        start += 1
    return _after_complement(passage, Range(start, run.end))


def _stands_before_names(word: str) -> bool:
    return country_of_adjective(word) is not None or is_adherent(word)


def _leads_to_a_name(passage: Passage, before: Range, head: Range) -> bool:
    """Whether the words up to a head are a title, the head no first name ("Dean Rusk") or last name ("Larry King")."""
    tokens = passage.tokens
    if head.start <= before.start:
        alone = head.end - head.start == 1 and before.end - before.start == 1
        following = tokens[before.end].words
        return not (alone and tokens[head.start].words in first_names() and following not in first_names())
    lead = tokens[before.start].words
    return (
        lead not in first_names()
        or is_title_word(lead)
        or country_of(lead) is not None
        or head.start - before.start > 1
    )


def _after_complement(passage: Passage, run: Range) -> int:
    """Where a name begins behind "Governor of Oregon": at the first name in the run, if a title leads to the run."""
    tokens = passage.tokens
    led = run.start - 2 >= 0 and tokens[run.start - 1].words in {"of", "for"}
    if led and is_head(tokens[run.start - 2].words):
        for index in range(run.start + 1, run.end - 1):
            if tokens[index].words in first_names():
                return index
    return run.start


def _judged(passage: Passage, name: Range, is_place: IsPlace) -> Candidate:
    """A candidate with its title, and whether something marks it as a person's name."""
    words = [token.words for token in passage.tokens[name.start : name.end]]
    full = sum(word[-1] != "." for word in words) > 1
    title = title_before(passage, name, full=full) or title_before_comma(passage, name)
    if title is None and full:
        title = title_after(passage, name)
    honorific = passage.tokens[name.start - 1].words if name.start else ""
    gender = honorific_gender(honorific) or (title.gender if title else None) or gender_of(words[0])
    addressed = bool(is_honorific(honorific))
    if all(word.lower() in common_words() or is_head(word) for word in words) and words[0] not in first_names():
        sure = addressed or (title is not None and not _names_a_thing(passage, name, title, is_place))
    elif full:
        sure = title is not None or addressed or _is_persons(passage, name, words, is_place)
    else:
        sure = (addressed or title is not None) and not _names_a_thing(passage, name, title, is_place)
        gender = honorific_gender(honorific) or (title.gender if title else None)
    return Candidate(passage, name, title, gender, sure)


def _is_persons(passage: Passage, name: Range, words: Sequence[str], is_place: IsPlace) -> bool:
    """Whether a name without a title is a person's: by its first name, its surroundings, or words of no other use."""
    whole = " ".join(words)
    if is_place(whole) or whole.isupper():
        return False
    uncommon = [word for word in words if word.lower() not in common_words()]
    if words[0] in first_names() and uncommon and not _the_stands_before(passage, name):
        return True
    if _speaks(passage, name) or _who_follows(passage, name):
        return bool(uncommon)
    strange = len(uncommon) == len(words) and all(word[-1] != "." and not word.isupper() for word in words)
    return (
        strange
        and not _the_stands_before(passage, name)
        and not any(is_place(word) for word in words)
        and _can_act(passage, name)
    )


def _the_stands_before(passage: Passage, name: Range) -> bool:
    return name.start > 0 and passage.tokens[name.start - 1].words.lower() in {"the", "a", "an"}


def _can_act(passage: Passage, name: Range) -> bool:
    """Whether no preposition of place stands before the name."""
    before = passage.tokens[name.start - 1].words.lower() if name.start else ""
    return before not in {"in", "at", "near", "from", "into", "outside", "to", "around", "across", "towards", "toward"}


def _speaks(passage: Passage, name: Range) -> bool:
    tokens, sentence = passage.tokens, passage.sentence_of(name.start)
    after = verb_of_saying(tokens[name.end].words) if name.end < sentence.end else None
    before = verb_of_saying(tokens[name.start - 1].words) if name.start > sentence.start else None
    return bool(
        (after and after.form in ("past", "third")) or (before and before.parenthetical and before.form == "past")
    )


def _who_follows(passage: Passage, name: Range) -> bool:
    """Whether ", who", ", 45," or "(45)" follows."""
    following = [token.words for token in passage.tokens[name.end : name.end + 3]]
    if len(following) < 3:
        return False
    mark, second, third = following
    aged = second.isdigit() and len(second) == 2 and third in {",", ")", "."}
    return mark in {",", "("} and (second in {"who", "whose", "aged"} or aged)


def _names_a_thing(passage: Passage, name: Range, title: Title | None, is_place: IsPlace) -> bool:
    """Whether a single word behind a title is no name of a person: "General Motors", "Minister Moscow"."""
    word = passage.tokens[name.end - 1].words
    if title is None:
        return False
    head = title.words.lower().split()[-1]
    plural = head.endswith("s") and not title.words[0].isupper()
    if is_head(word):
        return True
    small_and_placed = title.words.islower() and is_place(word) and word not in first_names()
    return (word.lower() in common_words() and (head in HEADS_OF_THINGS or plural)) or small_and_placed


def _actor(number: int, cluster: Cluster, candidates: Sequence[Candidate], text: ArticleText) -> Actor:
    own = [candidates[mention.order] for mention in cluster.mentions]
    fullest = candidates[cluster.fullest.order]
    title = _chosen_title([each.title for each in own if each.title])
    country = next((each.title.country for each in own if each.title and each.title.country), None)
    stretches = tuple(_stretch(each) for each in own)
    entity = Entity(
        id=f"p{number}",
        kind="person",
        subkind=None,
        name=fullest.passage.words(fullest.name),
        title=title,
        country=country,
        links=(),
        mentions=tuple(text.span(stretch) for stretch in stretches),
        found_by=FOUND_BY,
        confidence=None,
    )
    titles = tuple(each.title.words for each in own if each.title)
    return Actor(entity, stretches, _gender(own), titles)


def _chosen_title(titles: Sequence[Title]) -> str | None:
    """The first title of the article."""
    return titles[0].words if titles else None


def _gender(own: Sequence[Candidate]) -> str | None:
    counted = Counter(each.gender for each in own if each.gender)
    return counted.most_common(1)[0][0] if counted else None


def _stretch(candidate: Candidate) -> Stretch:
    """A full name as it stands; a short one with the title right before it: "Chancellor Merz"."""
    name, title = candidate.name, candidate.title
    if len(candidate.words) == 1 and title is not None and title.tokens.end == name.start:
        return candidate.passage.stretch(Range(title.tokens.start, name.end))
    return candidate.passage.stretch(name)
