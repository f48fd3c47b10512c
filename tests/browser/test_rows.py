"""Rows of a list: one in hand, its source one key away, its dots on the map, as tight as the reader wants them."""

import re
from collections.abc import Iterator

import pytest
from fixtures.browser import Watched, watched
from fixtures.desk import Desk
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.end_to_end
HERE = re.compile(r"\bhere\b")
NEAR = re.compile(r"\bnear\b")


@pytest.fixture
def listed(browser: Browser, desk: Desk) -> Iterator[Page]:
    """Everything in the search, wide enough for the map beside it."""
    with watched(browser, desk.address, viewport={"width": 1440, "height": 900}) as seen:
        yield seen.goto("/search")


@pytest.fixture
def outgoing(browser: Browser, desk: Desk) -> Iterator[Watched]:
    """A page that may go to outlets, whose answers are made here."""
    with watched(browser, desk.address, quiet=False) as seen:
        seen.page.context.route(re.compile(r"\.example/"), lambda route: route.fulfill(body="theirs"))
        yield seen


def headlines(page: Page) -> Locator:
    return page.locator(".row h3 a")


def tab_stops(page: Page) -> list[str]:
    stops = headlines(page).evaluate_all("links => links.filter(l => l.tabIndex === 0).map(l => l.textContent)")
    return [str(stop) for stop in stops]


def test_of_all_headlines_one_is_a_tab_stop_and_it_goes_with_the_row_in_hand(listed: Page) -> None:
    assert tab_stops(listed) == [headlines(listed).first.inner_text()]
    headlines(listed).nth(4).focus()

    expect(listed.locator(".row").nth(4)).to_have_class(HERE)
    assert tab_stops(listed) == [headlines(listed).nth(4).inner_text()]
    assert listed.locator(".row.here").count() == 1


def test_arrows_walk_the_rows_over_days_and_stop_at_the_ends(listed: Page) -> None:
    headlines(listed).first.focus()
    listed.keyboard.press("ArrowUp")
    expect(headlines(listed).first).to_be_focused()
    for _ in range(listed.locator(".row").count() + 2):
        listed.keyboard.press("ArrowDown")

    expect(headlines(listed).last).to_be_focused()
    expect(headlines(listed).last).to_be_in_viewport()


def test_the_row_in_hand_is_marked_for_the_eye_and_no_other(listed: Page) -> None:
    listed.keyboard.press("j")
    chosen, other = (
        listed.locator(".row").nth(n).evaluate("row => getComputedStyle(row).backgroundColor") for n in (0, 1)
    )

    assert chosen != other


@pytest.mark.parametrize("path", ["/search", "/live"])
def test_the_row_in_hand_is_opened_at_its_source_in_a_new_tab_without_a_referrer(outgoing: Watched, path: str) -> None:
    page = outgoing.goto(path)
    link = page.locator(".row").nth(1).get_by_role("link", name="Open at the source")
    page.keyboard.press("j")
    page.keyboard.press("j")
    with page.context.expect_page() as tab:
        page.keyboard.press("o")
    tab.value.wait_for_load_state()

    assert tab.value.url == link.get_attribute("href")
    assert tab.value.evaluate("[document.referrer, window.opener]") == ["", None]
    assert page.url.endswith(path)


def test_without_a_row_in_hand_no_source_is_opened(outgoing: Watched) -> None:
    page = outgoing.goto("/search")
    page.keyboard.press("o")
    page.wait_for_timeout(200)

    assert page.context.pages == [page]


def test_the_link_to_the_source_is_quiet_until_the_row_is_looked_at(listed: Page) -> None:
    row = listed.locator(".row").nth(2)
    link = row.get_by_role("link", name="Open at the source")
    for tight in (False, True):
        listed.locator("#rows-tight" if tight else "#rows-plain").check(force=True)
        listed.mouse.move(5, 5)
        expect(link).to_have_css("opacity", "0")
        row.hover()
        expect(link).to_have_css("opacity", "1")
        assert link.get_attribute("rel") == "noreferrer"
    listed.mouse.move(5, 5)
    link.focus()
    expect(link).to_have_css("opacity", "1")


def test_a_row_under_the_pointer_rings_its_dots(listed: Page) -> None:
    row = listed.locator(".row[data-spots]").first
    spots = str(row.get_attribute("data-spots")).split()
    dots = [listed.locator(f'.map [data-spot="{spot}"] circle').first for spot in spots]
    drawn = [(dot.get_attribute("cx"), dot.get_attribute("cy")) for dot in dots if dot.count()]
    assert drawn
    row.hover()
    rings = listed.locator(".map .ring")
    expect(rings).to_have_count(len(drawn))

    around = rings.evaluate_all("rings => rings.map(r => [r.getAttribute('cx'), r.getAttribute('cy')])")
    assert sorted(map(tuple, around)) == sorted(drawn)
    listed.mouse.move(5, 5)
    expect(rings).to_have_count(0)


def test_the_focus_on_a_headline_rings_the_dots_of_its_row_too(listed: Page) -> None:
    listed.locator(".row[data-spots] h3 a").first.focus()

    assert listed.locator(".map .ring").count() > 0


def test_a_dot_under_the_pointer_marks_the_rows_that_name_it(listed: Page) -> None:
    dot = listed.locator(".map [data-spot]").last
    spot = str(dot.get_attribute("data-spot"))
    dot.hover()
    rows = listed.locator(".row")
    named = rows.evaluate_all("(rows, spot) => rows.map(r => (r.dataset.spots ?? '').split(' ').includes(spot))", spot)
    marked = rows.evaluate_all("rows => rows.map(r => r.classList.contains('near'))")

    assert any(named)
    assert marked == named
    listed.mouse.move(5, 5)
    expect(listed.locator(".row.near")).to_have_count(0)


def height(page: Page) -> float:
    return float(page.locator(".row").first.evaluate("row => row.getBoundingClientRect().height"))


def test_rows_are_as_tight_as_they_are_set_at_once_and_after_a_reload_from_the_start(listed: Page) -> None:
    plain = height(listed)
    with listed.expect_response("**/settings"):
        listed.get_by_text("Tight", exact=True).click()
    tight = height(listed)
    assert tight < plain * 0.8

    assert set_by_the_server(listed, "rows-tight")
    listed.reload()
    assert height(listed) == tight


def test_night_falls_at_once_and_after_a_reload_from_the_start(listed: Page) -> None:
    noon = ground(listed)
    with listed.expect_response("**/settings"):
        listed.get_by_text("Night", exact=True).click()
    night = ground(listed)
    assert night != noon

    assert set_by_the_server(listed, "theme-night")
    listed.reload()
    assert ground(listed) == night


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def set_by_the_server(page: Page, switch: str) -> bool:
    """Whether the page comes with a switch set, so that nothing changes when the scripts have come."""
    answer = page.context.request.get(page.url).text()
    return re.search(rf'id="{switch}"[^>]* checked', answer) is not None
