"""Tell a caption from the credit printed with it."""

import re

from watchfloor_parser.page.agencies import AGENCIES
from watchfloor_parser.page.words import fold

WORD = (
    r"(?:photo(?:graph)?s?(?: ?credits?)?|photographer|image(?: ?(?:credits?|source))?"
    r"|picture(?: ?credits?)?|pic|credits?|source|courtesy(?: of)?|handout|file photo"
    r"|illustration|video|screengrab|screenshot"
    r"|fotos?|bild(?:quelle|nachweis)?|quelle|crédits?(?: photos?)?|crédito|foto ?de"
    r"|imagen|fuente|fonte|créditos|foto(?:grafia)?|zdj(?:ęcie)?|fot|źródło|фото|фотография"
    r"|світлина|джерело|источник|изображение"
    r"|fotoğraf|kaynak|kuva|bron|beeld|kép|forrás|图片(?:来源)?|图源|图|摄影|摄|来源|写真|画像|提供"
    r"|사진|출처|صورة|الصورة|المصدر|تصوير|عکس|צילום|קרדיט)"
)
NAMES = "|".join(
    re.escape(name) for names in AGENCIES.values() for name in sorted(names, key=len, reverse=True) if len(name) > 1
)
AGENCY = (
    rf"(?<!\w)(?:{NAMES}|Shutterstock|iStock|Alamy|ZUMA|Zuma Press|NurPhoto|Unsplash|Wikimedia(?: Commons)?|Pool)(?!\w)"
)
SEPARATOR = r"\s*(?:[:：|]|[–—-](?=\s)|(?<=\w)\s+by\s*:?|(?<=by)\s)\s*"
MARKED = rf"{WORD}\.?(?:{SEPARATOR}|\s+by\s+|\s*/\s*)"
NAME = r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-Ω](?:[\w'’-]*|\.)"
"""A word of a name: capitalised, or an initial."""
JOINED = r"\s*(?:/|,|-|–|via|\||by)\s*"
NAMED = (
    rf"(?:{NAME}(?:\s+{NAME}){{0,3}}\s*(?:/|,|\||-|–|via|for|für|pour)?\s*)?(?:{AGENCY})"
    rf"(?:{JOINED}{NAME}(?:\s+[\w.'’-]+){{0,4}})*"
)
"""An agency with the people and agencies joined to it: `Ana Duarte/AFP via Getty Images`."""
END = r"(?:(?<=[.!?…。”\"'»)\]])\s*|\s+[|–—•/-]\s*|\s*[|｜]\s*|\n\s*)"
"""What parts a credit from the caption before it."""
SAID = r"(?P<credit>[^.!?。\n]{1,120}(?:\.\s?[^.!?。\n]{1,40}){0,2})\.?\s*$"
PARENTHESES = re.compile(r"\s*[(\[（【](?P<inside>[^()\[\]（）【】]{2,160})[)\]）】]\s*\.?\s*$")
MARKED_INSIDE = re.compile(rf"^(?:{MARKED}|©\s*(?:\d{{4}}\s*)?)(?P<credit>.+)$", re.IGNORECASE)
MARKED_BEHIND = re.compile(rf"{END}(?:{MARKED}|©\s*(?:\d{{4}}\s*)?){SAID}", re.IGNORECASE)
PHOTO_BY = re.compile(
    rf"(?:^|{END})(?:photo(?:graph)?|image|picture|illustration|foto|фото)s?\s+(?:by"
    rf"|courtesy(?: of)?|von|de|di|par)\s*:?\s*{SAID}",
    re.IGNORECASE,
)
AGENCY_BEHIND = re.compile(rf"{END}(?P<credit>{NAMED})\s*\.?\s*$")
EAST_ASIAN = re.compile(
    rf"(?:(?<=[。！？])\s*(?P<credit>[^。]{{2,30}}?)\s*[摄攝]|[＝=](?P<behind>[^＝=。]{{2,30}}(?:撮影|提供)|{AGENCY}))\s*$"
)
WHOLE_MARKED = re.compile(rf"^(?:{MARKED}|©\s*(?:\d{{4}}\s*)?|photo(?:graph)?s?\s+by\s+){SAID}", re.IGNORECASE)
WHOLE_AGENCY = re.compile(rf"^(?P<credit>{NAMED})\.?$")
NAMES_AGENCY = re.compile(AGENCY)
SLASHED = re.compile(r"^[\w.'’ -]{2,50}\s*/\s*[\w.'’ -]{2,40}$")
SENTENCE = re.compile(r"[.!?。…]\s")
LONGEST = 120
MOST_WORDS = 12


def split_credit(caption: str) -> tuple[str, str | None]:
    """Separate a caption from the credit printed in it.

    Returns the caption alone (empty where all of it is a credit), and the credit or None where it names none. The
    credit is kept as printed, without the word that announces it.

    >>> split_credit("A patrol boat leaves Gdynia. (Photo: A. Nowak/PAP)")
    ('A patrol boat leaves Gdynia.', 'A. Nowak/PAP')
    >>> split_credit("A patrol boat (right) leaves Gdynia.")
    ('A patrol boat (right) leaves Gdynia.', None)
    >>> split_credit("A patrol boat leaves Gdynia. Reuters/Anna Nowak")
    ('A patrol boat leaves Gdynia.', 'Reuters/Anna Nowak')
    """
    text = fold(caption)
    for pattern in (WHOLE_AGENCY, WHOLE_MARKED):
        whole = pattern.match(text)
        if whole is not None and _is_name(whole["credit"]):
            return "", _tidy(whole["credit"])
    return _in_parentheses(text) or _behind(text) or (text, None)


def _is_name(credit: str) -> bool:
    """Whether words can be a credit: names and the small words between them, no sentence."""
    words = credit.split()
    small = sum(word[0].islower() for word in words)
    return len(words) <= MOST_WORDS and small <= max(2, len(words) // 2)


def _in_parentheses(text: str) -> tuple[str, str | None] | None:
    found = PARENTHESES.search(text)
    if found is None:
        return None
    inside = found["inside"].strip()
    marked = MARKED_INSIDE.match(inside) or PHOTO_BY.match(inside)
    if not (_is_name(marked["credit"]) if marked else _is_bare_credit(inside)):
        return None
    return text[: found.start()].strip(), _tidy(marked["credit"] if marked else inside)


def _is_bare_credit(inside: str) -> bool:
    """Whether words in parentheses are a credit without being announced: they name an agency, or are `name/agency`."""
    if len(inside) > LONGEST or SENTENCE.search(inside):
        return False
    named = NAMES_AGENCY.search(inside)
    if named is None:
        return bool(SLASHED.match(inside)) and not any(c.isdigit() for c in inside) and any(c.isupper() for c in inside)
    return len(inside.split()) <= 10


def _behind(text: str) -> tuple[str, str | None] | None:
    for pattern in (MARKED_BEHIND, PHOTO_BY, AGENCY_BEHIND, EAST_ASIAN):
        found = pattern.search(text)
        if found is None or found.start() == 0:
            continue
        credit = found["credit"] or found["behind"]
        if _is_name(credit):
            return text[: found.start()].strip(" |–—•/"), _tidy(credit)
    return None


def credit_alone(text: str) -> str | None:
    """What an element that is marked as a credit says, without the word that announces it.

    >>> credit_alone("Image source, Coast Guard"), credit_alone("(Photo: B. Ode)")
    ('Coast Guard', 'B. Ode')
    """
    inside = fold(text).strip("()[]（） ")
    marked = re.match(
        rf"^(?:{WORD}\.?(?:\s*[:：|,/]|\s+by\b|\s+[–—-]\s|\s+credit)|©|photo by|by)\s*(?P<credit>.+)$",
        inside,
        re.IGNORECASE,
    )
    return _tidy(marked["credit"] if marked else inside) or None


def _tidy(credit: str) -> str:
    cleaned = credit.strip(" |–—•:;,")
    cleaned = re.sub(r"^(?:©\s*)?(?:by\s+)?", "", cleaned, flags=re.IGNORECASE)
    return cleaned.removesuffix(".").strip() if cleaned.count(".") == 1 and cleaned.endswith(".") else cleaned
