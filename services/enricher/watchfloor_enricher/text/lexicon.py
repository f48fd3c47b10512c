"""Lists of words that ship with this package: common words, function words, first names."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

PARTICLES = frozenset(
    "van von vom der den de del della di da das do dos du la le el al bin ibn bint ben abu ter ten zu zum "
    "af av y ul ud".split()
)
"""Small words inside of a name, between capitalised ones."""
MONTHS_AND_DAYS = frozenset(
    "January February March April May June July August September October November December Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec. "
    "Christmas Easter Ramadan Eid".split()
)
DETERMINERS = frozenset(
    "a an the this that these those its his her their our my your some any no every each another both".split()
)
PRONOUNS = frozenset("he she they it i we you who him them us me himself herself themselves itself which".split())
PREPOSITIONS = frozenset(
    "of in on at by for with from to into onto over under above below between among amid during through "
    "throughout after before since until till against about around across along behind beyond near inside "
    "outside within without towards toward upon off out up down per via despite except like unlike as "
    "than because regarding concerning including following".split()
)
AUXILIARIES = frozenset(
    "be is are was were been being am has have had having do does did done will would shall should can "
    "could may might must cannot isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't "
    "won't wouldn't can't couldn't shouldn't".split()
)
CONJUNCTIONS = frozenset(
    "and or but nor so yet if although though while whereas because unless when where whether that how why what".split()
)
SMALL_ADVERBS = frozenset(
    "not also later then never ever already still just only even again once now soon too earlier recently "
    "today yesterday tomorrow always often sometimes however meanwhile instead therefore thus indeed "
    "perhaps maybe here there further long almost previously subsequently afterwards separately".split()
)
FUNCTION_WORDS = (
    DETERMINERS
    | PRONOUNS
    | PREPOSITIONS
    | AUXILIARIES
    | CONJUNCTIONS
    | SMALL_ADVERBS
    | frozenset(
        "mr mrs ms more most many much few several all other such own same one two three four five six seven "
        "eight nine ten according last next meanwhile yes well oh there's it's that's he's she's i'm we're "
        "they're you're let's".split()
    )
)


def read_lines(name: str) -> Iterator[str]:
    """The lines of a list in the data folder; lines that begin with # are remarks."""
    text = files("watchfloor_enricher").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def read_lists(name: str) -> dict[str, frozenset[str]]:
    """A list by kind: lines of `kind: word, word of several, …`; a kind may have several lines."""
    found: dict[str, set[str]] = {}
    for line in read_lines(name):
        kind, _, words = line.partition(":")
        found.setdefault(kind, set()).update(word.strip() for word in words.split(",") if word.strip())
    return {kind: frozenset(words) for kind, words in found.items()}


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words that are no names, in lower case."""
    return frozenset(read_lines("common_words.txt"))


@lru_cache(maxsize=1)
def first_names() -> dict[str, str]:
    """First names with the gender they mostly have: f, m or e(ither)."""
    return dict(line.split("\t") for line in read_lines("first_names.tsv"))


def gender_of(first_name: str) -> str | None:
    """The gender that a first name tells, f or m; None where it tells none.

    >>> gender_of("Volodymyr"), gender_of("Robin")
    ('m', None)
    """
    gender = first_names().get(first_name) or first_names().get(first_name.partition("-")[0])
    return gender if gender in ("f", "m") else None


@lru_cache(maxsize=1)
def organisation_words() -> dict[str, frozenset[str]]:
    """Words that names of organisations, places and things end with, by kind; known organisations and acronyms."""
    return read_lists("organisations.txt")


@lru_cache(maxsize=1)
def words_of_no_person() -> frozenset[str]:
    """Nouns, in small letters, that no person's name holds."""
    lists = organisation_words()
    kinds = lists.keys() - {"known", "acronym", "ordinary"}
    return frozenset(word for kind in kinds for word in lists[kind] if " " not in word)


class KnownOrganisation(NamedTuple):
    """What a name alone tells of an organisation."""

    subkind: str
    country: str | None


@lru_cache(maxsize=1)
def known_organisations() -> dict[str, KnownOrganisation]:
    """Organisations known by name; of seats such as the Kremlin also the country."""
    entries = (entry.split(" = ") for entry in organisation_words()["known"])
    kinds = {name: kind.partition("/") for name, kind in entries}
    return {name: KnownOrganisation(kind, country or None) for name, (kind, _, country) in kinds.items()}
