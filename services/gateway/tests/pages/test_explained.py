"""The screen that says why an article is missing: the answer of `watchfloor explain`, as a page."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from watchfloor.events import ArticleEnriched, PageDecided
from watchfloor.explanation.explain import explain
from watchfloor.identity import page_id
from watchfloor.store.memory import MemoryStore
from watchfloor.store.protocol import Change
from watchfloor_gateway.pages.sources.explained import answer

AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
URL = "https://tidewatch.example/1-harbour-report-1"
KEPT_OUT = "https://tidewatch.example/kept-out"


def decided(verdict: str, reason: str, url: str = KEPT_OUT) -> PageDecided:
    known = {"page_id": page_id(url), "url": url, "source_id": "tidewatch", "origin": "live", "by": "scraper"}
    return PageDecided.model_validate({**known, "verdict": verdict, "reason": reason, "detail": "as it was", "at": AT})


def test_the_step_that_answers_stands_out_and_is_flagged_where_the_answer_is_a_bad_one(store: MemoryStore) -> None:
    store.apply([Change(decided("found", "feed")), Change(decided("refused", "robots"))])
    shown = answer(explain(KEPT_OUT, store, AT), AT)
    assert (shown.heading, shown.wrong) == ("It is not here", True)
    assert [(step.name, step.flagged) for step in shown.steps if step.here] == [("Robots", True)]
    assert [step.at_said for step in shown.steps] == ["", "07:00:00", "07:00:00"]


def test_an_article_that_is_here_is_led_to(store: MemoryStore, keep: Callable[..., ArticleEnriched]) -> None:
    kept = keep(1)
    shown = answer(explain(URL, store, AT), AT)
    assert (shown.heading, shown.wrong, shown.article_id) == ("It is here", False, kept.article_id)
    assert not any(step.flagged for step in shown.steps)


async def test_the_page_answers_under_its_form(client: httpx.AsyncClient, keep: Callable[..., ArticleEnriched]) -> None:
    kept = keep(1)
    page = await client.get("/explain", params={"url": URL})
    assert page.status_code == 200
    assert f'href="/articles/{kept.article_id}"' in page.text
    assert f'value="{URL}"' in page.text
    assert page.text.count('<tr class="here">') == 1


async def test_without_an_address_there_is_only_the_form(client: httpx.AsyncClient) -> None:
    page = await client.get("/explain", params={"url": "  "})
    assert page.status_code == 200
    assert "What happened" not in page.text
    assert "url-fault" not in page.text


@pytest.mark.parametrize(
    "url", ["mailto:desk@tidewatch.example", "tidewatch", "x" * 9000, '"><script>alert(1)</script>']
)
async def test_an_address_that_cannot_be_read_is_refused_under_the_field(client: httpx.AsyncClient, url: str) -> None:
    page = await client.get("/explain", params={"url": url})
    assert page.status_code == 422
    assert 'aria-describedby="url-fault"' in page.text
    assert "<script>alert" not in page.text
    assert "What happened" not in page.text
