"""What every test of a room begins with: a page of a few lines."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from watchfloor_parser.page.reading import Page, RawPage, read_page

PageOf = Callable[..., Page]
FETCHED_AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
TEXT = (
    "<p>The harbour of Vesk was closed for the whole of Tuesday night after a patrol found two drifting mines, the "
    "coast authority said in a short statement that named no suspects.</p>"
    "<p>Tugs towed both of them to a sandbank, where divers blew them up at dawn, and ferries to the islands sailed "
    "again before noon with only a short delay.</p>"
    "<p>An inquiry will be led by a retired judge, who is to report to the parliament of the province before the end "
    "of the summer, officials added.</p>"
)


@pytest.fixture
def page_of() -> PageOf:
    """Makes a page of a body and a head; `url` and `fetched_at` may be given."""

    def make(
        body: str, head: str = "", *, url: str | None = "https://news.example/world/mines-at-vesk", lang: str = "en-GB"
    ) -> Page:
        html = f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
        return read_page(RawPage(html.encode(), "page.html", url, FETCHED_AT))

    return make


@pytest.fixture
def text() -> str:
    """Three paragraphs of running text."""
    return TEXT
