"""Articles as lines of CSV (RFC 4180), for spreadsheets, which must not take a text for a formula.

Source: OWASP, CSV Injection. Every cell stands in quotes and on one line; one that a spreadsheet might compute gets an
apostrophe before it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable

from watchfloor.events import ArticleLatest, EntityKind
from watchfloor.events.base import utc_text
from watchfloor.store.protocol import Found, Kept

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
COLUMNS = (
    "article_id", "version", "title", "source", "canonical_url", "published_at", "modified_at", "first_fetched_at",
    "changed_at", "withdrawn_at", "language", "article_type", "authors", "section", "people", "organisations", "places",
)  # fmt: skip
"""Not the text: a cell of a spreadsheet holds 32,767 characters, and articles.jsonl has it whole."""
BYTE_ORDER_MARK = "\ufeff".encode()
"""Without it, spreadsheets read UTF-8 as the code page of their machine."""
BETWEEN = " | "
"""Between the names in a cell. A semicolon would part cells where spreadsheets expect one instead of a comma."""
COMPUTED = frozenset("=+-@\u2212")
QUOTES = frozenset("\"'`´‘’‚“”„«»")
AFTER_SEMICOLON = re.compile(r"(?<=;)")


def header() -> bytes:
    """The first line, behind a byte order mark."""
    return BYTE_ORDER_MARK + _written([COLUMNS])


def lines(found: Found) -> bytes:
    """A line for each article found."""
    return _written(_cells(hit.kept) for hit in found.hits)


def _written(rows: Iterable[Iterable[str | int]]) -> bytes:
    """Lines end with CR LF. Numbers and times are of our own writing, so that the guard leaves them as they are."""
    page = io.StringIO(newline="")
    csv.writer(page, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return page.getvalue().encode(errors="replace")


def _cells(kept: Kept) -> tuple[str | int, ...]:
    article = kept.article
    return (
        article.article_id,
        article.version,
        guarded(article.title or ""),
        guarded(article.publisher or article.site_name or article.source_id or ""),
        guarded(article.canonical_url),
        article.published_at or "",
        article.modified_at or "",
        utc_text(article.first_fetched_at),
        utc_text(article.changed_at),
        utc_text(kept.withdrawn_at) if kept.withdrawn_at else "",
        article.language or "",
        article.article_type,
        _list(article.authors),
        guarded(article.section or ""),
        _list(_named(article, "person")),
        _list(_named(article, "organisation")),
        _list(place.name for place in article.places),
    )


def _named(article: ArticleLatest, kind: EntityKind) -> Iterable[str]:
    return (entity.name for entity in article.entities if entity.kind == kind)


def _list(names: Iterable[str]) -> str:
    return guarded(BETWEEN.join(dict.fromkeys(names)))


def guarded(text: str) -> str:
    """A text as a cell: on one line, without control characters, and never a formula.

    What follows a semicolon is guarded too: where a spreadsheet parts cells by semicolons, another cell begins there.

    >>> print(guarded("=1+1"), guarded("3 - 2 = 1"), guarded("-5 degrees; +3 at noon"))
    '=1+1 3 - 2 = 1 '-5 degrees;' +3 at noon
    """
    line = " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text).split())
    return "".join(f"'{part}" if _computed(part) else part for part in AFTER_SEMICOLON.split(line))


def _computed(text: str) -> bool:
    """Whether it might be computed: it begins so, behind whatever is not seen, is a quote, or a mark on another letter."""
    seen = next((letter for letter in text if not _passed_over(letter)), "")
    return unicodedata.normalize("NFKC", seen)[:1] in COMPUTED if seen else False


def _passed_over(letter: str) -> bool:
    return letter in QUOTES or unicodedata.category(letter)[0] in "ZCM"
