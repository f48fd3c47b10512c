"""The article's images: the lead first, then those in the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from watchfloor.events import Image
from watchfloor_parser.captions.credit import credit_alone, split_credit
from watchfloor_parser.captions.figures import Figure, read_figures, same_picture
from watchfloor_parser.page.agencies import agency
from watchfloor_parser.page.graph import as_list, texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import address
from watchfloor_parser.page.words import key

MOST = 60
NEAR = 40
"""Elements behind the headline."""
LEAD_METAS = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
    "sailthru.image.full",
    "thumbnail",
)


@dataclass(frozen=True)
class Images:
    """The images, and where they were found."""

    images: tuple[Image, ...]
    source: str


def read_images(page: Page) -> Images:
    """Every image of the article with its caption and credit; each picture once."""
    figures = read_figures(page.root, page.regions, page.url)
    shown = [_image(figure) for figure in figures]
    told = _of_graph(page)
    merged = [_merge(image, told) for image in _once(shown)]
    lead = _shown_lead(figures, shown, _lead(page, told))
    if lead is not None:
        merged = _lead_first(merged, lead)
    return Images(tuple(merged[:MOST]), "page:figures" if shown else "metadata")


def _image(figure: Figure) -> Image:
    caption, inner = split_credit(figure.caption)
    credit = credit_alone(figure.credit) if figure.credit else None
    if credit and caption.startswith("/"):
        caption, credit = "", f"{credit}{caption}"
    if credit and inner and key(inner) not in key(credit):
        credit = f"{credit} / {inner}" if key(credit) not in key(inner) else inner
    return _made(figure.url, caption, credit or inner)


def _made(url: str | None, caption: str, credit: str | None) -> Image:
    return Image(url=url, caption=caption or None, credit=credit or None, agency=agency(credit) if credit else None)


def _once(images: Iterable[Image]) -> list[Image]:
    """The same picture with the same caption is one, also where a page carries it in several sizes."""
    kept: list[Image] = []
    for image in images:
        twin = next((k for k in kept if _same(k, image)), None)
        if twin is None:
            kept.append(image)
        elif twin.caption is None and image.caption is not None:
            kept[kept.index(twin)] = image
    return kept


def _same(one: Image, other: Image) -> bool:
    if one.url != other.url and not same_picture(one.url, other.url):
        return False
    return one.caption is None or other.caption is None or one.caption == other.caption


def _of_graph(page: Page) -> list[Image]:
    """The images of the article's node in JSON-LD."""
    article = page.graph.article
    found = []
    for field in ("image", "primaryImageOfPage", "thumbnailUrl"):
        for part in as_list(article.get(field)):
            node = part if isinstance(part, dict) else {"url": part}
            found += _from_node(node, page.url)
    return found


def _from_node(node: dict[str, Any], base: str | None) -> list[Image]:
    urls = [one for name in ("contentUrl", "url") for one in as_list(node.get(name)) if isinstance(one, str)]
    caption, inner = split_credit(" ".join(texts(node.get("caption"))[:1]))
    credit = next(
        (
            t
            for name in ("creditText", "copyrightNotice", "creator", "copyrightHolder", "author")
            for t in texts(node.get(name))
        ),
        None,
    )
    return [_made(address(base, url), caption, credit_alone(credit) if credit else inner) for url in urls[:1]]


def _merge(image: Image, told: list[Image]) -> Image:
    """What the page shows, filled up with what JSON-LD says of the same picture."""
    twin = next((one for one in told if same_picture(one.url, image.url)), None)
    if twin is None:
        return image
    return _made(image.url, image.caption or twin.caption or "", image.credit or twin.credit)


def _shown_lead(figures: list[Figure], shown: list[Image], lead: Image | None) -> Image | None:
    """Where the page does not show the picture that it sends to others, the captioned one below the headline leads."""
    if lead is None or any(same_picture(lead.url, image.url) for image in shown):
        return lead
    below = (
        image for figure, image in zip(figures, shown, strict=True) if 0 < figure.distance <= NEAR and image.caption
    )
    return next(below, lead)


def _lead(page: Page, told: list[Image]) -> Image | None:
    for _, value in page.metas.all(*LEAD_METAS):
        url = address(page.url, value)
        if url is not None:
            return next((one for one in told if same_picture(one.url, url)), _made(url, "", None))
    return told[0] if told else None


def _lead_first(images: list[Image], lead: Image) -> list[Image]:
    """Put the lead in front, with its caption where the page shows it."""
    for place, image in enumerate(images):
        if same_picture(image.url, lead.url):
            return [image, *images[:place], *images[place + 1 :]]
    return [lead, *images]
