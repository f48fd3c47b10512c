"""The address that a page gives for itself, read cheaply: no tree, only the tags at its beginning."""

from watchfloor_scraper.markup import Tag, tags_and_text

SEARCHED_BYTES = 512 * 1024


def own_address(content: bytes) -> str | None:
    """The absolute address in `link rel=canonical`, else in `og:url`; None where the page has neither.

    >>> own_address(b'<head><meta property="og:url" content="https://news.example/a?b=1&amp;c=2"></head>')
    'https://news.example/a?b=1&c=2'
    """
    named: dict[str, str] = {}
    for part in tags_and_text(content[:SEARCHED_BYTES].decode(errors="replace")):
        if isinstance(part, Tag) and part.name in ("link", "meta") and not part.closes:
            kind, address = _says(part)
            if kind and address.lower().startswith(("http://", "https://")):
                named.setdefault(kind, address)
        if "canonical" in named or (isinstance(part, Tag) and part.name == "body"):
            break
    return named.get("canonical") or named.get("og:url")


def _says(tag: Tag) -> tuple[str | None, str]:
    attributes = tag.attributes()
    if tag.name == "link":
        is_canonical = "canonical" in attributes.get("rel", "").lower().split()
        return "canonical" if is_canonical else None, attributes.get("href", "").strip()
    names_it = "og:url" in (attributes.get("property", "").lower(), attributes.get("name", "").lower())
    return "og:url" if names_it else None, attributes.get("content", "").strip()
