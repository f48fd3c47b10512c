"""What expressions of time look like in English. The order does not matter: of those that touch, the longest wins."""

import re

from watchfloor_enricher.times import days, spells
from watchfloor_enricher.times.found import Read
from watchfloor_enricher.times.words import (
    DAY_PARTS,
    MONTHS,
    NUMBER,
    SEASONS,
    UNITS,
    VAGUE,
    WEEKDAYS,
    ZONES,
    alternatives,
)

MONTH = rf"(?:(?P<month>{alternatives(MONTHS)})\b(?:(?<=\b\w\w\w)\.|(?<=\bsept)\.)?)"
ANY_WEEKDAY = rf"(?:(?:{alternatives(WEEKDAYS)})\.?,?\s+)?"
LONG_WEEKDAYS = alternatives(name for name in WEEKDAYS if len(name) > 5)
SHORT_WEEKDAYS = alternatives(name for name in WEEKDAYS if len(name) < 6)
WEEKDAY = rf"(?P<weekday>(?:{LONG_WEEKDAYS})\b|(?:{SHORT_WEEKDAYS})\b(?=[.,]))"
UNIT = rf"(?P<unit>{alternatives(UNITS)})s?"
REPEATED = alternatives([*(UNITS.keys() - {"second", "night"}), *WEEKDAYS])
YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
PART = rf"(?P<part>{alternatives(DAY_PARTS)})"
SEASON = rf"(?P<season>{alternatives(SEASONS)})"
WHICH = r"(?P<which>last|past|previous|next|this coming|coming|this)"
ZONE = rf"(?P<zone>GMT|UTC|Z|{alternatives(ZONES)})"
TENS = alternatives("ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety".split())
ONES = alternatives("one two three four five six seven eight nine".split())
VAGUE_WORDS = alternatives(words for vague in VAGUE.values() for words in vague)
THINGS = alternatives(
    "war conflict front truce ceasefire rebellion insurgency invasion occupation siege blockade embargo deal treaty "
    "agreement pact dispute law government regime company crisis campaign operation programme program strike ban feud "
    "stalemate standoff uprising union alliance mission".split()
)
"""What has an age that tells how long something lasts; that of people tells nothing of the kind."""
OF_AGE = rf"[-\s]olds?\b(?!\s+(?:\w+\s+)?(?:{THINGS})\b)"
COUNTED = r"\s+(?:[a-z]+s|percent|people|troops|men|miles|km)\b"
BEFORE_A_YEAR = "".join(
    rf"(?<=\b{word}\s)|"
    for word in "in since by of until from after before through during between the and to for".split()
)
SOME = r"(?:(?:about|around|some|nearly|almost|more\s+than|at\s+least|less\s+than|up\s+to|over|just|only)\s+)?"


def _rule(read: Read, *parts: str) -> tuple[re.Pattern[str], Read]:
    return re.compile(rf"(?<![\w$£€-])(?:{''.join(parts)})", re.IGNORECASE), read


NUMERIC = (
    _rule(days.read_numeric_date, r"(?P<year>(?:19|20)\d\d)-(?P<first>\d\d)-(?P<second>\d\d)\b"),
    _rule(days.read_numeric_date, r"(?P<first>0[1-9]|1[0-2])/(?P<second>[0-3]?\d)/(?P<year>(?:19|20)\d\d)\b"),
)
DAYS = (
    _rule(days.read_full_date, rf"{ANY_WEEKDAY}(?:the\s+)?{MONTH}\s+{DAY}\s*,?\s+{YEAR}\b"),
    _rule(days.read_full_date, rf"{ANY_WEEKDAY}(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH},?\s+{YEAR}\b"),
    _rule(
        days.read_day_and_month,
        rf"{ANY_WEEKDAY}{MONTH}\s+{DAY}\b(?!\s*(?:percent|%|:\d|\.\d|,\d|million|people))",
    ),
    _rule(days.read_day_and_month, rf"{ANY_WEEKDAY}(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH}\b"),
    _rule(
        days.read_month_and_year,
        rf"(?:(?:early|late|mid|the\s+end\s+of|the\s+beginning\s+of)[-\s]+)?{MONTH},?\s+(?:of\s+)?{YEAR}\b",
    ),
    _rule(
        days.read_month_alone,
        rf"(?:{WHICH}\s+|(?:early|late|mid)(?:-|\s+)(?:in\s+)?)?{MONTH}(?=\W|$)",
        r"(?:\s+(?P<other>last|next)\s+year\b)?",
    ),
    _rule(days.read_weekday, rf"(?:{WHICH}\s+)?{WEEKDAY}(?:\s+{PART})?(?!\w)"),
    _rule(
        days.read_named_day,
        r"(?:early\s+|late\s+)?(?P<named>(?:the\s+day\s+)?before\s+yesterday|(?:the\s+day\s+)?after\s+tomorrow|",
        r"yesterday|today|tomorrow|tonight|overnight|last\s+night|this\s+(?=morning|afternoon|evening))",
        rf"(?:\s*{PART})?\b",
    ),
    _rule(
        days.read_clock,
        r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\.?)",
        rf"(?:\s+{ZONE}\b)?(?:,?\s+(?:on\s+)?{WEEKDAY})?",
    ),
    _rule(days.read_clock, rf"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d|:\d)(?:\s*{ZONE}\b)?"),
    _rule(days.read_clock, r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s*(?P<zone>GMT|UTC)\b"),
    _rule(
        days.read_day_of_month,
        r"(?<=\bon\s)the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:floor|anniversary|century|day))",
    ),
)
SPELLS = (
    _rule(
        spells.read_relative_unit,
        r"(?:(?:earlier|later|early|late|sometime)\s+)?(?P<which>last|past|previous|next|this\s+coming|coming|",
        r"the\s+coming|the\s+next|the\s+past|the\s+last|the\s+previous|this)\s+",
        r"(?P<unit>week|weekend|month|quarter|year|decade|century)\b",
    ),
    _rule(spells.read_relative_unit, r"(?:over\s+)?(?P<which>the)\s+(?P<unit>weekend)\b"),
    _rule(
        spells.read_ago,
        rf"{SOME}(?P<amount>{NUMBER}|several|many|a\s+few|some)(?:\s+|-){UNIT}\s+(?:ago|earlier|before\s+now)\b",
    ),
    _rule(spells.read_ago, rf"(?P<amount>{NUMBER}|several|a\s+few)\s+{UNIT}\s+(?P<hence>from\s+now|hence)\b"),
    _rule(spells.read_seasons_ago, rf"(?P<amount>{NUMBER})\s+{SEASON}s\s+ago\b"),
    _rule(
        spells.read_duration,
        rf"{SOME}(?:the\s+(?:last|past|next|first|coming|previous|final)\s+)?",
        rf"(?P<amount>{NUMBER}|several|a\s+few|few|many|recent)(?:\s+|-)",
        r"(?:(?:full|whole|consecutive|straight|more|long|short|additional|further)\s+)?",
        rf"{UNIT}(?:-long)?\b(?!{OF_AGE})",
    ),
    _rule(
        spells.read_decade,
        r"(?:the\s+)?(?:early\s+|late\s+|mid-?\s*)?(?P<decade>(?:1[5-9]|20)\d0s|['’]\d0s)(?!\w)",
    ),
    _rule(
        spells.read_quarter,
        r"(?:the\s+)?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[-\s](?:fiscal[-\s])?(?P<of>quarter|half)",
        rf"(?:\s+(?:of\s+)?(?:fiscal\s+)?(?:{YEAR}|(?P<which>last|this|next)\s+year))?\b",
    ),
    _rule(spells.read_season, rf"(?:the\s+)?(?:{WHICH}\s+)?{SEASON}(?:\s+(?:of\s+)?{YEAR})\b"),
    _rule(spells.read_season, rf"{WHICH}\s+{SEASON}\b"),
    _rule(spells.read_year, r"(?:(?:fiscal(?:\s+year)?|calendar|early|late|mid)[-\s]+)(?P<year>(?:19|20)\d\d)\b"),
    _rule(spells.read_year, rf"(?:{BEFORE_A_YEAR}(?<=\()){YEAR}(?![\w/]|,\d|\.\d|-\d|{COUNTED})"),
    _rule(
        spells.read_set,
        rf"\b(?:every|each|once\s+an?|per)\s+(?:(?P<amount>two|three|four|five|six|\d+)\s+)?(?P<unit>{REPEATED})s?\b",
    ),
    _rule(spells.read_adverb, r"(?:(?P<base>dai|night|week|month|quarter|year|hour)ly|annual(?:ly)?)\b"),
    _rule(spells.read_spelled_year, rf"(?P<spelled>nineteen\s+(?:{TENS})(?:-(?:{ONES}))?)\b"),
    _rule(spells.read_vague, rf"(?<!as\s)(?P<vague>{VAGUE_WORDS})\b"),
    _rule(
        spells.read_edge,
        r"(?:the\s+)?(?:end|beginning|start|middle|close)\s+of\s+(?:the\s+|this\s+)?",
        rf"(?:(?P<unit>week|month|quarter|year|decade|century)|{YEAR})\b",
    ),
)
RULES = (*NUMERIC, *DAYS, *SPELLS)
