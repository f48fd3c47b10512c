"""Which words of a byline are people's names."""

import re
from collections.abc import Iterable

from watchfloor_parser.page.agencies import is_agency
from watchfloor_parser.page.words import fold, key

BY = re.compile(
    r"^(?:(?:written|reported|posted|published|compiled|story|text|words|analysis"
    r"|opinion|review|interview)\s+by|by|von|par|por|di|door|af|av|przez|autor(?:en"
    r"|in|es|a|e|i)?|author|автор(?:и|ы)?"
    r"|text|texte|texto|testo|redacción|reporting by|von unserem korrespondenten|von unserer korrespondentin"
    r"|oleh|yazan|بقلم|كتب|كتبت|記者|记者|作者|文)\s*[:：|]?\s+|^(?:автори?|text|autor(?:in"
    r"|es)?|author|作者|记者|記者|文)\s*[:：/]\s*",
    re.IGNORECASE,
)
SPLIT = re.compile(
    r"\s*[;|/•·\n]\s*|\s*,\s*|\s*[、，&]\s*|\s+(?:and|und|et|y|e|en|och|og|ja|i|a|și|та|і|й|и|ve|dan|و|with|mit|avec)\s+",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"\s+(?:in|at|for|from|aus|à|em)\s+(?=[A-ZÀ-Þ]).*$|\s*[(\[].*$|\s+[-–—]\s+.*$"
    r"|\s*<.*$|\s*\bhttps?:.*$|\s*\S+@\S+.*$|\s+@\w+$",
    re.IGNORECASE,
)
NO_PERSON = re.compile(
    r"\b(?:staff|editors?|editorial|desk|newsroom|news|redaktion|redaction|rédaction"
    r"|redacción|redazione|redação|redakcja|redakce|team|agency|agencies|agencia|agence"
    r"|agenzia|press|service|services|media|tv|radio"
    r"|bureau|admin|administrator|correspondents?|reporters?|korrespondent(?:in)?"
    r"|wires?|online|newspaper|magazine|times|post|herald|guardian|gazette|journal"
    r"|daily|weekly|today|network|digital|council|ministry|university|institute"
    r"|author|writer|writers|contributors?|guest|board|office|center|centre|foundation"
    r"|group|inc|ltd|gmbh|llc|com|org|net|www|http|https|video|photo|photos|published"
    r"|updated|minutes?|hours?|ago|agencias|presse"
    r"|редакц\w*|редакт\w*|новост\w*|новини|агентств\w*|корреспондент\w*|кореспондент\w*"
    r"|служба|пресс\w*|編集部|编辑|編輯|記者会|通讯社|haber|merkezi|dış haberler|toimitus|redaktionen"
    r"|desk|the|read|subscribe|unknown|null|none|nan|share|follow)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"^(?:chief|senior|deputy|political|security|defen[cs]e|foreign|diplomatic|national"
    r"|world|special|our|managing|associate|assistant|europe|berlin|moscow|kyiv)\b.*",
    re.IGNORECASE,
)
PARTICLES = frozenset(
    """von van de der den di da del della dos das
    do du la le el al bin ibn ben zu zur ter ten af av y e i of bint abu mac
    mc st d'""".split()
)
UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
MOST_WORDS = 6


def people(text: str, sites: Iterable[str], *, known_person: bool = False) -> list[str]:
    """The people named in a byline, in order, as printed; no desks, agencies or sites.

    `known_person`: the page says in so many words that it names one, so a single name will do.

    >>> people("By Ana Duarte, Piet van der Berg and Li Na", ())
    ['Ana Duarte', 'Piet van der Berg', 'Li Na']
    >>> people("Reuters staff", ())
    []
    """
    others = {key(site).replace(" ", "") for site in sites}
    text = fold(text)
    for _ in range(2):
        text = BY.sub("", text)
    names = [_cleaned(part) for part in SPLIT.split(text)]
    return list(dict.fromkeys(n for n in names if _is_person(n, others, known_person=known_person)))


def _cleaned(part: str) -> str:
    name = BEHIND.sub("", BY.sub("", part.strip())).strip(' .,:;–—-|*"“”«»')
    return _capitalised(name) if name.isupper() and len(name) > 4 else name


def _capitalised(name: str) -> str:
    """A name set all in capitals, as it is written."""
    return re.sub(r"\w+", lambda word: word[0].capitalize() if len(word[0]) > 2 or word.start() == 0 else word[0], name)


def _is_person(name: str, others: set[str], *, known_person: bool) -> bool:
    words = name.split()
    if not words or len(words) > MOST_WORDS or len(name) > 60 or any(c.isdigit() or c in "@:/_{}=<>" for c in name):
        return False
    if key(name).replace(" ", "") in others or is_agency(name) or NO_PERSON.search(name) or ROLE.match(name):
        return False
    if UNCASED.search(name):
        return 2 <= len(name) <= 40
    capitalised = all(
        word.lower() in PARTICLES or word[0].isupper() or word[:2].lower() in ("d'", "d’", "al", "el") for word in words
    )
    return (
        capitalised
        and words[-1].lower() not in PARTICLES
        and (len(words) > 1 or (known_person and len(name) > 2 and not name.isupper()))
    )
