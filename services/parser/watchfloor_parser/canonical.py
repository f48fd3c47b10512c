"""The address that the article itself goes by."""

from watchfloor import identity
from watchfloor.errors import InvalidAddress
from watchfloor_parser.page.found import Found
from watchfloor_parser.page.graph import as_list
from watchfloor_parser.page.metas import Metas
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import address


def read_canonical(page: Page) -> Found[str] | None:
    """The page's own address where it can be believed, else the fetched one.

    Without a fetched address the page's own is taken at its word; None where it names none.
    """
    declared = declared_addresses(page.metas, page.graph.article)
    if page.url is None:
        return next(filter(None, map(_at_its_word, declared)), None)
    settled = identity.settle_canonical(page.url, [found.value for found in declared])
    return Found(settled, next((found.source for found in declared if _names(found, settled, page.url)), "fetched"))


def _names(found: Found[str], settled: str, url: str) -> bool:
    """Whether a declared address is the one that was settled on."""
    absolute = address(url, found.value)
    own = _at_its_word(Found(absolute, found.source)) if absolute else None
    return own is not None and own.value == settled


def declared_addresses(metas: Metas, article: dict[str, object]) -> list[Found[str]]:
    """What the page says its address is, the most trusted first."""
    found = [Found(href, "link:canonical") for href in metas.links.get("canonical", ())]
    found += [Found(value, f"meta:{name}") for name, value in metas.all("og:url")]
    for field in ("mainEntityOfPage", "url"):
        for part in as_list(article.get(field)):
            named = part.get("@id") or part.get("url") if isinstance(part, dict) else part
            if isinstance(named, str):
                found.append(Found(named, f"json-ld:{field}"))
    return found


def _at_its_word(found: Found[str]) -> Found[str] | None:
    try:
        return Found(identity.canonical_url(found.value), found.source)
    except InvalidAddress:
        return None
