"""The feeds: RSS 2.0, RSS 1.0 (RDF), Atom (RFC 4287) and JSON Feed 1.1. Pure: an outlet and its articles to text."""

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from watchfloor_demo.outlets import Outlet
from watchfloor_demo.timetable import Version

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def rss(outlet: Outlet, articles: Sequence[Version]) -> str:
    """RSS 2.0."""
    items = "".join(
        f"<item><title>{escape(article.title)}</title><link>{outlet.home}{article.path}</link>"
        f'<guid isPermaLink="true">{outlet.home}{article.path}</guid>'
        f"<pubDate>{format_datetime(article.published)}</pubDate></item>\n"
        for article in articles
    )
    head = f"<title>{escape(outlet.name)}</title><link>{outlet.home}/</link><description/>"
    language = f"<language>{outlet.language}</language>"
    return f'{XML}<rss version="2.0"><channel>{head}{language}\n{items}</channel></rss>\n'


def rdf(outlet: Outlet, articles: Sequence[Version]) -> str:
    """RSS 1.0, whose items stand beside the channel; the dates are Dublin Core's."""
    listed = "".join(f'<rdf:li rdf:resource="{outlet.home}{article.path}"/>' for article in articles)
    items = "".join(
        f'<item rdf:about="{outlet.home}{article.path}"><title>{escape(article.title)}</title>'
        f"<link>{outlet.home}{article.path}</link><dc:date>{article.published.isoformat()}</dc:date></item>\n"
        for article in articles
    )
    return (
        f'{XML}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="{DUBLIN_CORE}">\n<channel rdf:about="{outlet.home}/"><title>{escape(outlet.name)}</title>'
        f"<link>{outlet.home}/</link><description/><items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n"
        f"{items}</rdf:RDF>\n"
    )


def atom(outlet: Outlet, articles: Sequence[Version]) -> str:
    """Atom. What was corrected keeps its first `updated`: re-visits shall find it, not the feed."""
    entries = "".join(
        f'<entry><title>{escape(article.title)}</title><link href="{outlet.home}{article.path}"/>'
        f"<id>{outlet.home}{article.path}</id><published>{article.published.isoformat()}</published>"
        f"<updated>{article.published.isoformat()}</updated></entry>\n"
        for article in articles
    )
    newest = max(article.published for article in articles).isoformat()
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">'
        f"<title>{escape(outlet.name)}</title><id>{outlet.home}/</id><updated>{newest}</updated>"
        f'<author><name>{escape(outlet.name)}</name></author><link href="{outlet.home}/"/>\n{entries}</feed>\n'
    )


def json_feed(outlet: Outlet, articles: Sequence[Version]) -> str:
    """JSON Feed 1.1. The items have titles and no content, which is on the page."""
    items = [
        {
            "id": outlet.home + article.path,
            "url": outlet.home + article.path,
            "title": article.title,
            "content_text": "",
            "date_published": article.published.isoformat(),
        }
        for article in articles
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": outlet.home + "/",
        "language": outlet.language,
    }
    return json.dumps({**head, "items": items}, ensure_ascii=False, indent=1)
