"""Whatever a site writes into its pages, it is text here: no dialog, no report, no request, wherever it stands."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fixtures.browser import watched
from fixtures.desk import Desk
from fixtures.hostile import payloads
from fixtures.morning import FIRST, health, kept
from playwright.sync_api import Browser, Page

from watchfloor.events import ArticleEnriched
from watchfloor.identity import content_hash, page_id
from watchfloor.store.protocol import Change
from watchfloor_demo.outlets import OUTLETS

pytestmark = pytest.mark.end_to_end
PAYLOADS = payloads()
FOUND = {"found_by": "rule/1", "confidence": 0.5}


def article(number: int, payload: str, version: int) -> ArticleEnriched:
    """An article that says a payload wherever an article has words; its second version says it twice."""
    url = f"https://evil.example/news/{number}-{quote(payload[:60], safe='')}"
    text = f"{payload} injured {version} sailors, {payload} said." + f" Again: {payload}" * (version - 1)
    block = {"kind": "paragraph", "text": text, "start": 0, "end": len(text)}
    name = {"in": "text", "start": 0, "end": len(payload), "words": payload}
    known: dict[str, Any] = dict.fromkeys(
        ("title", "subtitle", "publisher", "site_name", "section"), payload or None
    )  # fmt: skip
    return ArticleEnriched.model_validate(
        {
            **known, "article_id": page_id(url), "page_id": page_id(url), "url": url, "canonical_url": url, "origin": "live",
            "fetched_at": FIRST + timedelta(minutes=version), "source_id": payload[:100], "authors": [payload],
            "agencies": [payload], "tags": [payload], "language": "en", "article_type": "news", "paywalled": True,
            "published_at": FIRST.isoformat(), "modified_at": None, "blocks": [block], "text": text, "main_place": "p1",
            "content_hash": content_hash(f"{payload}{version}", [], []),
            "evidence": [{"field": payload, "source": payload, "confidence": None}],
            "images": [{"url": f"javascript:{payload}", "caption": payload, "credit": payload, "agency": payload}],
            "entities": [
                {"id": "e1", "kind": "person", "subkind": payload, "name": payload, "title": payload, "country": None,
                 "links": [f"javascript:{payload}"], "mentions": [name], **FOUND},
                {"id": "p1", "kind": "place", "subkind": None, "name": payload, "title": None, "country": "UA", "links": [],
                 "mentions": [name], **FOUND},
            ],
            "places": [{"entity_id": "p1", "name": payload, "kind": payload, "country": "UA", "admin": [payload], "latitude": 46.5,
                        "longitude": 30.7, "radius_km": 5, "mentions": [name], "precision": "city", **FOUND}],
            "quotations": [{**name, "kind": "direct", "speaker": payload, "speaker_id": "e1",
                            "addressee": payload, "verb": payload, **FOUND}],
            "times": [{**name, "value": payload, "granularity": "day", "ahead": True, **FOUND}],
            "quantities": [{**name, "value": version, "bound": "at_least", "unit": payload, "of": payload, "whom": payload, **FOUND}],
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(desk: Desk) -> Desk:
    """The gateway, given every payload in two versions of an article, and a source of that name."""
    versions = (article(number, payload, v) for number, payload in enumerate(PAYLOADS) for v in (1, 2))
    sources = (
        Change(health(OUTLETS[0], "down", source_id=payload[:100] or "x", name=payload, tags=[payload]))
        for payload in PAYLOADS
    )
    desk.keep([*map(kept, versions), *sources])
    return desk


def addresses(number: int, payload: str) -> Iterator[str]:
    """Where a payload stands, or is handed in."""
    found = article(number, payload, 1).article_id
    yield f"/articles/{found}?" + urlencode({"from": 1, "to": 2, "q": payload[:1500]})
    yield "/search?" + urlencode({"q": payload[:1500]})
    yield "/explain?" + urlencode({"url": payload[:4000]})


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), 11))
def test_a_payload_is_text_wherever_it_stands(browser: Browser, hostile: Desk, start: int) -> None:
    for number, payload in list(enumerate(PAYLOADS))[start : start + 11]:
        with watched(browser, hostile.address) as seen:
            for address in addresses(number, payload):
                touch(seen.goto(address))


@pytest.mark.parametrize(
    "address", ["/search", "/search?sort=changed", "/live", "/sources?all=1", "/search?q=source_country:UA"]
)
def test_lists_of_payloads_are_text(browser: Browser, hostile: Desk, address: str) -> None:
    with watched(browser, hostile.address) as seen:
        touch(seen.goto(address))


def touch(page: Page) -> None:
    """Rest on marks, open what can be unfolded, and wait for whatever that sets going."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for mark in page.locator("a.mark").all()[:2]:
        mark.dispatch_event("pointerover")
        mark.dispatch_event("focus")
    page.wait_for_timeout(50)
    assert page.evaluate("document.querySelectorAll('iframe, object, embed, base, style').length") == 0


def test_there_are_payloads_of_every_kind() -> None:
    assert len(set(PAYLOADS)) >= 150
