"""What a page says in JSON-LD: every node of it, and the one that speaks of the article.

Broken JSON is mended where that is safe (trailing commas, raw line breaks, comments, entities), else passed over.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from watchfloor_parser.page.tree import elements
from watchfloor_parser.page.words import fold, key, mend

Node = dict[str, Any]
ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|^Report|^Review|SocialMediaPosting|^Blog)$")
WRAPPED = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*.*?\*/)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$", re.DOTALL)
TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
OF_OTHERS = frozenset(
    """itemListElement hasPart isPartOf liveBlogUpdate mentions relatedLink isBasedOn citation about review comment
    workExample subjectOf video associatedMedia""".split()
)
"""Properties under which nodes speak of something else than the page."""
MAX_NODES = 5000


@dataclass(frozen=True)
class Graph:
    """The nodes of all scripts, and the article's own (empty where there is none)."""

    nodes: tuple[Node, ...]
    article: Node

    def of_type(self, *types: str) -> list[Node]:
        """The nodes of one of these types."""
        return [node for node in self.nodes if set(types) & set(types_of(node))]


def read_graph(root: HtmlElement, headline: str) -> Graph:
    """Read every script; `headline`: what the page shows as such, to tell its article from others'."""
    documents = [doc for script in elements(root, "script") if _is_json_ld(script) for doc in _load(script.text or "")]
    found = list(_walk(documents))
    by_id: dict[str, Node] = {}
    for node, _ in found:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node["@id"], node)
    nodes = [node for node, _ in found]
    candidates = [node for node, own in found if own and any(map(ARTICLE_TYPE.search, types_of(node)))]
    article = max(candidates, key=lambda node: _fits(node, headline), default={})
    return Graph(tuple(nodes), {name: _resolved(value, by_id) for name, value in article.items()})


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def types_of(node: Node) -> list[str]:
    """A node's types, without their namespace."""
    return [str(kind).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in as_list(node.get("@type"))]


def as_list(value: Any) -> list[Any]:
    """JSON-LD lets one value stand for a list of one."""
    if value is None:
        return []
    if isinstance(value, dict) and set(value) == {"@list"}:
        return as_list(value["@list"])
    return value if isinstance(value, list) else [value]


def texts(value: Any) -> list[str]:
    """The texts of a value: texts themselves, and names of nodes; HTML in them is read as such."""
    found: list[str] = []
    for part in as_list(value):
        named = _name(part) if isinstance(part, dict) else part
        found += [plain(one) for one in as_list(named) if isinstance(one, str | int)]
    return [text for text in found if text]


def _name(node: Node) -> object:
    """A node's name; a person's may be in two parts."""
    parts = [part for part in (node.get("givenName"), node.get("familyName")) if isinstance(part, str)]
    return node.get("name") or node.get("@value") or " ".join(parts)


def plain(text: object) -> str:
    """A text of JSON-LD without entities and tags."""
    unescaped = html.unescape(html.unescape(str(text)))
    return fold(re.sub(r"</?[a-zA-Z][^>]{0,300}>", " ", unescaped))


def _load(text: str) -> Iterator[Any]:
    cleaned = WRAPPED.sub("", mend(text)).strip().rstrip(";")
    for attempt in (cleaned, TRAILING_COMMA.sub("", cleaned), html.unescape(TRAILING_COMMA.sub("", cleaned))):
        documents = list(_decode(attempt))
        if documents:
            yield from documents
            return


def _decode(text: str) -> Iterator[Any]:
    """One document after the other, as far as they can be read."""
    decoder = json.JSONDecoder(strict=False)
    position = 0
    while position < len(text):
        try:
            document, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield document
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1


def _walk(documents: list[Any]) -> Iterator[tuple[Node, bool]]:
    """Every node in the order of the page, and whether it may speak of the page itself."""
    waiting: list[tuple[Any, bool]] = [(document, True) for document in reversed(documents)]
    seen = 0
    while waiting and seen < MAX_NODES:
        value, own = waiting.pop()
        if isinstance(value, list):
            waiting.extend((part, own) for part in reversed(value))
        elif isinstance(value, dict):
            seen += 1
            yield value, own
            waiting.extend((part, own and name not in OF_OTHERS) for name, part in reversed(value.items()))


def _resolved(value: Any, by_id: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_resolved(part, by_id) for part in value]
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) <= 2:
        return {**by_id.get(value["@id"], {}), **value}
    return value


def _fits(node: Node, headline: str) -> tuple[bool, bool, int]:
    """How well a node fits the page: its headline is the page's, it is news, it says much."""
    said = key(" ".join(texts(node.get("headline"))) or " ".join(texts(node.get("name"))))
    shown = key(headline)
    same = bool(said and shown) and (said in shown or shown in said)
    return same, "datePublished" in node or "headline" in node, len(node)
