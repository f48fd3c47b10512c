"""The live list under a reader's eyes: what comes is counted, nothing moves that is looked at, a break is told."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import pytest
from fixtures.browser import watched
from fixtures.desk import Desk
from fixtures.morning import changes, kept
from playwright.sync_api import Browser, Page, Route, expect

from watchfloor.events import ArticleEnriched
from watchfloor.identity import article_id, page_id
from watchfloor_gateway.stream import listener

pytestmark = pytest.mark.end_to_end
NUMBERS = count(1)
SOME_LOOKS_MS = 4500
"""Longer than the list waits between two looks of its own."""


class Stream:
    """What the page hears: every event so far, each time that it asks; or no answer at all."""

    def __init__(self, page: Page) -> None:
        self._events: list[str] = []
        self.is_broken = False
        page.route("**/live/events*", self._answer)

    def tell(self, name: str, data: dict[str, object]) -> None:
        """Send an event, when the page asks next."""
        self._events.append(f"id: 0:{len(self._events)}\nevent: {name}\ndata: {json.dumps(data)}\n\n")

    def _answer(self, route: Route) -> None:
        if self.is_broken:
            route.abort()
        else:
            route.fulfill(content_type="text/event-stream", body="retry: 200\n\n" + "".join(self._events))


def keep(desk: Desk, stream: Stream, of: ArticleEnriched, **fields: object) -> str:
    """Keep an article, tell the page of it, and answer its title."""
    title = f"Fresh report {next(NUMBERS)}"
    now = datetime.now(UTC)
    known = {
        "title": title,
        "content_hash": f"{next(NUMBERS):064x}",
        "fetched_at": now,
        "published_at": now.isoformat(),
    }
    event = of.model_copy(update={**known, **fields})
    desk.keep([kept(event)])
    latest = desk.app.state.parts.store.article(event.article_id).article
    stream.tell(
        "article",
        {
            "article_id": event.article_id,
            "version": latest.version,
            "changed_at": latest.changed_at.isoformat(),
            "origin": "live",
        },
    )
    return title


def new(desk: Desk, stream: Stream) -> str:
    """A new article."""
    url = f"https://northwatch.example/fresh-report-{next(NUMBERS)}"
    ids = {"url": url, "canonical_url": url, "page_id": page_id(url), "article_id": article_id(url)}
    return keep(desk, stream, some_article(), **ids)


def some_article() -> ArticleEnriched:
    return next(change.event for change in changes() if isinstance(change.event, ArticleEnriched))


@contextmanager
def living(browser: Browser, desk: Desk) -> Iterator[tuple[Page, Stream]]:
    with watched(browser, desk.address, quiet=False) as seen:
        stream = Stream(seen.page)
        seen.goto("/live")
        yield seen.page, stream
        assert not [fault for fault in seen.faults if not is_of_the_stream(fault)]


def is_of_the_stream(fault: str) -> bool:
    """A stream that ends or is refused is told on the console, too."""
    return "live/events" in fault or "EventSource" in fault or "net::ERR_FAILED" in fault


def first(page: Page) -> str:
    return page.locator("#feed .row h3").first.inner_text()


def test_what_comes_is_counted_and_comes_in_by_itself_while_nobody_looks(browser: Browser, desk: Desk) -> None:
    with living(browser, desk) as (page, stream):
        title = new(desk, stream)
        expect(page.locator("#feed .row h3").first).to_have_text(title, timeout=15_000)
        expect(page.locator(".fresh")).to_contain_text("Read at")


@pytest.mark.parametrize("look", ["hover", "focus", "scroll", "pause", "select"])
def test_nothing_moves_under_the_reader_until_it_is_asked_for(browser: Browser, desk: Desk, look: str) -> None:
    with living(browser, desk) as (page, stream):
        before = first(page)
        looks: dict[str, Callable[[], object]] = {
            "hover": lambda: page.hover("#feed .row >> nth=1"),
            "focus": lambda: page.locator("#feed .row h3 a").nth(2).focus(),
            "scroll": lambda: page.evaluate("scrollTo(0, 700)"),
            "pause": lambda: page.keyboard.press("p"),
            "select": lambda: page.evaluate("getSelection().selectAllChildren(document.querySelector('#feed h3'))"),
        }
        looks[look]()
        title = new(desk, stream)
        expect(page.locator(".fresh")).to_contain_text("1 new", timeout=15_000)
        expect(page.locator("#live-status")).to_have_text("1 new", timeout=15_000)
        page.wait_for_timeout(SOME_LOOKS_MS)
        assert first(page) == before
        page.keyboard.press(".")
        expect(page.locator("#feed .row h3").first).to_have_text(title)


def test_a_correction_is_seen_as_one_and_the_focus_stays_on_its_row(browser: Browser, desk: Desk) -> None:
    with living(browser, desk) as (page, stream):
        row = page.locator("#feed .row").nth(3)
        own = row.get_attribute("id")
        row.locator("h3 a").focus()
        title = keep(desk, stream, some_article())
        expect(page.locator(".fresh")).to_contain_text("1 changed", timeout=15_000)
        page.keyboard.press(".")
        expect(page.locator("#feed .row h3").first).to_have_text(title)
        expect(page.locator("#feed .row .notes").first).to_contain_text(re.compile(r"changed, \d+ versions"))
        assert page.evaluate("document.activeElement.closest('.row').id") == own
        assert page.locator("#feed .row.here").get_attribute("id") == own


def test_a_broken_connection_is_told_below_the_list_and_mends_when_asked(browser: Browser, desk: Desk) -> None:
    with living(browser, desk) as (page, stream):
        stream.is_broken = True
        box = page.locator("#live-broken")
        expect(box).to_contain_text("The connection broke", timeout=15_000)
        expect(box).to_contain_text("Trying again in")
        stream.is_broken = False
        box.get_by_role("button", name="Try now").click()
        expect(box).to_have_count(0)


def test_what_was_not_told_is_counted_until_the_list_is_read_again(browser: Browser, desk: Desk) -> None:
    with living(browser, desk) as (page, stream):
        stream.tell("gap", {"missed": 1213, "from": "0:1", "to": "0:1214"})
        gap = page.locator("#live-gap")
        expect(gap).to_contain_text("1,213 changes were not told", timeout=15_000)
        assert gap.get_by_role("button", name="Look again").is_visible()


def test_what_stands_beside_the_rows_is_drawn_anew_with_them_and_stays_unfolded(browser: Browser, desk: Desk) -> None:
    with living(browser, desk) as (page, stream):
        minutes, where = page.locator("#minutes"), page.locator("#live-where")
        before = int(re.findall(r"(\d+) in all", minutes.inner_text())[0])
        for panel in (minutes, where):
            panel.locator("summary").click()
            panel.evaluate("panel => { panel.dataset.old = 'yes'; }")
        page.mouse.move(5, 5)
        page.evaluate("document.activeElement.blur()")
        title = new(desk, stream)
        expect(page.locator("#feed .row h3").first).to_have_text(title, timeout=15_000)
        expect(minutes).to_contain_text(f"{before + 1} in all")
        for panel in (minutes, where):
            expect(panel).not_to_have_attribute("data-old", "yes")
            expect(panel.locator("details")).to_have_attribute("open", "")


SHOW_AS = """(hidden) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}"""


@contextmanager
def listening(browser: Browser, desk: Desk) -> Iterator[tuple[Page, list[str]]]:
    """The page on the gateway's own stream, with a clock that the test moves, and every time that it asked for it."""
    with watched(browser, desk.address) as seen:
        asked: list[str] = []
        seen.page.on("request", lambda request: asked.append(request.url) if "/live/events" in request.url else None)
        seen.page.clock.install()
        seen.goto("/live")
        until(lambda: clients(desk) == 1)
        yield seen.page, asked
    until(lambda: clients(desk) == 0)


def clients(desk: Desk) -> int:
    return int(desk.app.state.parts.hub.clients)


def until(ask: Callable[[], bool], wait: Callable[[], object] = lambda: time.sleep(0.02)) -> None:
    deadline = time.monotonic() + 30
    while not ask():
        assert time.monotonic() < deadline
        wait()


def test_a_connection_that_keeps_silent_is_broken_and_is_made_anew(
    browser: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does whose other end is gone without a word."""
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 3600.0)
    with listening(browser, desk) as (page, asked):
        page.clock.run_for(48_000)
        assert page.locator("#live-broken").count() == 0
        page.clock.run_for(1600)
        expect(page.locator("#live-broken")).to_contain_text("The connection broke 50 s ago")
        page.clock.run_for(1300)
        expect(page.locator("#live-broken")).to_have_count(0)
        assert len(asked) == 2


@pytest.fixture
def quick_beats(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that some come while the page's clock runs ahead."""
    monkeypatch.setattr(listener, "HEARTBEAT_SECONDS", 0.1)


def go_by(page: Page, seconds: int) -> None:
    """Let the page's time go by, with a beat here and there."""
    for _ in range(seconds // 20):
        page.wait_for_timeout(300)
        page.clock.run_for(20_000)


@pytest.mark.usefixtures("quick_beats")
def test_a_beat_is_enough_to_keep_a_connection(browser: Browser, desk: Desk) -> None:
    with listening(browser, desk) as (page, asked):
        go_by(page, 160)
        assert page.locator("#live-broken").count() == 0
        assert len(asked) == 1


@pytest.mark.usefixtures("quick_beats")
def test_a_tab_that_nobody_sees_leaves_its_connection_to_others(browser: Browser, desk: Desk) -> None:
    with listening(browser, desk) as (page, asked):
        page.evaluate(SHOW_AS, arg=True)
        go_by(page, 40)
        page.evaluate(SHOW_AS, arg=False)
        page.evaluate(SHOW_AS, arg=True)
        go_by(page, 40)
        assert clients(desk) == 1
        go_by(page, 40)
        until(lambda: clients(desk) == 0, lambda: page.wait_for_timeout(20))
        go_by(page, 200)
        assert len(asked) == 1
        page.evaluate(SHOW_AS, arg=False)
        until(lambda: clients(desk) == 1, lambda: page.wait_for_timeout(20))


def test_a_tab_that_is_seen_again_goes_on_from_the_last_that_it_heard(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, quiet=False) as seen:
        page, asked = seen.page, list[str]()
        stream = Stream(page)
        page.on("request", lambda request: asked.append(request.url) if "/live/events" in request.url else None)
        page.clock.install()
        stream.tell(
            "article", {"article_id": "0" * 32, "version": 1, "changed_at": "2026-03-02T07:00:00Z", "origin": "live"}
        )
        seen.goto("/live").hover("#feed .row >> nth=1")
        expect(page.locator(".fresh")).to_contain_text("1 new")
        page.evaluate(SHOW_AS, arg=True)
        page.clock.run_for(61_000)
        rested = len(asked)
        stream.tell(
            "article", {"article_id": "1" * 32, "version": 1, "changed_at": "2026-03-02T07:01:00Z", "origin": "live"}
        )
        page.clock.run_for(120_000)
        assert len(asked) == rested
        page.evaluate(SHOW_AS, arg=False)
        expect(page.locator(".fresh")).to_contain_text("2 new")
        assert asked[rested].endswith("last_event_id=0%3A0")


def test_without_a_script_a_link_reads_the_list_again(browser: Browser, desk: Desk) -> None:
    with watched(browser, desk.address, java_script_enabled=False) as seen:
        page = seen.goto("/live?q=port")
        page.get_by_role("link", name="Look again").click()
        expect(page).to_have_url(re.compile(r"/live\?q=port$"))
