"""A page, decoded and taken apart: what every room is given."""

from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from watchfloor.errors import Rejected
from watchfloor_parser.page.decoding import decode
from watchfloor_parser.page.found import Found
from watchfloor_parser.page.graph import Graph, read_graph
from watchfloor_parser.page.guards import guard
from watchfloor_parser.page.headline import find_headline
from watchfloor_parser.page.metas import Metas, read_metas
from watchfloor_parser.page.regions import Regions
from watchfloor_parser.page.site import site_names
from watchfloor_parser.page.tree import grow, text_of


@dataclass(frozen=True)
class RawPage:
    """A page as it was served, and what is known of the fetch."""

    content: bytes
    name: str
    """For errors: the address, or the file."""
    url: str | None = None
    """The address that answered."""
    fetched_at: datetime | None = None
    content_type: str | None = None


@dataclass(frozen=True)
class Page:
    """A page's tree, which no room changes, and what its head says."""

    url: str | None
    fetched_at: datetime | None
    root: HtmlElement
    metas: Metas
    graph: Graph
    headline: HtmlElement | None
    sites: tuple[Found[str], ...]
    regions: Regions

    @property
    def headline_text(self) -> str:
        """The headline as shown; empty where none was found."""
        return "" if self.headline is None else text_of(self.headline)


def read_page(raw: RawPage) -> Page:
    """Decode a page, guard against what no parser survives, and take it apart.

    Raises Rejected where it is empty, no HTML, or hostile.
    """
    text = decode(raw.content, raw.content_type, subject=raw.name)
    if "<" not in text:
        raise Rejected("holds no HTML, only text", subject=raw.name, remedy="give the HTML of an article's page")
    guard(text, subject=raw.name)
    root = grow(text, subject=raw.name)
    metas = read_metas(root)
    headline = find_headline(root, metas)
    graph = read_graph(root, text_of(headline) if headline is not None else metas.title)
    sites = tuple(site_names(root, metas, graph, raw.url))
    return Page(raw.url, raw.fetched_at, root, metas, graph, headline, sites, Regions(root, headline))
