"""Home pages, section pages, and what stands where an article was. Pure: an outlet and its articles to HTML."""

from collections.abc import Iterable, Mapping
from html import escape

from watchfloor_demo.outlets import ListKind, Outlet
from watchfloor_demo.timetable import Version

FEED_TYPES: Mapping[ListKind, str] = {
    "rss": "application/rss+xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
INVENTED = "Demonstration page of Watchfloor. The outlet, its people and the events are invented."
BY_SCRIPT = '<div id="latest" data-from="/latest">…</div>'
"""Where articles are listed for a reader, by a script, and not for a crawler."""


def home_page(outlet: Outlet, articles: Iterable[Version]) -> str:
    """The home page, which links the feeds, the sections, the small pages and, if the outlet does so, its articles."""
    others = "".join(
        f'<li><a href="{path}">{path.rsplit("/", 1)[-1]}</a></li>' for path in (*outlet.pages, *outlet.drafts)
    )
    listed = _listed(articles) if "home" in outlet.listed_on else BY_SCRIPT
    return _page(outlet, outlet.name, f"{listed}\n<ul>{others}</ul>" if others else listed)


def section_page(outlet: Outlet, path: str, articles: Iterable[Version]) -> str:
    """The section page of this path, with the articles that belong there."""
    own = [article for article in articles if path in article.sections]
    return _page(outlet, outlet.sections[path], _listed(own) if "sections" in outlet.listed_on else BY_SCRIPT)


def notice_page(outlet: Outlet, sentence: str) -> str:
    """A page that says only this."""
    return _page(outlet, sentence, "")


def _listed(articles: Iterable[Version]) -> str:
    items = "\n".join(
        f'<li><a href="{article.path}">{escape(article.title)}</a> '
        f'<time datetime="{article.published.isoformat()}">{article.published:%Y-%m-%d %H:%M}</time></li>'
        for article in articles
    )
    return f'<ul class="articles">\n{items}\n</ul>'


def _page(outlet: Outlet, title: str, content: str) -> str:
    direction = ' dir="rtl"' if outlet.language == "ar" else ""
    feeds = "".join(
        f'<link rel="alternate" type="{FEED_TYPES[kind]}" title="{escape(outlet.name)}" href="{outlet.home}{path}">\n'
        for path, kind in outlet.lists.items()
        if kind in FEED_TYPES
    )
    sections = " ".join(f'<a href="{path}">{escape(name)}</a>' for path, name in outlet.sections.items())
    return (
        f'<!DOCTYPE html>\n<html lang="{outlet.language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{feeds}</head>\n<body>\n"
        f'<header><a href="/">{escape(outlet.name)}</a> <nav>{sections}</nav></header>\n'
        f"<main>\n<h1>{escape(title)}</h1>\n{content}\n</main>\n<footer>{INVENTED}</footer>\n</body>\n</html>\n"
    )
