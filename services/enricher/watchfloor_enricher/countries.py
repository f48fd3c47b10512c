"""Which country a word stands for: its name, its adjective, or its capital where that stands for the government."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from watchfloor.gazetteer.countries import Country, countries

Form = Literal["name", "adjective", "capital"]
LEADING_ARTICLE = re.compile(r"^[Tt]he\s+")
INVARIABLE = frozenset({"Swiss", "Philippine", "British", "Lao"})
NOT_FOR_A_GOVERNMENT = frozenset({"Victoria", "Hamilton", "Stanley", "Douglas", "Male", "Jamestown", "The Valley"})
"""Capitals of small territories whose names mostly mean somebody or something else."""
NO_PLURAL = ("ese", "ish", "ch", "sh", "ss", "men", "man")


@dataclass(frozen=True)
class CountryWord:
    """A word of a text that stands for a country: `text[start:end]`."""

    start: int
    end: int
    country: str
    form: Form


def country_of_name(words: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country's name, short, official or abbreviated; None where it is none.

    >>> country_of_name("the Russian Federation"), country_of_name("U.K."), country_of_name("Ruritania")
    ('RU', 'GB', None)
    """
    return _names().get(_folded(words))


def country_of_adjective(words: str) -> str | None:
    """The country of an adjective or of the name of its people, also in the plural.

    >>> country_of_adjective("Ukrainian"), country_of_adjective("South Koreans"), country_of_adjective("Britons")
    ('UA', 'KR', 'GB')
    """
    return _adjectives().get(_folded(words))


def country_of_capital(words: str) -> str | None:
    """The country that a capital, or the seat of a government, stands for.

    >>> country_of_capital("Kyiv"), country_of_capital("Washington"), country_of_capital("Odesa")
    ('UA', 'US', None)
    """
    return _capitals().get(_folded(words))


def country_of(words: str) -> str | None:
    """The country of a name, an adjective or, last, a capital.

    >>> [country_of(words) for words in ("Iranian", "Iran", "Tehran", "yesterday")]
    ['IR', 'IR', 'IR', None]
    """
    return country_of_name(words) or country_of_adjective(words) or country_of_capital(words)


def country(code: str) -> Country | None:
    """A country by its ISO 3166-1 alpha-2 code."""
    return countries().get(code)


def find_country_words(text: str) -> Iterator[CountryWord]:
    """Every name, adjective and capital of a country in the text, in order, the longest at each place.

    >>> [(w.country, w.form) for w in find_country_words("North Korean envoys left Beijing for the UAE.")]
    [('KP', 'adjective'), ('CN', 'capital'), ('AE', 'name')]
    """
    for found in _any_word().finditer(text):
        words = _folded(found[0])
        if words in _names():
            yield CountryWord(found.start(), found.end(), _names()[words], "name")
        elif words in _adjectives():
            yield CountryWord(found.start(), found.end(), _adjectives()[words], "adjective")
        else:
            yield CountryWord(found.start(), found.end(), _capitals()[words], "capital")


def _folded(words: str) -> str:
    return " ".join(LEADING_ARTICLE.sub("", words).replace("’", "'").split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {_folded(name): each.code for each in countries().values() for name in each.names}


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    found = {}
    for each in countries().values():
        for adjective in each.adjectives:
            found[_folded(adjective)] = each.code
            if adjective[-1].islower() and not adjective.endswith(NO_PLURAL) and adjective not in INVARIABLE:
                found[_folded(adjective) + "s"] = each.code
    return found


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    every = ((name, each.code) for each in countries().values() for name in each.capitals)
    return {_folded(name): code for name, code in every if name not in NOT_FOR_A_GOVERNMENT and code != "NF"}


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    words = sorted({*_names(), *_adjectives(), *_capitals()}, key=len, reverse=True)
    patterns = (re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(patterns)})(?![\w])")
