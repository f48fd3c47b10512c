"""Organisations: ministries, armies, agencies, parties, companies, seats of power. English rules, Latin script."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from watchfloor.events import Entity
from watchfloor_enricher.countries import country_of, country_of_adjective, country_of_capital, country_of_name
from watchfloor_enricher.text import ArticleText, Passage, Stretch
from watchfloor_enricher.text.actors import Actor
from watchfloor_enricher.text.dateline import dateline_of
from watchfloor_enricher.text.lexicon import (
    FUNCTION_WORDS,
    MONTHS_AND_DAYS,
    common_words,
    known_organisations,
    organisation_words,
)
from watchfloor_enricher.text.names import name_runs
from watchfloor_enricher.text.sentences import Range

FOUND_BY = "organisation-rules/2"
SUBKINDS = ("ministry", "military", "agency", "party", "company", "media", "body", "team")
OF_THE_STATE = frozenset({"ministry", "military", "agency"})
"""Kinds whose country's adjective is no part of the name: "the Ukrainian Defence Ministry"."""
ACRONYM = re.compile(r"(?:[A-Z]{2,6}|(?:[A-Z]\.){2,5})")
NO_ACRONYMS = frozenset(
    "CEO CFO COO CTO MP MEP MSP PM AM GMT UTC EST EDT PST USD EUR GBP AI IT TV DVD CD GDP GNP VAT DNA RNA "
    "HIV AIDS COVID SARS UAV UAVs ICBM GPS SUV USB PDF FAQ DIY VIP OK ID US USA UK UAE USSR U.S. U.K. "
    "U.S.A. BC AD KM NGO NGOs II III IV VI VII VIII IX XI XII PR HQ LGBT LGBTQ POW POWs WWII WW2 ATM SMS "
    "LNG MRI ICU PPE CCTV NEWS BREAKING UPDATE PHOTO VIDEO LIVE WATCH READ THE AND ALSO NOT".split()
)
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True)
class Find:
    """One mention of an organisation. `expansion` is the long name that stands before an acronym in parentheses."""

    stretch: Stretch
    name: str
    subkind: str | None
    country: str | None
    expansion: str | None = None


def find_organisations(text: ArticleText, people: Collection[Stretch]) -> list[Actor]:
    """Every organisation that is named, in order of first mention; none inside of a person's name."""
    finds = [find for passage in text.passages for find in _in_passage(passage, people, text)]
    return [_actor(number, group, text) for number, group in enumerate(_grouped(finds), start=1)]


def _in_passage(passage: Passage, people: Collection[Stretch], text: ArticleText) -> list[Find]:
    taken = [stretch for stretch in people if stretch.where == passage.where]
    finds = list(_known(passage))
    if text.is_english:
        finds += [*_by_head(passage), *_ordinary(passage)]
    dateline = dateline_of(passage, text.language)
    finds += _acronyms(passage, [*(find.stretch for find in finds), *([dateline.names] if dateline else [])])
    kept: list[Find] = []
    for find in sorted(finds, key=lambda find: (find.stretch.start - find.stretch.end, find.stretch.start)):
        if not any(find.stretch.overlaps(other) for other in (*taken, *(each.stretch for each in kept))):
            kept.append(find)
    return sorted(kept, key=lambda find: find.stretch.start)


@lru_cache(maxsize=1)
def _known_pattern() -> re.Pattern[str]:
    names = sorted({*known_organisations(), *organisation_words()["acronym"]}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def _known(passage: Passage) -> Iterator[Find]:
    for found in _known_pattern().finditer(passage.text):
        known = known_organisations().get(found[0])
        subkind, country = known or (None, None)
        yield Find(Stretch(passage.where, found.start(), found.end()), found[0], subkind, country)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    lists = organisation_words()
    return {word: subkind for subkind in reversed(SUBKINDS) for word in lists[subkind]}


def _by_head(passage: Passage) -> Iterator[Find]:
    """Names with a noun such as Ministry, Party or Bank at their end, or before "of"."""
    for run in name_runs(passage):
        start = _after_opening_word(passage, run)
        for end in range(run.end, start, -1):
            subkind = _subkind(passage, Range(start, end))
            if subkind is not None:
                find = _named_by_head(passage, Range(start, end), subkind)
                if find is not None:
                    yield find
                break


def _after_opening_word(passage: Passage, run: Range) -> int:
    """The start of a run without a common word that only begins the sentence: "Yesterday Reform Party members"."""
    first = passage.tokens[run.start].words.lower()
    opens = run.start == passage.sentence_of(run.start).start and run.end - run.start > 2
    return run.start + (opens and first.endswith("ly") and first in common_words())


def _subkind(passage: Passage, name: Range) -> str | None:
    for length in (2, 1):
        if name.end - length >= name.start:
            words = passage.words(Range(name.end - length, name.end)).lower()
            if words in _heads():
                return _heads()[words]
    return None


def _named_by_head(passage: Passage, name: Range, subkind: str) -> Find | None:
    """A name that ends with its head, with "of …" behind it; a lone head without such is none."""
    end = _end_of_complement(passage, name.end)
    start, country = _without_country(passage, name, subkind)
    owner = _owner(passage, start) if country is None else None
    country = country or owner or _country_in_complement(passage, name.end, end)
    words = [token.words.lower() for token in passage.tokens[start : name.end]]
    bare = len(words) == 1 and end == name.end
    if bare and not (country and words[0] in organisation_words()["ordinary"]):
        return None
    whole = Range(start, end)
    return Find(passage.stretch(whole), passage.words(whole), subkind, country)


def _without_country(passage: Passage, name: Range, subkind: str) -> tuple[int, str | None]:
    for length in (2, 1):
        words = passage.words(Range(name.start, min(name.start + length, name.end)))
        code = country_of_adjective(words) or country_of_name(words)
        if code and name.end - name.start > length:
            kept = subkind not in OF_THE_STATE
            return (name.start if kept else name.start + length), code
    return name.start, None


def _owner(passage: Passage, start: int) -> str | None:
    """The country in "Russia's Defence Ministry"."""
    if start < 2 or passage.tokens[start - 1].words not in POSSESSIVES:
        return None
    words = passage.tokens[start - 2].words
    two = passage.words(Range(start - 3, start - 1)) if start > 2 else words
    return country_of_name(two) or country_of_name(words) or country_of_capital(words)


def _end_of_complement(passage: Passage, end: int) -> int:
    """Behind "of the Interior", "for Foreign Affairs and Trade"; the same token where no such follows."""
    tokens, limit = passage.tokens, passage.sentence_of(end - 1).end
    index = end
    if index + 1 >= limit or tokens[index].words not in {"of", "for"}:
        return end
    index += 1 + (tokens[index + 1].words == "the")
    stop = end
    while index < limit and (
        _is_capital(passage, index) or (stop > end and tokens[index].words in {"and", "of", "the"})
    ):
        if _is_capital(passage, index):
            stop = index + 1
        index += 1
    return stop


def _is_capital(passage: Passage, index: int) -> bool:
    token = passage.tokens[index]
    return token.capitalised and token.words.lower() not in FUNCTION_WORDS and token.words not in MONTHS_AND_DAYS


def _country_in_complement(passage: Passage, start: int, end: int) -> str | None:
    return country_of(passage.words(Range(start + 1, end))) if end > start + 1 else None


@lru_cache(maxsize=1)
def _ordinary_pattern() -> re.Pattern[str]:
    words = sorted(organisation_words()["ordinary"], key=lambda words: (-len(words), words))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])")


def _ordinary(passage: Passage) -> Iterator[Find]:
    """As in "Ukraine's military", "the Russian army": a country and a body in small letters."""
    for found in _ordinary_pattern().finditer(passage.text):
        last = passage.tokens_in(found.start(), found.end())
        if last.start == last.end:
            continue
        beside = _country_beside(passage, last.start)
        if beside is not None:
            whole = Range(beside[0], last.end)
            subkind = _heads().get(found[0].split()[-1]) or _heads().get(found[0])
            yield Find(passage.stretch(whole), passage.words(whole), subkind, beside[1])


def _country_beside(passage: Passage, start: int) -> tuple[int, str] | None:
    tokens = passage.tokens
    limit = passage.sentence_of(start).start
    owned = start - 1 > limit and tokens[start - 1].words in POSSESSIVES
    end = start - 1 if owned else start
    for length in (2, 1):
        if end - length >= limit:
            words = passage.words(Range(end - length, end))
            code = (country_of_name(words) if owned else country_of_adjective(words)) if words[0].isupper() else None
            if code:
                return end - length, code
    return None


def _acronyms(passage: Passage, known: Sequence[Stretch]) -> Iterator[Find]:
    """Capitals that stand for a name: with the name before them in parentheses, or alone."""
    for index, token in enumerate(passage.tokens):
        if not ACRONYM.fullmatch(token.words) or token.words in NO_ACRONYMS or country_of(token.words):
            continue
        stretch = passage.stretch(Range(index, index + 1))
        expansion = _expansion(passage, index)
        if expansion is not None:
            long = passage.words(expansion)
            yield Find(passage.stretch(expansion), long, _subkind(passage, expansion), None)
            yield Find(stretch, token.words, None, None, expansion=long)
        elif not any(stretch.overlaps(each) for each in known) and _stands_for_a_body(passage, index):
            yield Find(stretch, token.words, None, None)


def _stands_for_a_body(passage: Passage, index: int) -> bool:
    """Whether capitals alone can be an acronym: three letters or more, and not in a line of capitals."""
    tokens = passage.tokens
    if len(tokens[index].words.replace(".", "")) < 3:
        return False
    beside = [t.words for t in tokens[max(index - 1, 0) : index + 2] if t is not tokens[index] and t.words.isalpha()]
    return not any(
        words.isupper() and len(words) > 1 and words not in organisation_words()["acronym"] for words in beside
    )


def _expansion(passage: Passage, index: int) -> Range | None:
    """The name before "(ABC)" whose capitals, small words aside or not, are those letters."""
    tokens = passage.tokens
    letters = tokens[index].words.replace(".", "")
    if index < 2 or tokens[index - 1].words != "(":
        return None
    limit = passage.sentence_of(index).start
    for start in range(index - 2, max(limit - 1, index - 2 - 2 * len(letters)), -1):
        words = tokens[start : index - 1]
        initials = "".join(token.words[0] for token in words if token.capitalised)
        small = all(token.capitalised or token.words in FUNCTION_WORDS for token in words)
        if small and initials == letters and words[0].capitalised:
            return Range(start, index - 1)
    return None


def _grouped(finds: Sequence[Find]) -> list[list[Find]]:
    """Finds of one organisation together: the same name and country, or an acronym with its expansion."""
    expansions = {find.name: find.expansion for find in finds if find.expansion}
    groups: dict[tuple[str, str | None], list[Find]] = {}
    for find in finds:
        name = expansions.get(find.name) or find.name
        groups.setdefault((_key(name), find.country if find.subkind in OF_THE_STATE else None), []).append(find)
    return list(groups.values())


def _key(name: str) -> str:
    return re.sub(r"[.’']", "", name).casefold().removeprefix("the ")


def _actor(number: int, group: Sequence[Find], text: ArticleText) -> Actor:
    stretches = tuple(find.stretch for find in group)
    entity = Entity(
        id=f"o{number}",
        kind="organisation",
        subkind=next((find.subkind for find in group if find.subkind), None),
        name=max((find.name for find in group), key=len),
        title=None,
        country=next((find.country for find in group if find.country), None),
        links=(),
        mentions=tuple(text.span(stretch) for stretch in stretches),
        found_by=FOUND_BY,
        confidence=None,
    )
    return Actor(entity, stretches)
