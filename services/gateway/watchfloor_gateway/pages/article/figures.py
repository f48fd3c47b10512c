"""The article's images: where they are to be seen, caption and credit. The pictures themselves are not fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from watchfloor.events import Article
from watchfloor_gateway.pages.article.entry import Pin
from watchfloor_gateway.pages.article.marks import Piece, Range, draw
from watchfloor_gateway.pages.article.passages import figure_id
from watchfloor_gateway.pages.links import outside


@dataclass(frozen=True)
class Figure:
    """An image. `place` is its host and file, `address` the link to it, None where it is no web address."""

    id: str
    place: str | None
    address: str | None
    caption: tuple[Piece, ...]
    credit: str | None
    agency: str | None
    """Where the credit does not name it already."""


def figures(article: Article, pins: Sequence[Pin], hits: Sequence[Sequence[Range]]) -> tuple[Figure, ...]:
    """The images, each with the marks in its caption; `hits` are the found words in each caption."""
    return tuple(
        Figure(
            id=figure_id(index),
            place=_place(image.url) if image.url else None,
            address=outside(image.url),
            caption=draw(
                image.caption or "",
                [pin.mark for pin in pins if pin.where == index],
                hits[index] if index < len(hits) else (),
            ),
            credit=image.credit,
            agency=image.agency if image.agency and image.agency not in (image.credit or "") else None,
        )
        for index, image in enumerate(article.images)
    )


def _place(url: str) -> str:
    """The host and the path, without what a reader does not need to know it by."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc}{parts.path}" or url
