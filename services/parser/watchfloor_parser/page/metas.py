"""What a page's head says: `meta`, `link`, `title`, and the site's home link."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from watchfloor_parser.page.tree import elements
from watchfloor_parser.page.words import fold

EMPTY = frozenset({"", "null", "none", "undefined", "n/a", "nan", "false", "-"})


@dataclass(frozen=True)
class Metas:
    """The head's entries, names in lower case, each with its values in the order of the page."""

    values: dict[str, tuple[str, ...]]
    links: dict[str, tuple[str, ...]]
    title: str

    def all(self, *names: str) -> list[tuple[str, str]]:
        """Every (name, value) of these names, in their order."""
        return [(name, value) for name in names for value in self.values.get(name, ())]

    def first(self, *names: str) -> tuple[str, str] | None:
        """The first (name, value)."""
        return next(iter(self.all(*names)), None)


def read_metas(root: HtmlElement) -> Metas:
    """Read them; empty values and words for nothing ("null", "undefined") are left out."""
    values: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    for element in elements(root, "meta"):
        content = fold(element.get("content") or element.get("value"))
        if content.casefold() in EMPTY:
            continue
        for name in {element.get(a) for a in ("property", "name", "itemprop", "http-equiv")} - {None}:
            for part in (name or "").lower().split():
                values.setdefault(part, []).append(content)
    for element in elements(root, "link"):
        for rel in (element.get("rel") or "").lower().split():
            if href := (element.get("href") or "").strip():
                links.setdefault(rel, []).append(href)
    title = next((fold(t.text_content()) for t in root.iterfind(".//head//title")), "")
    return Metas(_frozen(values), _frozen(links), title)


def _frozen(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(found)) for name, found in lists.items()}
