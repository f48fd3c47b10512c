"""Which links of a section page lead to articles: each is scored by its address, its words, its place and its likes.

The weights are sums of evidence. Strongest is what outlets do on purpose: an article has an address of its own (a date,
a number, a slug that is a sentence) and a headline for its link. Alone neither is enough: a dossier has a slug too, a
teaser may say "read more". What surrounds a link tells the two apart: a headline element, a time, a summary speak for
an article, a menu or footer against it. A folder named `tag` or `login` outweighs all but several of these together.
Links whose addresses are made alike are of one kind, so a link that says little borrows from the many like it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watchfloor.errors import InvalidAddress
from watchfloor.identity import registrable_domain
from watchfloor_scraper.discovery.addresses import join
from watchfloor_scraper.discovery.html_text import html_text, without_raw_text
from watchfloor_scraper.discovery.page_links import read_page_links
from watchfloor_scraper.discovery.path_shape import PathShape, path_shape
from watchfloor_scraper.discovery.section_tree import Anchor, read_anchors

THRESHOLD = 2.0
"""A candidate of this score or more is taken for an article."""
MAX_CANDIDATES = 1_000
READ_BYTES = 8 * 1024 * 1024
PLACE_WEIGHTS = {
    "nav": -2.5,
    "footer": -2.5,
    "share": -2.0,
    "ad": -3.0,
    "header": -1.5,
    "aside": -0.5,
    "article": 0.5,
    "main": 0.5,
}
LIKES = 5
"""Links of one pattern that make a kind."""
Evidence = Iterator[tuple[str, float]]
"""What speaks for a link or against it, each with its weight."""


@dataclass(frozen=True)
class Candidate:
    """A link that may lead to an article."""

    url: str
    """Absolute, without fragment; not canonicalised."""
    score: float
    text: str
    """The longest text of the links that lead there."""
    why: str
    """What spoke for it and against it, for a person."""


def read_section(content: bytes, url: str, *, outlet_home: str | None = None) -> tuple[Candidate, ...]:
    """The links of a page that stay in its outlet, scored, the best first; at most `MAX_CANDIDATES`. Never raises.

    The outlet is the registrable domain of `url`, and that of `outlet_home`. Left out altogether are links to elsewhere,
    to files of pictures, sound and data, to the page itself and to the home page.

    >>> page = b"<main><article><h2><a href=/2026/04/30/boat-leaves-port>Patrol boat leaves the port at night</a></h2>"
    >>> [(found.url, found.score >= THRESHOLD) for found in read_section(page, "https://news.example/world")]
    [('https://news.example/2026/04/30/boat-leaves-port', True)]
    """
    anchors = _by_address(content, url, outlet_home)
    shapes = {address: shape for address in anchors if _may_be_a_page(shape := path_shape(address), address)}
    kinds = Counter(shape.pattern for shape in shapes.values())
    scored = [_candidate(address, anchors[address], shape, kinds) for address, shape in shapes.items()]
    return tuple(sorted(scored, key=lambda found: -found.score)[:MAX_CANDIDATES])


def _by_address(content: bytes, url: str, outlet_home: str | None) -> dict[str, list[Anchor]]:
    """The links that stay in the outlet, by their address."""
    base = read_page_links(content, url).base
    homes = [home for home in (url, outlet_home) if home]
    domains = {domain for home in homes if (domain := _domain(home))}
    anchors: defaultdict[str, list[Anchor]] = defaultdict(list)
    for anchor in read_anchors(without_raw_text(html_text(content[:READ_BYTES]))):
        address = join(base, anchor.href)
        if address and address not in homes and _domain(address) in domains:
            anchors[address].append(anchor)
    return anchors


def _domain(url: str) -> str | None:
    try:
        return registrable_domain(url)
    except InvalidAddress:
        return None


def _may_be_a_page(shape: PathShape, address: str) -> bool:
    return bool(shape.segments or "?" in address) and not shape.is_media


def _candidate(url: str, anchors: list[Anchor], shape: PathShape, kinds: Counter[str]) -> Candidate:
    text = max((anchor.text for anchor in anchors), key=len)
    evidence = [*_of_path(shape), *_of_text(text), *_of_place(anchors), *_of_kind(shape, kinds)]
    why = "; ".join(f"{weight:+g} {name}" for name, weight in evidence)
    return Candidate(url, sum(weight for _, weight in evidence), text, why)


def _of_path(shape: PathShape) -> Evidence:
    if shape.has_date:
        yield "a date in the path", 2.0
    if shape.words >= 3:
        yield f"a slug of {shape.words} words", 1.5 if shape.words == 3 else 2.0
    if shape.has_id:
        yield "a number of its own", 1.5
    if shape.has_ending:
        yield "ends as a page does", 0.5
    if not (shape.has_date or shape.has_id or shape.words >= 3):
        yield "a short path", -1.5
    if shape.lists:
        yield "a folder of lists", -3.0
    if shape.shows:
        yield "a folder of videos or pictures", -1.5
    if shape.serves:
        yield "a folder for readers", -3.0


def _of_text(text: str) -> Evidence:
    words = word_count(text)
    if words >= 4:
        yield f"{words} words of text", 1.0 if words < 6 else 2.0
    elif words <= 2:
        yield "hardly any text", -1.0


def word_count(text: str) -> int:
    """Words of a text; in scripts without blanks two signs count as one.

    >>> word_count("Patrol boat leaves the port"), word_count("巡逻艇夜间离开港口")
    (5, 4)
    """
    without_blanks = sum(ord(sign) >= 0x2E80 and sign.isalpha() for sign in text)
    spaced = "".join(" " if ord(sign) >= 0x2E80 else sign for sign in text)
    return without_blanks // 2 + sum(any(sign.isalpha() for sign in word) for word in spaced.split())


def _of_place(anchors: Iterable[Anchor]) -> Evidence:
    """The best place wins: what is in a menu may be on the page besides."""
    places = [anchor.node.place for anchor in anchors]
    best = max(places, key=lambda place: PLACE_WEIGHTS.get(place, 0.0))
    if best in PLACE_WEIGHTS:
        yield f"in {best}", PLACE_WEIGHTS[best]
    if any(anchor.in_heading or anchor.card.has_heading for anchor in anchors):
        yield "a headline", 1.5
    if any(anchor.card.has_time for anchor in anchors):
        yield "a time beside it", 1.0
    if any(anchor.card.text_size >= anchor.size + 60 for anchor in anchors):
        yield "a summary beside it", 0.5


def _of_kind(shape: PathShape, kinds: Counter[str]) -> Evidence:
    if kinds[shape.pattern] >= LIKES and (shape.has_date or shape.has_id or shape.words >= 3):
        yield f"{kinds[shape.pattern]} links like it", 1.0
