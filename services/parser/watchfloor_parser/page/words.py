"""Text as a reader sees it: white space folded, no lone surrogates, no invisible characters."""

import re
import unicodedata

SURROGATE = re.compile("[\ud800-\udfff]")
INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]")
NOT_A_WORD = re.compile(r"[\W_]+")


def mend(text: str) -> str:
    r"""Replace lone surrogates, which no encoding can write, by U+FFFD.

    >>> mend("a\ud800b")
    'a�b'
    """
    return SURROGATE.sub("\ufffd", text)


def fold(text: str | None) -> str:
    r"""White space folded to single spaces, soft hyphens and control characters dropped; None is the empty text.

    >>> fold("  one\n two\xa0three ")
    'one two three'
    """
    return " ".join(INVISIBLE.sub("", mend(text)).split()) if text else ""


def key(text: str | None) -> str:
    """For comparing: compatibility forms unified (NFKC), lower case, words alone.

    >>> key("“Border – closed!”") == key("border closed")
    True
    """
    return NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text or "").casefold()).strip()
