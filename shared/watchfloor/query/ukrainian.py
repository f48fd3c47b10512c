"""A light stemmer for Ukrainian, which Snowball does not have: enough that the cases and numbers of a noun meet.

After the shape of Snowball's Russian stemmer (Porter 2001, "Snowball: a language for stemming algorithms"): endings
are taken only behind the first vowel, the longest first. The endings are those of the declensions in school grammars
and of verbs in -увати. They are taken twice, so that a stem that looks like an ending goes from all forms alike (режим,
режиму). Then come the alternations that the grammar calls regular: -ік/-оку, -ець/-ця, -ок/-ку, -ка/-ці, -га/-зі,
-ха/-сі.
"""

import re

VOWELS = "аеєиіїоуюя"
BEHIND_FIRST_VOWEL = re.compile(rf"^[^{VOWELS}]*[{VOWELS}]")
REFLEXIVE = re.compile(r"(?<=[втьуюєи])с[яь]$")
VERB = re.compile(r"[ую](?:ва(?:в|ти|ла|ло|ли|тиму|тиме|тимуть|ння)|[юєї]|ють|ємо|єте|єш)$")
ENDINGS = (
    "іями ього ьому ьої ьою ові еві єві ами ями ими іми ого ому ією іям іях ією ьми "
    "ою ею єю ій ої ей ах ях ам ям ом ем єм им ім их іх ів їв ов ев єв ий ії ію ія ью ю я а о у и і ї е є ь й"
)
ENDING = re.compile(f"(?:{'|'.join(sorted(set(ENDINGS.split()), key=len, reverse=True))})$")
FLEETING = re.compile(rf"(?<=[^{VOWELS}])[ое](?=к$|ц$)")
CLOSED_SYLLABLE = re.compile(rf"[іїеє](?=[^{VOWELS}]$)")
DOUBLED = re.compile(rf"([^{VOWELS}])\1$")
SOFTENED = str.maketrans({"ц": "к", "з": "г", "с": "х"})
SHORTEST = 3
PASSES = 2


def stem(word: str) -> str:
    """The stem of a Ukrainian word in lower case, without apostrophes. Not a word itself: only forms meet in it.

    >>> {stem(word) for word in ("безпека", "безпеки", "безпеці", "безпекою")}
    {'безпок'}
    >>> {stem(word) for word in ("харків", "харкова", "харкові", "харковом")}
    {'харк'}
    """
    found = BEHIND_FIRST_VOWEL.match(word)
    if found is None or len(word) < SHORTEST:
        return word
    head, tail = word[: found.end()], word[found.end() :]
    bare = VERB.sub("", REFLEXIVE.sub("", tail))
    for _ in range(PASSES):
        bare = ENDING.sub("", bare)
    return _meet(head + bare, closed=tail.removesuffix("ь") == bare)


def _meet(stem: str, *, closed: bool) -> str:
    """Settle what alternates between the forms of one word; `closed` where it had no ending to lose."""
    if closed and len(stem) > SHORTEST:
        stem = FLEETING.sub("", stem)
    stem = CLOSED_SYLLABLE.sub("о", DOUBLED.sub(r"\1", stem))
    return stem[:-1] + stem[-1].translate(SOFTENED)
