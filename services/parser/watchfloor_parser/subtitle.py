"""The standfirst: the line below the headline that says more."""

import re
from collections.abc import Collection, Iterator, Sequence

from watchfloor.events import BlockKind
from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.regions import Line
from watchfloor_parser.page.words import key

NAMED = re.compile(
    r"standfirst|subtitle|sub-?head|subheadline|(?<![a-z])(?:dek|deck|lead|lede)(?![a-z])"
    r"|chapo|teaser-text|entradilla|sottotitolo|alternativeheadline|(?<![a-z])strap|article__?summary"
    r"|article-intro"
)
SENTENCE_END = re.compile(r"[.!…。！۔।][\"'”’»)\]]*$")
NEAR = 40
SHORTEST = 20
Blocks = Sequence[tuple[BlockKind, str]]


def read_subtitle(page: Page, title: str | None, blocks: Blocks) -> Found[str] | None:
    """What the page marks as standfirst, else JSON-LD's alternative headline or the head's description.

    What belongs to the text (`blocks`) is none: a subheading further down, a lead of whole sentences. The description
    counts only where the page shows it as a line of its own that is no paragraph of the text.
    """
    others = {key(page.headline_text), key(title), *_own_of(blocks)}
    paragraphs = {key(text) for kind, text in blocks if kind != "heading"}
    return first(found for found in _candidates(page, paragraphs) if key(found.value) not in others)


def without_headlines(blocks: Blocks, *headlines: str | None) -> list[tuple[BlockKind, str]]:
    """The text without title and standfirst, where the page prints them once more at its head and more follows."""
    known = {key(headline) for headline in headlines if headline}
    head = _head_of(blocks)
    return [*(block for block in blocks[:head] if key(block[1]) not in known), *blocks[head:]] or list(blocks)


def _head_of(blocks: Blocks) -> int:
    """How many blocks make the head of a text: its first headings and what follows them."""
    return next((place for place, (kind, _) in enumerate(blocks) if kind != "heading"), len(blocks)) + 1


def _own_of(blocks: Blocks) -> Iterator[str]:
    head = _head_of(blocks)
    return (key(text) for place, (_, text) in enumerate(blocks) if place >= head or SENTENCE_END.search(text))


def _candidates(page: Page, paragraphs: Collection[str]) -> Iterator[Found[str]]:
    shown = _shown(page)
    yield from (Found(line.text, "page:standfirst") for line in shown if NAMED.search(line.label))
    for text in texts(page.graph.article.get("alternativeHeadline")):
        yield Found(text, "json-ld:alternativeHeadline")
    lines = {key(line.text): line.text for line in shown}
    for name, value in page.metas.all("og:description", "description"):
        if key(value) in lines and key(value) not in paragraphs:
            yield Found(lines[key(value)], f"meta:{name}")


def _shown(page: Page) -> list[Line]:
    """Short lines right behind the headline."""
    near = page.regions.near(0, NEAR) if page.headline is not None else []
    return [line for line in near if line.distance > 0 and len(line.text) >= SHORTEST]
