"""Military equipment by name: "Taurus missile", "Leopard 2 tanks", "Patriot". English nouns, names in Latin script."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from watchfloor.events import Entity
from watchfloor_enricher.countries import country_of
from watchfloor_enricher.text import ArticleText, Passage, Stretch
from watchfloor_enricher.text.lexicon import common_words, read_lists

FOUND_BY = "equipment-rules/1"
NAME = r"[A-Z][\w]*(?:-[\w]+)*(?: [A-Z][\w]*(?:-[\w]+)*| \d{1,3}[A-Z]?\d?(?![\w]))?"
BETWEEN = r"(?: [a-z]+(?:-[a-z]+)*)?"


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    return read_lists("equipment.txt")


@lru_cache(maxsize=1)
def _kind_of_noun() -> dict[str, str]:
    return {noun: kind for kind in sorted(_lists().keys() - {"known"}) for noun in _lists()[kind]}


@lru_cache(maxsize=1)
def _kind_of_name() -> dict[str, str]:
    entries = (entry.split(" = ") for entry in _lists()["known"])
    return {entry[0]: entry[1] for entry in entries}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(map(re.escape, _kind_of_noun()), key=lambda noun: (-len(noun), noun)))
    names = "|".join(sorted(map(re.escape, _kind_of_name()), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"(?<![\w-])(?:(?P<known>{names})(?![\w])|(?P<name>{NAME}){BETWEEN} (?P<noun>{nouns})s?(?![\w-]))"
    )


def find_equipment(text: ArticleText, taken: Collection[Stretch]) -> list[Entity]:
    """Every piece of equipment that is named, in order of first mention; none inside of what is `taken`."""
    groups: dict[str, list[tuple[Stretch, str]]] = {}
    for passage in text.passages:
        for stretch, kind in _in_passage(passage):
            if not any(stretch.overlaps(other) for other in taken):
                name = passage.text[stretch.start : stretch.end]
                groups.setdefault(name, []).append((stretch, kind))
    return [_entity(number, name, group, text) for number, (name, group) in enumerate(groups.items(), start=1)]


def _in_passage(passage: Passage) -> Iterator[tuple[Stretch, str]]:
    for found in _pattern().finditer(passage.text):
        if found["known"]:
            yield Stretch(passage.where, *found.span("known")), _kind_of_name()[found["known"]]
            continue
        start, name = found.start("name"), found["name"]
        first, _, rest = name.partition(" ")
        if rest and (country_of(first) or first.lower() in common_words()):
            start, name = start + len(first) + 1, rest
        if not (country_of(name) or name.lower() in common_words() or len(name) < 2):
            yield Stretch(passage.where, start, found.end("name")), _kind_of_noun()[found["noun"]]


def _entity(number: int, name: str, group: Sequence[tuple[Stretch, str]], text: ArticleText) -> Entity:
    return Entity(
        id=f"e{number}",
        kind="equipment",
        subkind=group[0][1],
        name=name,
        title=None,
        country=None,
        links=(),
        mentions=tuple(text.span(stretch) for stretch, _ in group),
        found_by=FOUND_BY,
        confidence=None,
    )
