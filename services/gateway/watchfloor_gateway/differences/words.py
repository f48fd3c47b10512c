"""A passage cut into words, numbers, marks and spaces. No cut falls within what a reader takes for one character."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

UNSPACED = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u104f\u1780-\u17d3"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
)
"""Scripts that set no spaces between words: read character by character. Korean sets them."""


def _class_of(codes: Iterable[int]) -> str:
    """Code points as a character class."""
    runs = [list(run) for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


MARKS = _class_of(code for code in range(0x20000) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me"))
EXTENDING = (
    f"{MARKS}\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
"""What belongs to the character before it (UAX 29: Extend, SpacingMark, ZWJ)."""
PREPENDED = (
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f\U00011941"
)
"""What belongs to the character behind it (UAX 29: Prepend), and more of its kind."""
LETTER = rf"[^\W_{UNSPACED}]"
INSIDE = rf"(?:{LETTER}|[{EXTENDING}])"
NUMBER = r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,:٫٬'’\u00a0\u202f\u2009]\d+)*"
TOKEN = re.compile(
    rf"[{PREPENDED}]*"
    rf"(?:{NUMBER}|[{UNSPACED}]|{LETTER}{INSIDE}*(?:['’ʼ](?=[^\W\d_]){INSIDE}+)*|[\U0001f1e6-\U0001f1ff]{{2}}|\s+|.)"
    rf"(?:[{EXTENDING}]|(?<=\u200d)\S)*",
    re.DOTALL,
)
IS_UNSPACED = re.compile(f"[{UNSPACED}]")


def tokens(text: str) -> list[str]:
    """The pieces of a text in order; put together they are the text.

    Punctuation stands apart from words, a number keeps its separators, spaces are pieces of their own.

    >>> tokens("Romania’s 27,400 t, 未确认")
    ['Romania’s', ' ', '27,400', ' ', 't', ',', ' ', '未', '确', '认']
    """
    return TOKEN.findall(text)


def is_word(token: str) -> bool:
    """Whether a piece holds letters or digits.

    >>> is_word("six"), is_word("确"), is_word(","), is_word(" ")
    (True, True, False, False)
    """
    return token[0].isalnum() or any(map(str.isalnum, token))


def is_unspaced(token: str) -> bool:
    """Whether a piece is one character of a script without spaces."""
    return bool(IS_UNSPACED.match(token))


def count(text: str) -> int:
    """How many words a text has; in scripts without spaces, characters."""
    return sum(map(is_word, tokens(text)))
