"""The conductor: from a page to an article. Each room reads one thing; only this file knows the order."""

from typing import Any

from watchfloor import identity
from watchfloor.errors import Rejected
from watchfloor.events import NO_ARTICLES, Article, ArticleParsed, Block, BlockKind, Evidence, PageFetched
from watchfloor_parser.article_type import read_article_type
from watchfloor_parser.body import read_body
from watchfloor_parser.byline import read_byline
from watchfloor_parser.canonical import read_canonical
from watchfloor_parser.captions import read_images
from watchfloor_parser.dates import read_dates
from watchfloor_parser.language import read_language
from watchfloor_parser.page.found import Found
from watchfloor_parser.page.reading import Page, RawPage, read_page
from watchfloor_parser.paywall import read_paywall
from watchfloor_parser.publisher import read_publisher, read_site_name
from watchfloor_parser.section import read_section
from watchfloor_parser.subtitle import read_subtitle, without_headlines
from watchfloor_parser.tags import read_tags
from watchfloor_parser.title import read_title

BLANK_LINE = "\n\n"
EMPTY: dict[str, Any] = {"authors": (), "agencies": (), "tags": (), "blocks": (), "images": ()}
NO_TEXT = frozenset({"index", "login"})
"""Kinds of pages whose words are no article's text."""


def parse(raw: RawPage) -> Article:
    """Read an article out of a page. Pure: the same page gives the same article, to the byte.

    Raises Rejected where the page is empty, no HTML, or built so that no parser survives it.
    """
    try:
        article = _read(read_page(raw))
    except RecursionError as error:
        raise Rejected("is nested too deep", subject=raw.name, remedy="the page is broken or hostile") from error
    if not (article.title or article.text or article.article_type in NO_ARTICLES):
        raise Rejected("holds neither a title nor text", subject=raw.name, remedy="give the HTML of an article's page")
    return article


def parse_event(event: PageFetched) -> ArticleParsed:
    """The article of a fetched page, with the page's ids and origin.

    Raises Rejected as `parse` does, and where the event's body cannot be unpacked.
    """
    try:
        content = event.content()
    except ValueError as error:
        raise Rejected(str(error), subject=event.url) from error
    article = parse(RawPage(content, event.url, event.final_url, event.fetched_at, event.content_type))
    own = {"url": event.url, "page_id": event.page_id, "origin": event.origin, "source_id": event.source_id}
    return ArticleParsed.model_validate({**dict(article), **own})


def _read(page: Page) -> Article:
    body = read_body(page)
    language = read_language(page, body.text or page.headline_text)
    dates = read_dates(page, language.value if language else None)
    byline = read_byline(page)
    kind = read_article_type(page, body.text)
    title = read_title(page)
    subtitle = read_subtitle(page, title.value if title else None, body.blocks)
    headlines = (found.value for found in (title, subtitle) if found)
    text = [] if kind.value in NO_TEXT else without_headlines(body.blocks, *headlines)
    images = read_images(page)
    finds: dict[str, Found[Any] | None] = {
        "canonical_url": read_canonical(page),
        "title": title,
        "subtitle": subtitle,
        "authors": byline.authors,
        "agencies": byline.agencies,
        "publisher": read_publisher(page),
        "site_name": read_site_name(page),
        "section": read_section(page),
        "tags": read_tags(page),
        "language": language,
        "published_at": dates.published,
        "modified_at": dates.modified,
        "article_type": kind,
        "paywalled": read_paywall(page),
        "blocks": Found(_blocks(text), body.source) if text else None,
        "images": Found(images.images, images.source) if images.images else None,
    }
    return _article(page, finds)


def _blocks(texts: list[tuple[BlockKind, str]]) -> tuple[Block, ...]:
    """Blocks with their places in the text, which joins them by a blank line."""
    blocks, start = [], 0
    for kind, text in texts:
        blocks.append(Block(kind=kind, text=text, start=start, end=start + len(text)))
        start += len(text) + len(BLANK_LINE)
    return tuple(blocks)


def _article(page: Page, finds: dict[str, Found[Any] | None]) -> Article:
    values: dict[str, Any] = {field: found.value if found else EMPTY.get(field) for field, found in finds.items()}
    canonical = values["canonical_url"]
    captions = [image.caption for image in values["images"]]
    values |= {
        "article_id": identity.article_id(canonical) if canonical else None,
        "page_id": identity.page_id(page.url) if page.url else None,
        "url": page.url,
        "fetched_at": page.fetched_at,
        "content_hash": identity.content_hash(values["title"], values["blocks"], captions),
        "origin": None,
        "source_id": None,
        "text": BLANK_LINE.join(block.text for block in values["blocks"]),
        "evidence": [Evidence(field=f, source=found.source, confidence=None) for f, found in finds.items() if found],
    }
    return Article.model_validate(values)
