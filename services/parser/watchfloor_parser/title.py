"""The headline, without the site's name."""

import re
from collections.abc import Iterator

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.site import SEPARATOR
from watchfloor_parser.page.words import fold, key

MANY_WORDS = 4


def read_title(page: Page) -> Found[str] | None:
    """The title: JSON-LD headline, then Open Graph's, then the one shown, then the head's.

    A headline that is only the site's name is none.
    """
    sites = {key(site.value) for site in page.sites}
    finds = (Found(without_site(found.value, page), found.source) for found in _candidates(page))
    return first(found for found in finds if key(found.value) and key(found.value) not in sites)


def _candidates(page: Page) -> Iterator[Found[str]]:
    shown = Found(page.headline_text, "page:headline")
    for text in texts(page.graph.article.get("headline"))[:1]:
        yield shown if _is_cut_off(text, shown.value) else Found(text, "json-ld:headline")
    for name, value in page.metas.all("og:title"):
        yield shown if _is_cut_off(value, shown.value) else Found(value, f"meta:{name}")
    if not _is_beside_the_point(page):
        yield shown
    for name, value in page.metas.all("twitter:title", "parsely-title", "sailthru.title", "dc.title", "title"):
        yield Found(value, f"meta:{name}")
    for text in texts(page.graph.article.get("name"))[:1]:
        yield Found(text, "json-ld:name")
    yield Found(page.metas.title, "page:title")
    yield shown


def _is_beside_the_point(page: Page) -> bool:
    """Whether the heading found is none of the first rank and shares no word with a head's title that says much."""
    told = set(key(page.metas.title).split())
    named = page.headline is not None and page.headline.tag == "h1"
    return not named and len(told) >= MANY_WORDS and not told & set(key(page.headline_text).split())


def _is_cut_off(text: str, shown: str) -> bool:
    """Whether a text is the beginning of the headline shown, ended by dots."""
    stem = key(text.rstrip("… ."))
    return (
        text.rstrip().endswith(("…", "..."))
        and bool(stem)
        and key(shown).startswith(stem)
        and len(key(shown)) > len(stem)
    )


def without_site(title: str, page: Page) -> str:
    """Drop the parts at either end that name the site or a section, where the rest is the headline shown.

    A last part that is neither known as the site's name nor missing in the headline shown stays.
    """
    title = fold(title)
    for site in page.sites:
        title = re.sub(rf"^{re.escape(site.value)}\s*:\s+", "", title, flags=re.IGNORECASE)
    sites = {key(site.value) for site in page.sites}
    shown = key(page.headline_text)
    for _ in range(4):
        parts = SEPARATOR.split(title)
        if len(parts) < 2 or key(title) == shown:
            break
        last, front = parts[-1], parts[0]
        if _is_site(last, sites, page) or (shown and key(_cut_end(title, last)) == shown):
            title = _cut_end(title, last)
        elif _is_site(front, sites, page) or (shown and key(_cut_front(title, front)) == shown):
            title = _cut_front(title, front)
        elif shown and len(shown) > 15 and key(title).startswith(shown + " "):
            title = _cut_end(title, last)
        else:
            break
    return title


def _is_site(part: str, sites: set[str], page: Page) -> bool:
    name = key(part)
    if name in sites:
        return True
    squeezed = name.replace(" ", "")
    host = key((page.url or "").split("//")[-1].split("/")[0]).replace(" ", "")
    return len(squeezed) > 3 and (squeezed in host) and len(squeezed) * 2 >= len(host.removeprefix("www")) - 4


def _cut_end(title: str, part: str) -> str:
    return title[: len(title) - len(part)].rstrip(" -–—|·•:»«/~_｜") if part else title.rstrip(" -–—|·•:»«/~_｜")


def _cut_front(title: str, part: str) -> str:
    return title[len(part) :].lstrip(" -–—|·•:»«/~_｜")
