"""A light stemmer for Arabic: Light10.

From Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007). Snowball's keeps the
article behind a conjunction (والحكومة), which news text is full of.
"""

ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
SHORTEST = 2
"""Letters that must be left; three behind the conjunction, which is a letter of many words."""


def stem(word: str) -> str:
    """The stem of an Arabic word whose spelling is settled (see folding.fold: bare alef, ه for ة, ي for ى).

    >>> stem("والحكومه") == stem("للحكومه") == stem("حكومه")
    True
    """
    if word.startswith("و") and len(word) > SHORTEST + 1:
        word = word[1:]
    for article in ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + SHORTEST:
            word = word.removeprefix(article)
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + SHORTEST:
            word = word.removesuffix(suffix)
    return word
