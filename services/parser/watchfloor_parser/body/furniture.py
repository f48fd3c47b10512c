"""What stands on a page beside its article: taken out of a copy of the tree before the text is read."""

import re
import unicodedata
from collections import Counter

from lxml.html import HtmlElement

from watchfloor_parser.page.boxes import holds_caption, image_box
from watchfloor_parser.page.tree import HEADINGS, SILENT, elements, text_of
from watchfloor_parser.page.words import key

TAGS = SILENT | frozenset(
    """nav footer aside form button dialog figure figcaption picture img video audio embed canvas input menu link meta
    map area track source""".split()
)
ROLES = frozenset({"dialog", "alertdialog", "navigation", "complementary", "contentinfo", "search", "menu", "tablist"})
WORDS = frozenset(
    """share sharing sharedaddy shares social socials newsletter newsletters subscribe subscription signup promo promos
    promotion advert adverts advertisement advertising advertorial ad ads adslot adunit adsbygoogle dfp cookie cookies
    consent gdpr comments comment commentbox commentlist disqus respond breadcrumb breadcrumbs breadcrump nav navbar
    navigation menu footer sidebar related recommended recommendation recommendations recirculation recirc trending
    popular mostread outbrain taboola teasers toolbar pagination pager byline bylines tags taglist topics keywords
    copyright caption credit slideshow modal popup overlay sponsored donate donation donations paywall
    authorbox authorbio bio screenreader skiplink spotim livefyre hidden feedback correction-form jumplinks toc
    ticker marquee timestamp dateline-meta printonly noprint readalso alsoread""".split()
)
PHRASES = re.compile(
    r"read[-_ ]?(?:more|also|next)|(?:also|more)[-_ ]?(?:read|on|from|stories|news|like)|see[-_ ]?also|sign[-_ ]?up"
    r"|most[-_ ]?(?:read|popular|viewed)|author[-_ ]?(?:box|bio|info|card|profile|description)|about[-_ ]?author"
    r"|entry[-_ ]?(?:meta|footer|utility)|post[-_ ]?(?:meta|nav|tags|footer)|article[-_ ]?(?:meta"
    r"|tags|footer|tools|actions)"
    r"|screen[-_ ]reader|visually[-_ ]hidden|sr[-_ ]only|wp[-_ ]caption|image[-_ ]caption|call[-_ ]to[-_ ]action"
    r"|recommend|outbrain|taboola|newsletter|you[-_ ]may[-_ ]also"
)
COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comment(?:s|box|list|area|section|thread)?|disqus\w*|respond|kommentare?|commentaires)(?:$|[\s_-])"
)
BODY = re.compile(
    r"(?:article|story|post|entry|news)[-_]*(?:content|text|body|copy|paragraph)(?![-_]*(?:footer"
    r"|ad\b|promo|related|share))|articlebody"
)
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
LIGHT = 0.3
"""The share of a page's running text that furniture has at most; what has more holds the article."""


def unaccented(text: str) -> str:
    """A text with bare letters: headings are typed with and without their accents.

    >>> unaccented("Lue myös")
    'Lue myos'
    """
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not (unicodedata.combining(c) and c < "\u0370"))


FURNITURE_HEADINGS = re.compile(
    unaccented(
        r"^(?:share(?: this.*)?|related.*|(?:\d+ )?comments?(?: \d+)?|leave a (?:reply"
        r"|comment)|read (?:more|next|also)|more (?:from|on|in) .*"
        r"|more (?:stories|news)|most (?:read|popular|viewed)|recommended.*|you (?:may"
        r"|might) also .*|trending.*|popular.*|top stories"
        r"|latest (?:news|stories)|(?:sign up|subscribe).*|newsletter.*|follow us.*|about the authors?"
        r"|tags?|topics?|advertisement"
        r"|editors? picks?|see also|also read|don t miss|up next|what to read next|join the conversation"
        r"|support .* journalism"
        r"|mehr zum thema|das konnte sie auch interessieren|lesen sie auch|auch interessant"
        r"|kommentare?|(?:\d+ )?kommentare|teilen|meistgelesen"
        r"|a lire aussi|lire aussi|sur le meme sujet|commentaires?|partager|les plus lus"
        r"|articles? (?:lies|similaires)|newsletters?"
        r"|te puede interesar|lea tambien|lee tambien|mas leidas|noticias relacionadas"
        r"|comentarios?|compartir|relacionad[oa]s"
        r"|leggi anche|potrebbe interessarti|commenti|condividi|leia (?:mais|tambem)|veja tambem"
        r"|notas relacionadas|mais lidas"
        r"|читайте також|читайте также|по теме|по темі|материалы по теме|комментарии|коментарі"
        r"|поделиться|поділитися|популярное|популярне"
        r"|смотрите также|дивіться також|новости по теме|новини за темою|zobacz (?:także"
        r"|też)|czytaj (?:także|też|więcej)|komentarze|udostępnij"
        r"|lees (?:ook|meer)|gerelateerd.*|läs (?:också|mer)|les også|lue myös|ilgili haberler|benzer haberler|yorumlar"
        r"|اقرأ أيضا|اقرا ايضا|مواضيع ذات صلة|أخبار ذات صلة|التعليقات|شارك|المزيد|关联阅读"
        r"|相关阅读|相关新闻|相关文章|延伸阅读|推荐阅读|热门新闻|评论"
        r"|関連記事|あわせて読みたい|おすすめ記事|관련기사|관련 기사|댓글)$"
    )
)


def strip_furniture(root: HtmlElement, headline: HtmlElement | None) -> None:
    """Take out of the tree what is no part of the article. What holds the headline or much of the text stays."""
    weights = _Weights(root, headline)
    for image in list(elements(root, "img")):
        box = image_box(image)
        if box is not None and holds_caption(box) and not weights.holds_headline(box):
            _remove(box)
    for element in list(elements(root)):
        if element.getparent() is None or element.tag in ("html", "body", "head"):
            continue
        if (_is_comments(element) and not weights.holds_headline(element)) or (
            _is_furniture(element) and weights.is_light(element)
        ):
            _remove(element)
    for heading in [e for e in elements(root, *HEADINGS, "p", "strong", "b", "div", "span", "summary") if len(e) <= 2]:
        if len(heading.text_content()) < 60 and FURNITURE_HEADINGS.match(key(unaccented(text_of(heading)))):
            _remove_with_heading(heading, weights)


class _Weights:
    """Which elements hold the headline, and how much of the running text one holds."""

    def __init__(self, root: HtmlElement, headline: HtmlElement | None) -> None:
        self._above = set() if headline is None else {headline, *headline.iterancestors()}
        self._total = max(1, sum(map(_running, elements(root, "p", "br", "div"))))
        self._of_class: Counter[str] = Counter()
        for element in elements(root, "p", "br", "div"):
            for name in {e.get("class") or "" for e in (element, *element.iterancestors()) if e.get("class")}:
                self._of_class[name] += _running(element)

    def holds_headline(self, element: HtmlElement) -> bool:
        return element in self._above

    def is_light(self, element: HtmlElement) -> bool:
        if self.holds_headline(element):
            return False
        own = sum(map(_running, elements(element, "p", "br", "div")))
        twins = self._of_class[element.get("class") or ""]
        return max(own, twins) <= LIGHT * self._total


def _running(element: HtmlElement) -> int:
    """Characters of running text: of a paragraph, or of a line after a break."""
    if element.tag == "p":
        length = len(element.text_content())
    elif element.tag == "br":
        length = len((element.tail or "").strip())
    else:
        length = len((element.text or "").strip())
    return length if length >= 40 else 0


def _is_comments(element: HtmlElement) -> bool:
    names = " ".join(CAMEL.sub("-", element.get(a) or "") for a in ("class", "id")).lower()
    return bool(names.strip() and COMMENTS.search(names)) and element.tag not in ("article", "main", "p", "a", "span")


def _is_furniture(element: HtmlElement) -> bool:
    if element.tag in TAGS or (element.get("role") or "").lower() in ROLES:
        return True
    if element.get("hidden") is not None or HIDING.search(element.get("style") or ""):
        return True
    names = CAMEL.sub(
        "-", " ".join(filter(None, (element.get(a) for a in ("class", "id", "data-testid", "data-component"))))
    )
    names = names.lower()
    if not names or (element.tag in HEADINGS and "headline" in names):
        return False
    if BODY.search(names):
        return False
    return bool(WORDS & set(re.split(r"[\s_:\-]+", names)) or PHRASES.search(names))


def _remove_with_heading(heading: HtmlElement, weights: _Weights) -> None:
    """Take out the whole section that such a heading names: its parent, or the lists and links that follow it."""
    parent = heading.getparent()
    if parent is None:
        return
    if (
        parent.tag in ("section", "div", "ul", "aside", "details")
        and weights.is_light(parent)
        and _begins_with(parent, heading)
    ):
        _remove(parent)
        return
    for sibling in list(heading.itersiblings()):
        if sibling.tag not in ("ul", "ol", "div", "a", "section") or not isinstance(sibling, HtmlElement):
            break
        if not weights.is_light(sibling) or not _mostly_links(sibling):
            break
        _remove(sibling)
    _remove(heading)


def _begins_with(parent: HtmlElement, heading: HtmlElement) -> bool:
    return not (parent.text or "").strip() and parent[0] is heading


def _mostly_links(element: HtmlElement) -> bool:
    length = len(element.text_content().strip())
    return sum(len(a.text_content().strip()) for a in elements(element, "a")) >= 0.6 * length


def _remove(element: HtmlElement) -> None:
    """Take an element out and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()
