"""The outlets: what each is called, which lists it keeps, and under which addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from watchfloor.settings import Settings

ListKind = Literal["rss", "rdf", "atom", "json", "sitemap", "news_sitemap", "gzip_sitemap", "sitemap_index"]


@dataclass(frozen=True)
class Outlet:
    """One invented outlet, which has a port of its own."""

    id: str
    """Its folder in `newsroom/`, and its id in sources.yaml."""
    name: str
    language: str
    """As its pages declare it: a BCP 47 tag."""
    home: str
    """The address that stands in its pages; what is served has `address` in its place."""
    sections: Mapping[str, str]
    """Path and title of each section page."""
    lists: Mapping[str, ListKind]
    """Path and kind of each feed and sitemap."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Path and file of what is no article."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Path and file of what robots.txt keeps crawlers from, though home page and sitemap lead to it."""
    listed_on: frozenset[Literal["home", "sections"]] = frozenset({"home", "sections"})
    """Which of its pages list articles for a crawler; on the others a script would list them for a reader."""


OUTLETS = (
    Outlet(
        id="northwatch",
        name="North Watch",
        language="en-GB",
        home="https://northwatch.example",
        sections={"/baltic": "Baltic", "/pacific": "Pacific", "/black-sea": "Black Sea"},
        lists={"/rss.xml": "rss", "/sitemap.xml": "sitemap"},
        pages={"/newsletter": "newsletter.html", "/cookies": "cookies.html"},
        drafts={"/drafts/minister-to-resign-three-sources-say": "draft.html"},
    ),
    Outlet(
        id="straitledger",
        name="The Strait Ledger",
        language="en",
        home="https://www.straitledger.example",
        sections={"/world": "World", "/maritime": "Maritime", "/cyber": "Cyber"},
        lists={
            "/feed.atom": "atom",
            "/sitemap-index.xml": "sitemap_index",
            "/sitemap-news.xml": "news_sitemap",
            "/sitemap-all.xml": "sitemap",
        },
        pages={"/about": "about.html"},
        drafts={"/drafts/port-authority-knew-of-the-leak": "draft.html"},
    ),
    Outlet(
        id="pivden-visnyk",
        name="Південний вісник",
        language="uk",
        home="https://pivden-visnyk.example",
        sections={"/viina": "Війна", "/misto": "Місто", "/tag/odesa": "Одеса", "/tag/pivden": "Південь"},
        lists={"/feed.json": "json", "/sitemap.xml": "sitemap"},
    ),
    Outlet(
        id="kuestenblatt",
        name="Küstenblatt",
        language="de-DE",
        home="https://kuestenblatt.example",
        sections={"/category/marine/": "Marine", "/category/ausland/": "Ausland", "/author/redaktion/": "Redaktion"},
        lists={"/feed/": "rss", "/wp-sitemap.xml": "sitemap_index", "/wp-sitemap-posts-post-1.xml": "sitemap"},
    ),
    Outlet(
        id="kaspiy-obzor",
        name="Каспийский обзор",
        language="ru",
        home="https://kaspiy-obzor.example",
        sections={"/news": "Новости", "/analitika": "Аналитика"},
        lists={"/rss.rdf": "rdf"},
    ),
    Outlet(
        id="marsad-almadiq",
        name="مرصد المضيق",
        language="ar",
        home="https://marsad-almadiq.example",
        sections={"/red-sea": "البحر الأحمر"},
        lists={"/sitemap.xml.gz": "gzip_sitemap"},
        listed_on=frozenset(),
    ),
    Outlet(
        id="haixia-guancha",
        name="海峡观察",
        language="zh-CN",
        home="https://haixia-guancha.example",
        sections={"/mil": "军事", "/sea": "海事"},
        lists={},
        listed_on=frozenset({"sections"}),
    ),
)
LOOPBACK = "127.0.0.1"


def ports(settings: Settings) -> tuple[int, ...]:
    """The port of each outlet, in their order: `newsroom_port` and those after it."""
    return tuple(range(settings.newsroom_port, settings.newsroom_port + len(OUTLETS)))


def addresses(settings: Settings, host: str = LOOPBACK) -> tuple[str, ...]:
    """Where each outlet answers, in their order, without a slash at the end."""
    return tuple(f"http://{host}:{port}" for port in ports(settings))
