"""The section that the article stands in."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import as_list, texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import ancestors, elements, label, text_of
from watchfloor_parser.page.words import key

METAS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:section",
    "section",
    "dc.subject.section",
)
CRUMBS = re.compile(r"breadcrumb|\bcrumbs?\b")
LINKS_TO_SECTION = re.compile(
    r"/(?:category|categories|section|sections|topic|topics|rubrik|rubric|rubrics"
    r"|thema|ressort|kategorie|categoria|seccion)/"
)
ABOVE = re.compile(
    r"\bcat-links\b|kicker|eyebrow|category|rubric|rubrik|section-(?:name|label|link)"
    r"|article__?section|topline|overline|tag-label"
)
HOME = frozenset(
    """home homepage start startseite accueil inicio início главная головна strona główna news nachrichten hem forside
    etusivu 首页 首頁 ホーム 홈 الرئيسية anasayfa""".split()
)
LONGEST = 60
NEAR = 40


def read_section(page: Page) -> Found[str] | None:
    """Metadata's section, the last breadcrumb before the article, or the category link above the headline."""
    titles = {key(page.headline_text), key(page.metas.title), *(key(site.value) for site in page.sites)}
    return first(
        found
        for found in _candidates(page)
        if key(found.value) not in titles | HOME and len(found.value) <= LONGEST and "://" not in found.value
    )


def _candidates(page: Page) -> Iterator[Found[str]]:
    for text in texts(page.graph.article.get("articleSection")):
        yield Found(text.split(",")[0].strip(), "json-ld:articleSection")
    for name, value in page.metas.all(*METAS):
        yield Found(value.split(",")[0].strip(), f"meta:{name}")
    yield from _breadcrumbs_of_graph(page)
    yield from _breadcrumbs_of_page(page)
    yield from _above_headline(page)


def _breadcrumbs_of_graph(page: Page) -> Iterator[Found[str]]:
    shown = key(page.headline_text)
    for trail in page.graph.of_type("BreadcrumbList"):
        names = [
            name
            for step in as_list(trail.get("itemListElement"))
            if isinstance(step, dict)
            for name in _name_of(step)[:1]
        ]
        for name in reversed(names):
            if key(name) != shown:
                yield Found(name, "json-ld:breadcrumb")


def _name_of(step: dict[str, object]) -> list[str]:
    return texts(step.get("name")) or texts(step.get("item"))


def _breadcrumbs_of_page(page: Page) -> Iterator[Found[str]]:
    for element in elements(page.root, "nav", "ul", "ol", "div"):
        if CRUMBS.search(f"{label(element)} {(element.get('aria-label') or '').lower()}"):
            for link in reversed(list(elements(element, "a"))):
                yield Found(text_of(link), "page:breadcrumb")


def _above_headline(page: Page) -> Iterator[Found[str]]:
    """The nearest link to a section before the headline, outside of the site's menu."""
    if page.headline is None:
        return
    menu = {link.get("href") or "" for nav in elements(page.root, "nav") for link in elements(nav, "a")}
    for line in page.regions.near(NEAR, -1):
        above = [line.element, *ancestors(line.element)]
        if any(one.tag in ("nav", "footer", "aside", "ul") for one in above):
            continue
        linked = line.element.tag == "a" and _leads_to_section(line.element.get("href") or "", menu)
        tagged = "category" in (line.element.get("rel") or "").split()
        if linked or tagged or any(ABOVE.search(label(one)) for one in above[:2]):
            yield Found(line.text, "page:above-headline")


def _leads_to_section(address: str, menu: set[str]) -> bool:
    """Whether a link above the headline leads to a section: by its path, or since the site's menu has it too."""
    return bool(LINKS_TO_SECTION.search(address)) or (address in menu and bool(urlsplit(address).path.strip("/")))
