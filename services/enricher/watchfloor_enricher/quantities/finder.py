"""Find numbers with what they count or measure. What only looks like one is left out: years, ages, models, scores."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from watchfloor.events import Quantity
from watchfloor_enricher.quantities.bounds import bound_of
from watchfloor_enricher.quantities.nouns import noun_behind
from watchfloor_enricher.quantities.numbers import NUMBER, value_of
from watchfloor_enricher.quantities.units import SYMBOL, SYMBOLS, UNIT, unit_of
from watchfloor_enricher.quantities.whom import whom_of
from watchfloor_enricher.text import ArticleText, Passage, Stretch

FOUND_BY = "quantity-rules/1"
CANDIDATE = re.compile(
    rf"(?<![\w.,/:+-])(?P<symbol>{SYMBOL})?\s?(?<![\d])(?P<number>{NUMBER})(?![\d/:])(?!\w*\d)", re.IGNORECASE
)
REFERENCE = re.compile(
    r"(?:\b(?:Article|Articles|Resolution|Section|Chapter|Flight|Highway|Route|Room|Building|No\.?|Number|Boeing|Airbus|Page|"
    r"Volume|Unit|Block|Line|Level|Phase|Type|Model|Class|Group|Paragraph|Clause|Apollo|Antonov|Tupolev|Sukhoi|Interstate|"
    r"Psalm|Windows|Covid|Pier|Gate|Platform|Track|Area|Zone|Sector|Grade|Tier|Title|Part|Act|Rule|Figure|Table|Step|aged?)|#)\s*$"
)
AGE_BEHIND = re.compile(r"^(?:[-\s]years?[-\s]olds?\b|\s*,\s+(?:of|from|who|was|is|said|told|has|had|were)\b)")
LIST_NUMBER = re.compile(r"(?:^|\n)\s*$")
ONE_OF = re.compile(r"^\s+(?:of|another|day|thing|side|hand|way|who|more|such|that|time)\b", re.IGNORECASE)
CASUALTY_BEHIND = re.compile(
    r"^\s+(?:others?\s+)?(?:(?:were|was|have been|had been|are)\s+)?(?:also\s+)?(?:killed|wounded|injured|dead|hurt|missing|died|detained|"
    r"arrested|captured|displaced|shot|hospitali[sz]ed|rescued|evacuated|kidnapped|abducted)\b", re.IGNORECASE
)  # fmt: skip
CASUALTY_BEFORE = re.compile(
    r"\b(?:kill(?:ed|ing|s)|wound(?:ed|ing|s)|injur(?:ed|ing|es)|displac(?:ed|ing)|captur(?:ed|ing)|arrest(?:ed|ing)|detain(?:ed|ing)|"
    r"hurt(?:ing)?|death\s+toll\s+(?:\w+\s+){1,3}to)\s+(?:(?:at\s+least|more\s+than|about|some|another|up\s+to|over|around|nearly)\s+)?$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class _Measured:
    """What stands behind a number: where it ends, its unit, and what it counts."""

    end: int
    unit: str | None
    of: str | None


def find_quantities(article: ArticleText, taken: Collection[Stretch] = ()) -> tuple[Quantity, ...]:
    """Every number of the article with its unit or the noun that it counts, in order.

    `taken` are stretches that mean something else: times, people, names of equipment. Numbers in them are passed over.
    """
    return tuple(each for passage in article.passages for each in _quantities_of(passage, taken))


def _quantities_of(passage: Passage, taken: Collection[Stretch]) -> Iterator[Quantity]:
    reached = 0
    for found in CANDIDATE.finditer(passage.text):
        start = found.start("symbol") if found["symbol"] else found.start("number")
        value = value_of(found["number"])
        if value is None or start < reached or _is_no_quantity(passage.text, found, value):
            continue
        measured = _measured(passage, found, value)
        if measured is None or _touches(Stretch(passage.where, start, found.end()), taken):
            continue
        reached = measured.end
        yield _quantity(passage, start, measured, value)


def _quantity(passage: Passage, start: int, measured: _Measured, value: float) -> Quantity:
    text = passage.text
    return Quantity(
        in_=passage.where, start=start, end=measured.end, words=text[start : measured.end], value=value,
        bound=bound_of(text[:start], text[measured.end :]), unit=measured.unit, of=measured.of,
        whom=whom_of(passage, start, measured.end, measured.of), found_by=FOUND_BY, confidence=None,
    )  # fmt: skip


def _touches(stretch: Stretch, taken: Collection[Stretch]) -> bool:
    return any(stretch.overlaps(other) for other in taken)


def _is_no_quantity(text: str, found: re.Match[str], value: float) -> bool:
    before, behind = (
        text[max(0, found.start("number") - 24) : found.start("number")],
        text[found.end() : found.end() + 24],
    )
    if found["symbol"]:
        return False
    if REFERENCE.search(before) or AGE_BEHIND.match(behind):
        return True
    if LIST_NUMBER.search(before) and re.match(r"[.)]\s", behind):
        return True
    if re.match(r"[-–]\d", behind) or re.search(r"\d[\s-]$", before):
        return True
    printed = found["number"]
    if re.fullmatch(r"(?:19|20)\d\d", printed) and value % 100:
        return True
    return printed.lower() == "one" and bool(ONE_OF.match(behind))


def _measured(passage: Passage, found: re.Match[str], value: float) -> _Measured | None:
    text, end = passage.text, found.end()
    if found["symbol"]:
        return _Measured(end, SYMBOLS.get(found["symbol"].upper()) or SYMBOLS[found["symbol"]], None)
    unit = UNIT.match(text, end)
    if unit and (symbol := _unit(unit, found["number"])):
        noun = noun_behind(passage, unit.end()) if unit["gap"] == "-" else None
        return _Measured(unit.end(), symbol, noun[2] if noun else None)
    noun = noun_behind(passage, _past_of(text, end), one=value == 1 and found["number"].isdigit())
    if noun:
        return _Measured(noun[1], None, noun[2])
    if CASUALTY_BEHIND.match(text[end : end + 60]) or CASUALTY_BEFORE.search(
        text[max(0, found.start() - 60) : found.start("number")]
    ):
        return _Measured(end, None, None)
    return None


def _unit(unit: re.Match[str], number: str) -> str | None:
    """The unit; letters that stand alone ("m", "t") must touch digits or follow them after a space, in small letters."""
    printed = unit["unit"]
    if len(printed) == 1 and printed.isalpha() and not (printed.islower() and number[0].isdigit()):
        return None
    if printed.lower() in ("in", "won", "ha", "mi", "rand", "try", "sar", "foot") and not number[0].isdigit():
        return None
    return unit_of(printed)


def _past_of(text: str, end: int) -> int:
    """Behind the "of" of "two dozen of" and the like; else the same."""
    found = re.match(r"\s+of\s+(?:the\s+|its\s+|their\s+|his\s+|her\s+)?", text[end : end + 20])
    return end + found.end() - 1 if found else end
