"""Images on the page with the texts that stand by them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement

from watchfloor_parser.page.boxes import CAPTION, CREDIT, holds_caption, image_box
from watchfloor_parser.page.person_names import BY
from watchfloor_parser.page.regions import Regions
from watchfloor_parser.page.tree import address, ancestors, elements, label, link_share, text_of
from watchfloor_parser.page.words import fold, key

NO_PICTURE = re.compile(
    r"logo|icon|avatar|sprite|pixel|spacer|placeholder|blank\.|1x1|tracking|badge"
    r"|emoji|author|profile|headshot|gravatar|button",
    re.IGNORECASE,
)
IMAGES = ("img", "amp-img")
SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data-image", "data-full-src")
SMALL = 100
LONGEST_BYLINE = 100
MOST_LINKED = 0.5
SIZE = re.compile(r"[-_]?\d{2,4}x\d{2,4}|[-_](?:scaled|large|medium|small)|\.\w{3,4}$")
SHORTEST_STEM = 4
HIDDEN = re.compile(r"screen-?reader|sr-only|visually-?hidden|expand|enlarge|toggle|button")


@dataclass(frozen=True)
class Figure:
    """An image with the caption and the credit that are marked as such; credit None where none is."""

    url: str | None
    caption: str
    credit: str | None
    distance: int
    """Elements behind the headline."""


def read_figures(root: HtmlElement, regions: Regions, base: str | None) -> list[Figure]:
    """The article's figures in the order of the page; no logos, no faces of authors, no cards of other stories."""
    found = []
    seen: set[HtmlElement] = set()
    for element in elements(root, "figure", *IMAGES):
        if element in seen or _is_margin(element, regions):
            continue
        box = element if element.tag == "figure" else image_box(element)
        box = element if box is None else box
        seen.update(elements(box))
        figure = _figure(box, base, regions.distance(element))
        if figure is not None:
            found.append(figure)
    return found


def _is_margin(element: HtmlElement, regions: Regions) -> bool:
    if regions.is_of_another_story(element):
        return True
    return any(above.tag in ("nav", "footer", "aside", "button") for above in ancestors(element))


def _figure(box: HtmlElement, base: str | None, distance: int) -> Figure | None:
    image = box if box.tag in IMAGES else next(elements(box, *IMAGES), None)
    caption, credit = _texts(box) if box is not image and holds_caption(box) else ("", None)
    if _is_teaser(box) or (BY.match(caption) and len(caption) < LONGEST_BYLINE):
        return None
    if image is None:
        return Figure(None, caption, credit, distance) if _is_film(box) and caption else None
    url = _url(image, box, base)
    if not caption and (url is None or _is_small(image) or NO_PICTURE.search(f"{label(image)} {url}")):
        return None
    return Figure(url, caption, credit, distance)


def _is_film(box: HtmlElement) -> bool:
    """Whether a figure without an image holds a film, and no table, code or quotation."""
    return box.tag == "figure" and not any(True for _ in elements(box, "table", "blockquote", "pre"))


def _is_teaser(box: HtmlElement) -> bool:
    """Whether the words by an image link to another page."""
    return bool(text_of(box)) and box.find(".//figcaption") is None and link_share(box) > MOST_LINKED


def _is_small(image: HtmlElement) -> bool:
    sizes = (re.match(r"\d+", image.get(side) or "") for side in ("width", "height"))
    return any(size is not None and int(size[0]) < SMALL for size in sizes)


def _url(image: HtmlElement, box: HtmlElement, base: str | None) -> str | None:
    for name in SOURCES:
        if found := address(base, image.get(name)):
            return found
    for element in (image, *elements(box, "source")):
        for name in ("srcset", "data-srcset"):
            first = (element.get(name) or "").strip().split(" ")[0].rstrip(",")
            if found := address(base, first):
                return found
    return None


def _texts(box: HtmlElement) -> tuple[str, str | None]:
    """Caption and marked credit of a figure."""
    holder = box.find(".//figcaption")
    if holder is None:
        holder = next((e for e in elements(box) if e is not box and CAPTION.search(label(e)) and text_of(e)), box)
    marked = [e for e in elements(box) if e is not box and e is not holder and _is_credit(e)]
    outer = [e for e in marked if not set(e.iterancestors()) & set(marked)]
    credit = next((text for e in outer if (text := text_of(e))), None)
    return _without(holder, [*outer, *_hidden(holder)]), credit


def _is_credit(element: HtmlElement) -> bool:
    return (
        element.tag in ("span", "div", "p", "small", "cite", "em", "i", "figcaption", "a", "b", "strong", "footer")
        and bool(CREDIT.search(label(element)))
        and not CAPTION.search(
            label(element).replace("caption-credit", "").replace("caption__credit", "").replace("figcaption__", "")
        )
    )


def _hidden(holder: HtmlElement) -> Iterator[HtmlElement]:
    for element in elements(holder):
        if element is not holder and (HIDDEN.search(label(element)) or element.tag == "button"):
            yield element


def _without(holder: HtmlElement, left_out: list[HtmlElement]) -> str:
    """The text of an element without some that it holds."""
    text = text_of(holder)
    for element in left_out:
        inner = text_of(element)
        if inner and inner in text:
            start = text.rfind(inner)
            text = text[:start] + " " + text[start + len(inner) :]
    return fold(text).strip(" |")


def same_picture(one: str | None, other: str | None) -> bool:
    """Whether two addresses are of one picture, whatever its size.

    >>> same_picture("https://a.example/up/boat-1024x683.jpg", "https://a.example/up/boat.jpg?w=300")
    True
    """
    return bool(one and other) and _stem(one or "") == _stem(other or "")


def _stem(url: str) -> str:
    """The file's name without size and ending; the whole path where the name is too short to tell pictures apart.

    A service that resizes carries the original's address in its own.
    """
    inner = re.search(r"https?(?:://|%3A%2F%2F).*", unquote(url)[8:])
    path = (inner[0] if inner else url).split("?")[0].rstrip("/")
    name = SIZE.sub("", path.rsplit("/", 1)[-1])
    return key(name if len(name) >= SHORTEST_STEM and not name.isdigit() else path)
