"""The country that a news site's address speaks for: its country-code domain (ISO 3166-1, IANA root zone)."""

from watchfloor.identity import host_of

SOLD_EVERYWHERE = frozenset("ac ad ai as bz cc cd co dj fm io la me ms nu sc sr su tk tv ws eu".split())
"""Country codes that the world buys for their sound, so they tell nothing (after Google's list of generic ccTLDs)."""
RENAMED = {"uk": "GB"}
IN_OTHER_SCRIPTS = {
    "рф": "RU", "укр": "UA", "бел": "BY", "срб": "RS", "мкд": "MK", "мон": "MN", "қаз": "KZ", "бг": "BG", "ελ": "GR",
    "გე": "GE", "հայ": "AM", "中国": "CN", "中國": "CN", "香港": "HK", "台灣": "TW", "台湾": "TW", "한국": "KR",
    "新加坡": "SG", "ไทย": "TH", "भारत": "IN", "বাংলা": "BD", "இலங்கை": "LK", "ایران": "IR", "السعودية": "SA",
    "مصر": "EG", "امارات": "AE", "الاردن": "JO", "المغرب": "MA", "فلسطين": "PS", "قطر": "QA", "سورية": "SY",
    "تونس": "TN", "عمان": "OM", "عراق": "IQ", "الجزائر": "DZ", "پاکستان": "PK", "اليمن": "YE", "سودان": "SD",
}  # fmt: skip
ENCODED = {name.encode("idna").decode(): code for name, code in IN_OTHER_SCRIPTS.items()}


def country_of(url: str) -> str | None:
    """The ISO 3166-1 code of the country whose domain the address is in; None under .com and the like.

    Raises InvalidAddress.

    >>> country_of("https://www.bbc.co.uk/news"), country_of("https://новини.укр/а"), country_of("https://news.tv/")
    ('GB', 'UA', None)
    """
    ending = host_of(url).rsplit(".", 1)[-1]
    if ending in SOLD_EVERYWHERE:
        return None
    if len(ending) == 2 and ending.isalpha():
        return RENAMED.get(ending, ending.upper())
    return ENCODED.get(ending)
