"""Numbers that are now others, where it is sure that both versions count the same."""

import re
from collections.abc import Iterator

from watchfloor_gateway.differences import words
from watchfloor_gateway.differences.model import Step
from watchfloor_gateway.differences.numbers import Number, amount
from watchfloor_gateway.differences.weight import Side

HARMS = {
    "killed": r"kill(?:ed|ing|s)?|dead|died?|deaths?|dying",
    "injured": r"injur(?:ed|ing|es)|wound(?:ed|ing|s)?|hurt(?:ing)?",
    "missing": r"missing|unaccounted",
    "captured": r"captur(?:ed|ing)",
    "arrested": r"arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?",
    "rescued": r"rescu(?:ed|ing|es)",
    "evacuated": r"evacuat(?:ed|ing|es)",
    "displaced": r"displac(?:ed|ing|es)",
}
"""What befalls people, in the one word that a step has for it. English, as the quantities are."""
BOUND = r"(?:(?:at least|more than|about|some|another|up to|over|around|nearly|as many as)\s+)?"
AHEAD = {harm: re.compile(rf"\b(?:{pattern})\s+{BOUND}$", re.IGNORECASE) for harm, pattern in HARMS.items()}
STILL = r"(?:(?:is|are|was|were|has|have|had|been|being|still|also|now|reported|reportedly)\s+)*"
OBJECT = r"(?!\s+(?:the|an?|its|their|his|her|at\s+least|more|about|some|another|\d|two|three|four|five|six|seven|eight|nine|ten)\b)"
"""What would make `killed` behind a number a deed, not a fate: `seven men killed two guards`."""
BEHIND = {
    harm: re.compile(rf"^\s*(?:others?\s+)?{STILL}(?:{pattern})\b{OBJECT}", re.IGNORECASE)
    for harm, pattern in HARMS.items()
}
WINDOW = 60
NOUN_WITHIN = 4
"""Words behind a number among which the noun is sought that the other version counts."""
STEM, ENDING = 4, 3
"""Two forms of a noun begin with as many letters alike, and have as many that are not: `моряк`, `моряків`."""


def steps(old: Side, new: Side) -> Iterator[Step]:
    """The numbers of one change that are now others and count the same; nothing where that is not sure."""
    before, after = old.numbers(), new.numbers()
    if len(before) != len(after):
        return
    for one, other in zip(before, after, strict=True):
        what, sure = _counted(one, old, other, new)
        if sure and amount(one) != amount(other):
            yield Step(what, amount(one), amount(other))


def _counted(one: Number, old: Side, other: Number, new: Side) -> tuple[str | None, bool]:
    """What both numbers count, None where they only share a unit; and whether it is sure that both count the same."""
    mine, theirs = one.quantity, other.quantity
    if mine and theirs and mine.unit != theirs.unit:
        return None, False
    noun = _noun(one, old, other, new)
    counted = [quantity.of for quantity in (mine, theirs) if quantity and quantity.of]
    if counted and noun is None:
        return None, False
    harm, harm_after = _harm(one, old), _harm(other, new)
    if harm != harm_after:
        return None, False
    if harm or noun:
        return harm or noun, True
    return None, bool(mine and theirs and mine.unit)


def _harm(number: Number, side: Side) -> str | None:
    """What befalls those who are counted, by the words before and behind."""
    ahead = side.text[max(0, number.start - WINDOW) : number.start]
    behind = side.text[_behind_noun(number, side) :][:WINDOW]
    return next((harm for harm in HARMS if BEHIND[harm].search(behind) or AHEAD[harm].search(ahead)), None)


def _behind_noun(number: Number, side: Side) -> int:
    """Where the number's group of words ends: as annotated, else behind the next word."""
    if number.quantity:
        return number.end
    found = re.compile(r"\s+[^\W\d]+").match(side.text, number.end)
    return found.end() if found else number.end


def _noun(one: Number, old: Side, other: Number, new: Side) -> str | None:
    """The noun that both count, as the new version prints it; None where they share none."""
    mine, theirs = (number.quantity.of if number.quantity else None for number in (one, other))
    if mine and theirs:
        return theirs if _alike(mine, theirs) else None
    known = mine or theirs
    if known:
        followed = _following(other if mine else one, new if mine else old)
        return next((known for word in followed if _alike(word, known)), None)
    if one.quantity or other.quantity or old.language == "en":
        return None
    mine, theirs = (next(iter(_following(*each)), None) for each in ((one, old), (other, new)))
    return theirs if mine and theirs and _alike(mine, theirs) else None


def _following(number: Number, side: Side) -> list[str]:
    """The words behind a number, as far as no mark parts them from it."""
    found = re.compile(rf"(?:[ \u00a0]+[^\W\d_]\S*){{0,{NOUN_WITHIN}}}").match(
        side.text, number.start + len(number.printed)
    )
    return [token for token in words.tokens(found[0] if found else "") if words.is_word(token)][:NOUN_WITHIN]


def _alike(one: str, other: str) -> bool:
    """Whether two words are forms of one.

    >>> _alike("sailor", "sailors"), _alike("моряків", "моряки"), _alike("men", "women")
    (True, True, False)
    """
    if words.is_unspaced(one):
        return False
    one, other = one.casefold(), other.casefold()
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one == other or (shared >= STEM and max(len(one), len(other)) - shared <= ENDING)
