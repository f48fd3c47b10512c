"""The article's tags."""

import re
from collections.abc import Iterator

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import elements, text_of

SPLIT = re.compile(r"\s*[,;，、]\s*")
MOST = 50
LONGEST = 80


def read_tags(page: Page) -> Found[tuple[str, ...]] | None:
    """The tags of the first source that has any, in order, each once."""
    return first(Found(_cleaned(values), source) for source, values in _sources(page))


def _sources(page: Page) -> Iterator[tuple[str, list[str]]]:
    metas = page.metas
    yield "meta:article:tag", [value for _, value in metas.all("article:tag", "og:article:tag")]
    keywords = texts(page.graph.article.get("keywords"))
    yield "json-ld:keywords", [k.split(":", 1)[-1] if re.match(r"^[a-z]+:", k) else k for k in keywords]
    yield (
        "page:rel=tag",
        [
            text_of(a)
            for a in elements(page.root, "a")
            if _is_tag(a.get("rel")) and not page.regions.is_of_another_story(a)
        ],
    )
    for name in ("news_keywords", "parsely-tags", "sailthru.tags", "keywords"):
        yield f"meta:{name}", [value for _, value in metas.all(name)]


def _is_tag(rel: str | None) -> bool:
    return "tag" in (rel or "").lower().split() and "category" not in (rel or "").lower()


def _cleaned(values: list[str]) -> tuple[str, ...]:
    parts = (part.strip().lstrip("#") for value in values for part in SPLIT.split(value))
    return tuple(dict.fromkeys(part for part in parts if part and len(part) <= LONGEST))[:MOST]
