"""Marks in the text: their entry comes beside them when the pointer rests, and nothing moves when it is asked for."""

from collections.abc import Iterator

import pytest
from fixtures.browser import watched
from fixtures.desk import Desk
from fixtures.screens import ODESA, article
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.end_to_end


@pytest.fixture
def reading(browser: Browser, desk: Desk) -> Iterator[Page]:
    """An article with a clock that the test moves."""
    with watched(browser, desk.address, viewport={"width": 1440, "height": 900}) as seen:
        seen.page.clock.install()
        yield seen.goto(article(ODESA))


def place(page: Page) -> Locator:
    return page.locator(".reading a.mark.place").first


def rest_on(page: Page, mark: Locator, milliseconds: int = 310) -> None:
    mark.hover()
    page.clock.run_for(milliseconds)


def test_the_entry_is_shown_once_the_pointer_has_rested(reading: Page) -> None:
    mark, peek = place(reading), reading.locator(".peek")
    rest_on(reading, mark, 250)
    expect(peek).to_have_count(0)
    reading.clock.run_for(60)

    expect(peek).to_contain_text(mark.inner_text(), ignore_case=True)
    expect(peek).to_contain_text("place-rules/")
    assert reading.evaluate(
        "[...document.querySelectorAll('[id]')].every((e, i, all) => all.findIndex(o => o.id === e.id) === i)"
    )


def test_it_stays_under_the_pointer_and_goes_when_that_leaves(reading: Page) -> None:
    peek = reading.locator(".peek")
    rest_on(reading, place(reading))
    peek.hover()
    reading.clock.run_for(2000)
    expect(peek).to_be_visible()
    reading.mouse.move(5, 5)
    reading.clock.run_for(300)

    expect(peek).to_have_count(0)


def test_escape_closes_it_and_leaves_the_article_open(reading: Page) -> None:
    rest_on(reading, place(reading))
    reading.keyboard.press("Escape")

    expect(reading.locator(".peek")).to_have_count(0)
    assert "/articles/" in reading.url


def test_the_focus_shows_it_too_and_the_key_of_evidence_goes_into_it(reading: Page) -> None:
    place(reading).focus()
    reading.clock.run_for(310)
    expect(reading.locator(".peek")).to_be_visible()
    reading.keyboard.press("e")
    expect(reading.locator(".peek")).to_be_focused()
    reading.keyboard.press("Escape")

    expect(place(reading)).to_be_focused()


def test_a_quotation_shows_who_said_it(reading: Page) -> None:
    quote = reading.locator(".reading q.mark:not(:has(a))").first
    speaker = reading.locator(f"#{quote.get_attribute('data-entry')}").locator("xpath=..").locator("h3").inner_text()
    x, y = quote.evaluate("q => { const r = q.getClientRects()[0]; return [r.left + 3, r.top + r.height / 2]; }")
    reading.mouse.move(x, y)
    reading.clock.run_for(310)

    expect(reading.locator(".peek")).to_contain_text(speaker)


def test_a_kind_that_is_switched_off_is_text(reading: Page) -> None:
    reading.locator("#marks-places").uncheck()
    rest_on(reading, place(reading))

    expect(reading.locator(".peek")).to_have_count(0)
    assert place(reading).evaluate("mark => getComputedStyle(mark).textDecorationLine") == "none"


def test_asking_for_an_entry_moves_its_panel_and_not_the_page(reading: Page) -> None:
    reading.evaluate("scrollTo(0, 200)")
    mark = reading.locator(".reading a.mark.time").last
    mark.scroll_into_view_if_needed()
    before = reading.evaluate("scrollY")
    mark.click()
    entry = reading.locator(str(mark.get_attribute("href")))

    assert reading.evaluate("scrollY") == before
    expect(entry).to_be_in_viewport()
    assert entry.evaluate("entry => entry.matches(':target')")
