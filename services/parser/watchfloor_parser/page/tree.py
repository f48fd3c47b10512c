"""The page's tree, and small questions that are asked of its elements."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree, html
from lxml.html import HtmlElement

from watchfloor.errors import Rejected
from watchfloor_parser.page.words import fold

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea"})
"""Elements whose text no reader sees as text."""
BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol optgroup p pre section summary table tbody td tfoot th thead
    tr ul video audio""".split()
)
"""Elements that begin a line of their own."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def grow(text: str, *, subject: str) -> HtmlElement:
    """The tree of a page. What stands in `noscript` is read as markup, since the parser runs no scripts.

    Raises Rejected where there is no markup at all.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Rejected(
            f"holds no HTML: {error}", subject=subject, remedy="give the HTML of an article's page"
        ) from error
    if root.tag != "html" or len(root) == 0:
        raise Rejected("holds no HTML", subject=subject, remedy="give the HTML of an article's page")
    return root


def elements(root: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Elements in the order of the page, `root` included; of these tags, or all."""
    for element in root.iter(*(tags or (etree.Element,))):
        if isinstance(element, HtmlElement):
            yield element


def text_of(element: HtmlElement) -> str:
    """What a reader sees of an element, on one line: inline markup glues nothing and parts nothing, blocks part."""
    parts: list[str] = []
    skip = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            skip += node.tag in SILENT
            parts.append(_edge(node) + ("" if skip else node.text or ""))
        else:
            skip -= node.tag in SILENT
            parts.append(_edge(node) + (node.tail or "" if not skip and node is not element else ""))
    return fold("".join(parts))


def _edge(node: etree._Element) -> str:
    return "\n" if node.tag in BLOCKS or node.tag == "br" else ""


def own_text(element: HtmlElement) -> str:
    """The text at the beginning of an element, before its first child."""
    return element.text if isinstance(element.text, str) else ""


def text_behind(element: HtmlElement) -> str:
    """The text right behind an element, before its next sibling."""
    return element.tail if isinstance(element.tail, str) else ""


def link_share(element: HtmlElement) -> float:
    """The share of an element's text that stands in links, 0 to 1."""
    length = len(fold(element.text_content()))
    return sum(len(fold(link.text_content())) for link in elements(element, "a")) / length if length else 0.0


def label(element: HtmlElement) -> str:
    """What the page's makers call an element: its classes, id and roles, in lower case."""
    names = (element.get(name) for name in ("class", "id", "role", "data-testid", "data-component", "itemprop"))
    return " ".join(filter(None, names)).lower()


def ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that hold this one, the nearest first."""
    for element_above in element.iterancestors():
        if isinstance(element_above, HtmlElement):
            yield element_above


def address(base: str | None, href: str | None) -> str | None:
    """An address on the page, made absolute where the page's own is known; None for what cannot be fetched."""
    cleaned = "".join((href or "").split())
    if not cleaned or cleaned.startswith(("data:", "javascript:", "blob:", "about:", "mailto:", "#")):
        return None
    try:
        return urljoin(base, cleaned) if base else cleaned
    except ValueError:
        return None
