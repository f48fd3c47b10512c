"""The sitemaps (sitemaps.org, with Google's news extension) and their indexes. Pure: an outlet and its articles to text."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from watchfloor_demo.outlets import Outlet
from watchfloor_demo.timetable import Version

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_AGE = timedelta(days=2)
"""How much older than the newest an article in a news sitemap may be."""


def sitemap(outlet: Outlet, articles: Sequence[Version]) -> str:
    """All articles; and the drafts, which robots.txt forbids: a mistake that is made out there."""
    paths = [*(article.path for article in articles), *outlet.drafts]
    listed = "".join(f"<url><loc>{outlet.home}{path}</loc></url>\n" for path in paths)
    return f'{XML}<urlset xmlns="{SITEMAPS}">\n{listed}</urlset>\n'


def news_sitemap(outlet: Outlet, articles: Sequence[Version]) -> str:
    """The articles of the last days, with title and date."""
    newest = max(article.published for article in articles)
    language = outlet.language.partition("-")[0]
    publication = f"<n:publication><n:name>{escape(outlet.name)}</n:name><n:language>{language}</n:language>"
    listed = "".join(
        f"<url><loc>{outlet.home}{article.path}</loc><n:news>{publication}</n:publication>"
        f"<n:publication_date>{article.published.isoformat()}</n:publication_date>"
        f"<n:title>{escape(article.title)}</n:title></n:news></url>\n"
        for article in articles
        if article.published >= newest - NEWS_AGE
    )
    return f'{XML}<urlset xmlns="{SITEMAPS}" xmlns:n="{NEWS}">\n{listed}</urlset>\n'


def sitemap_index(outlet: Outlet) -> str:
    """The outlet's other sitemaps."""
    paths = [path for path, kind in outlet.lists.items() if kind in ("sitemap", "news_sitemap")]
    listed = "".join(f"<sitemap><loc>{outlet.home}{path}</loc></sitemap>\n" for path in paths)
    return f'{XML}<sitemapindex xmlns="{SITEMAPS}">\n{listed}</sitemapindex>\n'
