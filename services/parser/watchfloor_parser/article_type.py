"""What kind of page it is: an article and of which kind, or none at all."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from watchfloor.events import ArticleType
from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts, types_of
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import HEADINGS, elements, text_of
from watchfloor_parser.page.words import key

IN_GRAPH: dict[str, ArticleType] = {
    "LiveBlogPosting": "live_blog", "OpinionNewsArticle": "opinion", "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "analysis", "ReportageNewsArticle": "news", "NewsArticle": "news",
}  # fmt: skip
LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage"})
OPINION = re.compile(
    r"^(?:opinions?|comment(?:ary|isfree)?|comment is free|op ?eds?|editorials?|columns?"
    r"|columnists?|letters?|viewpoints?|voices|meinung(?:en)?|kommentare?|kolumnen?"
    r"|leitartikel|gastbeitrag|tribunes?|idées|edito|éditos?|opinión|opinion|opinioni"
    r"|editoriali|opinião|колонки?|думки|погляди|блоги?|мнения?|колонка|opinie|komentarze"
    r"|felietony|ledare|debatt|kronikk|meninger|mielipide|görüş|yazarlar|آراء|رأي"
    r"|مقالات الرأي|社论|评论|观点|社説|コラム|오피니언|사설)$"
)
ANALYSIS = re.compile(
    r"^(?:analys[ei]s|analyses|analyse|análisis|analisi|análise|explainers?|explained"
    r"|in depth|background|hintergrund|décryptages?|анализ|аналітика|аналитика|analiza"
    r"|analizy|تحليل|تحليلات|分析|解説|深度)$"
)
INTERVIEW = re.compile(
    r"^(?:interviews?|entretiens?|entrevistas?|intervist[ae]|інтерв ю|интервью|wywiad[yi]?"
    r"|röportaj|مقابلات|حوار|专访|访谈|インタビュー)$"
)
RELEASE = re.compile(
    r"^(?:press releases?|news releases?|pressemitteilung(?:en)?|communiqués? de presse"
    r"|comunicados?(?: de prensa)?|comunicati? stampa|пресс ?релизы?|прес ?релізи?)$"
)
LIVE = re.compile(
    r"^(?:live|live blog|liveblog|live updates?|live ticker|liveticker|as it happened"
    r"|en direct|minuto a minuto|en vivo|онлайн|хроника|текстова трансляція)\b"
)
VIDEO_SEGMENT = frozenset({"video", "videos", "watch", "tv"})
GALLERY_SEGMENT = frozenset(
    {
        "gallery",
        "galleries",
        "photos",
        "pictures",
        "bilder",
        "fotostrecke",
        "fotogalerie",
        "photo-gallery",
        "slideshow",
        "in-pictures",
    }
)
LOGIN_SEGMENT = frozenset({"login", "signin", "sign-in", "register", "account", "anmelden", "connexion", "auth"})
SHORT = 400
"""Characters of text; a page of a film or of pictures has no more."""
CARDS = 5


def read_article_type(page: Page, text: str) -> Found[ArticleType]:
    """The kind of the page. `text`: the body that was found, which an index page does not have."""
    found = first(_no_article(page, text)) or first(_kinds(page))
    return found or Found("news" if text else "other", "page")


def _no_article(page: Page, text: str) -> Iterator[Found[ArticleType]]:
    segments = set(_segments(page))
    password = any((e.get("type") or "").lower() == "password" for e in elements(page.root, "input"))
    if len(text) < SHORT and ((password and not page.graph.article) or segments & LOGIN_SEGMENT):
        yield Found("login", "page:password-field" if password else "url")
    if is_index(page, text):
        yield Found("index", "page:cards")
    kind = next((v for _, v in page.metas.all("og:type")), "").lower()
    types = {one for node in page.graph.nodes for one in types_of(node)}
    if (
        len(text) < SHORT
        and (kind.startswith("video") or segments & VIDEO_SEGMENT)
        and ("VideoObject" in types or kind.startswith("video"))
    ):
        yield Found("video", "meta:og:type" if kind.startswith("video") else "json-ld:@type")
    gallery = bool(types & {"ImageGallery", "MediaGallery"})
    if len(text) < SHORT and (gallery or segments & GALLERY_SEGMENT):
        yield Found("gallery", "json-ld:@type" if gallery else "url")


def _segments(page: Page) -> list[str]:
    return [s for s in urlsplit(page.url or "").path.lower().split("/") if s]


def is_index(page: Page, text: str) -> bool:
    """Whether a page lists other pages: it has the cards of several, and no text that outweighs them."""
    if (page.url and not _segments(page)) and not page.graph.article.get("datePublished"):
        return True
    cards = _cards(page)
    if len(cards) < CARDS or _says_article(page):
        return False
    inside = sum(len(text_of(card)) for card in cards)
    told = sum(part in " ".join(map(text_of, cards)) for part in text.split("\n\n")) if text else 0
    own = [part for part in text.split("\n\n") if len(part) > 100]
    return not own or told >= 0.5 * len(text.split("\n\n")) or (len(text) < inside and _says_list(page))


def _says_article(page: Page) -> bool:
    """Whether the page says of itself that it is one article."""
    kind = next((v for _, v in page.metas.all("og:type")), "").lower()
    if page.graph.article.get("datePublished") or page.metas.first("article:published_time"):
        return True
    return kind == "article" and not _says_list(page)


def _says_list(page: Page) -> bool:
    kind = next((v for _, v in page.metas.all("og:type")), "").lower()
    types = {one for node in page.graph.nodes for one in types_of(node)}
    return kind == "website" or bool(types & LISTS)


def _cards(page: Page) -> list:  # type: ignore[type-arg]
    """Elements that link a heading of their own to another page."""
    found = []
    for heading in elements(page.root, *HEADINGS):
        link = heading.find(".//a")
        if link is None:
            link = next(heading.iterancestors("a"), None)
        if link is None or not (link.get("href") or "").strip("#/ "):
            continue
        card = link if heading in set(link.iter()) and len(link) > 1 else heading.getparent()
        if card is not None and card.tag not in ("body", "main", "nav", "header"):
            found.append(card)
    return list(dict.fromkeys(found))


def _kinds(page: Page) -> Iterator[Found[ArticleType]]:
    for kind in types_of(page.graph.article):
        if kind in IN_GRAPH and IN_GRAPH[kind] != "news":
            yield Found(IN_GRAPH[kind], "json-ld:@type")
    words = [(key(t), "json-ld:articleSection") for t in texts(page.graph.article.get("articleSection"))]
    words += [(key(v), f"meta:{n}") for n, v in page.metas.all("article:section", "og:article:section", "section")]
    words += [(key(segment), "url") for segment in _segments(page)[:-1]]
    for word, source in words:
        for pattern, kind in (
            (OPINION, "opinion"),
            (ANALYSIS, "analysis"),
            (INTERVIEW, "interview"),
            (RELEASE, "press_release"),
            (LIVE, "live_blog"),
        ):
            yield Found(kind if pattern.match(word) else "", source)  # type: ignore[arg-type]
    front = re.split(r"\s*[:|–—]\s*", page.headline_text)[0]
    for pattern, kind in ((OPINION, "opinion"), (ANALYSIS, "analysis"), (INTERVIEW, "interview"), (LIVE, "live_blog")):
        yield Found(kind if front != page.headline_text and pattern.match(key(front)) else "", "page:headline")  # type: ignore[arg-type]
    for kind in types_of(page.graph.article):
        if kind in IN_GRAPH:
            yield Found(IN_GRAPH[kind], "json-ld:@type")
