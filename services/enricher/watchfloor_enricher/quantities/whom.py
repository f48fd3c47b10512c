"""Who suffers or does what a quantity counts: the people who were killed, the side that sends the troops."""

import re

from watchfloor_enricher.text import Passage

HARM = re.compile(
    r"\b(?:kill|wound|injur|hurt|displac|captur|arrest|detain|abduct|kidnap|execut|evacuat|hospitali[sz]|strand|murder|massacr)\w*\s+"
    r"(?:(?:at\s+least|more\s+than|about|some|another|up\s+to|over|around|nearly|as\s+many\s+as)\s+)?$", re.IGNORECASE
)  # fmt: skip
HARMED = re.compile(
    r"^\s*(?:,[^,.]{1,60},)?\s*(?:(?:were|was|have been|had been|has been|are)\s+)?(?:also\s+)?(?:killed|wounded|injured|hurt|displaced|"
    r"captured|arrested|detained|abducted|kidnapped|executed|evacuated|hospitali[sz]ed|dead|died|missing|shot)\b", re.IGNORECASE
)  # fmt: skip
NAME = r"(?:(?:the|The)\s+)?(?:[A-Z][\w’'-]+(?:\s+(?:of\s+)?[A-Z][\w’'-]+){0,3})"
DOES = re.compile(
    rf"(?P<who>{NAME})\s+(?:(?:is|are|was|were|has|have|had|will|would)\s+)?(?:(?:also|already|now|since|been|reportedly)\s+)*"
    r"(?:\w+ing|\w+ed|sent|lost|has|have|had|fought|took|built|bought|sold|sends?|loses?|deploys?|fired?|fires|lent|gave|spent|won|"
    r"made|keeps?|kept|holds?|held)\s+(?:(?:at\s+least|more\s+than|about|some|another|up\s+to|over|around|nearly|an?\s+"
    r"estimated|as\s+many\s+as|fewer\s+than|less\s+than)\s+)?$"
)
NOBODY = frozenset(["It", "He", "She", "They", "We", "I", "There", "This", "That", "These", "Those", "Which", "Who"])


def whom_of(passage: Passage, start: int, end: int, noun: str | None) -> str | None:
    """The people harmed, where the sentence says so; else the name that does it directly before the quantity."""
    text = passage.text
    before = text[max(0, start - 120) : start]
    if HARM.search(before) or HARMED.match(text[end : end + 90]):
        return noun
    found = DOES.search(before)
    if found is None or found["who"] in NOBODY:
        return None
    return found["who"]
