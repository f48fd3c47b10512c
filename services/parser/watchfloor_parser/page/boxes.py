"""The box around an image: the element that holds the image and its caption, and nothing else."""

import re

from lxml.html import HtmlElement

from watchfloor_parser.page.tree import HEADINGS, ancestors, elements, label, text_of

CAPTION = re.compile(
    r"caption|legend|bildunterschrift|image[-_]?(?:description|text|title)|photo[-_]?(?:text"
    r"|desc)|media[-_]?desc|leyenda"
    r"|legende|didascalia"
)
CREDIT = re.compile(
    r"credit|copyright|photographer|\bsource\b|attribution|byline|rights|agency|fotograf|photo[-_]?by|bildquelle|author"
)
NAMED = re.compile(r"caption|figure|image|photo|picture|media|bild|foto|img")
NO_BOX = frozenset({"body", "main", "article", "td", "section", "html"})
SMALL_PRINT = frozenset({"em", "i", "small", "cite", "figcaption"})
LONGEST = 700
SHORT = 250
"""Characters; plain text under an image, among paragraphs, is a caption if it is no longer."""
MARKED = 0.9
NO_CAPTION = re.compile(r"author|byline|share|social|nav|menu|button|teaser|promo")


def image_box(image: HtmlElement) -> HtmlElement | None:
    """The figure of an image, else the smallest element that holds this image alone, and words or an image's name."""
    box = None
    for above in ancestors(image):
        if above.tag == "figure":
            return above
        if above.tag in NO_BOX or len(above.xpath(".//img")) > 1 or len(text := text_of(above)) > LONGEST:
            break
        if text or NAMED.search(label(above)):
            box = above
        if text:
            break
    return box


def holds_caption(box: HtmlElement) -> bool:
    """Whether the words in an image's box are its caption: of a figure, named so, in small print, or short and bare."""
    text = text_of(box)
    if box.tag == "figure" or CAPTION.search(label(box)) or not text:
        return True
    if any(True for _ in elements(box, *HEADINGS, "time", "ul", "nav", "button", "select")):
        return False
    if any(
        NO_CAPTION.search(f"{label(e)} {e.get('rel') or ''}") and not CAPTION.search(label(e)) for e in elements(box)
    ):
        return False
    marked = [e for e in elements(box) if e is not box and _is_small_print(e)]
    outer = [e for e in marked if not set(e.iterancestors()) & set(marked)]
    if sum(len(text_of(e)) for e in outer) >= MARKED * len(text):
        return True
    return len(text) <= SHORT and box.find(".//p") is None and _is_among_paragraphs(box)


def _is_small_print(element: HtmlElement) -> bool:
    return element.tag in SMALL_PRINT or bool(CAPTION.search(label(element)) or CREDIT.search(label(element)))


def _is_among_paragraphs(box: HtmlElement) -> bool:
    parent = box.getparent()
    return parent is not None and len(parent.findall("p")) > 1
