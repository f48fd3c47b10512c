"""Find the places of an article: mentions, evidence, one sense a name, then entities and places as events have them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from watchfloor.events import Entity, Place
from watchfloor.gazetteer import Candidate, Gazetteer
from watchfloor.gazetteer.lookup import lineage
from watchfloor_enricher.countries import find_country_words
from watchfloor_enricher.places.entities import entity_and_place
from watchfloor_enricher.places.evidence import Context, Evidence, evidence_of, is_common_word, is_persons_name
from watchfloor_enricher.places.mentions import Mention, mention_at, mentions_of
from watchfloor_enricher.places.senses import Surroundings, choose, lies_in, qualifiers_of, shares
from watchfloor_enricher.text import ArticleText, Stretch
from watchfloor_enricher.text.dateline import dateline_of
from watchfloor_enricher.vessels import names_of_vessels

NEEDED = {Evidence.WEAK: 5.3, Evidence.FAIR: 4.9, Evidence.STRONG: 3.6}
"""The score that a name needs (see senses.score) for each degree of evidence."""
NEEDED_OF_A_WORD = {Evidence.WEAK: 99.0, Evidence.FAIR: 7.0, Evidence.STRONG: 4.9}
NEEDED_OF_A_PERSON = {Evidence.WEAK: 7.0, Evidence.FAIR: 5.6, Evidence.STRONG: 4.6}


Judged = list[tuple[Mention, Evidence]]
"""The mentions of one name, each with how sure it is that a place is meant."""
Groups = dict[str, Judged]


@dataclass(frozen=True)
class Needed:
    """The score that a name needs for each degree of evidence, where it means a place of one of these kinds."""

    scores: Mapping[Evidence, float]
    kinds: frozenset[str]


TOWNS = frozenset(["city", "county"])
ANYTHING = Needed(dict.fromkeys(Evidence, 0.0), frozenset())


@dataclass(frozen=True)
class FoundPlaces:
    """The places of an article, as entities and where they lie; the two tuples go together."""

    entities: tuple[Entity, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Resolved:
    """A place and the mentions that mean it."""

    candidate: Candidate
    mentions: tuple[Mention, ...]


def find_places(
    article: ArticleText,
    gazetteer: Gazetteer,
    *,
    people: Collection[Stretch] = (),
    organisations: Collection[Stretch] = (),
    home: str | None = None,
) -> FoundPlaces:
    """Every place that the article names, with its coordinates.

    `people` and `organisations` are stretches already known to name them: no place is read into those. `home` is the
    country that the publisher is at home in, which decides weakly between places of one name.
    """
    context = _context(article, people, organisations)
    resolved = resolve(article, gazetteer, context, home)
    pairs = [
        entity_and_place(f"place-{number}", each.candidate, each.mentions, gazetteer)
        for number, each in enumerate(resolved, 1)
    ]
    return FoundPlaces(tuple(entity for entity, _ in pairs), tuple(place for _, place in pairs))


def resolve(article: ArticleText, gazetteer: Gazetteer, context: Context, home: str | None) -> list[Resolved]:
    """The places of an article with their mentions, in the order of their first ones."""
    groups = _groups(article, gazetteer, context)
    return _resolved_groups(article, gazetteer, groups, home, lambda group: _needed(group, context))


def _resolved_groups(
    article: ArticleText, gazetteer: Gazetteer, groups: Groups, home: str | None, needed: Callable[[Judged], Needed]
) -> list[Resolved]:
    """Decide all names twice: what is sure after the first time helps the rest."""
    codes: dict[str, frozenset[str]] = {
        key: frozenset().union(*(qualifiers_of(mention, gazetteer) for mention, _ in group))
        for key, group in groups.items()
    }
    words = [word for passage in article.passages for word in find_country_words(passage.text)]
    named = [word.country for word in words if word.form != "capital"]
    surroundings, sure = Surroundings(countries=shares(named), home=home), list[Resolved]()
    for _ in range(2):
        choices = (_accepted(group, surroundings, codes[key], needed(group)) for key, group in groups.items())
        sure = [choice for choice in choices if choice]
        surroundings = _surroundings(sure, named, codes, home)
    return _merged(sure)


def _context(article: ArticleText, people: Collection[Stretch], organisations: Collection[Stretch]) -> Context:
    small = {token.words for passage in article.passages for token in passage.tokens if token.words.islower()}
    names = {word for stretch in people for word in article.span(stretch).words.split() if word[0].isupper()}
    dateline = dateline_of(article.passages[0], article.language)
    written_in = dateline.names if dateline else None
    vessels = names_of_vessels(article)
    return Context(tuple(people), tuple(organisations), frozenset(small), frozenset(names), vessels, written_in)


def _groups(article: ArticleText, gazetteer: Gazetteer, context: Context) -> Groups:
    groups: Groups = defaultdict(list)
    for passage in article.passages:
        for mention in mentions_of(passage, gazetteer):
            evidence = evidence_of(mention, context)
            if evidence is not Evidence.AGAINST:
                groups[mention.key].append((mention, evidence))
    return groups


def _needed(group: Judged, context: Context) -> Needed:
    """What the name of a group needs to count as a place; more where it is a word or a person's name, too."""
    mention = group[0][0]
    if is_common_word(mention, context):
        return Needed(NEEDED_OF_A_WORD, TOWNS)
    if is_persons_name(mention, context):
        return Needed(NEEDED_OF_A_PERSON, TOWNS | {"capital", "region", "district"})
    return Needed(NEEDED, frozenset())


def _accepted(group: Judged, surroundings: Surroundings, codes: frozenset[str], needed: Needed) -> Resolved | None:
    """The place of one name with the mentions that mean it; None where no place is meant."""
    candidate, points = choose([mention for mention, _ in group], surroundings, codes)
    qualified = bool(codes) and lies_in(candidate, codes)
    best = Evidence.STRONG if qualified else max(evidence for _, evidence in group)
    ordinary = candidate.kind in needed.kinds
    if points < (needed.scores if ordinary or not needed.kinds else NEEDED)[best]:
        return None
    word = ordinary and needed.scores is NEEDED_OF_A_WORD and not qualified
    kept = [m for m, evidence in group if not word or evidence > Evidence.WEAK or not m.opens_sentence]
    return Resolved(candidate, tuple(kept)) if kept else None


def _surroundings(
    sure: list[Resolved], named: list[str], codes: dict[str, frozenset[str]], home: str | None
) -> Surroundings:
    """What the places found so far say about the others."""
    countries = [
        *named,
        *(each.candidate.country for each in sure if each.candidate.country and each.candidate.kind != "country"),
    ]
    divisions = [code for each in sure for code in lineage(each.candidate.division)]
    spelled = [code for each in codes.values() for code in each]
    places = [each.candidate for each in sure if each.candidate.kind in ("city", "capital", "county", "site")]
    return Surroundings(shares(countries), shares([*divisions, *spelled]), places, home)


def _merged(sure: list[Resolved]) -> list[Resolved]:
    """Names of one place together, in the order of their first mentions."""
    by_place: dict[tuple[object, ...], list[Resolved]] = defaultdict(list)
    for each in sure:
        candidate = each.candidate
        by_place[candidate.geonameid or (candidate.name, candidate.latitude), candidate.kind].append(each)
    merged = [
        Resolved(group[0].candidate, tuple(sorted((m for each in group for m in each.mentions), key=_position)))
        for group in by_place.values()
    ]
    return sorted(merged, key=lambda each: _position(each.mentions[0]))


def _position(mention: Mention) -> tuple[int, int]:
    where = mention.passage.where
    return (-1 if where == "text" else int(where), mention.start)


def locate_given(
    article: ArticleText, gazetteer: Gazetteer, stretches: Collection[Stretch], home: str | None = None
) -> dict[Stretch, Candidate]:
    """Where given mentions of places lie; those whose name the gazetteer does not have are left out."""
    given = [mention for stretch in stretches if (mention := mention_at(article, gazetteer, stretch))]
    groups: Groups = defaultdict(list)
    for mention in given:
        groups[mention.key].append((mention, Evidence.STRONG))
    resolved = _resolved_groups(article, gazetteer, groups, home, lambda _: ANYTHING)
    return {mention.stretch: each.candidate for each in resolved for mention in each.mentions}
