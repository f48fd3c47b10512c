"""Whatever a site writes into its pages, it is text here: no dialog, no report, no request, wherever it stands."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit
from xml.etree import ElementTree as ET

import httpx
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


CHUNK = 30
"""Payloads that one page goes through."""
in_chunks = pytest.mark.parametrize("start", range(0, len(PAYLOADS), CHUNK))


@in_chunks
def test_a_payload_is_text_wherever_it_stands(browser: Browser, hostile: Desk, start: int) -> None:
    with watched(browser, hostile.address) as seen:
        for number, payload in list(enumerate(PAYLOADS))[start : start + CHUNK]:
            for address in addresses(number, payload):
                touch(seen.goto(address))
            assert not seen.faults, f"{payload[:200]!r}: {seen.faults}"


@in_chunks
def test_a_payload_among_the_settings_is_text_and_leads_nowhere(browser: Browser, hostile: Desk, start: int) -> None:
    with watched(browser, hostile.address) as seen:
        page = seen.goto("/keys")
        for payload in PAYLOADS[start : start + CHUNK]:
            with page.expect_navigation():
                page.evaluate(SEND, {**dict.fromkeys(SETTINGS, payload), f"key.{payload}": "x"})
            touch(page)
            assert not seen.faults, f"{payload[:200]!r}: {seen.faults}"
            assert seen.page.context.cookies() == []


SEND = """(fields) => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: '/settings' });
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('textarea'), { name, value }));
  }
  document.body.append(form);
  form.submit();
}"""


SETTINGS = ("theme", "rows", "marks", "keys", "back", "key.action_next", "key.screen_live")


def test_a_payload_as_the_place_to_go_back_to_leads_to_no_other_site(hostile: Desk) -> None:
    places = [
        *PAYLOADS,
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "/\t/evil.example",
        "javascript:alert(1)",
    ]
    with httpx.Client(base_url=hostile.address) as client:
        for place in places:
            answer = client.post("/settings", data={"theme": "night", "back": place})
            where = answer.headers["location"]
            assert answer.status_code == 303
            assert urljoin(hostile.address + "/settings", where).startswith(hostile.address + "/"), (place, where)
            assert answer.headers.get_list("set-cookie") == [
                'watchfloor="theme=night"; Max-Age=31536000; Path=/; SameSite=strict'
            ]


def test_a_cookie_that_is_a_payload_changes_nothing(hostile: Desk) -> None:
    with httpx.Client(base_url=hostile.address) as client:
        usual = client.get("/keys").text
        for payload in PAYLOADS:
            for value in (quote(payload), urlencode({"theme": payload, "key.action_next": payload, "marks": payload})):
                answer = client.get("/keys", headers={"cookie": f"watchfloor={value[:6000]}"})
                assert answer.status_code == 200
                assert without_the_watch(answer.text) == without_the_watch(usual), payload[:200]


def without_the_watch(text: str) -> str:
    """A page without the line that tells the time."""
    return re.sub(r'<section class="watchline".*?</section>', "", text, flags=re.DOTALL)


ATOM = "{http://www.w3.org/2005/Atom}"
SPREADSHEET_COMPUTES = tuple("=+-@\t\r\n")


def test_feeds_of_payloads_are_well_formed_and_hold_text_alone(hostile: Desk) -> None:
    asked = [{"q": "source:evil.example", "sort": sort} for sort in ("changed", "oldest", "newest")]
    with httpx.Client(base_url=hostile.address, timeout=60) as client:
        answers = [client.get("/v1/articles.atom", params=each) for each in asked]
        by_payload = [client.get("/v1/articles.atom", params={"q": payload[:1500]}) for payload in PAYLOADS]
    assert all(answer.status_code == 200 for answer in answers)
    assert {answer.status_code for answer in by_payload} <= {200, 400}
    for answer in (*answers, *(each for each in by_payload if each.status_code == 200)):
        hold_to_atom(ET.fromstring(answer.content))  # noqa: S314 - of our own making
    assert sum(len(ET.fromstring(answer.content).findall(f"{ATOM}entry")) for answer in answers) == 150  # noqa: S314


def hold_to_atom(feed: ET.Element) -> None:
    for element in feed.iter():
        assert element.tag.startswith(ATOM)
        assert element.get("type", "text") in ("text", "text/html", "application/atom+xml")
        if element.tag == f"{ATOM}link":
            assert urlsplit(element.attrib["href"]).scheme in ("http", "https")
        elif element.tag not in (f"{ATOM}feed", f"{ATOM}entry", f"{ATOM}author"):
            assert len(element) == 0, "a text that became elements"


def test_the_table_of_payloads_has_a_row_for_each_and_no_cell_that_a_spreadsheet_computes(hostile: Desk) -> None:
    with httpx.Client(base_url=hostile.address, timeout=60) as client:
        answer = client.get("/v1/articles.csv", params={"q": "source:evil.example"})
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), strict=True)
    assert len(rows) == len(PAYLOADS)
    assert {len(row) for row in rows} == {len(header)}
    for cell in chain.from_iterable(rows):
        assert not any(part.startswith(SPREADSHEET_COMPUTES) for part in (cell, *cell.split(";")))


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
