"""Numbers as texts print them: digits, words, and both together ("2.4 million", "$3bn", "two dozen")."""

import re
from decimal import Decimal

SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"k": 1000, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "tn": 10**12, "trn": 10**12}
UNIT_WORD = "|".join(SMALL)
TENS_WORD = "|".join(TENS)
SCALE_WORD = "|".join(SCALES)
BELOW_HUNDRED = rf"(?:(?:{TENS_WORD})(?:[-\s](?:{UNIT_WORD}))?|{UNIT_WORD})"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?"
IN_WORDS = (
    rf"half\s+a\s+(?:dozen|million|billion)|(?:{BELOW_HUNDRED}|a|several)\s+(?:{SCALE_WORD})"
    rf"(?:\s+(?:and\s+)?(?:{SCALE_WORD}|{BELOW_HUNDRED}(?:\s+(?:{SCALE_WORD}))?))*|{BELOW_HUNDRED}"
)
NUMBER = rf"(?:(?:{DIGITS})(?:\s?(?:{SCALE_WORD})|\s?(?:bn|tn|trn|mn|mln)\b|[mk](?![\w/]))?|{IN_WORDS})"


def value_of(printed: str) -> int | float | None:
    """The value of a printed number; None where it is none, or vague ("several thousand").

    >>> [value_of(words) for words in ("50,000", "2.4bn", "two dozen", "half a million", "one hundred and five", "3.5 million")]
    [50000, 2400000000, 24, 500000, 105, 3500000]
    """
    bare = re.sub(r"[\u00a0\u202f,]", "", printed.lower()).strip()
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", bare)
    if found:
        scale = SCALES.get(found[2]) or SHORT_SCALES.get(found[2]) or (1 if not found[2] else None)
        return None if scale is None else _plain(Decimal(found[1]) * scale)
    if bare.startswith("half a"):
        return _plain(Decimal(SCALES[bare.split()[-1]]) / 2)
    return _in_words(bare.replace("-", " ").split())


def _in_words(words: list[str]) -> int | None:
    """Add up "two hundred and five thousand": what stands before a scale is multiplied by it."""
    total = part = 0
    for word in words:
        if word in SCALES:
            part = max(part, 1) * SCALES[word]
            total, part = (total + part, 0) if SCALES[word] >= 1000 else (total, part)
        elif word in SMALL or word in TENS or word == "a":
            part += SMALL.get(word, TENS.get(word, 0))
        elif word != "and":
            return None
    return total + part


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
