"""The element that a reader takes for the headline: the other rooms look around it."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from watchfloor_parser.page.metas import Metas
from watchfloor_parser.page.tree import ancestors, elements, label, text_of
from watchfloor_parser.page.words import key

NAMED = re.compile(r"headline|(?:entry|article|post|story|news|page|content)[-_]*(?:title|heading)")
MARGINS = frozenset({"nav", "footer", "aside"})
LONG_PARAGRAPH = 80
LONGEST = 400


def find_headline(root: HtmlElement, metas: Metas) -> HtmlElement | None:
    """The headline; None where no heading looks like one. The site's own name in a first h1 is passed over."""
    told = [key(value) for _, value in metas.all("og:title", "twitter:title")] + [key(metas.title)]
    candidates = [(element, text_of(element)) for element in elements(root) if _may_be(element)]
    ranked = [
        (_rank(element, key(text), [one for one in told if one]), -place, element)
        for place, (element, text) in enumerate(candidates)
        if text and len(text) <= LONGEST
    ]
    best = max(ranked, key=lambda entry: entry[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _may_be(element: HtmlElement) -> bool:
    if element.tag in ("h1", "h2", "h3"):
        return True
    return element.tag in ("div", "p", "span", "h4", "td", "strong", "font") and bool(NAMED.search(label(element)))


def _rank(element: HtmlElement, text: str, told: list[str]) -> int:
    rank = {"h1": 4, "h2": 2, "h3": 1}.get(str(element.tag), 0) + 2 * bool(NAMED.search(label(element)))
    if any(text == one for one in told):
        rank += 8
    elif any((text in one and 3 * len(text) > len(one)) or (one in text and len(one) > 20) for one in told):
        rank += 6
    for above in ancestors(element):
        rank -= 5 * (above.tag in MARGINS) + 4 * (above.tag == "a") + 3 * (above.tag == "li")
    return rank + 3 * _leads_text(element) - _linked(element, text)


def _linked(element: HtmlElement, text: str) -> int:
    """How much speaks against a heading that is a link: to the home page it is the site's name."""
    link = element.find(".//a")
    if link is None or key(link.text_content()) != text:
        return 0
    return 15 if urlsplit(link.get("href") or "").path in ("", "/") else 2


def _leads_text(element: HtmlElement) -> bool:
    """Whether paragraphs follow under the same parent."""
    following = list(element.itersiblings("p", "div"))[:6]
    return any(len(text_of(sibling)) >= LONG_PARAGRAPH for sibling in following)
