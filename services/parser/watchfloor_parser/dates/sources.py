"""Every time that a page gives for its own publication and change, the most trusted first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml.html import HtmlElement

from watchfloor_parser.dates.printed import Stamp, read_machine_time, read_printed_times
from watchfloor_parser.page.graph import texts
from watchfloor_parser.page.reading import Page
from watchfloor_parser.page.regions import Line
from watchfloor_parser.page.tree import elements, label, own_text, text_behind, text_of

Role = Literal["published", "modified"]
PUBLISHED_METAS = tuple(
    """article:published_time og:article:published_time og:published_time datepublished date.published article.published
    parsely-pub-date sailthru.date publish-date publishdate publish_date pubdate published_time published published_date
    publication_date cxenseparse:recs:publishtime cxenseparse:publishtime citation_publication_date dcterms.issued
    dc.date.issued dcterms.created dc.date.created dcterms.date dc.date article:created date_published dc.created
    article_date_original original-publish-date date created iptc.date.created
    article:post_time bt:pubdate ptime""".split()
)
MODIFIED_METAS = tuple(
    """article:modified_time og:article:modified_time datemodified article:updated_time article:modified og:updated_time
    dcterms.modified dc.date.modified lastmod last-modified date.modified update_date revised""".split()
)
UPDATED = re.compile(
    r"updated?\b|modified|last (?:edit|change)|revised|aktualisi|geändert|mis à jour"
    r"|mise à jour|modifié|actualizad|modificad|aggiornat|modificat"
    r"|atualizad|обновл|оновл|змінен|измен[её]н|zaktualiz|aktualizac|uppdatera|oppdater"
    r"|opdatere|sist endret|päivitetty|güncel"
    r"|bijgewerkt|gewijzigd|更新|修改|تحديث|تعديل|업데이트|수정|به\W?روز|diperbarui|actualizat"
    r"|aktualizov|frissít|ενημέρωση|עודכן|cập nhật",
    re.IGNORECASE,
)
DATED = re.compile(r"date|time|publish|posted|pubdate|updated|meta|byline|dateline|datum|fecha|author|info")
IN_URL = re.compile(r"/(?P<y>(?:19|20)\d{2})[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_\-.]|$)")
BEFORE, BEHIND = 60, 60
"""How many elements from the headline a date may stand to be its article's."""
FAR = 3000
"""The same for lines that are named after a date."""
SHORTEST, LONGEST, DATE_ALONE = 6, 200, 80
"""Characters; a line that is not named after a date is short, or it speaks of something else."""
IMAGES = frozenset({"img", "picture", "amp-img"})
SMALL_BOXES, MOST_IN_BOX = frozenset({"div", "p", "span"}), 4


@dataclass(frozen=True)
class Witness:
    """A time, what it is the time of, and where it was found."""

    stamp: Stamp
    role: Role
    source: str


def witnesses(page: Page, language: str, *, month_first: bool) -> list[Witness]:
    """All of them; within a role the first is the one to believe."""
    read = _Reader(page, language, month_first=month_first)
    return [*read.graph(), *read.metas(), *read.time_elements(), *read.printed(), *read.url()]


class _Reader:
    def __init__(self, page: Page, language: str, *, month_first: bool) -> None:
        self._page = page
        self._language = language
        self._month_first = month_first

    def graph(self) -> Iterator[Witness]:
        fields: tuple[tuple[str, Role], ...] = (
            ("datePublished", "published"), ("uploadDate", "published"), ("dateCreated", "published"),
            ("dateModified", "modified"),
        )  # fmt: skip
        for field, role in fields:
            for text in texts(self._page.graph.article.get(field)):
                yield from self._machine(text, role, f"json-ld:{field}")

    def metas(self) -> Iterator[Witness]:
        for name, value in self._page.metas.all(*PUBLISHED_METAS):
            yield from self._machine(value, "published", f"meta:{name}")
        for name, value in self._page.metas.all(*MODIFIED_METAS):
            yield from self._machine(value, "modified", f"meta:{name}")

    def time_elements(self) -> Iterator[Witness]:
        """`time` elements and what is marked as a date, the nearest to the headline first."""
        marked = [
            e for e in elements(self._page.root) if e.tag == "time" or "date" in (e.get("itemprop") or "").lower()
        ]
        regions = self._page.regions
        near = [e for e in marked if regions.distance(e) >= -BEFORE and not regions.is_of_another_story(e)]
        for element in sorted(near, key=lambda e: abs(regions.distance(e))):
            yield from self._of_element(element)

    def _of_element(self, element: HtmlElement) -> Iterator[Witness]:
        """What an element's text says of publication and change, then its attribute, which may be of either."""
        text, source = text_of(element), "page:" + str(element.tag)
        attribute = element.get("datetime") or element.get("content") or element.get("data-datetime") or ""
        marks = f"{label(element)} {self._words_before(element)}".lower()
        role: Role = "modified" if "modified" in marks or UPDATED.search(marks) else "published"
        printed = list(self._printed(text, source, role))
        both = len({witness.role for witness in printed}) > 1
        yield from self._machine(attribute, role, source + "[datetime]")
        yield from printed if both or not attribute else (w for w in printed if w.role == role)

    def _words_before(self, element: HtmlElement) -> str:
        """The words that lead up to an element: what stands before it on its line, else the beginning of its parent."""
        before, parent = element.getprevious(), element.getparent()
        if before is None:
            return f"{own_text(parent)[-40:]} {label(parent)}" if parent is not None else ""
        words = text_of(before)[-40:] if before.tag in ("span", "b", "strong", "em") else ""
        return f"{words} {text_behind(before)[:40]}"

    def printed(self) -> Iterator[Witness]:
        """Short lines near the headline that hold a date, and elements that are named after one."""
        lines = self._page.regions.near(BEFORE, FAR)
        named = [line for line in lines if DATED.search(line.label)]
        unnamed = [
            line for line in lines if line.distance <= BEHIND and len(line.text) <= DATE_ALONE and line not in named
        ]
        for line in (*named, *unnamed):
            if SHORTEST <= len(line.text) <= LONGEST and any(map(str.isdigit, line.text)) and not _is_by_image(line):
                yield from self._printed(line.text, "page:text", "published")

    def _printed(self, text: str, source: str, role: Role) -> Iterator[Witness]:
        """The dates of a line; a word for "updated" before one, or right behind the last, makes it a change."""
        stamps = list(read_printed_times(text[:LONGEST], self._language, month_first=self._month_first))
        changed = [_is_change(text, stamps, place) for place in range(len(stamps))]
        rest: Role = "published" if any(changed) else role
        for stamp, is_change in zip(stamps, changed, strict=True):
            yield Witness(stamp, "modified" if is_change else rest, source)

    def url(self) -> Iterator[Witness]:
        found = IN_URL.search(self._page.url or "")
        if found:
            yield from self._machine(f"{found['y']}-{found['m']}-{found['d']}", "published", "url")

    def _machine(self, text: str, role: Role, source: str) -> Iterator[Witness]:
        stamp = read_machine_time(text, self._language, month_first=self._month_first)
        if stamp is not None:
            yield Witness(stamp, role, source)


def _is_by_image(line: Line) -> bool:
    """Whether a line stands with an image: its date is that of the picture."""
    if any(above.tag in ("figure", "figcaption") for above in line.element.iterancestors()):
        return True
    near = [one for one in (line.element, line.element.getparent()) if one is not None and one.tag in SMALL_BOXES]
    return any(child.tag in IMAGES for one in near if len(one) <= MOST_IN_BOX for child in one)


def _is_change(text: str, stamps: list[Stamp], place: int) -> bool:
    """Whether a word for "updated" stands before a date, or right behind the last."""
    before = text[stamps[place - 1].end if place else 0 : stamps[place].start]
    behind = text[stamps[place].end :][:12] if place + 1 == len(stamps) else ""
    return bool(UPDATED.search(before) or UPDATED.match(behind.strip(" ,|()-")))
