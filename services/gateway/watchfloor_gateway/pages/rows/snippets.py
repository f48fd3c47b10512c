"""What a row shows of an article below its headline: where the sought words stand, else how it begins."""

import re
from collections.abc import Iterable

from watchfloor.events import ArticleLatest
from watchfloor.store.protocol import Hit
from watchfloor_gateway.pages.rows.pieces import Piece, marked, plain

MOST = 2
"""Passages: a row has room for two lines."""
LONGEST = 280
"""Characters of an opening."""
ENOUGH = 60
"""Characters that say something."""
BEFORE = 48
"""Characters before the first found word."""
SAME = 40
"""Characters by which a passage is known for one that was shown."""
GAP = Piece(" … ")
SENTENCE = re.compile(r".+?(?:[.!?؟۔।](?=\s)|[。！？]|$)", re.DOTALL)


def snippet(hit: Hit) -> tuple[Piece, ...]:
    """The passages with found words that say more than the title; where there are none, the opening."""
    told = _distinct(hit.highlights, plain(hit.title or ""))[:MOST]
    if not told:
        return marked(opening(hit.kept.article))
    texts = _texts(hit.kept.article)
    first, *further = (marked(passage) for passage in told)
    near = _near(first)
    begins = near == first and any(text.startswith(plain(told[0])) for text in texts)
    ends = any(text.endswith(plain(told[-1])) for text in texts)
    rest = (piece for passage in further for piece in (GAP, *passage))
    return (*(() if begins else (Piece("… "),)), *near, *rest, *(() if ends else (Piece(" …"),)))


def _near(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Without what stands far before the first found word: a narrow screen shows but eighty characters."""
    before, *rest = pieces
    if before.hit or not rest or len(before.text) <= BEFORE:
        return pieces
    return (Piece(before.text[-BEFORE:].partition(" ")[2] or before.text[-BEFORE:]), *rest)


def _distinct(passages: Iterable[str], title: str) -> list[str]:
    """Those that repeat neither the title nor, as a subtitle and an opening do, each other."""
    told: list[str] = []
    said = title
    for passage in passages:
        text = plain(passage).strip()
        if text[:SAME] not in said:
            told.append(passage)
            said = f"{said}\n{text}"
    return told


def opening(article: ArticleLatest) -> str:
    """The subtitle, else the first sentence, or the first few where they are short as a dateline is."""
    if article.subtitle:
        return _shortened(plain(article.subtitle))
    text = plain(article.text[: LONGEST + 1].partition("\n")[0])
    said = ""
    for sentence in SENTENCE.findall(text):
        said += sentence
        if len(said) >= ENOUGH:
            break
    return _shortened(said)


def _shortened(text: str) -> str:
    """Within `LONGEST` characters, cut between words."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]} …"


def _texts(article: ArticleLatest) -> list[str]:
    """The texts that passages are cut from."""
    captions = (image.caption for image in article.images)
    return [text.strip() for text in (article.subtitle, *(block.text for block in article.blocks), *captions) if text]
