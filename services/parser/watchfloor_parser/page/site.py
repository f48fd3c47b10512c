"""What the site calls itself: titles end in it, and it is no author."""

import re

from lxml.html import HtmlElement

from watchfloor.identity import registrable_domain
from watchfloor_parser.page.found import Found
from watchfloor_parser.page.graph import Graph, as_list, texts
from watchfloor_parser.page.metas import Metas
from watchfloor_parser.page.tree import elements
from watchfloor_parser.page.words import fold, key

SEPARATOR = re.compile(r"\s+[-–—|·•:»«/~]+\s+|\s*\|+\s*|\s*[_｜]\s*")
LONGEST_NAME = 60


def site_names(root: HtmlElement, metas: Metas, graph: Graph, url: str | None) -> list[Found[str]]:
    """Every name that the page gives its site, the most trusted first."""
    found = [Found(value, f"meta:{name}") for name, value in metas.all("og:site_name")]
    found += _published_by(graph)
    found += [Found(name, "json-ld:WebSite") for node in graph.of_type("WebSite") for name in texts(node.get("name"))]
    named = ("application-name", "apple-mobile-web-app-title", "dc.publisher")
    found += [Found(value, f"meta:{name}") for name, value in metas.all(*named)]
    found += _home_links(root)
    found += _end_of_title(metas, url, [one.value for one in found])
    return [one for one in found if 0 < len(one.value) <= LONGEST_NAME and "://" not in one.value]


def _published_by(graph: Graph) -> list[Found[str]]:
    return [
        Found(name, "json-ld:publisher") for node in as_list(graph.article.get("publisher")) for name in texts(node)
    ]


def _home_links(root: HtmlElement) -> list[Found[str]]:
    """The text of the link home, where the page marks it as such, or the logo's words."""
    found = []
    for link in elements(root, "a"):
        if "home" in (link.get("rel") or "").lower().split():
            image = link.find(".//img")
            words = fold(link.text_content()) or fold(image.get("alt") if image is not None else "")
            found.append(Found(words, "page:home-link"))
    return found


def _end_of_title(metas: Metas, url: str | None, known: list[str]) -> list[Found[str]]:
    """The last part of the title where it is the domain's name in words (`Coast Herald` on coastherald.example)."""
    parts = SEPARATOR.split(metas.title)
    if len(parts) < 2 or not url:
        return []
    domain = key(registrable_domain(url).split(".")[0]).replace(" ", "")
    return [
        Found(part.strip(), "page:title")
        for part in (parts[-1], parts[0])
        if domain and _squeezed(part) in (domain, "the" + domain) and part not in known
    ]


def _squeezed(text: str) -> str:
    return key(text).replace(" ", "")
