"""Where on the page something stands: near the headline or far, with this article or in a list of others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from watchfloor_parser.page.tree import HEADINGS, ancestors, elements, label, text_of

OTHERS = re.compile(
    r"related|river|\brail\b|teaser|\bcard|latest|trending|popular|recommend|sidebar|comment|promo|widget|most[-_]?read"
    r"|more[-_]|[-_]more|newsletter|footer|carousel|playlist|outbrain|taboola|recirc"
)
MARGINS = frozenset({"nav", "footer", "aside"})
LINES = frozenset(
    "p div span a li small em strong b i time address cite td dd h1 h2 h3 h4 h5 h6 summary figcaption label".split()
)
LONGEST_LINE = 300
MOST_CHILDREN = 20


@dataclass(frozen=True)
class Line:
    """A short text on the page: its element, its maker's name for it, and its distance behind the headline."""

    element: HtmlElement
    text: str
    label: str
    distance: int


class Regions:
    """The lay of a page, read once for all rooms."""

    def __init__(self, root: HtmlElement, headline: HtmlElement | None) -> None:
        self._root = root
        self._own = set() if headline is None else {headline, *headline.iterancestors()}
        self._order = {element: place for place, element in enumerate(root.iter())}
        self._headline = self._order.get(headline, 0) if headline is not None else 0
        self._verdicts: dict[HtmlElement, bool] = {}

    def distance(self, element: HtmlElement) -> int:
        """Elements between the headline and this one; negative before it."""
        return self._order.get(element, 0) - self._headline

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every short text of this article's surroundings, in the order of the page; none of other stories."""
        return tuple(self._read_lines())

    def near(self, before: int, behind: int) -> list[Line]:
        """The lines so many elements before and behind the headline, the nearest first."""
        found = [line for line in self.lines if -before <= line.distance <= behind]
        return sorted(found, key=lambda line: abs(line.distance))

    def is_of_another_story(self, element: HtmlElement) -> bool:
        """Whether an element stands in the margin, or in a card, a list or an article that is not the headline's."""
        if element in self._own or element.tag in ("body", "main"):
            return False
        verdict = self._verdicts.get(element)
        if verdict is None:
            above = element.getparent()
            verdict = _is_margin(element) or (above is not None and self.is_of_another_story(above))
            self._verdicts[element] = verdict
        return verdict

    def _read_lines(self) -> Iterator[Line]:
        body = self._root.find("body")
        for element in elements(body if body is not None else self._root):
            if element.tag not in LINES or len(element) > MOST_CHILDREN or self.is_of_another_story(element):
                continue
            if len(element.text_content()) <= 3 * LONGEST_LINE and 0 < len(text := text_of(element)) <= LONGEST_LINE:
                yield Line(element, text, label(element), self.distance(element))


def _is_margin(element: HtmlElement) -> bool:
    if element.tag in MARGINS or OTHERS.search(label(element)):
        return True
    return element.tag in ("li", "article") and any(map(_is_linked, elements(element, *HEADINGS)))


def _is_linked(heading: HtmlElement) -> bool:
    return heading.find(".//a") is not None or next(ancestors(heading)).tag == "a"
