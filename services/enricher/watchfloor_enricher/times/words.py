"""Words of time and number, in English and, for dates, in the other languages that are watched."""

import re
from collections.abc import Iterable

NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "noon": "MI", "overnight": "NI",
}  # fmt: skip
UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "weekend": "D", "fortnight": "W",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE",
}  # fmt: skip
ZONES = {
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "pst": "-08:00", "pdt": "-07:00", "bst": "+01:00",
    "cet": "+01:00", "cest": "+02:00", "msk": "+03:00", "eet": "+02:00", "eest": "+03:00",
}  # fmt: skip
VAGUE = {
    "PRESENT_REF": frozenset([
        "now", "right now", "current", "currently", "at present", "at the moment", "nowadays", "these days", "presently",
    ]),
    "FUTURE_REF": frozenset([
        "soon", "shortly", "future", "the future", "in the future", "near future", "the near future", "in the near future",
        "in the very near future", "the foreseeable future", "coming days", "the coming days", "in the coming days",
        "the coming weeks", "in the coming weeks", "the coming months", "in the coming months", "the coming years",
        "in the coming years",
    ]),
    "PAST_REF": frozenset([
        "recently", "lately", "the past", "in the past", "a while ago", "long ago", "some time ago", "not long ago",
    ]),
}  # fmt: skip

NUMBER_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER = (
    rf"(?:\d{{1,4}}(?:,\d{{3}})*(?:\.\d+)?|(?:{NUMBER_WORDS})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|(?:a\s+)?(?:couple|dozen)(?:\s+of)?|half\s+an?|an?\s+half)"
)


def number_of(words: str) -> float | None:
    """The number that words or digits stand for, 0 to 9999; None where they stand for none.

    >>> number_of("twenty-one"), number_of("14"), number_of("a couple of"), number_of("half an"), number_of("soon")
    (21, 14, 2, 0.5, None)
    """
    bare = " ".join(words.lower().replace("-", " ").replace(",", "").split())
    if re.fullmatch(r"\d+", bare):
        return int(bare)
    if re.fullmatch(r"\d+\.\d+", bare):
        return float(bare)
    if "half" in bare.split():
        return 0.5
    for noun, number in (("couple", 2), ("dozen", 12)):
        if noun in bare.split():
            return number
    names = bare.split()
    if len(names) > 1 and names[0] in ("a", "an"):
        names = names[1:]
    parts = [NUMBERS.get(part) for part in names]
    return sum(part for part in parts if part is not None) if parts and None not in parts else None


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
