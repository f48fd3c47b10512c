"""Which stemmer reads which word: the article's language says, or else the script."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import version
from threading import Lock

import Stemmer

from watchfloor.query import arabic, ukrainian
from watchfloor.query.folding import Script, fold

SNOWBALL: dict[str, str] = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish", "ru": "russian", "el": "greek",
    "hy": "armenian", "hi": "hindi", "ne": "nepali", "ta": "tamil",
}  # fmt: skip
ALIASES = {"nb": "no", "nn": "no"}
SCRIPTS: dict[str, Script] = {
    **dict.fromkeys(SNOWBALL, "latin"),
    "ru": "cyrillic", "uk": "cyrillic", "el": "greek", "ar": "arabic",
    "hy": "armenian", "hi": "devanagari", "ne": "devanagari", "ta": "tamil",
}  # fmt: skip
BY_SCRIPT: dict[Script, str] = {
    "latin": "en", "greek": "el", "arabic": "ar", "armenian": "hy", "devanagari": "hi", "tamil": "ta",
}  # fmt: skip
ONLY_UKRAINIAN, ONLY_RUSSIAN = re.compile("[іїєґІЇЄҐ]"), re.compile("[ыэъёЫЭЪЁ]")
CYRILLIC = re.compile("[\u0400-\u052f]")
RUSSIAN_POSSESSIVE = re.compile(r"(?<=[^аеиоуыэюя])(?:ов|ев)$|(?<=[аеиоуыэюя])ев$")
RUSSIAN_FLEETING = re.compile(r"(?<=[^аеиоуыэюя])[ое](?=к$|ц$)")

VERSION = f"1 (snowball {version('PyStemmer')})"
"""What the words of a store were read by; where it differs they are read again."""

Stemmers = Mapping[Script, str]
"""The stemmer for each script, by its language's code."""


def stemmers_for(language: str | None, text: str) -> Stemmers:
    """The stemmers that read an article: its language's own for that script, for every other the script's usual one.

    A page that declares the wrong language is so read right all the same wherever the scripts differ.
    """
    code = ALIASES.get(language or "", language or "")
    chosen = dict(BY_SCRIPT)
    if CYRILLIC.search(text):
        ukrainian_letters, russian_letters = len(ONLY_UKRAINIAN.findall(text)), len(ONLY_RUSSIAN.findall(text))
        chosen["cyrillic"] = "uk" if ukrainian_letters > russian_letters else "ru"
    if code in SCRIPTS:
        chosen[SCRIPTS[code]] = code
    return chosen


def candidates(script: Script) -> tuple[str, ...]:
    """Every stemmer that may have read a word of this script."""
    return tuple(sorted(code for code, of in SCRIPTS.items() if of == script))


def stem(code: str, word: str) -> str:
    """The stem of a word (in settled case, accents kept) by the stemmer of that language, folded."""
    return fold(_stemmer(code)(word)) or fold(word)


@lru_cache(maxsize=64)
def _stemmer(code: str) -> Callable[[str], str]:
    if code == "uk":
        return lambda word: ukrainian.stem(fold(word))
    if code == "ar":
        return lambda word: arabic.stem(fold(word))
    snowball, lock = Stemmer.Stemmer(SNOWBALL[code]), Lock()

    def stem_alone(word: str) -> str:
        with lock:  # a Snowball stemmer keeps the word it is at work on
            stemmed: str = snowball.stemWord(word)
        return _settle_russian(stemmed) if code == "ru" else stemmed

    return stem_alone


def _settle_russian(stemmed: str) -> str:
    """Let forms meet that Snowball leaves apart: Киев and Киева, миротворец and миротворцы, городок and городка."""
    bare = RUSSIAN_POSSESSIVE.sub("", stemmed)
    return RUSSIAN_FLEETING.sub("", bare) if len(bare) > ukrainian.SHORTEST else bare
