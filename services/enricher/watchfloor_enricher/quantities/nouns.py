"""The noun that a number counts: the head of the group of words behind it."""

import re

from watchfloor_enricher.text import Passage
from watchfloor_enricher.text.lexicon import FUNCTION_WORDS

LONGEST_GROUP = 5
PLURALS = frozenset(
    "people men women children police troops personnel aircraft staff crew livestock cattle sheep fish feet teeth "
    "dead wounded injured missing servicemen servicewomen policemen gunmen fishermen militiamen crewmen airmen "
    "seamen businessmen lawmakers migrants media data artillery infantry spacecraft watercraft hovercraft folk "
    "clergy homeless others".split()
)
NO_HEADS = frozenset(
    "is was has does says as its his hers this us thus times vs across always perhaps towards besides unless "
    "afterwards points hours days weeks months years decades minutes seconds centuries nights quarters o'clock am pm".split()
)
VERBS = frozenset(
    "killed wounded injured died fled left said told were are had have took came went made got gave began used voted "
    "sent shot attended arrived crossed joined returned signed remain remained live lived work worked took became "
    "survived".split()
)


def noun_behind(passage: Passage, position: int, *, one: bool = False) -> tuple[int, int, str] | None:
    """The group of words that begins at a code point: its start, its end and its head, as printed; None where none is counted.

    The head is the last plural of the group ("rescue workers"), or a noun that has no plural form ("aircraft"); behind
    the number one, the group's last word before a small word.
    """
    tokens = passage.tokens
    first = passage.tokens_in(position, len(passage.text)).start
    group: list[int] = []
    for index in range(first, min(first + LONGEST_GROUP, len(tokens))):
        token = tokens[index]
        if not _belongs(passage.text, tokens[index - 1].end if group else position, token.start, token.words):
            break
        group.append(index)
        if _is_plural(token.words) and not _goes_on(passage, index):
            return tokens[first].start, token.end, token.words
    if one and 0 < len(group) <= 3:
        return tokens[first].start, tokens[group[-1]].end, tokens[group[-1]].words
    return None


def _belongs(text: str, end: int, start: int, words: str) -> bool:
    gap = text[end:start]
    return (
        gap in (" ", "\u00a0", "-")
        and words[0].isalpha()
        and words.lower() not in FUNCTION_WORDS - {"other", "more"}
        and (words.lower() not in VERBS or words.lower() in PLURALS)
    )


def _is_plural(words: str) -> bool:
    lower = words.lower()
    if lower in PLURALS:
        return True
    return bool(re.search(r"(?<![su'’i])s$", lower)) and len(lower) > 3 and lower not in NO_HEADS


def _goes_on(passage: Passage, index: int) -> bool:
    """Whether the next word is a plural too, so that this one only describes it: "10 missing soldiers"."""
    following = passage.tokens[index + 1] if index + 1 < len(passage.tokens) else None
    if following is None or following.start - passage.tokens[index].end != 1:
        return False
    lower = following.words.lower()
    return _is_plural(lower) and lower not in VERBS and lower not in FUNCTION_WORDS
