"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator

from watchfloor_scraper.feed.addresses import ABSOLUTE, resolve
from watchfloor_scraper.feed.dates import read_date
from watchfloor_scraper.feed.entries import MAX_GUID, Entry, FeedHints, NotAFeed
from watchfloor_scraper.feed.titles import plain_title


def read_json_feed(text: str, url: str) -> tuple[Iterator[Entry], FeedHints]:
    """The entries of a JSON Feed in its order, those without an address left out; and where it goes on.

    Raises NotAFeed where it is no JSON, or JSON without a list of items.

    >>> entries, hints = read_json_feed('{"items": [{"id": 7, "url": "/a"}], "next_url": "?p=2"}', "https://news.example/f")
    >>> [entry.url for entry in entries], hints.next_url
    (['https://news.example/a'], 'https://news.example/f?p=2')
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"is no JSON: {error}", subject=url) from error
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise NotAFeed("is JSON, but has no list of items", subject=url, remedy="JSON Feed wants an `items` array")
    following = resolve(_text(document, "next_url"), url)
    return _entries(items, url), FeedHints(next_url=following if following != url else None)


def _entries(items: list[object], url: str) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        address = _address(item, url)
        if address is not None:
            updated = read_date(_text(item, "date_modified"))
            guid = (_text(item, "id") or "").strip()
            yield Entry(
                url=address,
                title=plain_title(_text(item, "title") or ""),
                published_at=read_date(_text(item, "date_published")) or updated,
                updated_at=updated,
                guid=guid if 0 < len(guid) <= MAX_GUID else None,
            )


def _address(item: dict[str, object], url: str) -> str | None:
    """`url`, else `external_url`, else an `id` that is an address, as the standard recommends ids to be."""
    own_id = _text(item, "id") or ""
    candidates = (_text(item, "url"), _text(item, "external_url"), own_id if ABSOLUTE.match(own_id) else None)
    return next((found for candidate in candidates if (found := resolve(candidate, url))), None)


def _text(item: dict[str, object], name: str) -> str | None:
    """A value as text that can be stored and sent: an escape may stand for half a character."""
    value = item.get(name)
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        return None
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
