"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator

from watchfloor_scraper.feed.addresses import ABSOLUTE, resolve
from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.entries import Entry, NotAFeed
from watchfloor_scraper.feed.titles import plain_title


def read_json_feed(text: str, url: str) -> Iterator[Entry]:
    """The entries of a JSON Feed in its order, those without an address left out.

    Raises NotAFeed where it is no JSON, or JSON without a list of items.

    >>> [entry.url for entry in read_json_feed('{"items": [{"id": 7, "url": "/a"}]}', "https://news.example/feed.json")]
    ['https://news.example/a']
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"is no JSON: {error}", subject=url) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotAFeed("is JSON, but has no list of items", subject=url, remedy="JSON Feed wants an `items` array")
    return _entries(items, url)


def _entries(items: list[object], url: str) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        address = _address(item, url)
        if address is not None:
            dates = (read_date(_text(item, name)) for name in ("date_published", "date_modified"))
            yield Entry(address, plain_title(_text(item, "title") or ""), next(filter(None, dates), None))


def _address(item: dict[str, object], url: str) -> str | None:
    """`url`, else `external_url`, else an `id` that is an address, as the standard recommends ids to be."""
    own_id = _text(item, "id") or ""
    candidates = (_text(item, "url"), _text(item, "external_url"), own_id if ABSOLUTE.match(own_id) else None)
    return next((found for candidate in candidates if (found := resolve(candidate, url))), None)


def _text(item: dict[str, object], name: str) -> str | None:
    value = item.get(name)
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None
