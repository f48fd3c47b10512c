"""Verbs in their forms: those of saying, and what else looks like a finite verb. English."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from watchfloor_enricher.text.lexicon import AUXILIARIES, read_lists

VOWELS = frozenset("aeiou")
PAST_FORMS = frozenset(
    "went came took gave got made met left began became brought built bought broke chose drew drove ate "
    "fell felt fought found flew forgot froze grew heard held hit hurt kept knew laid led lent let lost "
    "meant paid put ran rose sat sent set shot showed shut sang sank slept spent stood stole struck swore "
    "swept taught threw understood won wore wrote saw sought said told spoke thought caught dealt dug fed "
    "fled lay rode rang shook slid spun spread sprang stuck swam withdrew withstood overthrew undertook "
    "bore bound cost cut quit read split upheld".split()
)
NOT_PAST = frozenset(
    "need seed speed feed breed bed red indeed hundred sacred united shed creed greed weed deed reed "
    "steed embed".split()
)
Form = Literal["base", "third", "past", "participle"]


@dataclass(frozen=True)
class VerbOfSaying:
    """What a form of a verb of saying can be."""

    parenthetical: bool
    form: Form


@lru_cache(maxsize=1)
def _forms() -> dict[str, VerbOfSaying]:
    found: dict[str, VerbOfSaying] = {}
    for kind, entries in sorted(read_lists("verbs_of_saying.txt").items()):
        for entry in sorted(entries):
            infinitive, _, irregular = entry.partition("/")
            for word, form in _conjugated(infinitive, irregular):
                known = found.get(word)
                found[word] = VerbOfSaying(kind == "parenthetical" or bool(known and known.parenthetical), form)
    return found


def _conjugated(infinitive: str, irregular: str) -> list[tuple[str, Form]]:
    past = irregular.split("/") if irregular else [_past(infinitive)]
    forms: list[tuple[str, Form]] = [
        (infinitive, "base"),
        (_third(infinitive), "third"),
        (_participle(infinitive), "participle"),
    ]
    return [*forms, *((form, "past") for form in past)]


def _doubles(infinitive: str) -> bool:
    """Whether the last letter is doubled: refer, rebut, rebuff does not."""
    short = len(infinitive) >= 3 and infinitive[-1] not in VOWELS | set("wxy") and infinitive[-2] in VOWELS
    return (
        short
        and infinitive[-3] not in VOWELS
        and (len(infinitive) <= 4 or infinitive in {"refer", "rebut", "admit", "regret"})
    )


def _past(infinitive: str) -> str:
    if infinitive.endswith("e"):
        return infinitive + "d"
    if infinitive.endswith("y") and infinitive[-2] not in VOWELS:
        return infinitive[:-1] + "ied"
    return infinitive + (infinitive[-1] if _doubles(infinitive) else "") + "ed"


def _third(infinitive: str) -> str:
    if infinitive.endswith("y") and infinitive[-2] not in VOWELS:
        return infinitive[:-1] + "ies"
    return infinitive + ("es" if infinitive.endswith(("s", "sh", "ch", "x", "z")) else "s")


def _participle(infinitive: str) -> str:
    if infinitive.endswith("e") and not infinitive.endswith("ee"):
        return infinitive[:-1] + "ing"
    return infinitive + (infinitive[-1] if _doubles(infinitive) else "") + "ing"


def verb_of_saying(word: str) -> VerbOfSaying | None:
    """What the word is as a verb of saying; None where it is none.

    >>> verb_of_saying("told").form, verb_of_saying("warning").form, verb_of_saying("denies").parenthetical
    ('past', 'participle', False)
    """
    return _forms().get(word.lower())


def looks_like_a_verb(word: str) -> bool:
    """Whether the word is a verb in a finite form, judged by it alone: base forms, which are mostly nouns, are not."""
    folded = word.lower()
    known = _forms().get(folded)
    if folded in AUXILIARIES or folded in PAST_FORMS or (known is not None and known.form == "past"):
        return True
    return folded.endswith("ed") and len(folded) > 4 and folded not in NOT_PAST
