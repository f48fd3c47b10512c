"""A forgiving reader of tags, for feeds, sitemaps and the heads of pages: linear in its input, bounded in depth.

It is written for what servers really send: tags that are never closed, undeclared prefixes, bare ampersands, HTML
entities without a DOCTYPE. It knows no DTD at all, so there is no entity to expand and nothing to fetch.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_DEPTH = 200
"""Elements inside one another; what is deeper is read over."""
MAX_ATTRIBUTES = 64 * 1024
"""Characters of a tag in which attributes are looked for."""
MAX_ELEMENTS = 10_000
"""Elements that are kept inside one entry, and outside all of them."""
MAX_PARTS = 1_500_000
"""Tags and texts that are read of one document: enough for the longest sitemap, some seconds of work."""
MAX_PREFIXES = 100
TAG = re.compile(r"<(/?)([A-Za-z_][^\s/<>]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
UNQUOTED_TAG = re.compile(r"<(/?)([A-Za-z_][^\s/<>]*+)([^<>]*+)>")
ATTRIBUTE = re.compile(r"\s*+([^\s=]++)(?:\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']\S*+)))?+")
REFERENCE = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
BREAKS = frozenset({"br", "p", "div"})
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 (section 2.2) has no place for."""


class TooManyParts(Exception):
    """A document goes on longer than it is read."""


def decode_references(text: str) -> str:
    """Decode the character references of XML and HTML that end in a semicolon; a bare ampersand stays one.

    >>> decode_references("R&amp;D &ldquo;now&rdquo; &#8211; ?a=1&copy=2 &unknown;")
    'R&D “now” – ?a=1&copy=2 &unknown;'
    """
    return FORBIDDEN.sub("", REFERENCE.sub(lambda found: html.unescape(found[0]), text)) if "&" in text else text


class Tag(NamedTuple):
    """A start or end tag as it stands in the text."""

    name: str
    """In lower case, with its prefix."""
    closes: bool
    empty: bool
    raw: str
    """What stands between the name and the closing bracket."""

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    def attributes(self) -> dict[str, str]:
        """The attributes, names in lower case, the first of a name winning."""
        found: dict[str, str] = {}
        for name, double, single, bare in ATTRIBUTE.findall(self.raw[:MAX_ATTRIBUTES]):
            found.setdefault(name.lower(), decode_references(double or single or bare))
        return found


@dataclass(slots=True)
class Element:
    """An element with its text and children in order."""

    tag: Tag
    local: str
    """The name without its prefix, in lower case."""
    prefixes: dict[str, str]
    """The namespace of each prefix that is declared here or above."""
    parent: "Element | None"
    content: "list[str | Element]" = field(default_factory=list)

    @property
    def namespace(self) -> str:
        """The declared namespace, else the prefix itself: feeds forget to declare what they use."""
        prefix = self.tag.name.rpartition(":")[0]
        return self.prefixes.get(prefix, prefix)

    @property
    def children(self) -> "Iterator[Element]":
        """The elements directly inside."""
        return (part for part in self.content if isinstance(part, Element))

    @property
    def text(self) -> str:
        """All text inside, in order, decoded; a blank where HTML would break the line."""
        parts: list[str] = []
        waiting: list[str | Element] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                parts.append(part)
            else:
                parts.append(" " if part.local in BREAKS else "")
                waiting.extend(reversed(part.content))
        return "".join(parts)


def tags_and_text(text: str) -> Iterator[Tag | str]:
    """The tags of a text and what stands between them, decoded; comments and declarations are passed over.

    >>> [part if isinstance(part, str) else part.name for part in tags_and_text("<b>3 < 4</b><!-- no --> &amp;")]
    ['b', '3 ', '<', ' 4', 'b', ' &']
    """
    position, start, end = 0, text.find("<"), len(text)
    while start >= 0:
        if start != position:
            yield decode_references(text[position:start])
        found = TAG.match(text, start) or UNQUOTED_TAG.match(text, start)
        if found is not None:
            slash, name, raw = found.groups()
            yield Tag(name.lower(), bool(slash), raw.endswith("/"), raw)
            position = found.end()
        else:
            plain, position = _no_tag(text, start)
            if plain:
                yield plain
        start = text.find("<", position)
    if position < end:
        yield decode_references(text[position:])


def _no_tag(text: str, start: int) -> tuple[str, int]:
    """The text that stands at a `<` which begins no tag, and where reading goes on."""
    for opening, closing in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<!", ">"), ("<?", ">")):
        if text.startswith(opening, start):
            end = text.find(closing, start)
            content = text[start + len(opening) : end if end >= 0 else len(text)] if closing == "]]>" else ""
            return content, end + len(closing) if end >= 0 else len(text)
    return "<", start + 1


class _Outline:
    """The elements that are open while a text is read, the outermost first."""

    def __init__(self) -> None:
        self.open: list[Element] = []
        self._names: Counter[str] = Counter()
        self._too_deep: Counter[str] = Counter()

    def begin(self, tag: Tag) -> Element | None:
        """Open an element; None where it is too deep to be kept."""
        if len(self.open) >= MAX_DEPTH:
            self._too_deep[tag.name] += not tag.empty
            return None
        parent = self.open[-1] if self.open else None
        element = Element(tag, tag.local, _prefixes(tag, parent.prefixes if parent else {}), parent)
        self.open.append(element)
        self._names[tag.name] += 1
        return element

    def end(self, name: str) -> list[Element]:
        """Close the innermost element of that name and all inside it; an end without a beginning closes nothing."""
        if self._too_deep[name]:
            self._too_deep[name] -= 1
            return []
        if not self._names[name]:
            return []
        index = len(self.open) - 1
        while self.open[index].tag.name != name:
            index -= 1
        return self.close(index)

    def close(self, index: int) -> list[Element]:
        """Close the element at this place of the open ones and all inside it, the innermost first."""
        closed = self.open[index:][::-1]
        del self.open[index:]
        self._too_deep.clear()
        for element in closed:
            self._names[element.tag.name] -= 1
        return closed


def _prefixes(tag: Tag, above: dict[str, str]) -> dict[str, str]:
    if "xmlns" not in tag.raw or len(above) >= MAX_PREFIXES:
        return above
    own = [(name[6:], uri) for name, uri in tag.attributes().items() if name == "xmlns" or name.startswith("xmlns:")]
    return {**above, **dict(own[:MAX_PREFIXES])}


def elements(text: str, names: frozenset[str], *, context: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Every element of these local names, each as it ends, with what is inside it.

    An element of such a name that begins inside another ends that one: its end tag was forgotten. Of what is outside
    them only elements of the names in `context` are kept, to be found from an element's parents; so a long feed takes
    the memory of its longest entry. Raises TooManyParts once `MAX_PARTS` are read.

    >>> [found.text for found in elements("<rss><item><b>1</item><item>2<item>3</rss>", frozenset({"item"}))]
    ['1', '2', '3']
    """
    reader = _Reader(names, context)
    for count, part in enumerate(tags_and_text(text)):
        if count >= MAX_PARTS:
            raise TooManyParts(f"more than {MAX_PARTS} tags and texts")
        yield from reader.read(part)
    yield from reader.finish()


class _Reader:
    """Cuts a stream of tags and text into elements. One use."""

    def __init__(self, names: frozenset[str], context: frozenset[str]) -> None:
        self._names = names
        self._context = context
        self._outline = _Outline()
        self._inside: int | None = None
        self._kept_inside = self._kept_outside = 0

    def read(self, part: Tag | str) -> Iterable[Element]:
        if isinstance(part, str):
            self._add(part)
            return ()
        return self._wanted(self._outline.end(part.name)) if part.closes else self._begin(part)

    def finish(self) -> Iterable[Element]:
        return self._wanted(self._outline.close(0))

    def _begin(self, tag: Tag) -> Iterable[Element]:
        ended: list[Element] = []
        wanted = tag.local in self._names
        if wanted and self._inside is not None:
            ended += self._wanted(self._outline.close(self._inside))
        element = self._outline.begin(tag)
        if element is None:
            return ended
        if wanted:
            self._inside, self._kept_inside = len(self._outline.open) - 1, 0
        else:
            self._keep(element)
        return ended + self._wanted(self._outline.end(tag.name)) if tag.empty else ended

    def _keep(self, element: Element) -> None:
        """Let the parent hold on to an element, as far as the bounds allow."""
        if self._inside is not None:
            self._kept_inside += 1
            keep = self._kept_inside <= MAX_ELEMENTS
        else:
            keep = element.local in self._context and self._kept_outside < MAX_ELEMENTS
            self._kept_outside += keep
        if keep and element.parent is not None:
            element.parent.content.append(element)

    def _add(self, text: str) -> None:
        innermost = self._outline.open[-1] if self._outline.open else None
        if innermost is not None and (self._inside is not None or innermost.local in self._context):
            innermost.content.append(text)

    def _wanted(self, closed: list[Element]) -> list[Element]:
        found = [element for element in closed if element.local in self._names]
        if found:
            self._inside = None
        return found
