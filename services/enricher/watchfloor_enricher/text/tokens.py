"""Words and marks of a text, with their offsets."""

import re
from typing import NamedTuple

ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof St Sen Rep Gov Gen Col Maj Capt Cmdr Cdr Lt Sgt Cpl Adm Brig Rev Hon Sr Jr Mt Ft No vs etc Inc Ltd Co "
    "Corp Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec Dept Amb Supt Insp Fr Pres Messrs"
)
LETTER = r"[^\W\d_]"
COMBINING = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f"
WORD = rf"[^\W_][{COMBINING}]*"
"""A letter or digit with its combining marks, which `\\w` leaves out."""
TOKEN = re.compile(
    rf"""
      (?:{LETTER}\.){{2,}}{LETTER}?(?!\w)                           # U.S., J.R.
    | (?<!\w)[A-ZА-ЯІЇЄ]\.(?=\s?[A-ZА-ЯІЇЄ])                        # an initial
    | (?<!\w)(?:{"|".join(ABBREVIATIONS.split())})\.(?!\w)
    | \d+(?:[.,:]\d+)*
    | ['’]s(?!\w)
    | (?:{WORD})+(?:(?:[-‐‑]|['’ʼ](?!s(?!\w)))(?:{WORD})+)*
    | \S
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or a mark: `text[start:end] == words`."""

    words: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it holds letters or digits."""
        return self.words[0].isalnum()

    @property
    def capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.words[0].isupper()


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut a text, or a stretch of it, into tokens.

    A possessive `'s` stands alone; hyphenated words, initials and abbreviations with their stop are one token.

    >>> [token.words for token in tokens_of("Gen. O'Hara's U.S.-made jet, 500km away")]
    ['Gen.', "O'Hara", "'s", 'U.S.', '-', 'made', 'jet', ',', '500', 'km', 'away']
    """
    found = TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(each[0], each.start(), each.end()) for each in found]
