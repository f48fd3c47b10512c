"""Articles as the parser reads them out of pages. Field names are fixed: `watchfloor parse` prints them."""

from typing import ClassVar, Literal

from pydantic import Field

from watchfloor.events.base import Event, Instant, Origin, PrintedTime, Record

ArticleType = Literal[
    "news",
    "opinion",
    "analysis",
    "live_blog",
    "interview",
    "press_release",
    "video",
    "gallery",
    "index",
    "login",
    "other",
]
NO_ARTICLES: frozenset[ArticleType] = frozenset({"index", "login", "video", "gallery"})
"""Printed by `watchfloor parse`; counted and ended by the parser's stage."""

BlockKind = Literal["paragraph", "heading", "list_item", "quotation", "table_row"]
ARTICLE_ID = Field(pattern=r"^[0-9a-f]{32}$", description="of the canonical address; see identity.article_id")


class Block(Record):
    """A piece of the body: `article.text[start:end] == text`."""

    kind: BlockKind
    text: str = Field(min_length=1)
    start: int = Field(ge=0, description="Unicode code points from the start of article.text")
    end: int = Field(ge=1, description="the code point after the last")


class Image(Record):
    """An image of the article, its caption and its credit apart."""

    url: str | None
    caption: str | None = Field(description="as printed, without the credit")
    credit: str | None = Field(description="as printed: photographer, agency or both")
    agency: str | None = Field(description="the agency named in the credit, in its usual spelling")


class Evidence(Record):
    """Where the value of a field was found."""

    field: str
    source: str = Field(examples=["json-ld:headline", "meta:article:published_time"])
    confidence: float | None = Field(
        ge=0, le=1, description="share of such finds that were right on data kept aside; None until it is measured"
    )


class Article(Record):
    """What one page says of itself. Ids and `fetched_at` may be missing where a command reads a file alone."""

    article_id: str | None
    page_id: str | None
    url: str | None
    canonical_url: str | None = Field(description="the page's own address if it can be believed, else `url`")
    fetched_at: Instant | None
    content_hash: str = Field(pattern=r"^[0-9a-f]{64}$", description="of what a reader sees; see identity.content_hash")
    origin: Origin | None
    source_id: str | None
    title: str | None
    subtitle: str | None
    authors: tuple[str, ...] = Field(description="people's names as text, in order")
    agencies: tuple[str, ...] = Field(description="news agencies that the page names as its source")
    publisher: str | None
    site_name: str | None
    section: str | None
    tags: tuple[str, ...]
    language: str | None = Field(
        pattern=r"^[a-z]{2,3}$", description="primary subtag; as the page declares it, else as the text shows"
    )
    published_at: PrintedTime | None = Field(description="never after fetched_at")
    modified_at: PrintedTime | None
    article_type: ArticleType
    paywalled: bool = Field(description="the page says or shows that part of the text is withheld")
    blocks: tuple[Block, ...]
    text: str = Field(description="the blocks joined by a blank line")
    images: tuple[Image, ...]
    evidence: tuple[Evidence, ...]


class ArticleParsed(Article, Event):
    """An article read out of a fetched page."""

    type_name: ClassVar[str] = "watchfloor.article.parsed.v1"
    key_field: ClassVar[str] = "article_id"

    article_id: str = ARTICLE_ID
    page_id: str = Field(pattern=r"^[0-9a-f]{32}$")
    url: str
    canonical_url: str
    fetched_at: Instant
    origin: Origin
