"""What the path of an address tells of the page behind it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

import ada_url

DATE = re.compile(
    r"(?:^|[/_.-])(?:19|20)\d{2}(?:[/_-](?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/_-](?:0?[1-9]|[12]\d|3[01]))?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_.-]|$|\D)"
)
NUMBER = re.compile(r"\d{4,}")
MIXED_ID = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{8,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
ID_PARAMETER = re.compile(r"(?:^|&)(?:id|[nas]id|(?:news|article|story|post|item)_?(?:id)?|p)=[\w-]*\d{2,}")
ENDING = re.compile(r"\.(?:[sx]?html?|php\d?|aspx?|jsp|do|cms|ece|story|ghtml)$")
MEDIA = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|epub|zip|rar|7z|gz|tar|exe|apk|dmg"
    r"|mp[34]|m4[av]|webm|ogg|wav|avi|mov|flv|m3u8?|ics|css|js|json|xml|rss|txt|woff2?)$"
)
WORD_BREAK = re.compile(r"[-_+.,~ ]+|%20")
LISTS = frozenset(
    """
    tag tags tagged topic topics thema themen theme themes keyword keywords schlagwort etiqueta etiquetas temas tema
    category categories kategorie rubrik rubrique categoria seccion section sections ressort dossier dossiers
    author authors autor autoren auteur auteurs autores profile profil people person team reporter user users member
    hub hubs issue issues page pages search suche recherche buscar cerca sitemap feed feeds rss
    """.split()
)
"""Folders of pages that list others."""
LAST_OF_LISTS = LISTS | {"archive", "archives", "archiv", "index", "all", "more", "latest"}
"""What the last part of such a page's path may be; articles lie below an archive too."""
SHOWN = frozenset(
    "video videos watch web-stories webstories gallery galleries galerie fotos photos photo pictures bilder podcast podcasts audio".split()
)
"""Folders of pages that show more than they say."""
SERVICES = frozenset(
    """
    login signin signup register registration account konto abo subscribe subscription subscriptions abonnement
    newsletter newsletters about contact contacts kontakt impressum imprint privacy datenschutz terms agb cookies cookie
    job stellenmarkt stellenanzeigen karrierewelt immobilien product products preisvergleich
    service services promotion promotions annonse anzeigen
    legal help hilfe faq faqs jobs careers karriere advertise advertising mediadaten shop store cart checkout coupons
    gutscheine gutschein deals apps app games game puzzles crossword horoscope horoskop weather wetter lottery epaper
    e-paper share print email mailto cgi-bin wp-login.php wp-admin wp-json oauth auth logout forum comments kommentare
    accessibility preferences settings notifications corrections donate spenden events calendar kalender
    """.split()
)
"""Folders, and names of hosts, of pages that serve readers."""


@dataclass(frozen=True)
class PathShape:
    """The traits of a path; all of them are signs, none is proof."""

    segments: tuple[str, ...]
    """In lower case, decoded."""
    words: int
    """Of the longest slug; in scripts without word breaks two characters count as one."""
    has_date: bool
    has_id: bool
    """A long number, or letters and digits mixed, in one of the last two segments or in the query."""
    has_ending: bool
    """The last segment ends as the name of a page does."""
    is_media: bool
    lists: bool
    """It is of a folder of pages that list others."""
    serves: bool
    """It is of a folder, or of a host, of pages for readers: login, terms, games."""
    shows: bool
    """It is of a folder of videos, pictures or sound."""
    pattern: str
    """The path with digits and slugs made alike, so that pages of one kind have one pattern."""


@lru_cache(maxsize=2048)
def path_shape(url: str) -> PathShape:
    """Read the path and query of an absolute address.

    >>> shape = path_shape("https://news.example/world/2026/04/30/patrol-boat-leaves-port-1234567.html")
    >>> shape.words, shape.has_date, shape.has_id, shape.has_ending, shape.pattern
    (4, True, True, True, 'world/#/#/#/w-#.html')
    """
    parts = ada_url.URL(url)
    segments = tuple(unquote(part).lower() for part in parts.pathname.split("/") if part)
    path = "/".join(segments)
    last = segments[-1] if segments else ""
    query = parts.search[1:].lower()
    tail = "/".join(ENDING.sub("", part) for part in segments[-2:])
    ids = NUMBER.search(DATE.sub("/", "/" + tail)) or any(
        MIXED_ID.fullmatch(part) for part in re.split(r"[/_.-]", tail)
    )
    return PathShape(
        segments=segments,
        words=max((_words(ENDING.sub("", part)) for part in segments[-2:]), default=0),
        has_date=bool(DATE.search("/" + path)),
        has_id=bool(ids or ID_PARAMETER.search(query)),
        has_ending=bool(ENDING.search(last)),
        is_media=bool(MEDIA.search(last)),
        lists=any(part in LISTS for part in segments[:-1])
        or ENDING.sub("", last) in LAST_OF_LISTS
        or bool(re.search(r"(?:^|&)(?:page|paged|seite|start|offset)=", query)),
        serves=any(ENDING.sub("", part) in SERVICES for part in (*segments, *parts.hostname.split(".")[:-2])),
        shows=any(part in SHOWN for part in segments[:-1]),
        pattern=_pattern(segments, query),
    )


def _words(slug: str) -> int:
    words = [word for word in WORD_BREAK.split(slug) if word and not word.isdigit()]
    return max(len(words), sum(not sign.isascii() and sign.isalpha() and ord(sign) >= 0x3040 for sign in slug) // 2)


def _pattern(segments: tuple[str, ...], query: str) -> str:
    alike = [_alike(part) for part in segments]
    names = sorted(part.partition("=")[0] for part in query.split("&") if part)
    return "/".join(alike) + ("?" + "&".join(names) if names else "")


def _alike(segment: str) -> str:
    """Digits are #, a slug of three words and more is w."""
    ending = ENDING.search(segment)
    bare = segment[: ending.start()] if ending else segment
    numbers = re.sub(r"\d+", "#", bare)
    if MIXED_ID.fullmatch(bare):
        numbers = "#"
    if _words(bare) >= 3:
        numbers = ("#-" if numbers.startswith("#") else "") + "w" + ("-#" if numbers.endswith("#") else "")
    return numbers + (ending[0] if ending else "")
