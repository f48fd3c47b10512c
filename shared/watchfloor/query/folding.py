"""One spelling for what readers take to be one letter: case, width, accents, the Arabic forms of a letter."""

import unicodedata
from functools import lru_cache
from typing import Literal

Script = Literal["latin", "cyrillic", "greek", "arabic", "hebrew", "armenian", "devanagari", "tamil", "other"]
RANGES: tuple[tuple[str, str, Script], ...] = (
    ("A", "\u024f", "latin"),
    ("\u0250", "\u02af", "latin"),
    ("\u0370", "\u03ff", "greek"),
    ("\u0400", "\u052f", "cyrillic"),
    ("\u0531", "\u058f", "armenian"),
    ("\u0590", "\u05ff", "hebrew"),
    ("\u0600", "\u06ff", "arabic"),
    ("\u0750", "\u077f", "arabic"),
    ("\u08a0", "\u08ff", "arabic"),
    ("\u0900", "\u097f", "devanagari"),
    ("\u0b80", "\u0bff", "tamil"),
    ("\u1e00", "\u1eff", "latin"),
    ("\u1f00", "\u1fff", "greek"),
)
LOSES_ALL_MARKS = frozenset({"latin", "greek", "arabic", "hebrew"})
PART_OF_A_CYRILLIC_LETTER = frozenset("\u0306\u0308")
"""Breve and diaeresis: й, ї and ў are letters of their own."""
LETTERS = str.maketrans(
    {"ё": "е", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ے": "ي", "ہ": "ه", "ـ": "", "ʼ": "", "ʹ": ""}
)


@lru_cache(maxsize=4096)
def script_of(character: str) -> Script:
    """The script of a letter, as far as stemmers and accents hang on it."""
    for first, last, script in RANGES:
        if first <= character <= last and character.isalpha():
            return script
    return "other"


def settle_case(word: str) -> str:
    """NFKC and case folding, without what is neither letter, mark nor digit; accents stay."""
    if word.isascii():
        return "".join(filter(str.isalnum, word.lower()))
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return "".join(c for c in folded if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc"))


def fold(word: str) -> str:
    """The spelling under which a word is kept and sought; folding again changes nothing.

    >>> fold("Élysée"), fold("Ёлка"), fold("Київ"), fold("الحُكُومَة"), fold("٢٠٢٦")
    ('elysee', 'елка', 'київ', 'الحكومه', '2026')
    """
    settled = settle_case(word)
    if settled.isascii():
        return settled
    spelled = unicodedata.normalize("NFC", settled).translate(LETTERS)
    kept, script = [], "other"
    for character in unicodedata.normalize("NFD", spelled):
        if not unicodedata.combining(character):
            script = script_of(character)
            kept.append(_ascii_digit(character))
        elif not _is_dropped(character, script):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(LETTERS)


def _is_dropped(mark: str, script: str) -> bool:
    if script == "cyrillic":
        return mark not in PART_OF_A_CYRILLIC_LETTER
    return script in LOSES_ALL_MARKS


def _ascii_digit(character: str) -> str:
    return character if character.isascii() or not character.isdecimal() else str(unicodedata.decimal(character))
