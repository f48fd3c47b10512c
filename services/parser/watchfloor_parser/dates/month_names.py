"""The names of the months in the languages of the world, from Unicode CLDR (by Babel)."""

import re
import unicodedata
from functools import lru_cache

from babel import Locale, UnknownLocaleError

OTHER_LOCALES = {"ar": ("ar_LB", "ar_MA"), "sr": ("sr_Latn",), "zh": (), "no": ("nb",), "iw": ("he",)}
"""Languages whose months have other names elsewhere: Levantine أيار beside مايو."""
PRINTED = {"en": {"sept": 9}, "de": {"jänner": 1, "feber": 2}, "es": {"setiembre": 9}, "ru": {"мая": 5}}
"""Forms in print that CLDR does not have."""
SHORTEST = 3


@lru_cache(maxsize=64)
def month_names(language: str) -> dict[str, int]:
    """Folded names of the months of a language, English always beside it, each with its number.

    >>> month_names("uk")["травня"], month_names("uk")["may"]
    (5, 5)
    """
    names = dict(_names_of("en")) | PRINTED["en"]
    for locale in (language, *OTHER_LOCALES.get(language, ())):
        names |= _names_of(locale)
    return names | PRINTED.get(language, {})


def _names_of(locale: str) -> dict[str, int]:
    try:
        months = Locale.parse(locale).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        folded: number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in months[context][width].items()
        if len(folded := fold_name(name)) >= SHORTEST and not folded.isdigit()
    }


def fold_name(name: str) -> str:
    """Lower case, without dots at its end; Turkish dotted capitals as others write them.

    >>> fold_name("Ağustos.")
    'ağustos'
    """
    return unicodedata.normalize("NFKC", name).replace("İ", "i").lower().strip(" .")


@lru_cache(maxsize=64)
def month_pattern(language: str) -> str:
    """A pattern of all these names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(month_names(language), key=len, reverse=True))
