"""The world's news agencies: every name they go by in print, and the usual one."""

import re

AGENCIES: dict[str, tuple[str, ...]] = {
    "Reuters": ("Reuters", "Thomson Reuters", "REUTERS", "Рейтер", "رويترز", "路透社", "路透", "ロイター"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse", "АФП", "فرانس برس", "أ ف ب", "法新社"),
    "AP": ("AP", "Associated Press", "The Associated Press", "AP Photo", "أسوشيتد برس", "美联社"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur", "picture alliance/dpa", "dpa-infocom", "dpa-AFX"),
    "APA": ("APA", "Austria Presse Agentur"),
    "Keystone-SDA": ("Keystone-SDA", "SDA", "Keystone", "ATS"),
    "epd": ("epd", "Evangelischer Pressedienst"),
    "KNA": ("KNA",),
    "EPA": ("EPA", "European Pressphoto Agency", "EPA-EFE"),
    "EFE": ("EFE", "Agencia EFE"),
    "Europa Press": ("Europa Press",),
    "ANSA": ("ANSA",),
    "Adnkronos": ("Adnkronos",),
    "Lusa": ("Lusa", "Agência Lusa"),
    "PA": ("PA Media", "Press Association", "PA Wire", "PA Images"),
    "UPI": ("UPI", "United Press International"),
    "Bloomberg": ("Bloomberg News",),
    "CNA": ("Central News Agency", "中央社"),
    "Xinhua": ("Xinhua", "Xinhua News Agency", "新华社", "新華社"),
    "China News Service": ("China News Service", "中新社", "中新网"),
    "Kyodo": ("Kyodo", "Kyodo News", "共同通信", "共同社"),
    "Jiji Press": ("Jiji Press", "Jiji", "時事通信"),
    "Yonhap": ("Yonhap", "Yonhap News Agency", "연합뉴스"),
    "TASS": ("TASS", "ТАСС", "ITAR-TASS", "ИТАР-ТАСС"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости"),
    "Interfax": ("Interfax", "Интерфакс"),
    "Interfax-Ukraine": ("Interfax-Ukraine", "Інтерфакс-Україна"),
    "Ukrinform": ("Ukrinform", "Укрінформ", "Укринформ"),
    "UNIAN": ("UNIAN", "УНІАН", "УНИАН"),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "CTK": ("ČTK", "CTK", "Czech News Agency"),
    "TASR": ("TASR",),
    "MTI": ("MTI",),
    "Agerpres": ("Agerpres",),
    "BTA": ("BTA", "БТА"),
    "Tanjug": ("Tanjug", "Танјуг"),
    "Hina": ("HINA", "Hina"),
    "BNS": ("BNS",),
    "ELTA": ("ELTA",),
    "LETA": ("LETA",),
    "STT": ("STT", "STT-Lehtikuva"),
    "TT": ("TT Nyhetsbyrån", "TT News Agency"),
    "NTB": ("NTB", "NTB Scanpix"),
    "Ritzau": ("Ritzau", "Ritzau Scanpix"),
    "ANP": ("ANP", "Algemeen Nederlands Persbureau"),
    "Belga": ("Belga",),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA", "وكالة الأناضول", "الأناضول"),
    "DHA": ("DHA", "Demirören Haber Ajansı"),
    "IRNA": ("IRNA", "ایرنا"),
    "ISNA": ("ISNA", "ایسنا"),
    "Tasnim": ("Tasnim", "Tasnim News Agency", "تسنیم"),
    "Fars": ("Fars News Agency",),
    "SANA": ("SANA", "سانا"),
    "SPA": ("SPA", "Saudi Press Agency", "واس"),
    "WAM": ("WAM", "Emirates News Agency", "وام"),
    "MENA": ("Middle East News Agency",),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI",),
    "IANS": ("IANS",),
    "Getty Images": ("Getty Images", "Getty", "GETTY IMAGES", "Anadolu via Getty Images"),
    "Bernama": ("Bernama",),
    "Antara": ("Antara",),
    "Canadian Press": ("The Canadian Press", "Canadian Press"),
    "AAP": ("AAP", "Australian Associated Press"),
    "imago": ("imago images", "IMAGO", "imago"),
}
NO_NEWS = frozenset({"Getty Images", "imago"})
"""They sell pictures and are no source of a text."""
_CANONICAL = {name: usual for usual, names in AGENCIES.items() for name in names}
_NAMES = re.compile(
    r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(_CANONICAL, key=len, reverse=True)) + r")(?!\w)"
)
_FOLDED = {name.casefold(): usual for name, usual in _CANONICAL.items()}


def agency(text: str) -> str | None:
    """The agency that a text names, in its usual spelling: the first in it; None where it names none.

    >>> agency("Mara Iliescu/AFP via Getty Images"), agency("Mara Iliescu")
    ('AFP', None)
    """
    found = _NAMES.search(text)
    return _CANONICAL[found[0]] if found else None


def is_agency(text: str) -> bool:
    """Whether a text is an agency's name and nothing else."""
    return text.strip(" .").casefold() in _FOLDED


def news_agencies(text: str) -> list[str]:
    """Every agency of news that a text names, in order, each once."""
    named = dict.fromkeys(_CANONICAL[found] for found in _NAMES.findall(text))
    return [name for name in named if name not in NO_NEWS]
