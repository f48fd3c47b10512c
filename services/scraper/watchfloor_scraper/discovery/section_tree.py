"""The links of a page, each with what stands around it: read in one pass, bounded."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from watchfloor_scraper.markup import Tag, tags_and_text

MAX_DEPTH = 250
MAX_PARTS = 400_000
"""Tags and texts of one page that are read."""
MAX_LINKS = 5_000
MAX_TEXT = 500
"""Characters of a link's text that are kept."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PLACES = frozenset({"nav", "header", "footer", "aside", "main", "article"})
ROLES = {"navigation": "nav", "banner": "header", "contentinfo": "footer", "complementary": "aside", "main": "main"}
SPLIT_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
NAMED = {
    word: place
    for place, words in {
        "nav": "nav navi navbar navigation menu submenu breadcrumb breadcrumbs pagination pager paginator",
        "footer": "footer copyright legal imprint cookie cookies consent",
        "share": "share sharing social",
        "ad": "advert advertisement sponsor sponsored outbrain taboola anzeige werbung publicidad",
    }.items()
    for word in words.split()
}
"""Words of a class or id that say what an element is for: `mainNav` and `site_footer` are split into words."""


@dataclass(slots=True)
class Node:
    """An element, as far as the links inside ask for it."""

    name: str
    place: str
    """The nearest of nav, header, footer, aside, main, article, share and ad that it lies in; empty where in none."""
    parent: "Node | None"
    target: str | None = None
    """The address that the links inside have; None where there is none."""
    several: bool = False
    """Whether the links inside have several addresses."""
    has_time: bool = False
    has_heading: bool = False
    text_size: int = 0
    """Characters of text inside."""


@dataclass(slots=True)
class Anchor:
    """A link as it stands on the page."""

    href: str
    node: Node
    relations: frozenset[str]
    in_heading: bool
    image_text: str = ""
    parts: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def text(self) -> str:
        """Its words, white space folded; those of its image where it has no others."""
        return (" ".join("".join(self.parts).split()) or " ".join(self.image_text.split()))[:MAX_TEXT]

    @property
    def card(self) -> Node:
        """The largest element around it in which no link leads elsewhere."""
        card = self.node
        while card.parent is not None and not card.parent.several:
            card = card.parent
        return card


def read_anchors(text: str) -> list[Anchor]:
    """The links of a page in their order, at most `MAX_LINKS`.

    >>> [anchor] = read_anchors("<nav><li><a href=/a>One <b>two</b></a></nav>")
    >>> anchor.href, anchor.text, anchor.node.place
    ('/a', 'One two', 'nav')
    """
    reader = _Reader()
    for part in islice(tags_and_text(text), MAX_PARTS):
        if isinstance(part, str):
            reader.add_text(part)
        elif part.closes:
            reader.end(part.name)
        else:
            reader.begin(part)
        if len(reader.anchors) >= MAX_LINKS:
            break
    reader.finish()
    return reader.anchors


class _Reader:
    """Follows the tags of one page. One use."""

    def __init__(self) -> None:
        self.anchors: list[Anchor] = []
        self._open: list[Node] = [Node("", "", None)]
        self._names: Counter[str] = Counter()
        self._anchor: Anchor | None = None

    def begin(self, tag: Tag) -> None:
        parent = self._open[-1]
        if tag.name in VOID or tag.empty:
            if tag.name == "img" and self._anchor is not None:
                self._anchor.image_text = self._anchor.image_text or tag.attributes().get("alt", "")
            return
        if tag.name == "a" and self._names["a"]:
            self.end("a")  # links do not lie in one another: the end of the first was forgotten
            parent = self._open[-1]
        if len(self._open) >= MAX_DEPTH:
            return
        attributes = tag.attributes()
        node = Node(tag.name, _place(tag.name, attributes, parent.place), parent)
        node.has_time = tag.name == "time" or "datetime" in attributes
        node.has_heading = tag.name in HEADINGS
        self._open.append(node)
        self._names[tag.name] += 1
        if tag.name == "a" and "href" in attributes:
            self._begin_anchor(node, attributes)

    def _begin_anchor(self, node: Node, attributes: dict[str, str]) -> None:
        node.target = attributes["href"].strip().partition("#")[0]
        relations = frozenset(attributes.get("rel", "").lower().split())
        in_heading = any(self._names[name] for name in HEADINGS)
        self._anchor = Anchor(attributes["href"], node, relations, in_heading)
        self._anchor.image_text = attributes.get("aria-label", "") or attributes.get("title", "")
        self.anchors.append(self._anchor)

    def add_text(self, text: str) -> None:
        self._open[-1].text_size += len(text.strip())
        if self._anchor is not None and self._anchor.size < MAX_TEXT:
            # what stands in two elements is two words, as the page shows them
            self._anchor.parts += (" ", text) if self._open[-1] is not self._anchor.node else (text,)
            self._anchor.size += len(text)

    def end(self, name: str) -> None:
        if not self._names[name]:
            return
        while self._close() != name:
            pass

    def finish(self) -> None:
        while len(self._open) > 1:
            self._close()

    def _close(self) -> str:
        node = self._open.pop()
        self._names[node.name] -= 1
        parent = self._open[-1]
        parent.has_time = parent.has_time or node.has_time
        parent.has_heading = parent.has_heading or node.has_heading
        parent.text_size += node.text_size
        differs = None not in (parent.target, node.target) and parent.target != node.target
        parent.several = parent.several or node.several or differs
        parent.target = parent.target or node.target
        if self._anchor is not None and node is self._anchor.node:
            self._anchor.in_heading = self._anchor.in_heading or node.has_heading
            self._anchor = None
        return node.name


def _place(name: str, attributes: dict[str, str], around: str) -> str:
    """Where an element lies. A header in an article is that of its headline."""
    if name in ("html", "body"):
        return around  # their classes name what the whole page has
    place = ROLES.get(attributes.get("role", "").strip().lower(), name if name in PLACES else "")
    if place == "header" and around in ("article", "main"):
        return around
    words = SPLIT_WORDS.findall(attributes.get("class", "") + " " + attributes.get("id", ""))
    named = next((NAMED[word.lower()] for word in words if word.lower() in NAMED), "")
    return (place if place in ("nav", "footer", "aside") else "") or named or place or around
