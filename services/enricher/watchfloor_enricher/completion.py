"""A parsed article out of the little that a caller has to give: ids, hash and blocks are filled in."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from watchfloor.errors import InvalidAddress, Rejected
from watchfloor.events import Article, Block, Image
from watchfloor.identity import article_id, canonical_url, content_hash, page_id
from watchfloor_enricher.text.sentences import paragraphs_of

DEFAULTS: Mapping[str, Any] = {
    name: () if "tuple" in str(field.annotation) else None for name, field in Article.model_fields.items()
} | {"article_type": "news", "paywalled": False}
BETWEEN_BLOCKS = "\n\n"


def complete_article(record: Mapping[str, Any], *, subject: str) -> Article:
    """Fill in what is missing of a parsed article; unknown fields are ignored.

    `text` or `blocks` is needed; `published_at` and `language` make annotations better. Raises Rejected, naming
    `subject`, where a field is missing or wrong.
    """
    given = {name: value for name, value in record.items() if name in Article.model_fields and value is not None}
    text = given.get("text", _joined(given.get("blocks")))
    if not isinstance(text, str):
        raise Rejected("has no text", subject=subject, remedy='give at least {"text": "…"}')
    filled = {**DEFAULTS, "blocks": _blocks(text), **given, "text": text, "content_hash": "0" * 64}
    try:
        article = Article.model_validate({**filled, **_ids(given), "images": _images(given)}, extra="ignore")
    except InvalidAddress as error:
        raise Rejected(f"url: {error}", subject=subject) from error
    except ValidationError as error:
        raise Rejected(_reason(error), subject=subject) from error
    _check_blocks(article, subject)
    captions = [image.caption for image in article.images]
    return article.model_copy(update={"content_hash": content_hash(article.title, article.blocks, captions)})


def _joined(blocks: object) -> str | None:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return None
    return BETWEEN_BLOCKS.join(str(block.get("text", "")) for block in blocks)


def _blocks(text: str) -> list[Block]:
    return [Block(kind="paragraph", text=text[start:end], start=start, end=end) for start, end in paragraphs_of(text)]


def _images(given: Mapping[str, Any]) -> object:
    """The images; what is not said of one is unknown."""
    images = given.get("images", ())
    if not isinstance(images, list):
        return images
    return [{**dict.fromkeys(Image.model_fields), **image} if isinstance(image, dict) else image for image in images]


def _ids(given: Mapping[str, Any]) -> dict[str, str]:
    """The ids that follow from the addresses; those that are given stay."""
    url = given.get("url")
    if not isinstance(url, str):
        return {}
    canonical = given.get("canonical_url") or canonical_url(url)
    filled = {"canonical_url": canonical, "page_id": page_id(url), "article_id": article_id(str(canonical))}
    return {name: value for name, value in filled.items() if name not in given}


def _check_blocks(article: Article, subject: str) -> None:
    for number, block in enumerate(article.blocks):
        if article.text[block.start : block.end] != block.text:
            raise Rejected(f"block {number} is not text[{block.start}:{block.end}]", subject=subject)


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'record'}: {first['msg']}"
