"""Whether the page withholds part of its text."""

import re
from collections.abc import Iterator

from watchfloor_parser.page.found import Found, first
from watchfloor_parser.page.graph import as_list
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.tree import elements, label, text_of

TIERS = frozenset({"locked", "premium", "paid", "subscriber", "subscribers", "paywall", "member", "members"})
NAMED = re.compile(
    r"\bpaywall(?!ed-?false)|piano-?(?:offer|inline)|subscriber-only|subscription-(?:wall"
    r"|required)|regwall|premium-(?:barrier|wall)|\bpaid-?barrier|content-gate"
)
SAYS = re.compile(
    r"(?:subscribe|sign in|log in|register|become a (?:member|subscriber)) (?:now )?to (?:continue"
    r"|keep|read|unlock|access)|this (?:article|story|content) is (?:for|only for"
    r"|available (?:only )?to|exclusive to|reserved for) (?:our )?(?:paying |registered )?(?:subscribers"
    r"|members)|already a subscriber\? ?(?:log|sign) in"
    r"|to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register)"
    r"|subscribers? only|unlock this article|the rest of this (?:article|story) is"
    r"|(?:diesen|den) artikel (?:weiterlesen|freischalten)|jetzt weiterlesen mit|nur für abonnenten"
    r"|mit .{0,20}abo (?:weiter)?lesen|weiterlesen mit .{2,30}\+?"
    r"|article (?:est )?réservé aux abonnés|pour lire la suite|il vous reste \d+ ?%"
    r"|contenido exclusivo para suscriptores|para seguir leyendo|suscríbete para|articolo riservato agli abbonati"
    r"|contenuto riservato|conteúdo exclusivo para assinantes"
    r"|только для подписчиков|оформите подписку|лише для передплатників|оформіть передплату"
    r"|dostęp tylko dla|dla prenumeratorów|この記事は有料|会員限定|有料会員|残り\d+文字|付费|订阅后|للمشتركين فقط"
    r"|abone ol",
    re.IGNORECASE,
)

LONGEST = 2000


def read_paywall(page: Page) -> Found[bool]:
    """Whether the page says (metadata) or shows (an invitation to pay to read on) that text is withheld."""
    return first(_signs(page)) or Found(value=False, source="page")


def _signs(page: Page) -> Iterator[Found[bool]]:
    free = [
        str(value).rsplit("/", 1)[-1].strip().lower()
        for value in as_list(page.graph.article.get("isAccessibleForFree"))
    ]
    if "true" in free:
        return
    yield Found("false" in free, "json-ld:isAccessibleForFree")
    tiers = page.metas.all("article:content_tier", "og:article:content_tier", "cxenseparse:paywall", "paywall")
    yield from (Found(value.lower() in TIERS, f"meta:{name}") for name, value in tiers)
    for line in page.regions.lines:
        yield Found(bool(SAYS.search(line.text)) and not line.label.startswith("comment"), "page:paywall")
    for element in elements(page.root, "div", "section", "aside"):
        if NAMED.search(label(element)):
            yield Found(bool(SAYS.search(text_of(element)[:LONGEST])), "page:paywall")
